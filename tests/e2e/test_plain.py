"""Plain lines between real processes: a script on a pipe, a saved chat, and somebody who types in a terminal."""

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import LUNCHROOM, home
from tests.waiting import PATIENCE
from tui.desk.farewells import LEFT

if TYPE_CHECKING:
    from tests.e2e.test_two_terminals import Hub

SCRIPT = """\
time
next
note I ask, you greet?
file 1 1
file 1 1
undo
star 1
answers 1
nonsense
log
"""


def run(argv: list[str], env: dict[str, str], typed: str = "") -> subprocess.CompletedProcess[bytes]:
    """What `lunchroom ARGV` writes where its input and output are pipes."""
    return subprocess.run(
        [*LUNCHROOM, *argv], env=env, input=typed.encode(), capture_output=True, timeout=PATIENCE, check=False
    )


def test_a_script_moderates_on_a_pipe_and_reads_a_saved_chat(hub: "Hub", env: dict[str, str]) -> None:
    done = run(["join", "--name", "Ana"], env, SCRIPT)
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert LEFT in done.stderr.decode()
    for words in ("You ask and greet.", "Asking Q1", "You asked Q1", "You wrote: I ask, you greet?", "You filed",
                  "That is so already.", "You took back", "You starred", "no word nonsense", "(post 1)"):  # fmt: skip
        assert words in said, said
    assert said.index("You asked Q1") < said.index("You wrote"), "each line is done before the next one"

    read = run(["replay", "A year ago"], env)
    assert read.returncode == 0, read.stderr
    assert b"A year ago" in read.stdout
    assert b"7:00 post 1. Teacher0, new, answers Q1: A1: station 0" in read.stdout
    assert b"\x1b" not in done.stdout + done.stderr + read.stdout + read.stderr


@pytest.mark.parametrize("leaves", ["\x04", signal.SIGINT], ids=["end-of-input", "interrupt"])
def test_typed_words_survive_what_is_read_out_and_are_completed(
    hub: "Hub", env: dict[str, str], leaves: str | signal.Signals
) -> None:
    import pexpect

    argv = ["join", "--plain", "--name", "Ana"]
    child = pexpect.spawn(LUNCHROOM[0], [*LUNCHROOM[1:], *argv], env={**env, "TERM": "xterm-256color"},
                          encoding="utf-8", timeout=PATIENCE, echo=False)  # fmt: skip
    read: list[str] = []
    child.logfile_read = type("Log", (), {"write": read.append, "flush": lambda *_: None})()
    child.expect("Type help")
    child.send("no")
    child.expect("new post")
    child.send("te one more\t minute\r")
    child.expect("You wrote: one more *minute")
    child.send("take ask\t\r")
    child.expect("You ask already")
    child.send(leaves) if isinstance(leaves, str) else child.kill(leaves)
    child.expect("You left; the chat goes on")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "\x1b" not in "".join(read)


def test_somebody_pastes_an_invite_before_the_words(hub: "Hub", tmp_path: Path) -> None:
    done = run(["join", "--name", "Ben"], home(tmp_path / "ben", os.environ), f"{hub.invite}\nroles\nleave\nwho\n")
    assert done.returncode == 0, done.stderr
    assert "You ask and greet." in done.stdout.decode()
