"""When the clock speaks: at two minutes, at one, at the end and every two minutes beyond. Pure.

In a slow chat it speaks an hour before the end and at the end.
"""

from sessions.core import clock
from sessions.core.state import SessionState
from sessions.words import _
from tui.plain.told.telling import named
from tui.text.wording import counted

MINUTE = 60_000
BEYOND = 2 * MINUTE
HOUR = 60 * MINUTE


class ClockLines:
    """Tells once what the clock passes; what one finds passed already is not told."""

    def __init__(self) -> None:
        self._of: tuple[int, int] | None = None
        self._left = 0

    def due(self, state: SessionState, now: int) -> str:
        """What is to be said now (UTC milliseconds); empty where nothing is."""
        counted = clock.countdown(state, now)
        if counted is None or state.closed_at is not None:
            return ""
        of = (len(state.openings), state.opened_at)
        before = self._left if of == self._of else counted.left
        self._of, self._left = of, counted.left
        marks = [0, HOUR] if clock.is_slow(state) else _marks(counted.total, counted.left)
        passed = next((mark for mark in marks if counted.left <= mark < before), None)
        return "" if passed is None else _words(state, passed)


def _marks(total: int, left: int) -> list[int]:
    """What is told, the latest first; a short question has no early warnings."""
    early = [mark for mark in (MINUTE, 2 * MINUTE) if total >= 2 * mark]
    over = [-BEYOND * (-left // BEYOND)] if left <= -BEYOND else []
    return [*over, 0, *early]


def _words(state: SessionState, mark: int) -> str:
    open_ = None if state.open is None or state.timer is None else named(state, state.open)
    if open_ is None:
        first = state.next_question()
        if mark > 0 and first is not None:
            return _("{time} until {question}.").format(time=_told(mark), question=named(state, first))
        return _("Time for the first question.") if mark == 0 else ""
    if mark > 0:
        return _("{time} left for {question}.").format(time=_told(mark), question=open_)
    if mark == 0:
        return _("Time is up for {question}.").format(question=open_)
    return _("{question} is over by {time}.").format(question=open_, time=_told(-mark))


def _told(length: int) -> str:
    if length == HOUR:
        return counted(1, "{n} hour", "{n} hours")
    return counted(length // MINUTE, "{n} minute", "{n} minutes")
