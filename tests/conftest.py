"""What holds for all tests: homes of their own, properties that no slow machine fails, and what keeps them quick."""

import gc
import itertools
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.thorough import EXAMPLES, THOROUGH

# Where the environment forbids bytecode, each of the hundreds of programs that the tests start would compile the whole
# product again, which is two thirds of its start.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

os.environ["LUNCHROOM_LANGUAGE"] = "en"  # whatever whoever runs the tests speaks

gc.set_threshold(20_000, 20, 20)
"""An app that ends leaves much that refers to itself, and to look through it all as often as usual is a tenth of the
work."""

settings.register_profile("lunchroom", deadline=None, max_examples=50 if THOROUGH else EXAMPLES)  # others with each run
settings.load_profile("lunchroom")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell without job control starts what runs in the background deaf to Ctrl+C, and so would be every program that
    # the tests start, which obey that as they should.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: the tests of real programs wait for them much of the time."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip for root what root's rights would hide; `.ci/run` runs it as somebody else."""
    if sys.platform != "win32" and os.getuid() == 0:
        for item in items:
            if item.get_closest_marker("ordinary_user"):
                item.add_marker(pytest.mark.skip(reason="root may write everywhere"))


def pytest_collection_finish() -> None:
    """Keep the garbage collector from walking through thousands of collected tests again and again, an eighth of all
    work."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that are there, each another one; `mktemp` for each test would look through all the others' first."""
    folder = tmp_path_factory.mktemp("homes")
    return map(_made, (folder / str(number) for number in itertools.count()))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or touches the library, the config, the running chats or the keyring of whoever runs it."""
    home = next(_homes)
    for variable in (
        "HOME",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
    ):
        monkeypatch.setenv(variable, str(home))
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(home / "chats"))
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(home / "run"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return home
