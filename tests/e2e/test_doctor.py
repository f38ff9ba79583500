"""`lunchroom doctor` in a real terminal."""

import os
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, home


@pytest.mark.parametrize(
    ("columns", "changed", "code", "lines"),
    [
        (
            120,
            {},
            0,
            ("ok  terminal: TERM=xterm-256", "ok  letters: all", "ok  colours: all", "ok  config file: "),
        ),
        (59, {"TERM": "xterm", "COLORTERM": ""}, 1, ("NOT size: 59 columns", "ok  colours: 16, in which all")),
    ],
)
def test_it_tells_of_this_terminal(
    tmp_path: Path, columns: int, changed: dict[str, str], code: int, lines: tuple[str, ...]
) -> None:
    terminal = Terminal(["doctor"], {**home(tmp_path, os.environ), **changed}, columns=columns, rows=40)
    assert terminal.wait_for_end() == code
    assert [line for line in lines if not any(row.startswith(line) for row in terminal.lines)] == []
