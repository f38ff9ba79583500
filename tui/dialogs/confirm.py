"""Asking before what cannot be undone."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from sessions.words import _
from tui.dialogs.two_buttons import TwoButtonDialog


class ConfirmDialog(TwoButtonDialog):
    """Two buttons of which the harmless one has the focus. The result is True only for the other.

    `unasked` says that nobody called for it.
    """

    def __init__(
        self, title: Content | str, words: Content, yes: str, no: str = _("Cancel"), *, unasked: bool = False
    ) -> None:
        super().__init__(title)
        self.unasked = unasked
        self.words = words
        self.yes = yes
        self.no = no

    def compose_inside(self) -> ComposeResult:
        yield Static(self.words, classes="words")
        with Horizontal(classes="buttons"):
            yield Button(Content(self.no), id="no")
            yield Button(Content(self.yes), id="yes", variant="error")

    def on_mount(self) -> None:
        self.query_one("#no", Button).focus()
