"""Keys with the word for what each does, on as many lines as they need; a click on one does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tui.text.outside import cell_len

GAP = 2
"""Cells between two keys."""


class KeyWord(NamedTuple):
    """What is printed on the key, the word for what it does, and the name of that."""

    key: str
    word: str
    name: str

    @property
    def cells(self) -> int:
        """The cells that both take."""
        return cell_len(self.key) + 1 + cell_len(self.word)


class KeyLine(Widget):
    """The keys of a dialog that stays open while they act."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    KeyLine { width: 1fr; height: auto; }
    """

    @dataclass
    class Picked(Message):
        """A key was clicked."""

        name: str

    def __init__(self) -> None:
        super().__init__()
        self._words: Sequence[KeyWord] = ()

    def show(self, words: Sequence[KeyWord]) -> None:
        """Show these keys."""
        if words != self._words:
            self._words = words
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as Textual asks
        return max(1, len(self._lines(width)))

    def lines_in(self, width: int) -> int:
        """On how many lines the keys stand in so many cells."""
        return len(self._lines(width))

    def render(self) -> RenderResult:
        gap = Content(" " * GAP)
        lines = [
            gap.join(Content.assemble((one.key, "bold $text-accent"), f" {one.word}") for one in line)
            for line in self._lines(self.size.width)
        ]
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        lines = self._lines(self.size.width)
        if offset is None or offset.y >= len(lines):
            return
        left = 0
        for one in lines[offset.y]:
            if left <= offset.x < left + one.cells:
                self.post_message(self.Picked(one.name))
            left += one.cells + GAP

    def _lines(self, width: int) -> list[list[KeyWord]]:
        lines: list[list[KeyWord]] = [[]]
        used = 0
        for one in self._words:
            if lines[-1] and used + one.cells > width:
                lines.append([])
                used = 0
            lines[-1].append(one)
            used += one.cells + GAP
        return lines
