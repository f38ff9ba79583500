"""What a terminal shows after each piece of output: only the characters, and fast, for megabytes are looked at."""

import codecs
import re

from rich.cells import get_character_cell_size

from tests.benchmarks.desk.terminal import ROWS

_COLUMNS = 300
"""As many as no window of a benchmark has, so that a line need not know the window's size."""

_PIECE = re.compile(
    r"\x1b\[([<=>?]?)([0-9;]*)[ -/]*([@-~])"  # a control sequence
    r"|\x1b([78])"
    r"|\x1b[P\]_^X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]"  # nothing that moves or writes
    r"|([\n\r])"
    r"|([^\x1b\n\r]+)"
)
_CUT = re.compile(r"\x1b(?:\[[<=>?]?[0-9;]*[ -/]*|[P\]_^X][^\x07\x1b]*\x1b?|[ -/]*)?$")
"""The beginning of what ends in the next piece of output."""


class Screen:
    """A terminal's characters; what it is sent must stay on its lines."""

    def __init__(self) -> None:
        self._lines = [[" "] * _COLUMNS for _ in range(ROWS)]
        self._x = self._y = 0
        self._saved = (0, 0)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def line(self, y: int) -> str:
        """What stands on this line."""
        return "".join(self._lines[y])

    def feed(self, data: bytes) -> set[int]:
        """Take a piece of output in; the lines that it wrote on."""
        text = self._held + self._decoder.decode(data)
        cut = _CUT.search(text)
        self._held = "" if cut is None else cut[0]
        touched: set[int] = set()
        for piece in _PIECE.finditer(text, 0, len(text) - len(self._held)):
            private, numbers, command, save, line_end, words = piece.groups()
            if words:
                touched.add(self._y)
                self._write(words)
            elif command and not private:
                self._obey(command, numbers, touched)
            elif save == "7":
                self._saved = self._x, self._y
            elif save == "8":
                self._x, self._y = self._saved
            elif line_end == "\n":
                self._go(self._x, self._y + 1)
            elif line_end:
                self._x = 0
        return touched

    def _obey(self, command: str, numbers: str, touched: set[int]) -> None:
        values = [int(number or 0) for number in numbers.split(";")]
        count = max(1, values[0])
        if command in "Hf":
            self._go((values[1] if len(values) > 1 else 1) - 1, count - 1)
        elif command in "CD":
            self._go(self._x + (count if command == "C" else -count), self._y)
        elif command in "AB":
            self._go(self._x, self._y + (count if command == "B" else -count))
        elif command in "XK":
            touched.add(self._y)
            end = self._x + count if command == "X" else _COLUMNS
            self._lines[self._y][self._x : end] = [" "] * (min(end, _COLUMNS) - self._x)
        elif command == "J":
            touched.update(range(ROWS))
            self._lines = [[" "] * _COLUMNS for _ in range(ROWS)]

    def _go(self, x: int, y: int) -> None:
        self._x, self._y = min(max(0, x), _COLUMNS - 1), min(max(0, y), ROWS - 1)

    def _write(self, words: str) -> None:
        cells = list(words) if words.isascii() else [*self._cells(words)]
        cells = cells[: _COLUMNS - self._x]
        self._lines[self._y][self._x : self._x + len(cells)] = cells
        self._x = min(self._x + len(cells), _COLUMNS - 1)

    @staticmethod
    def _cells(words: str) -> list[str]:
        cells: list[str] = []
        for char in words:
            width = get_character_cell_size(char)
            if width:
                cells += [char, *[""] * (width - 1)]
        return cells
