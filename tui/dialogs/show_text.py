"""Showing a text that one wants to have elsewhere: where no clipboard is known to work, and addresses."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Static

from sessions.words import _
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.text.taming import clean_lines

if TYPE_CHECKING:
    from textual.widgets import TextArea


class ShowTextDialog(Dialog[bool]):
    """The text to select and copy. `offer` names one more button; the result is True if that was pressed."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "show_text.tcss"]

    def __init__(self, title: str, text: str, words: str, *, offer: str = "") -> None:
        super().__init__(title)
        self.text = text
        self.words = words
        self.offer = offer
        self._area: TextArea | None = None

    def compose_inside(self) -> ComposeResult:
        from textual.widgets import TextArea  # every screen has this dialog, and few ever open it

        yield Static(Content(self.words), classes="words")
        area = TextArea(clean_lines(self.text), read_only=True, soft_wrap=True, show_line_numbers=False)
        area.styles.height = min(10, max(3, len(self.text) // 50 + self.text.count("\n") + 3))
        self._area = area
        yield area
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Close")), id="close")
            if self.offer:
                yield Button(Content(self.offer), id="offer", variant="primary")

    def on_mount(self) -> None:
        if self._area is not None:
            self._area.select_all()
        self.query_one("#close", Button).focus()

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "offer")

    def key_right(self) -> None:
        self.focus_next(Button)

    def key_left(self) -> None:
        self.focus_previous(Button)
