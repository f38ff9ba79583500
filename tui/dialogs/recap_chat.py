"""Which recap of a saved chat, and where it is written."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Input, RadioSet, Static

from sessions.reports.recap import FORMATS
from sessions.words import _
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.dialogs.file_field import FileField
from tui.dialogs.recap_file import SUFFIXES, RecapWish
from tui.text.outside import outside, outside_line
from tui.widgets.marked import MarkedCheckbox, MarkedRadioButton

WORDS = {
    "markdown": _("Markdown, to paste into a blog"),
    "html": _("HTML page, for the phone and in print"),
    "csv": _("CSV, a table of the answers"),
    "json": _("JSON, for programs"),
}


RECAP_CSS = Path(__file__).with_name("recap_chat.tcss")


class RecapDialog(Dialog[RecapWish]):
    """Begins with `wish`; the result is what was wished then."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, RECAP_CSS]

    def __init__(self, title: str, wish: RecapWish) -> None:
        super().__init__(
            Content.assemble(_("Recap of ") if title else _("Recap"), outside_line(title, 50)),
            _("Tab goes on · Enter presses · Esc leaves"),
        )
        self.wish = wish
        self._file = FileField(_("Written to"), wish.path)

    def compose_inside(self) -> ComposeResult:
        with RadioSet(id="form", compact=True):
            for form in FORMATS:
                yield MarkedRadioButton(Content(WORDS[form]), value=form == self.wish.form)
        yield MarkedCheckbox(
            Content(_("Without names: Teacher 1, Host 1, ... instead")),
            value=self.wish.anonymous,
            id="anonymous",
            compact=True,
        )
        yield self._file
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Cancel")), id="cancel")
            yield Button(Content(_("Look at it")), id="look")
            yield Button(Content(_("Write it")), id="write", variant="primary")

    def on_mount(self) -> None:
        self.query_one(RadioSet).focus()

    @on(RadioSet.Changed)
    def _rename(self, event: RadioSet.Changed) -> None:
        """Let the file's ending follow the format, unless it has one of its own."""
        path = Path(self._file.typed)
        if path.suffix in SUFFIXES.values():
            self._file.show(path.with_suffix(SUFFIXES[FORMATS[event.index]]))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._finish(write=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "cancel":
            self.dismiss(None)
        else:
            self._finish(write=event.button.id == "write")

    def _finish(self, *, write: bool) -> None:
        if write and not self._file.can_be_written():
            return
        form = FORMATS[max(0, self.query_one(RadioSet).pressed_index)]
        self.dismiss(RecapWish(form, self._file.path, self.query_one("#anonymous", MarkedCheckbox).value, write))


class TextPage(Dialog[None]):
    """A long text to look through."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, RECAP_CSS]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, _("↑ ↓ scroll · Esc goes back"))
        self.text = text

    def compose_inside(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(outside(self.text))

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
