"""What the answer pane looks like: lines of posts in their colours, and the count of new ones at the foot."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.line import Line

Frame = list[tuple[Line, bool] | None]
"""The lines in sight, from the top: whether each belongs to the post under the cursor; None is an empty one."""


class AnswerFrame(Widget):
    """Draws the lines that it is given."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answer-pane--cursor",
        "answer-pane--bar",
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
    }

    DEFAULT_CSS = """
    AnswerFrame {
        width: 1fr;
        height: 1fr;
        padding-right: 1;
        color: $foreground;
        border: round $foreground 25%;
        border-title-color: $text-muted;
        & > .answer-pane--cursor { background: $foreground 6%; }
        & > .answer-pane--bar { color: $text-muted; }
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
        & > .answer-pane--below { color: $text-primary; background: $primary-muted; text-style: bold; }
        &:focus {
            border: round $border;
            border-title-color: $foreground;
            border-title-style: bold;
            & > .answer-pane--cursor { background: $primary 22%; }
            & > .answer-pane--bar { color: $primary; text-style: bold; }
        }
    }
    """

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._frame: Frame = []
        self._below = 0
        self._strips: LRUCache[tuple[Line, bool, int, bool], Strip] = LRUCache(4096)

    @property
    def new_below(self) -> int:
        """How many posts arrived below what the reader has seen."""
        return self._below

    def draw(self, frame: Frame, below: int) -> None:
        """Show these lines, as many as the pane is high, and say that so many new posts are below."""
        self._frame, self._below = frame, below
        self.refresh()

    def drawn_at(self, y: int) -> bool:
        """Whether there is a post on this line."""
        return y < len(self._frame) and self._frame[y] is not None

    def notice_at(self, offset: Offset) -> bool:
        """Whether the count of new posts stands here."""
        if not self._below or offset.y != len(self._frame) - 1:
            return False
        return offset.x >= self.content_size.width - self._notice_width()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        width = self.content_size.width
        spot = self._frame[y] if y < len(self._frame) else None
        if spot is None:
            strip = Strip.blank(width, self._style())
        else:
            key = (*spot, width, self.has_focus)
            strip = self._strips.get(key) or self._draw(*spot, width)
            self._strips[key] = strip
        if self._below and y == len(self._frame) - 1:
            notice = Segment(self._notice(), self._style("below"))
            room = width - self._notice_width()
            return Strip([*strip.crop_extend(0, room, self._style()), notice], width)
        return strip

    def _draw(self, line: Line, selected: bool, width: int) -> Strip:
        cursor = ("cursor",) if selected else ()
        bar = "▌" if selected else " "
        segments = [Segment(bar, self._style(*cursor, "bar"))]
        segments += [Segment(piece.text, self._style(*cursor, piece.role)) for piece in line]
        return Strip(segments).adjust_cell_length(width, self._style(*cursor, "text"))

    def _style(self, *parts: str) -> Style:
        return self.get_visual_style(*(f"answer-pane--{part}" for part in parts)).rich_style

    def _notice(self) -> str:
        return f" ↓ {self._below:,} new "

    def _notice_width(self) -> int:
        return len(self._notice())
