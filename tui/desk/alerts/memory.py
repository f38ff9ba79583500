"""Of what there was no alert yet: each cause has one, and people and posts that come one after another share theirs."""

from collections.abc import Sequence

from sessions.words import _
from tui.desk.alerts.causes import Cause
from tui.shell.alert_config import AlertName

APART = 60_000
"""Milliseconds between two alerts of people who wait, or of muted words: those between them are told together."""

_GATHERED: frozenset[AlertName] = frozenset({"newcomer_waits", "muted_words"})


class AlertMemory:
    """What was alerted of."""

    def __init__(self) -> None:
        self._told: set[tuple[AlertName, str]] = set()
        self._standing: set[tuple[AlertName, str]] = set()
        self._last: dict[AlertName, int] = {}
        self._waiting: dict[tuple[AlertName, str], Cause] = {}
        self.people_done: set[str] = set()
        """Those who wait and of whom there was an alert: they need not be found again."""

    def due(self, found: Sequence[Cause], now: int) -> list[Cause]:
        """Those of the causes that hold at this moment (UTC milliseconds) of which to alert now; they are told then."""
        standing, self._standing = self._standing, {(cause.name, cause.about) for cause in found}
        for cause in found:
            if (cause.name, cause.what) not in self._told:
                self._told.add((cause.name, cause.what))
                if (cause.name, cause.about) not in standing:
                    self._waiting[cause.name, cause.about] = cause
        if any(name in _GATHERED for name, __ in self._waiting):
            self._forget_done(found)
        ready = [cause for cause in self._waiting.values() if self._may(cause.name, now)]
        for cause in ready:
            del self._waiting[cause.name, cause.about]
            self._last[cause.name] = now
            if cause.name == "newcomer_waits":
                self.people_done.add(cause.what)
        return ready

    def _may(self, name: AlertName, now: int) -> bool:
        return name not in _GATHERED or name not in self._last or now - self._last[name] >= APART

    def _forget_done(self, found: Sequence[Cause]) -> None:
        """Who was greeted while their alert waited for its turn needs none any more."""
        there = {cause.what for cause in found if cause.name == "newcomer_waits"}
        for key in [key for key in self._waiting if key[0] == "newcomer_waits" and key[1] not in there]:
            del self._waiting[key]


def together(due: Sequence[Cause]) -> str:
    """The causes in words: of several people or posts the first, and how many more."""
    words = []
    for name in dict.fromkeys(cause.name for cause in due):
        first, *more = [cause.words for cause in due if cause.name == name]
        gathered = _("{first} And {more} more.").format(first=first, more=len(more)) if more else first
        words.append(gathered if name in _GATHERED else " ".join([first, *more]))
    return " ".join(words)
