"""Choosing one of a few things by arrows, the mouse, or by typing how it begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.dialogs.dialog import Dialog


@dataclass(frozen=True)
class Choice:
    """`value` is the result, `start` what one types to get there (`3a`), `words` what is shown."""

    value: str
    words: Content
    start: str = ""


class ChooseDialog(Dialog[str]):
    """A list; the result is the chosen value."""

    def __init__(self, title: Content | str, choices: Sequence[Choice], *, typed: str = "", chosen: str = "") -> None:
        super().__init__(title, "↑ ↓ Enter choose · Esc leave")
        self._choices = choices
        self._typed = typed
        self._chosen = chosen

    def compose_inside(self) -> ComposeResult:
        yield OptionList(*(Option(choice.words) for choice in self._choices), markup=False)

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = next((i for i, c in enumerate(self._choices) if c.value == self._chosen), 0)
        options.focus()

    def on_key(self, event: events.Key) -> None:
        """Go to the choice that begins with what was typed."""
        if not event.is_printable or event.character is None or event.character == " ":
            return
        event.stop()
        self._typed += event.character.casefold()
        if not self._go_to(self._typed):
            self._typed = event.character.casefold()
            self._go_to(self._typed)

    def _go_to(self, start: str) -> bool:
        found = next((i for i, c in enumerate(self._choices) if c.start.casefold().startswith(start)), None)
        if found is not None:
            self.query_one(OptionList).highlighted = found
        return found is not None

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].value)
