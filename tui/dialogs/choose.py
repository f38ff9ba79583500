"""Choosing one of a few things by arrows, the mouse, or by typing how it begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sessions.words import _
from tui.dialogs.dialog import Dialog
from tui.widgets.hanging import Hanging


@dataclass(frozen=True)
class Choice:
    """`value` is the result, `start` what one types to get there (`3a`), `words` what is shown."""

    value: str
    words: Content | Hanging
    start: str = ""


class ChooseDialog(Dialog[str]):
    """A list; the result is the chosen value.

    With `at_once` what was typed chooses as soon as one choice alone begins so.
    """

    def __init__(
        self,
        title: Content | str,
        choices: Sequence[Choice],
        *,
        typed: str = "",
        chosen: str = "",
        at_once: bool = False,
    ) -> None:
        super().__init__(
            title, _("↑ ↓ Enter choose, or its key · Esc leave") if at_once else _("↑ ↓ Enter choose · Esc leave")
        )
        self.choices = choices
        self._typed = typed
        self._chosen = chosen
        self._at_once = at_once
        self._too_early = ""

    def compose_inside(self) -> ComposeResult:
        yield OptionList(*(Option(choice.words) for choice in self.choices), markup=False)

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = next((i for i, c in enumerate(self.choices) if c.value == self._chosen), 0)
        options.focus()
        for character in self._too_early:
            self.type(character)

    def on_key(self, event: events.Key) -> None:
        """Go to the choice that begins with what was typed."""
        if event.is_printable and event.character is not None and event.character != " ":
            event.stop()
            self.type(event.character)

    def type(self, character: str) -> None:
        """Take one more character in; before the list stands it waits for that."""
        if not self.is_mounted:
            self._too_early += character
            return
        self._typed += character.casefold()
        fitting = beginning(self.choices, self._typed)
        if not fitting:
            self._typed = character.casefold()
            fitting = beginning(self.choices, self._typed)
        if fitting:
            self.query_one(OptionList).highlighted = self.choices.index(fitting[0])
        if self._at_once and len(fitting) == 1:
            self.dismiss(fitting[0].value)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[event.option_index].value)


def beginning(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Those that one gets to by typing this."""
    return [choice for choice in choices if typed and choice.start.casefold().startswith(typed)]
