"""Sharing what is left of the hour among the questions that wait, so that it ends when it was meant to. Pure."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sessions.core import clock
from sessions.core import events as e
from sessions.core.clock.face import clock_time, zone_of
from sessions.core.commands.refusing import Bodies, Refused
from sessions.core.commands.vocabulary import ShareMinutes
from sessions.core.plan import SHORTEST_SHARE, bounded
from sessions.core.state import SessionState

_STEP = 0.5
"""Minutes: the length of each question but one is told in halves."""


def share_minutes(state: SessionState, _command: ShareMinutes, _by: str, at: int, *_: Any) -> Bodies:
    minutes = shared_minutes(state, at)
    if all(state.questions[question].minutes == length for question, length in minutes.items()):
        return ()
    return ((e.MinutesShared, {"minutes": dict(minutes)}),)


def shared_minutes(state: SessionState, now: int) -> Mapping[str, float]:
    """The minutes of each waiting question, by its id, with which the hour ends as planned.

    What the open question has left and the minutes for thanks are respected; the others get of the rest in proportion
    to what they have, at least `SHORTEST_SHARE` each. Raises `Refused` where that does not fit, and says what would.
    """
    waiting = [question for question in state.order if state.question_state(question) == "waiting"]
    if not waiting or state.plan is None:
        raise Refused("No question is waiting.")
    if state.plan.slow:
        raise Refused("The questions of a slow chat keep their days.")
    rest = clock.planned_end(state) - clock.expected_end(state, now) + 1000 * sum(
        state.questions[question].seconds for question in waiting
    )  # fmt: skip
    fitting = int(rest / 60_000 // SHORTEST_SHARE)
    if fitting < len(waiting):
        raise Refused(_too_little(len(waiting), fitting, clock_time(clock.planned_end(state), zone_of(state.plan))))
    weights = [max(bounded(state.questions[question].minutes), 0.01) for question in waiting]
    return dict(zip(waiting, in_proportion(rest / 60_000, weights), strict=True))


def _too_little(waiting: int, fitting: int, end: str) -> str:
    questions = "1 question" if waiting == 1 else f"{waiting} questions"
    if fitting < 1:
        return f"Until {end} there is no minute left for {questions}. Skip {'it' if waiting == 1 else 'them'} first."
    over = waiting - fitting
    minutes = "1 minute" if fitting == 1 else f"{fitting} minutes"
    return f"{questions} in {minutes}: skip {'one' if over == 1 else over} first."


def in_proportion(rest: float, weights: Sequence[float]) -> list[float]:
    """`rest` minutes shared in proportion to the weights (above 0), to the half minute, the last has what is over.

    None is below `SHORTEST_SHARE`, for which `rest` has to be enough. The sum is `rest` but for less than a second.
    """
    shares = _with_a_least(rest, weights)
    steps = [math.floor(share / _STEP + 1e-9) for share in shares]
    over = math.floor(rest / _STEP + 1e-9) - sum(steps)
    by_need = sorted(range(len(shares)), key=lambda place: steps[place] - shares[place] / _STEP)
    for place in by_need[: max(0, over)]:
        steps[place] += 1
    minutes = [step * _STEP for step in steps]
    minutes[-1] = math.floor((minutes[-1] + rest - sum(minutes)) * 100 + 1e-6) / 100
    return minutes


def _with_a_least(rest: float, weights: Sequence[float]) -> list[float]:
    """In proportion, but that who would have less than the least has that much."""
    least: set[int] = set()
    while True:
        free = rest - SHORTEST_SHARE * len(least)
        whole = sum(weight for place, weight in enumerate(weights) if place not in least)
        shares = [SHORTEST_SHARE if place in least else free * weight / whole for place, weight in enumerate(weights)]
        short = {place for place, share in enumerate(shares) if share < SHORTEST_SHARE} - least
        if not short or len(short) + len(least) == len(weights):
            return [max(share, SHORTEST_SHARE) for share in shares]
        least |= short
