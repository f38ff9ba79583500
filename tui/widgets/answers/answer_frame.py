"""What the answer pane looks like: lines of posts in their colours, and the count of new ones in the lower border."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.geometry import Offset

from tui.text.wording import counted
from tui.widgets.lines.line import Line, Piece
from tui.widgets.lines.pane_frame import EMPTY, PaneFrame, ShownLine, handled, under_cursor

Frame = Sequence[tuple[Line, bool] | None]
"""The lines in sight, from the top: whether each belongs to the post under the cursor; None is an empty one."""

CHOSEN = "●"
"""What stands in front of a marked post."""

_NO_BAR = Piece(" ", "bar")
_BAR = Piece("▌", "cursor bar")


class AnswerFrame(PaneFrame):
    """Draws the lines that it is given."""

    ROLES_OF = "answer-pane"

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answer-pane--cursor",
        "answer-pane--cursor-focused",
        "answer-pane--bar",
        "answer-pane--bar-focused",
        "answer-pane--time",
        "answer-pane--name",
        "answer-pane--handle",
        "answer-pane--text",
        "answer-pane--chatter",
        "answer-pane--folded",
        "answer-pane--divider",
        "answer-pane--match",
        "answer-pane--label",
        "answer-pane--guess",
        "answer-pane--new",
        "answer-pane--star",
        "answer-pane--host",
        "answer-pane--shares",
        "answer-pane--mark",
        "answer-pane--warning",
        "answer-pane--below",
        "answer-pane--handled",
        "answer-pane--handled-sign",
        "answer-pane--chosen",
        "answer-pane--hint",
    }

    DEFAULT_CSS = """
    AnswerFrame {
        width: 1fr;
        height: 1fr;
        & > .answer-pane--cursor { background: $foreground 6%; }
        & > .answer-pane--cursor-focused { background: $primary 22%; }
        & > .answer-pane--bar { color: $text-muted; }
        & > .answer-pane--bar-focused { color: $primary; text-style: bold; }
        & > .answer-pane--chosen { color: $text-accent; text-style: bold; }
        & > .answer-pane--time { color: $text-muted; }
        & > .answer-pane--name { text-style: bold; }
        & > .answer-pane--handle { color: $text-muted; }
        & > .answer-pane--chatter { color: $text-muted; }
        & > .answer-pane--folded { color: $text-disabled; text-style: italic; }
        & > .answer-pane--divider { color: $text-primary; text-style: bold; }
        & > .answer-pane--match { color: $text; background: $warning 45%; text-style: bold underline; }
        & > .answer-pane--label { color: $text-primary; text-style: bold; }
        & > .answer-pane--guess { color: $text-warning; text-style: italic; }
        & > .answer-pane--new { color: $text-success; text-style: bold; }
        & > .answer-pane--star { color: $text-warning; text-style: bold; }
        & > .answer-pane--host { color: $text-secondary; text-style: bold; }
        & > .answer-pane--shares { color: $text-accent; }
        & > .answer-pane--mark { color: $text-muted; text-style: italic; }
        & > .answer-pane--warning { color: $text-warning; text-style: italic; }
        & > .answer-pane--hint { color: $text-muted; text-style: italic; }
        & > .answer-pane--below { color: $text-primary; background: $primary-muted; text-style: bold; }
        & > .answer-pane--handled { text-style: bold; }
        & > .answer-pane--handled-sign { background: $accent; color: $background; text-style: bold; }
    }
    """

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._frame: Frame = ()
        self._below = 0

    @property
    def new_below(self) -> int:
        """How many posts arrived below what the reader has seen."""
        return self._below

    def draw(self, frame: Frame, below: int, marked: Collection[int] = (), chosen: Collection[int] = ()) -> None:
        """Show these lines, as many as the pane is high, those in `marked` with the mark of what somebody else just did
        something with, those in `chosen` with the sign of a marked post, and say that so many new posts are below."""
        self._frame, self._below = frame, below
        lines = [EMPTY if spot is None else _shown(*spot) for spot in frame]
        for y in marked:
            lines[y] = handled(lines[y])
        for y in chosen:
            first, *rest = lines[y].pieces
            lines[y] = lines[y]._replace(pieces=(Piece(CHOSEN, first.role.replace("bar", "chosen")), *rest))
        self.show_foot(self._notice() if below else "")
        self.show_lines(lines)

    def drawn_at(self, y: int) -> bool:
        """Whether there is a post on this line."""
        return y < len(self._frame) and self._frame[y] is not None

    def notice_at(self, offset: Offset) -> bool:
        """Whether the count of new posts stands in this cell of the pane, its border counted."""
        if not self._below:
            return False
        width, height = self.outer_size
        return offset.y == height - 1 and 0 <= width - 3 - offset.x < len(self._notice())

    def _notice(self) -> str:
        return counted(self._below, " ↓ {n} new ", " ↓ {n} new ")


def _shown(line: Line, selected: bool) -> ShownLine:
    if selected:
        return ShownLine((_BAR, *under_cursor(line)), "cursor text")
    return ShownLine((_NO_BAR, *line), "text")
