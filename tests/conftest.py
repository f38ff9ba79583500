"""What holds for all tests: homes of their own, and properties that no slow machine fails."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("lunchroom", deadline=None)
settings.load_profile("lunchroom")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell without job control starts what runs in the background deaf to Ctrl+C, and so would be every program that
    # the tests start, which obey that as they should.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or touches the library, the config, the running chats or the keyring of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(home))
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(home / "chats"))
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(home / "run"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return home
