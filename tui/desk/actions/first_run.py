"""Saying what a desk is to whoever sits at one for the first time, once."""

import asyncio
from typing import Protocol

from sessions.files.errors import StorageError
from tui.desk.port import ChatPort
from tui.shell.actions import with_keys
from tui.shell.kept.remembered import Remembered

KEPT = "first_run"
"""Under which name it is remembered that it was said."""


class FirstRunPort(ChatPort, Protocol):
    """A desk, and what is printed on its keys."""

    def printed_key(self, name: str) -> str:
        """What is printed on the key of this action."""


class FirstRun:
    """Says it to a moderator at `port`, unless `remembered` has that it was said."""

    def __init__(self, port: FirstRunPort, remembered: Remembered) -> None:
        self._port = port
        self._remembered = remembered

    async def show(self) -> None:
        """Say it, where it was not said yet. That is remembered first: it must not come twice where that fails late."""
        if self._port.model.observes or self._remembered.value(KEPT):
            return
        try:
            await asyncio.to_thread(self._remembered.keep, KEPT, {"shown": True})
        except StorageError:
            return
        from tui.desk.dialogs.first_run import SENTENCES, FirstRunDialog  # only the first desk needs it

        words = [with_keys(sentence, self._port.key_of) for sentence in SENTENCES]
        await self._port.ask(FirstRunDialog(words, self._port.printed_key))
