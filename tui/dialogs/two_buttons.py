"""A question that one of two buttons answers."""

from textual import on
from textual.widgets import Button

from tui.dialogs.dialog import Dialog


class TwoButtonDialog(Dialog[bool]):
    """The result is True for the button with the id `yes`; the arrow keys go between the two."""

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def key_left(self) -> None:
        self.focus_previous()

    def key_right(self) -> None:
        self.focus_next()
