"""What the status line says and for how long: each remark goes after a while, and answers go before news."""

from collections.abc import Callable

from tui.widgets.pace import Later, Pace

SHOWN = 8.0
"""Seconds that a short remark stands; a warning stands twice as long."""

READ = 8
"""Letters that are read in a second, at a glance now and then: longer remarks stand longer."""

HEARD = 3.0
"""Seconds in which what answers this moderator is not taken away by what others do."""


class Remarks:
    """One remark at a time. `show` is told what to show and whether it is a warning; empty words are silence."""

    def __init__(self, pace: Pace, show: Callable[[str, bool], None]) -> None:
        self._pace = pace
        self._show = show
        self._words = ""
        self._heard_at = pace.now()
        self._news = ""
        self._timers: list[Later] = []

    @property
    def words(self) -> str:
        """What is said now."""
        return self._words

    def say(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Answer what this moderator did; a remark that `stays` goes only at the next one or the next act."""
        self._put(words, warn=warn, stays=stays)
        self._heard_at = self._pace.now() + (HEARD if words else 0)

    def done(self, words: str) -> None:
        """Say that what this moderator wanted is done; the desk shows it too, so news may take its place."""
        self._put(words)
        self._heard_at = self._pace.now()

    def tell(self, words: str) -> None:
        """Say what others did, at once or when the answer that stands there has had its time; of several the last."""
        wait = self._heard_at - self._pace.now()
        if wait <= 0:
            self._put(words)
            return
        if not self._news:
            self._timers.append(self._pace.later(wait, self._tell_news))
        self._news = words

    def acted(self) -> None:
        """The moderator does something: what was said before is over."""
        self._heard_at = self._pace.now()
        self._put(self._news)

    def stop(self) -> None:
        """Say nothing later: the screen goes."""
        for timer in self._timers:
            timer.cancel()
        self._timers = []

    def _put(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        self.stop()
        self._words, self._news = words, ""
        self._show(words, warn)
        if words and not stays:
            lasts = max(SHOWN, len(words) / READ) * (2 if warn else 1)
            self._timers.append(self._pace.later(lasts, lambda: self._put("")))

    def _tell_news(self) -> None:
        self._put(self._news)
