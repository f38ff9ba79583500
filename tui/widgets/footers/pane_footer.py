"""The line of keys at the foot of a desk: those of the pane in focus, as many as fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message

from tui.widgets.key_line import GAP, KeyWord
from tui.widgets.lines.given_size import GivenSize


class PaneFooter(GivenSize):
    """Keys with the word for what each does, the most needed first; some always stand at the right end.

    It is one widget, which draws its line anew: other keys cost no layout and no styling.
    """

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pane-footer--key"}

    DEFAULT_CSS = """
    PaneFooter {
        dock: bottom;
        height: 1;
        padding: 0 1;
        color: $footer-description-foreground;
        background: $footer-background;
        & > .pane-footer--key { color: $footer-key-foreground; text-style: bold; }
    }
    """

    @dataclass
    class Picked(Message):
        """A key was clicked."""

        name: str

    def __init__(self) -> None:
        super().__init__()
        self._words: Sequence[KeyWord] = ()
        self._pinned: Sequence[KeyWord] = ()

    def show(self, words: Sequence[KeyWord], pinned: Sequence[KeyWord]) -> None:
        """Show as many of the first as fit, in this order, beside all of the others."""
        if (words, pinned) != (self._words, self._pinned):
            self._words, self._pinned = words, pinned
            self.refresh()

    def render(self) -> RenderResult:
        style = self.get_visual_style("pane-footer--key", partial=True)
        shown, at = Content(""), 0
        for left, one in self._placed(self.content_size.width):
            shown += Content(" " * (left - at)) + Content.assemble((one.key, style), f" {one.word}")
            at = left + one.cells
        return shown

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for left, one in self._placed(self.content_size.width):
            if left <= offset.x < left + one.cells:
                self.post_message(self.Picked(one.name))

    def _placed(self, width: int) -> Iterator[tuple[int, KeyWord]]:
        """What fits, each with the cell where it begins."""
        right = width - sum(one.cells for one in self._pinned) - GAP * max(0, len(self._pinned) - 1)
        at = 0
        for one in self._words:
            if at + one.cells + GAP <= right:
                yield at, one
                at += one.cells + GAP
        for one in self._pinned:
            yield right, one
            right += one.cells + GAP
