"""The panes side by side, with dividers that can be dragged."""

from itertools import pairwise

from textual import events
from textual.containers import Horizontal
from textual.message import Message

from tui.widgets.lines.given_size import GivenSize


class Columns(Horizontal, GivenSize):
    """The panes side by side, which cover all of it, so that nothing of it is drawn for each frame.

    The borders where two of them meet are a divider: it goes with the mouse while a button holds it.
    """

    BLANK = True

    class Dragged(Message):
        """The mouse has the divider at this cell, counted from the left; `done` once it is let go."""

        def __init__(self, divider: int, cell: int, *, done: bool) -> None:
            super().__init__()
            self.divider = divider
            self.cell = cell
            self.done = done

        def can_replace(self, message: Message) -> bool:
            """Only the last place of a divider counts."""
            return isinstance(message, Columns.Dragged) and not message.done

    _held: int | None = None
    _grip = 0

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the divider under the mouse, if there is one."""
        cell = event.screen_x - self.region.x
        for divider, (left, right) in enumerate(pairwise(child for child in self.children if child.display)):
            border = right.region.x - self.region.x
            if event.button == 1 and left.region.right == right.region.x and cell in (border - 1, border):
                event.stop()
                self._held, self._grip = divider, border - cell
                self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Take the divider along."""
        if self._held is not None:
            event.stop()
            self._drag(event.screen_x, done=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        if self._held is not None:
            event.stop()
            self._drag(event.screen_x, done=True)
            self._held = None
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """Let it go also where something else takes the mouse."""
        self._held = None

    def _drag(self, screen_x: int, *, done: bool) -> None:
        if self._held is not None:
            self.post_message(self.Dragged(self._held, screen_x - self.region.x + self._grip, done=done))
