"""A question of one key, also one that nobody called for."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from tui.dialogs.two_buttons import TwoButtonDialog
from tui.widgets.pace import Later, Pace

WAKING = 0.6
"""Seconds in which a dialog that nobody called for takes no Enter: it may be meant for what was there before."""


class AskDialog(TwoButtonDialog):
    """Enter says yes, Escape leaves it open. The result is True for yes.

    `words` are the paragraphs between title and buttons, `yes` and `no` what stands on these. `unasked` says that
    nobody called for it.
    """

    def __init__(
        self,
        title: str,
        words: Sequence[Content],
        pace: Pace,
        *,
        yes: str,
        no: str,
        hint: str,
        unasked: bool,
    ) -> None:
        super().__init__(title, hint)
        self.words = words
        self._pace = pace
        self.yes = yes
        self.no = no
        self._unasked = unasked
        self._waking: Later | None = None

    def compose_inside(self) -> ComposeResult:
        for paragraph in self.words:
            yield Static(paragraph, classes="words")
        with Horizontal(classes="buttons"):
            yield Button(Content(self.no), id="no", disabled=self._unasked)
            yield Button(Content(self.yes), id="yes", variant="primary", disabled=self._unasked)

    def on_mount(self) -> None:
        if self._unasked:
            self._waking = self._pace.later(WAKING, self._wake)
        else:
            self._wake()

    def on_unmount(self) -> None:
        if self._waking is not None:
            self._waking.cancel()

    def _wake(self) -> None:
        for button in self.query(Button):
            button.disabled = False
        self.query_one("#yes", Button).focus()
