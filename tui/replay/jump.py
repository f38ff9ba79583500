"""Asking for the time that a replay goes to."""

import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from sessions.replay.jumping import JumpError, parse_jump
from tui.dialogs.dialog import Dialog
from tui.text.outside import outside


class JumpDialog(Dialog[int]):
    """The result is the position, in milliseconds since the opening; see `parse_jump` for the parameters."""

    def __init__(self, *, started: int, length: int, zone: datetime.tzinfo) -> None:
        super().__init__("Go to a time", "Enter goes there · Esc leaves")
        self.started = started
        self.length = length
        self.zone = zone

    def compose_inside(self) -> ComposeResult:
        words = "A time as the clock showed it, such as 7:42 pm, or +12:30 from the start."
        yield Static(Content(words), classes="words")
        yield Input(placeholder="7:42 pm", max_length=20)
        yield Static(classes="problem")

    @on(Input.Changed)
    def _forget_problem(self) -> None:
        self.query_one(".problem", Static).update("")

    @on(Input.Submitted)
    def _go(self, event: Input.Submitted) -> None:
        try:
            position = parse_jump(event.value, started=self.started, length=self.length, zone=self.zone)
        except JumpError as error:
            self.query_one(".problem", Static).update(outside(str(error)))
        else:
            self.dismiss(position)
