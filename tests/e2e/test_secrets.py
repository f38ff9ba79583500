"""A token is where tokens are kept and nowhere else: not on a screen, in a log, a file, or a list of processes."""

import os
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, home, lunchroom
from tests.e2e.test_two_terminals import plan_text
from tests.tui.cli.networks import CODE, GIVEN, PASTED, SECRETS, network
from tests.waiting import block_until

KEPT = Path("lunchroom") / "accounts" / "tokens.json"


def arguments(folder: Path) -> list[str]:
    """What stands in the list of processes of each process with this home; Linux alone shows it as files."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            mine = f"HOME={folder}".encode() in (process / "environ").read_bytes().split(b"\0")
            if mine:
                found.append((process / "cmdline").read_text(errors="replace"))
        except OSError:  # it has ended, or is somebody else's
            continue
    return found


def leaks(text: str) -> list[str]:
    """The secrets in a text."""
    return [secret for secret in SECRETS if secret in text]


def test_a_token_is_nowhere_but_where_tokens_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "ana"
    folder.mkdir()
    env = home(folder, {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"})
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text(), encoding="utf-8")
    seen = []
    with network() as server:
        login = Terminal(["login", "mastodon", server.host, "--token"], env)
        login.wait_for("The access token of that application")
        login.press(PASTED, "\r")
        login.wait_for(f"May Lunchroom post as @ana@{server.host}? [y/N]")
        seen += [login.text, *arguments(folder)]
        login.press("y", "\r")
        assert login.wait_for_end() == 0
        seen.append(login.text)

        doctor = lunchroom(env, "doctor", "--json")
        assert doctor.returncode == 0, doctor.stderr
        seen += [doctor.stdout, doctor.stderr]

        host = Terminal(["host", str(plan), "--source", f"mastodon:{server.host}", "--name", "Ana"], env)
        host.wait_for("Ana asks")
        block_until(lambda: PASTED in server.read_by, lambda: f"the hub reads with {server.read_by}")
        if sys.platform == "linux":
            running = arguments(folder)
            assert any("serve" in one for one in running)
            seen += running
        seen.append(host.text)
        ended = lunchroom(env, "end", "--yes", "--name", "Ana")
        assert ended.returncode == 0, ended.stderr
        host.wait_for("The chat is closed")
        host.press("q")
        host.wait_for_end()
        seen += [host.text, ended.stdout, ended.stderr]

    files = {path.relative_to(folder): path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()}
    assert leaks(files.pop(KEPT)) == ["t0ken"]
    assert [path for path in files if path.suffix == ".log"]
    assert {str(path): leaks(text) for path, text in files.items() if leaks(text)} == {}
    assert [text for text in seen if leaks(text)] == []


def test_ctrl_c_at_the_last_question_keeps_nothing_here_and_nothing_there(tmp_path: Path) -> None:
    env = home(tmp_path, {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"})
    with network() as server:
        login = Terminal(["login", "mastodon", server.host, "--code"], env)
        login.wait_for("The code")
        login.press(CODE, "\r")
        login.wait_for("May Lunchroom post as")
        login.press("\x03")
        assert login.wait_for_end() == 130
        assert leaks(login.text) == []
        assert server.revoked == [GIVEN]
    assert not (tmp_path / KEPT).exists()
