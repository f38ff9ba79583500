"""Posts in characters whose width terminals disagree about, in tmux: nothing beside them is ever moved."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.waiting import block_until

if sys.platform != "linux" or shutil.which("tmux") is None:
    pytest.skip("tmux measures as the C library of Linux does", allow_module_level=True)

from tests.e2e.terminal import LUNCHROOM, home
from tests.e2e.test_two_terminals import Hub

INPUTS = Path(__file__).with_name("inputs")
PLAN = """
title = "Stations"
hashtags = ["stationchat"]
starts = 2026-12-01T20:00:00
timezone = "UTC"
[[questions]]
label = "1"
text = "What is in your first station? ❤️ हिन्दी"
"""


class Tmux:
    """A desk in a tmux of its own."""

    def __init__(self, env: dict[str, str], columns: int, rows: int, socket: str) -> None:
        self._tmux = ["tmux", "-f", "/dev/null", "-S", socket]
        self._env = {**env, "LC_ALL": "C.UTF-8"}
        self.columns = columns
        size = ["-x", str(columns), "-y", str(rows)]
        self.run("new-session", "-d", *size, " ".join((*LUNCHROOM, "join", "--name", "Ana")))

    def run(self, *argv: str) -> str:
        """What tmux answers."""
        done = subprocess.run([*self._tmux, *argv], env=self._env, capture_output=True, check=True, encoding="utf-8")
        return done.stdout

    @property
    def lines(self) -> list[str]:
        """The screen as it is, a string a row."""
        return self.run("capture-pane", "-p").splitlines()


def widths() -> ctypes.CDLL:
    """The C library, whose `wcwidth` tmux goes by."""
    libc = ctypes.CDLL(ctypes.util.find_library("c"))
    libc.setlocale(ctypes.c_int(0), b"C.UTF-8")
    return libc


def columns_of(line: str, chars: str, libc: ctypes.CDLL) -> set[int]:
    """The columns of a row in which one of these characters stands."""
    places, column = set(), 0
    for char in line:
        if char in chars:
            places.add(column)
        column += max(0, libc.wcwidth(ctypes.c_uint32(ord(char))))
    return places


def in_place(lines: list[str], columns: int, libc: ctypes.CDLL) -> bool:
    """Whether the panes' borders stand below their upper corners on every row, the last in the last column."""
    top = next((line for line in lines if line.startswith("╭")), "")
    corners = columns_of(top, "╭╮", libc)
    framed = [line for line in lines if line.startswith("│")]
    return columns - 1 in corners and all(corners <= columns_of(line, "│", libc) for line in framed)


def framed(lines: list[str], libc: ctypes.CDLL) -> bool:
    """Whether the dialog "Which posts?" is there and its frame stands below its upper corners on every row."""
    first = next((row for row, line in enumerate(lines) if "Which posts?" in line), None)
    if first is None:
        return False
    top = next((row for row in range(first, -1, -1) if "╭" in lines[row]), None)
    if top is None:  # it is drawn only in part yet
        return False
    left = max(columns_of(lines[top], "╭", libc))
    right = min((column for column in columns_of(lines[top], "╮", libc) if column > left), default=left)
    corners = {left, right}
    until = next((row for row in range(first, len(lines)) if columns_of(lines[row], "╰╯", libc) >= corners), None)
    return until is not None and all(corners <= columns_of(line, "│", libc) for line in lines[top + 1 : until])


@pytest.fixture(params=["odd-characters", "hearts"])
def hub(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hub]:
    """A chat in which such posts come."""
    env = home(tmp_path / "ana", os.environ)
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    hub = Hub([str(plan), "--source", f"practice:{INPUTS / request.param}.jsonl", "--speed", "60"], env)
    yield hub
    hub.kill()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
def test_the_panes_beside_a_post_are_never_touched(hub: Hub, tmp_path: Path, columns: int, rows: int) -> None:
    libc = widths()
    tmux = Tmux(home(tmp_path / "ana", os.environ), columns, rows, str(tmp_path / "tmux"))
    try:
        block_until(lambda: any("finished" in line for line in tmux.lines))
        for key in ("Home", "PageDown", "PageDown", "Up", "End"):
            tmux.run("send-keys", key)
            block_until(lambda: in_place(tmux.lines, columns, libc), lambda: "\n".join(tmux.lines))
        tmux.run("send-keys", "f")  # a dialog that shows such a question
        block_until(lambda: framed(tmux.lines, libc), lambda: "\n".join(tmux.lines))
    finally:
        tmux.run("kill-server")
