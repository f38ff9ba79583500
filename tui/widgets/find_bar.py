"""The line in which one types what to find; matches are gone through with down and up."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.text.outside import outside_line


class FindBar(Horizontal):
    """Opened by `/`; says what is typed and asked for, and shows how many matches there are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next match", priority=True),
        Binding("up", "step(-1)", "Previous match", priority=True),
        Binding("escape", "close(False)", "End", key_display="esc", priority=True),
    ]

    @dataclass
    class Sought(Message):
        """The text to find changed."""

        text: str

    @dataclass
    class Stepped(Message):
        """Go to the next (1) or the previous (-1) match."""

        way: int

    @dataclass
    class Closed(Message):
        """Finding ended; `keep` leaves the cursor where it is and the matches marked."""

        keep: bool

    def compose(self) -> ComposeResult:
        yield Static(Content(" Find "), classes="find-label")
        yield Input(compact=True, max_length=200, placeholder="words, from:maria, q:3, is:guess, has:link, not:is:host")
        yield Static(classes="find-count")

    def open(self) -> None:
        """Show the line, ready to type."""
        self.display = True
        self.query_one(Input).focus()

    def show_matches(self, matches: int, *, whole: bool = True, problem: str = "") -> None:
        """Say how many matches there are for what is typed; without `whole` there may be more.

        A `problem` comes first."""
        text = self.query_one(Input).value
        words = "" if not text or not (matches or whole) else f"{matches:,} found" if matches else "nothing found"
        told = outside_line(problem, 70).plain if problem else f"{words}  ↑ ↓ matches · esc "
        self.query_one(".find-count", Static).update(Content(told))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Sought(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_close(True)

    def action_step(self, way: int) -> None:
        """Go to another match."""
        self.post_message(self.Stepped(way))

    def action_close(self, keep: bool) -> None:
        """Hide the line."""
        self.display = False
        self.post_message(self.Closed(keep))
