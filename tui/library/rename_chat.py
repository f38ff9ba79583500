"""Another title for a saved chat."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from sessions.words import _
from tui.dialogs.dialog import Dialog


class RenameDialog(Dialog[str]):
    """The result is the new title, which is not empty."""

    def __init__(self, title: str) -> None:
        super().__init__(_("Change the title"), _("Enter saves · Esc leaves it as it is"))
        self._old = title

    def compose_inside(self) -> ComposeResult:
        yield Input(self._old, max_length=300, select_on_focus=False)
        yield Static(classes="problem", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _save(self, event: Input.Submitted) -> None:
        title = " ".join(event.value.split())
        if not title:
            self.query_one(".problem", Static).update(_("A chat needs a title."))
        else:
            self.dismiss(None if title == self._old else title)
