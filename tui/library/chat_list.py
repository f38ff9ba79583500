"""The list of saved chats with its columns, and the headings above it."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from sessions.words import _
from tui.library.saved_chats import COLUMNS, SIGNS, STATES, Chat, Column, Order
from tui.text.outside import cell_len, cut
from tui.widgets.lines.line import Line, Piece
from tui.widgets.lines.line_list import LineList, ListedRows, ListRow

ROOMY = 100
WIDE = 150
STATE_WIDTH = 11
"""Cells of the longest state's name."""


def widths(width: int) -> list[int]:
    """The cells of the state and of each column in a line of this width, its first cell and the gaps left out."""
    state = STATE_WIDTH if width >= ROOMY - 1 else 1
    fixed = [_width(column, width) for column in COLUMNS]
    left = width - 1 - state - sum(fixed) - len(COLUMNS)
    return [state, *(cells or max(8, left) for cells in fixed)]


def _width(column: Column, width: int) -> int:
    return column.wide if width >= WIDE - 1 else column.roomy if width >= ROOMY - 1 else column.width


def _cell(text: str, width: int, *, right: bool) -> str:
    shown = cut(text, width)
    gap = " " * (width - cell_len(shown))
    return gap + shown if right else shown + gap


class ChatList(LineList):
    """The saved chats, one a line; the cursor stays with its chat, whatever is sorted, filtered, added or deleted."""

    ROLES_OF = "chat-list"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"chat-list--{role}"
        for role in (
            "cursor", "cursor-focused", "bar", "bar-focused", "text",
            "name", "running", "interrupted", "damaged", "rehearsal", "saved",
        )
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", _("Open"), key_display="Enter", id="open_chat")]
    DEFAULT_CSS = """
    ChatList {
        height: 1fr;
        border: none;
        padding: 0 1 0 0;
        & > .chat-list--cursor { background: $foreground 6%; }
        & > .chat-list--cursor-focused { background: $primary 22%; }
        & > .chat-list--bar { color: $text-muted; }
        & > .chat-list--bar-focused { color: $primary; text-style: bold; }
        & > .chat-list--text { color: $text-muted; }
        & > .chat-list--running { color: $text-success; text-style: bold; }
        & > .chat-list--interrupted { color: $text-warning; }
        & > .chat-list--damaged { color: $text-error; }
        & > .chat-list--rehearsal { color: $text-muted; text-style: italic; }
    }
    """

    class ChatMessage(Message):
        """A message about a chat, by the id of its session."""

        def __init__(self, chat: str) -> None:
            super().__init__()
            self.chat = chat

    class Pointed(ChatMessage):
        """The cursor came to another chat."""

    class Opened(ChatMessage):
        """Somebody wants to open a chat (Enter, double click)."""

    def __init__(self) -> None:
        super().__init__(self.Opened, self.Pointed)

    def show(self, chats: Sequence[Chat]) -> None:
        """Show these chats in this order."""
        self.show_rows(ListedRows([_row(chat) for chat in chats]))

    def laid_out(self, row: ListRow, width: int) -> Line:
        """The pieces of the row under their headings."""
        state_width, *others = widths(width + 1)
        state = row.left[0]
        shown = state.text if state_width > 1 else SIGNS[state.role]
        pieces = [Piece(_cell(shown, state_width, right=False), state.role)]
        for column, cells, piece in zip(COLUMNS, others, row.left[1:], strict=True):
            right = column.numeric and column.name != "date"
            pieces.append(Piece(" " + _cell(piece.text, cells, right=right), piece.role))
        return tuple(pieces)


def _row(chat: Chat) -> ListRow:
    quiet = chat.state if chat.state in ("damaged", "rehearsal") else "name"
    pieces = [Piece(STATES[chat.state], chat.state)]
    pieces += [Piece(column.words(chat), quiet if column.name == "title" else "text") for column in COLUMNS]
    return ListRow(chat.id, tuple(pieces))


class ChatHeadings(Widget):
    """The headings above the list; a click on one sorts by it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"chat-headings--sorted"}
    DEFAULT_CSS = """
    ChatHeadings {
        height: 1;
        padding: 0 1 0 0;
        color: $text-muted;
        background: $panel;
        & > .chat-headings--sorted { color: $primary; text-style: bold; }
    }
    """

    class Chosen(Message):
        """Somebody wants the list sorted by the column of this name."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self) -> None:
        super().__init__()
        self._order = Order()

    def show(self, order: Order) -> None:
        """Mark the column that the list is sorted by."""
        self._order = order
        self.refresh()

    def render_line(self, _y: int) -> Strip:
        """All headings, each as wide as its column; the arrow stands in the gap behind."""
        width = self.content_size.width
        state_width, *others = widths(width)
        segments = [Segment(" " * (state_width + 2), self.rich_style)]
        for column, cells in zip(COLUMNS, others, strict=True):
            chosen = column.name == self._order.column
            arrow = ("▾" if self._order.descending else "▴") if chosen else ""
            right = column.numeric and column.name != "date"
            text = _cell(column.heading, cells, right=True) + (arrow or " ") if right else ""
            text = text or _cell(column.heading + arrow, cells + 1, right=False)
            segments.append(Segment(text, self._sorted_style if chosen else self.rich_style))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    @property
    def _sorted_style(self) -> Style:
        return self.get_visual_style("chat-headings--sorted").rich_style

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        state_width, *others = widths(self.content_size.width)
        start = state_width + 2
        for column, cells in zip(COLUMNS, others, strict=True):
            if start <= offset.x < start + cells + 1:
                self.post_message(self.Chosen(column.name))
            start += cells + 1
