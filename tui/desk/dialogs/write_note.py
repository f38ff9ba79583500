"""A line to the other moderator."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from sessions.hub.protocol.presence import Claim
from sessions.words import _
from tui.desk.dialogs.claiming import Claiming
from tui.desk.model.desk import Drafts
from tui.dialogs.dialog import Dialog


class NoteDialog(Claiming, Dialog[str]):
    """The result is the text; what was not sent stays in the drafts. `example` stands in the empty line."""

    def __init__(self, title: Content | str, drafts: Drafts, example: str) -> None:
        super().__init__(title, _("Enter sends · Esc keeps it for later. Observers and teachers never see notes."))
        self._drafts = drafts
        self._example = example
        self.claim = Claim("note")

    def compose_inside(self) -> ComposeResult:
        yield Input(self._drafts.note, placeholder=self._example, max_length=1000, select_on_focus=False)

    @on(Input.Changed)
    def _keep(self, event: Input.Changed) -> None:
        self._drafts.note = event.value

    @on(Input.Submitted)
    def _send(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())
