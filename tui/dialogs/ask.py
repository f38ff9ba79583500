"""A question of one key, also one that nobody called for."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from tui.dialogs.two_buttons import TwoButtonDialog
from tui.widgets.pace import Later, Pace

WAKING = 0.6
"""Seconds in which a dialog that nobody called for takes no Enter: it may be meant for what was there before."""


class YesNoDialog(TwoButtonDialog):
    """Enter says yes, Escape leaves it open. `sudden` says that it came by itself. The result is True for yes.

    Subclasses give the words; `yes` and `no` are what stands on the buttons.
    """

    def __init__(self, title: str, hint: str, pace: Pace, *, yes: str, no: str, sudden: bool) -> None:
        super().__init__(title, hint)
        self._pace = pace
        self._yes = yes
        self._no = no
        self._sudden = sudden
        self._waking: Later | None = None

    def words(self) -> Iterator[Content]:
        """The paragraphs between title and buttons."""
        yield from ()

    def compose_inside(self) -> ComposeResult:
        for words in self.words():
            yield Static(words, classes="words")
        with Horizontal(classes="buttons"):
            yield Button(Content(self._no), id="no", disabled=self._sudden)
            yield Button(Content(self._yes), id="yes", variant="primary", disabled=self._sudden)

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


class AskDialog(YesNoDialog):
    """One that is asked in a sentence or two."""

    def __init__(
        self, title: str, words: Content, pace: Pace, *, yes: str, no: str, hint: str, sudden: bool = True
    ) -> None:
        super().__init__(title, hint, pace, yes=yes, no=no, sudden=sudden)
        self._words = words

    def words(self) -> Iterator[Content]:
        """As `YesNoDialog`."""
        yield self._words
