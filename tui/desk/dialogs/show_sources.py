"""Where the posts come from: each source's state, its last post, what it cost, and who may post from here."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from tui.desk.model.desk import DeskModel
from tui.dialogs.dialog import Dialog
from tui.text.outside import outside
from tui.text.sources import details
from tui.text.styles import MUTED


class SourcesDialog(Dialog[bool]):
    """Kept up to date while it is open. The result is True where more money is to be allowed, which `raise_to` names.

    `posting` is what is said of posting from this desk.
    """

    DEFAULT_CSS = """
    SourcesDialog #list { height: auto; max-height: 45vh; }
    """

    def __init__(self, model: DeskModel, posting: str, raise_to: str = "") -> None:
        super().__init__("Where posts come from", "Esc closes")
        self._model = model
        self._posting = posting
        self._raise_to = raise_to

    def compose_inside(self) -> ComposeResult:
        with VerticalScroll(id="list"):
            yield Static(id="sources", classes="words")
        if self._posting:
            yield Static(outside(self._posting), classes="words")
        with Horizontal(classes="buttons"):
            yield Button(Content("Close"), id="close")
            if self._raise_to:
                yield Button(Content(self._raise_to), id="raise", variant="primary")

    def on_mount(self) -> None:
        """Show them, now and every second."""
        self._show()
        self.set_interval(1, self._show)
        self.query_one("#close", Button).focus()

    def _show(self) -> None:
        found = list(details(self._model.state, self._model.now()))
        parts = [Content.assemble(outside(name, "bold"), "\n", outside(lines, MUTED)) for name, lines in found]
        words = Content("\n\n").join(parts) if parts else Content("No source has said anything yet.")
        self.query_one("#sources", Static).update(words)

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "raise")

    def key_left(self) -> None:
        self.focus_previous()

    def key_right(self) -> None:
        self.focus_next()
