"""The line in which one types what to find; matches are gone through with down and up, or are all that is shown."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from sessions.words import _
from tui.text.outside import clean_line, outside
from tui.text.wording import counted
from tui.widgets.key_line import KeyWord

FINDING = (
    KeyWord("↓", _("Next match"), "step(1)"), KeyWord("↑", _("Match before"), "step(-1)"),
    KeyWord("Enter", _("Stay there"), "submit"), KeyWord("Esc", _("End"), "close(False)"),
)  # fmt: skip
FILTERING = (KeyWord("Enter", _("Show only these"), "submit"), KeyWord("Esc", _("End"), "close(False)"))
"""The keys while one types, each with the action of the line that it does."""


class FindBar(Vertical):
    """Opened by `/`; says what is typed and asked for, and how many matches there are, or below it what is wrong.

    Opened to filter it says what is typed and, with Enter, that nothing else is to be shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", _("Next match"), priority=True),
        Binding("up", "step(-1)", _("Previous match"), priority=True),
        Binding("escape", "close(False)", _("End"), key_display="Esc", priority=True),
    ]

    @dataclass
    class Sought(Message):
        """The text to find changed."""

        text: str

    @dataclass
    class Narrowed(Message):
        """The text to filter by changed."""

        text: str

    @dataclass
    class Chosen(Message):
        """Only what this text finds is to be shown."""

        text: str

    @dataclass
    class Stepped(Message):
        """Go to the next (1) or the previous (-1) match."""

        way: int

    @dataclass
    class Closed(Message):
        """Finding ended; `keep` leaves the cursor where it is and the matches marked."""

        keep: bool

    def __init__(self) -> None:
        super().__init__()
        self._filtering = False

    def compose(self) -> ComposeResult:
        with Horizontal(classes="find-row"):
            yield Static(Content(_(" Find ")), classes="find-label")
            yield Input(compact=True, max_length=200, placeholder="words, from:maria, q:3, is:new, not:has:link")
            yield Static(classes="find-count")
        yield Static(classes="find-problem")

    def open(self, *, filtering: bool = False) -> None:
        """Show the line, ready to type what is found or (`filtering`) all that is shown."""
        other, self._filtering = self._filtering != filtering, filtering
        self.query_one(".find-label", Static).update(Content(_(" Show ") if filtering else _(" Find ")))
        if filtering or other:
            self.query_one(Input).value = ""
        if filtering:
            self.show_problem("")
        elif not self.query_one(Input).value:
            self.show_matches(0)
        self.display = True
        self.query_one(Input).focus()

    @property
    def key_words(self) -> tuple[KeyWord, ...]:
        """The keys that it has now."""
        return FILTERING if self._filtering else FINDING

    def show_matches(self, matches: int, *, whole: bool = True, problem: str = "") -> None:
        """Say how many matches there are for what is typed; without `whole` there may be more.

        A `problem` comes first."""
        text = self.query_one(Input).value
        words = (
            ""
            if not text or not (matches or whole)
            else counted(matches, "{n} found", "{n} found")
            if matches
            else _("nothing found")
        )
        self._tell(problem, f"{words} ")

    def show_problem(self, problem: str) -> None:
        """Say what of the text to filter by is not understood, empty where all is."""
        self._tell(problem, "")

    def _tell(self, problem: str, otherwise: str) -> None:
        self.query_one(".find-count", Static).update(Content("" if problem else otherwise))
        below = self.query_one(".find-problem", Static)
        below.update(outside(clean_line(problem)))
        below.display = bool(problem)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Narrowed(event.value) if self._filtering else self.Sought(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        """Show only what is found, or stay with the match."""
        text = self.query_one(Input).value
        if self._filtering and text.strip():
            self.post_message(self.Chosen(text))
        else:
            self.action_close(True)

    def action_step(self, way: int) -> None:
        """Go to another match."""
        if not self._filtering:
            self.post_message(self.Stepped(way))

    def action_close(self, keep: bool) -> None:
        """Hide the line."""
        self.display = False
        self.post_message(self.Closed(keep or self._filtering))
