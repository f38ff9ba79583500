"""Saying what a desk is to whoever sits at one for the first time, once."""

import asyncio
from typing import Protocol

from textual.widget import Widget

from sessions.files.errors import StorageError
from sessions.words import _
from tui.desk.port import ChatPort
from tui.shell.actions import with_keys
from tui.shell.kept.remembered import Remembered
from tui.widgets.first_words import FirstWords

KEPT = "first_run"
"""Under which name it is remembered that it was said."""

HEADING = _("Welcome to the desk. The next key closes this, and it comes only once.")

SENTENCES = (
    _("Questions, answers and people are three panes; {next_pane} goes from one to the next."),
    _("Posts come by themselves, under the question they answer; a guess says so."),
    _("What everybody would notice waits 2 seconds, in which you can take it back."),
)
"""With keys as `with_keys` has them."""

IN_A_CHANNEL = (
    _("Days, posts and people are three panes; {next_pane} goes from one to the next."),
    _("What was posted on a day comes by itself, also what you missed while nobody was here."),
    SENTENCES[2],
)
"""The same where there are no questions."""

KEYS = {
    "next": _("Ask next"),
    "greet": _("Greeted"),
    "star": _("Star a post"),
    "undo": _("Undo"),
    "help": _("All keys"),
}
"""The actions to begin with, and what they do in few words: they stand on one line of 80 columns."""

KEYS_IN_A_CHANNEL = {"look_up": _("Look up"), **{name: words for name, words in KEYS.items() if name != "next"}}


class FirstRunPort(ChatPort, Protocol):
    """A desk, what is printed on its keys, and the place above its status line."""

    def printed_key(self, name: str) -> str:
        """What is printed on the key of this action."""

    async def knows_event(self, seq: int) -> None:
        """Return once this desk knows the event of that seq, or when the hub is away or late."""

    async def show_above_status(self, widget: Widget) -> None:
        """Show this there, until it is removed."""


class FirstRun:
    """Says it to a moderator at `port`, unless `remembered` has that it was said."""

    def __init__(self, port: FirstRunPort, remembered: Remembered) -> None:
        self._port = port
        self._remembered = remembered
        self._shown: FirstWords | None = None

    async def show(self) -> None:
        """Say it, where it was not said yet. That is remembered first: it must not come twice where that fails late."""
        if self._port.model.observes or self._remembered.value(KEPT):
            return
        try:
            await asyncio.to_thread(self._remembered.keep, KEPT, {"shown": True})
        except StorageError:
            return
        await self._port.knows_event(1)
        channel = self._port.model.state.channel
        sentences, named = (IN_A_CHANNEL, KEYS_IN_A_CHANNEL) if channel else (SENTENCES, KEYS)
        words = [with_keys(sentence, self._port.key_of) for sentence in sentences]
        keys = [(self._port.printed_key(name), words) for name, words in named.items()]
        self._shown = FirstWords(HEADING, words, keys)
        await self._port.show_above_status(self._shown)

    async def over(self) -> None:
        """A key was pressed, which does what it always does."""
        shown, self._shown = self._shown, None
        if shown is not None and shown.is_attached:
            await shown.remove()
