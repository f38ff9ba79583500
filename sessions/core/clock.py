"""The countdown and how the hour stands: pure functions of (state, now).

Nothing is counted down; all of it is computed from the timestamps in the state. `now` is the hub's clock in UTC
milliseconds, lengths are in milliseconds unless a name says seconds. After Ontime's timer utilities and its
over/under (positive: behind).
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


def phase(timer: Timer, now: int) -> Phase:
    """Normal, warning, danger, or overtime from the very end on."""
    rest, whole = left(timer, now), total(timer)
    if rest <= 0:
        return "overtime"
    if rest <= min(DANGER, whole // 3):
        return "danger"
    return "warning" if rest <= min(WARNING, whole // 2) else "normal"


def countdown(state: SessionState, now: int) -> Countdown | None:
    """The countdown of the open question, before the first one that of the introductions; None once it is closed."""
    if state.closed_at is not None or state.plan is None:
        return None
    timer = state.timer
    if timer is None:
        timer = Timer(started=anchor(state), seconds=round(bounded(state.plan.introductions) * 60))
    whole, rest = total(timer), left(timer, now)
    used = 1.0 if whole == 0 else min(1.0, max(0.0, 1 - rest / whole))
    return Countdown(rest, whole, used, phase(timer, now), timer.held is not None)


def anchor(state: SessionState) -> int:
    """When the hour counts as begun: as planned; at the opening in a rehearsal, or where that hour was missed."""
    plan = state.plan
    if plan is None:
        return state.opened_at
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
    for question in (*state.order[behind:], *state.order[:behind]):
        if state.question_state(question) == "waiting":
            times[question] = at
            at += state.questions[question].seconds * 1000
    return times


def expected_end(state: SessionState, now: int) -> int:
    """When the hour ends if from now on everything takes as long as it should; when it ended, once it is closed."""
    plan = state.plan
    if state.closed_at is not None or plan is None:
        return state.closed_at or now
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
    """How far the hour is behind the plan; negative when it is ahead."""
    return expected_end(state, now) - planned_end(state)
