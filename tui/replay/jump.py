"""Asking for the time that a replay goes to."""

import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from sessions.replay.jumping import JumpError, parse_jump
from sessions.replay.playback import DAYS_LONG
from sessions.words import _
from tui.dialogs.dialog import Dialog
from tui.text.outside import outside


class JumpDialog(Dialog[int]):
    """The result is the position, in milliseconds since the opening; see `parse_jump` for the parameters."""

    def __init__(self, *, started: int, length: int, zone: datetime.tzinfo) -> None:
        super().__init__(_("Go to a time"), _("Enter goes there · Esc leaves"))
        self.started = started
        self.length = length
        self.zone = zone

    def compose_inside(self) -> ComposeResult:
        yield Static(Content(f"{asking(self.length)}."), classes="words")
        yield Input(placeholder=_("Tue 7:42 pm") if self.length > DAYS_LONG else _("7:42 pm"), max_length=40)
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


def asking(length: int) -> str:
    """What is asked for in a chat so long (milliseconds)."""
    if length > DAYS_LONG:
        return _("A day and a time, such as Tue 7:42 pm, Dec 8 19:42 or 2026-12-08, or day 2")
    return _("A time as the clock showed it, such as 7:42 pm, or +12:30 from the start")
