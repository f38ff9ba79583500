"""One line to type."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from sessions.words import _
from tui.dialogs.dialog import Dialog
from tui.text.outside import clean_line, outside


class LineDialog(Dialog[str]):
    """The result is what was typed, without the white space around it.

    `problem` says in one line why something that was typed cannot be taken, empty where it can; nothing to read never
    is.
    """

    def __init__(
        self,
        title: Content | str,
        hint: str,
        *,
        value: str = "",
        longest: int = 200,
        placeholder: str = "",
        problem: Callable[[str], str] = lambda _typed: "",
    ) -> None:
        super().__init__(title, hint)
        self._value = value
        self._longest = longest
        self._placeholder = placeholder
        self.problem = problem

    def compose_inside(self) -> ComposeResult:
        yield Input(self._value, placeholder=self._placeholder, max_length=self._longest)
        yield Static(classes="problem", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        problem = self.problem(typed) if typed else _("Nothing was typed.")
        if problem:
            self.query_one(".problem", Static).update(outside(clean_line(problem)))
        else:
            self.dismiss(typed)
