"""What is waited for between a key and a late answer of the hub."""

from collections.abc import Callable

from sessions.words import _
from tui.widgets.pace import Later, Pace

LATE = 0.5
"""Seconds after which an answer is late."""


class Waiting:
    """Commands on their way. `show` is told what to say of the oldest that is late; empty words when none is."""

    def __init__(self, pace: Callable[[], Pace], show: Callable[[str], None]) -> None:
        self._pace = pace
        self._show = show
        self._sent: dict[str, tuple[str, Later]] = {}
        self._late: dict[str, str] = {}

    def sent(self, command: str, words: str) -> None:
        """The command with this id is on its way; `words` say what it does."""
        self._sent[command] = words, self._pace().later(LATE, lambda: self._is_late(command))

    def answered(self, command: str) -> None:
        """The hub answered it, or it is known that it will not."""
        if command in self._sent:
            self._sent.pop(command)[1].cancel()
        if self._late.pop(command, None) is not None:
            self._tell()

    def stop(self) -> None:
        """Say nothing more: the screen goes."""
        for __, timer in self._sent.values():
            timer.cancel()

    def _is_late(self, command: str) -> None:
        self._late[command], __ = self._sent[command]
        self._tell()

    def _tell(self) -> None:
        late = next(iter(self._late.values()), None)
        if late is None:
            self._show("")
        else:
            what = f": {late[0].lower()}{late[1:]}" if late else ""
            self._show(_("Waiting for the chat's computer{what} …").format(what=what))
