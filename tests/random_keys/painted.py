"""A terminal that keeps what it was sent."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyte
import pytest
from textual.drivers.headless_driver import HeadlessDriver

UNDRAWN = "\ue000"
"""What stands in a cell that was not drawn."""

_OF_NO_WIDTH = re.compile(
    "\u200d.|[\u00ad\u1160-\u11ff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]"
)
"""What joins the character before it, and what pyte would draw nothing of the same text behind."""

Cells = list[list[tuple[object, ...]]]


class Painted(HeadlessDriver):
    """Textual's driver for tests, which is sent what a terminal would be, and shows it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.writes = 0
        self.blank(*self._get_terminal_size())

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.writes += 1
        self._stream.feed(_OF_NO_WIDTH.sub("", data))

    def blank(self, width: int, height: int) -> None:
        """Become a terminal of this size that shows nothing yet."""
        self._size = (width, height)
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self._screen)
        for y in range(height):
            self._stream.feed(f"\x1b[{y + 1};1H{UNDRAWN * width}")

    def cells(self) -> Cells:
        """Each cell, row by row; of a blank only what one sees of it."""
        buffer = self._screen.buffer
        return [[_seen(buffer[y][x]) for x in range(self._screen.columns)] for y in range(self._screen.lines)]

    def _lines(self) -> list[str]:
        """The text of each line; pyte's own fails where half of a wide character was drawn over."""
        buffer = self._screen.buffer
        return ["".join(buffer[y][x].data for x in range(self._screen.columns)) for y in range(self._screen.lines)]

    @property
    def all_drawn(self) -> bool:
        """Whether every cell was drawn."""
        return not any(UNDRAWN in line for line in self._lines())

    @property
    def text(self) -> str:
        """Its lines in which a cell was not drawn, marked."""
        return "\n".join(
            f"{y}: {line.replace(UNDRAWN, chr(0x2592))}" for y, line in enumerate(self._lines()) if UNDRAWN in line
        )


def _seen(char: Any) -> tuple[object, ...]:
    unseen = char.data == " " and not (char.underscore or char.reverse or char.strikethrough)
    return (" ", char.bg) if unseen else tuple(char)


def differing(one: Cells, other: Cells) -> list[str]:
    """The lines in which they differ, as text, and from which cell on."""
    found: list[str] = []
    for y, (left, right) in enumerate(zip(one, other, strict=True)):
        if left != right:
            first = next(x for x, (a, b) in enumerate(zip(left, right, strict=True)) if a != b)
            shown, should = ("".join(str(cell[0]) for cell in cells[first:][:40]) for cells in (left, right))
            behind = "".join(str(cell[0]) for cell in right[:first][-20:])
            found.append(
                f"line {y} from cell {first}, behind {behind!r}: {shown!r} should be {should!r} "
                f"({left[first]} {right[first]})"
            )
    return found


@contextmanager
def painted_terminals() -> Iterator[None]:
    """Within it apps under test have such a terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.drivers.headless_driver.HeadlessDriver", Painted)
        yield
