"""The line in which one types which of the chats are shown."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from sessions.words import _


class FilterBar(Horizontal):
    """Opened by `/`. Enter goes back to the list and keeps the filter, Escape ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,up", "keep", _("Go to the list"), priority=True),
        Binding("escape", "end", _("Show all"), key_display="Esc", priority=True),
    ]
    DEFAULT_CSS = """
    FilterBar {
        display: none;
        height: 1;
        background: $panel;
        & > Static { width: auto; }
        & > .filter-label { text-style: bold; }
        & > .filter-hint { color: $text-muted; }
        & > Input { width: 1fr; }
    }
    """

    class Changed(Message):
        """Only chats with these words are to be shown."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Left(Message):
        """The list is to be used again."""

    def __init__(self) -> None:
        super().__init__()
        self._input = Input(compact=True, max_length=200)

    def compose(self) -> ComposeResult:
        yield Static(Content(_(" Show ")), classes="filter-label")
        yield self._input
        yield Static(Content(_(" Enter keeps · Esc shows all ")), classes="filter-hint")

    @property
    def words(self) -> str:
        """What is typed."""
        return self._input.value

    def open(self) -> None:
        """Show the line, ready to type."""
        self.display = True
        self._input.focus()

    def end(self) -> bool:
        """Show all chats again; whether not all were shown, or the line was there."""
        was_there = bool(self.display)
        self._input.value = ""
        self.display = False
        return was_there

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def action_keep(self) -> None:
        """Go to the list."""
        if not self.words.strip():
            self.display = False
        self.post_message(self.Left())

    def action_end(self) -> None:
        """Show all chats and go to the list."""
        self.end()
        self.post_message(self.Left())
