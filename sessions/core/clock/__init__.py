"""The countdown and how the hour stands: pure functions of (state, now).

Nothing is counted down; all of it is computed from the timestamps in the state. `now` is the hub's clock in UTC
milliseconds, lengths are in milliseconds unless a name says seconds. After Ontime's timer utilities and its
over/under (positive: behind).

* here: all of that
* `face`: how a moment is told
"""

from typing import Literal

import msgspec

from sessions.core.plan import bounded
from sessions.core.state import SessionState, Timer

Phase = Literal["normal", "warning", "danger", "overtime"]
"""How near the end of the open question is."""

WARNING = 120_000
"""The warning begins this long before the end, or at half of a short question."""

DANGER = 60_000
"""Danger, the last minute, begins this long before the end, or at a third of a short question."""

SLOW_WARNING, SLOW_DANGER = 7_200_000, 3_600_000
"""In a slow chat both begin so long before the end: its last hour is what the last minute is in an hour."""


class Countdown(msgspec.Struct, frozen=True):
    """What the countdown shows. `left` is negative in overtime; `share` is the part of the time used, 0 to 1."""

    left: int
    total: int
    share: float
    phase: Phase
    held: bool


def total(timer: Timer) -> int:
    """How long the question stays open in all; not below 0, however much time was taken away."""
    return max(0, (timer.seconds + timer.added) * 1000)


def left(timer: Timer, now: int) -> int:
    """How long the question stays open from now on; negative in overtime. Before its start it is as at its start."""
    moment = now if timer.held is None else timer.held
    return total(timer) - max(0, moment - timer.started)


def phase(timer: Timer, now: int, *, slow: bool = False) -> Phase:
    """Normal, warning, danger, or overtime from the very end on; `slow` as in a slow chat."""
    rest, whole = left(timer, now), total(timer)
    warning, danger = (SLOW_WARNING, SLOW_DANGER) if slow else (WARNING, DANGER)
    if rest <= 0:
        return "overtime"
    if rest <= min(danger, whole // 3):
        return "danger"
    return "warning" if rest <= min(warning, whole // 2) else "normal"


def countdown(state: SessionState, now: int) -> Countdown | None:
    """The countdown of the open question, before the first one that of the introductions; None once it is closed, and
    in a channel."""
    if state.closed_at is not None or state.plan is None or state.channel:
        return None
    timer = state.timer
    if timer is None:
        timer = Timer(started=anchor(state), seconds=round(bounded(state.plan.introductions) * 60))
    whole, rest = total(timer), left(timer, now)
    used = 1.0 if whole == 0 else min(1.0, max(0.0, 1 - rest / whole))
    return Countdown(rest, whole, used, phase(timer, now, slow=is_slow(state)), timer.held is not None)


def is_slow(state: SessionState) -> bool:
    """Whether this is a slow chat, whose questions stay open for days."""
    return state.plan is not None and state.plan.slow


def lasts_days(state: SessionState) -> bool:
    """Whether it goes on over days, so that a time alone does not tell when something was."""
    return is_slow(state) or state.channel


def openings(state: SessionState) -> dict[str, int]:
    """When each question of a slow chat is to open (UTC milliseconds), by the order of the queue.

    The days stay where they are: questions that change places change their days. None for questions that were added.
    """
    if state.plan is None or not state.plan.slow:
        return {}
    later = anchor(state) - state.plan.starts_at
    planned = [question for question in state.order if state.questions[question].opens_at]
    days = sorted(state.questions[question].opens_at + later for question in planned)
    return dict(zip(planned, days, strict=True))


def asked_for(state: SessionState, question: str, at: int) -> int:
    """For how many seconds a question is open that is asked at this moment: in a slow chat until the next one opens."""
    opens = openings(state)
    ends = [when for key, when in opens.items() if key != question and when > at and _waits(state, key)]
    closes = min(ends, default=planned_end(state))
    return -(-(closes - at) // 1000) if opens and closes > at else state.questions[question].seconds


def due_since(state: SessionState, now: int) -> int | None:
    """Since when the next question of a slow chat is to be open (UTC milliseconds); None where it is not due."""
    due = openings(state).get(state.next_question() or "")
    return due if due is not None and due <= now and state.closed_at is None else None


def anchor(state: SessionState) -> int:
    """When the hour counts as begun: as planned; at the opening in a rehearsal, or where that hour was missed."""
    plan = state.plan
    if plan is None:
        return state.opened_at
    if state.channel:
        return plan.starts_at
    missed = state.opened_at >= plan.starts_at + plan_length(state)
    return state.opened_at if state.rehearsal or missed else plan.starts_at


def plan_length(state: SessionState) -> int:
    """How long the hour is by the plan as written: introductions, its questions, close."""
    plan = state.plan
    if plan is None:
        return 0
    questions = sum(question.seconds for question in plan.questions)
    return round((bounded(plan.introductions) + bounded(plan.close)) * 60_000) + questions * 1000


def planned_end(state: SessionState) -> int:
    """When the hour ends by the plan."""
    return anchor(state) + plan_length(state)


def asking_times(state: SessionState, now: int) -> dict[str, int]:
    """When each waiting question is asked (UTC milliseconds) if from now on everything takes as long as it should.

    In the order in which they are asked, the next one first; none once the chat is closed.
    """
    if state.closed_at is not None or state.plan is None:
        return {}
    behind = state.order.index(state.open) + 1 if state.open in state.order else 0
    at = _next_at(state, now)
    times = {}
    opens = openings(state)
    for question in (*state.order[behind:], *state.order[:behind]):
        if state.question_state(question) == "waiting":
            times[question] = at = max(now, opens.get(question, at))
            at += state.questions[question].seconds * 1000
    return times


def expected_end(state: SessionState, now: int) -> int:
    """When the hour ends if from now on everything takes as long as it should; when it ended, once it is closed."""
    plan = state.plan
    if state.closed_at is not None or plan is None:
        return state.closed_at or now
    if plan.slow or state.channel:
        return max(planned_end(state), now)
    waiting = [state.questions[q] for q in state.order if state.question_state(q) == "waiting"]
    rest = sum(question.seconds for question in waiting) * 1000 + close_length(state)
    if not waiting and state.timer is not None:
        return now + max(0, left(state.timer, now) + rest)
    return _next_at(state, now) + rest


def close_length(state: SessionState) -> int:
    """How long the end takes by the plan: thanks, the next date. It begins when the last question's time is over."""
    return 0 if state.plan is None else round(bounded(state.plan.close) * 60_000)


def _next_at(state: SessionState, now: int) -> int:
    """When what is open now ends, or the introductions; from then on the next question is asked."""
    if state.timer is None:
        introductions = 0 if state.plan is None else round(bounded(state.plan.introductions) * 60_000)
        return max(now, anchor(state) + introductions)
    return now + max(0, left(state.timer, now))


def over_under(state: SessionState, now: int) -> int:
    """How far the hour is behind the plan; negative when it is ahead.

    A slow chat is behind by as long as its next question is due, and ahead by as long as the open one came too early.
    """
    if is_slow(state):
        due = due_since(state, now)
        early = openings(state).get(state.open or "", now) - now
        return -early if due is None and early > 0 else now - min(now, due or planned_end(state))
    return expected_end(state, now) - planned_end(state)


def _waits(state: SessionState, question: str) -> bool:
    return state.question_state(question) == "waiting"
