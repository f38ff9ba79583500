"""What a desk says the first time that somebody sits at one."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.desk.keys import DESK
from tui.dialogs.dialog import Dialog

SENTENCES = (
    "Questions, answers and people are three panes; {next_pane} goes from one to the next.",
    "Posts come by themselves and stand under the question they answer; where that is guessed, it says so.",
    "What everybody would notice waits 2 seconds, in which you can take it back.",
)
"""With keys as `with_keys` has them."""

KEYS = ("next", "greet", "star", "undo", "help")
"""The actions to begin with."""


class FirstRunDialog(Dialog[None]):
    """Three sentences and five keys. Whatever key closes it does nothing else.

    `words` are the sentences with their keys, `printed_key` gives what is printed on the key of an action.
    """

    def __init__(self, words: list[str], printed_key: Callable[[str], str]) -> None:
        super().__init__("Welcome to the desk", "Any key closes this and does nothing else. It comes only once.")
        self._words = words
        self._printed_key = printed_key

    def compose_inside(self) -> ComposeResult:
        for sentence in self._words:
            yield Static(Content(sentence))
        keys = [(self._printed_key(name), DESK.by_name[name].title) for name in KEYS]
        lines = [Content.assemble((f"{key:>8}", "$primary bold"), f"  {title}") for key, title in keys]
        yield Static(Content("\n").join([Content(""), *lines, Content("")]))

    def on_key(self, event: events.Key) -> None:
        """Close; what is bound to the key is not done."""
        event.stop()
        event.prevent_default()
        self.action_cancel()

    def on_click(self) -> None:
        """A click closes it too."""
        self.action_cancel()
