"""Asking whether to exchange saved chats with the chat's computer."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from sessions.hub.swapping import Offer
from tui.model.exchange_words import offered
from tui.model.pace import Later, Pace
from tui.outside import outside
from tui.screens.dialog import Dialog

WAKING = 0.6
"""Seconds in which a dialog that nobody called for takes no Enter: it may be meant for what was there before."""

_GOES_ALONG = (
    "Exchange them, and what is noted about people? Notes, schools, joined accounts, and who is muted or left out of "
    "recaps go along both ways. Then the same people count as new, whoever hosts."
)


class ExchangeDialog(Dialog[bool]):
    """Enter says yes, Escape not now. `sudden` says that it came by itself. The result is True for yes."""

    def __init__(self, offer: Offer, me: str, pace: Pace, *, sudden: bool) -> None:
        super().__init__("Exchange saved chats?", "Enter yes · Esc not now. Later: ctrl+p, Exchange saved chats.")
        self._offer = offer
        self._me = me
        self._pace = pace
        self._sudden = sudden
        self._waking: Later | None = None

    def compose_inside(self) -> ComposeResult:
        yield Static(outside(offered(self._offer, self._me)), classes="words")
        yield Static(Content(_GOES_ALONG), classes="words")
        with Horizontal(classes="buttons"):
            yield Button(Content("Not now"), id="no", disabled=self._sudden)
            yield Button(Content("Exchange"), id="yes", variant="primary", disabled=self._sudden)

    def on_mount(self) -> None:
        if self._sudden:
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

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def key_left(self) -> None:
        self.focus_previous()

    def key_right(self) -> None:
        self.focus_next()
