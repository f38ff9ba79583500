"""What the status line says and for how long: outcomes go before answers, and answers go before news."""

from collections.abc import Callable
from dataclasses import dataclass

from tui.widgets.pace import Later, Pace

SHOWN = 8.0
"""Seconds that a short remark stands; a warning stands twice as long."""

READ = 8
"""Letters that are read in a second, at a glance now and then: longer remarks stand longer."""

HEARD = 3.0
"""Seconds in which what others do takes no answer away, and nothing at all an outcome for good."""


@dataclass(frozen=True)
class _Outcome:
    """What became of `about`."""

    about: str
    words: str
    warn: bool
    stays: bool


class Remarks:
    """One remark at a time. `show` is told what to show and whether it is a warning; empty words are silence."""

    def __init__(self, pace: Pace, show: Callable[[str, bool], None]) -> None:
        self._pace = pace
        self._show = show
        self._words = ""
        self._warns = False
        self._heard_at = pace.now()
        self._outcome: _Outcome | None = None
        self._outcomes: list[_Outcome] = []
        self._news = ""
        self._goes: Later | None = None
        self._comes: Later | None = None

    @property
    def words(self) -> str:
        """What is said now."""
        return self._words

    def say(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Answer what this moderator did; a remark that `stays` goes only at the next one or the next act."""
        unheard = self._unheard()
        if unheard is not None:
            self._outcomes.insert(0, unheard)
        self._put(words, warn=warn, stays=stays)
        self._news = ""
        self._heard_at = self._pace.now() + (HEARD if words else 0)
        self._go_on()

    def report(self, about: str, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Say what became of something that took its time, for which nobody waits with their eyes on the line.

        Neither a key nor what is done or told takes it away before it is heard, and after an answer it comes again.
        Only the next word about the same thing takes its place.
        """
        outcome = _Outcome(about, words, warn, stays)
        unheard = self._unheard()
        self._outcomes = [one for one in self._outcomes if one.about != about]
        if unheard is None or unheard.about == about:
            self._put_outcome(outcome)
        else:
            self._outcomes.append(outcome)
        self._go_on()

    def done(self, words: str) -> None:
        """Say that what this moderator wanted is done; the desk shows it too, so news may take its place.

        It takes the place of answers, but not of a warning, which may be about what was wanted after it.
        """
        if self._pace.now() < self._heard_at and (self._outcome is not None or self._warns):
            self.tell(words)
            return
        self._put(words)
        self._news = ""
        self._heard_at = self._pace.now()
        self._go_on()

    def tell(self, words: str) -> None:
        """Say what others did, at once or when what stands there has had its time; of several the last."""
        self._news = words
        self._go_on()

    def acted(self) -> None:
        """The moderator does something: what was said before is over, unless it is an outcome that nobody heard yet."""
        unheard = self._unheard()
        if unheard is not None:
            self._show(unheard.words, unheard.warn)  # the key's own name stood in its place
            return
        self._heard_at = self._pace.now()
        self._put("")
        self._go_on()

    def stop(self) -> None:
        """Say nothing later: the screen goes."""
        for timer in (self._goes, self._comes):
            if timer is not None:
                timer.cancel()
        self._goes = self._comes = None

    def _unheard(self) -> _Outcome | None:
        """The outcome that stands there and had not its time yet."""
        return self._outcome if self._pace.now() < self._heard_at else None

    def _put(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        if self._goes is not None:
            self._goes.cancel()
        self._words, self._warns, self._outcome, self._goes = words, warn, None, None
        self._show(words, warn)
        if words and not stays:
            lasts = max(SHOWN, len(words) / READ) * (2 if warn else 1)
            self._goes = self._pace.later(lasts, lambda: self._put(""))

    def _put_outcome(self, outcome: _Outcome) -> None:
        self._put(outcome.words, warn=outcome.warn, stays=outcome.stays)
        self._outcome = outcome
        self._heard_at = self._pace.now() + HEARD

    def _go_on(self) -> None:
        """Say what waits, at once or when what stands there has had its time."""
        if self._comes is not None:
            self._comes.cancel()
            self._comes = None
        wait = self._heard_at - self._pace.now()
        if not self._outcomes and not self._news:
            return
        if wait > 0:
            self._comes = self._pace.later(wait, self._go_on)
        elif self._outcomes:
            self._put_outcome(self._outcomes.pop(0))
            self._go_on()
        else:
            news, self._news = self._news, ""
            self._put(news)
