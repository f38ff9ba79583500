"""On which day each question of a slow chat opens. Pure, in wall times: a day is one of the calendar, not 24 hours."""

import datetime
import itertools
from collections.abc import Sequence

import msgspec

from sessions.core.plan import DAYS, Plan, instant
from sessions.core.zones import local_time, zone_or_utc

DAY = datetime.timedelta(days=1)

MOST_DAYS, LONGEST = 60, 84
"""Days of a slow chat at most, and of the calendar from its start to its end."""

LONG_OPEN = DAY * 4
"""A question that is open for longer than this is forgotten: a weekend and a holiday beside it are none."""

_SATURDAY = 5


class Days(msgspec.Struct, frozen=True):
    """When each question opens and when the chat ends, as wall times.

    `wrong` are mistakes: the place of the question, None where the number of days is meant, and what is wrong.
    """

    opens: tuple[datetime.datetime, ...]
    ends: datetime.datetime
    wrong: tuple[tuple[int | None, str], ...] = ()


class Written(msgspec.Struct, frozen=True):
    """How a plan is to say its days: `opens` of each question is empty where the questions share the `days`."""

    days: int
    weekends: bool
    opens: tuple[datetime.datetime, ...]


def is_weekend(moment: datetime.date) -> bool:
    """Whether this is a Saturday or a Sunday."""
    return moment.weekday() >= _SATURDAY


def opening_days(
    starts: datetime.datetime,
    given: Sequence[datetime.datetime | None],
    days: int | None = None,
    *,
    weekends: bool = True,
) -> Days:
    """When the questions open, some of which have their opening `given`; without `days` it takes as many as they do.

    Where no opening is given, the questions share the days, the first of them on the first day. Else a question without
    one opens on the chat's next day behind the one before it. Saturdays and Sundays are no days of the chat unless it
    has `weekends`. The chat ends a day after its last day, at the time of its start.
    """
    if any(given):
        opens, wrong = _in_between(starts, given, weekends=weekends)
        reaches = (max([starts, *opens]).date() - starts.date()).days + 1
        ends = starts + DAY * reaches if days is None else _days(starts, days, weekends=weekends)[-1] + DAY
    else:
        all_days = _days(starts, days or max(1, len(given)), weekends=weekends)
        count = len(all_days)
        opens = [all_days[min(place * count // len(given), count - 1)] for place in range(len(given))]
        wrong = [(None, f"{len(given)} questions need as many days, got {count}")] if len(given) > count else []
        ends = all_days[-1] + DAY
    late = [
        (place, f"opens must be before the chat ends, {written(ends)}") for place, at in enumerate(opens) if at >= ends
    ]
    return Days(tuple(opens), ends, (*wrong, *late))


def on_days(plan: Plan, found: Days) -> Plan:
    """The plan as a slow chat: its lengths are what lies between these days, which a change of the clocks alters."""
    opens = [instant(at, plan.timezone) for at in found.opens]
    ends = instant(found.ends, plan.timezone)
    before, *lengths = [(to - at) / 60_000 for at, to in itertools.pairwise([plan.starts_at, *opens, ends])]
    questions = tuple(
        msgspec.structs.replace(question, minutes=length, opens_at=at, opens=_skipped(wall, at, plan.timezone))
        for question, length, at, wall in zip(plan.questions, lengths, opens, found.opens, strict=True)
    )
    return msgspec.structs.replace(
        plan,
        pace=DAYS,
        minutes=(ends - plan.starts_at) / 60_000,
        introductions=before if questions else 0.0,
        close=0.0,
        questions=questions,
    )


def written_days(plan: Plan) -> Written:
    """How this slow chat says its days, so that it is the same when it is read again."""
    zone = zone_or_utc(plan.timezone)
    opens = tuple(
        question.opens or local_time(question.opens_at, zone).replace(tzinfo=None) for question in plan.questions
    )
    ends = local_time(plan.ends_at, zone).replace(tzinfo=None)
    count = max(1, (ends.date() - plan.starts.date()).days)
    for weekends in (True, False):
        days = sum(weekends or not is_weekend(plan.starts + DAY * day) for day in range(count))
        shared = opening_days(plan.starts, [None] * len(opens), days, weekends=weekends) if days else None
        if shared is not None and not shared.wrong and (shared.opens, shared.ends) == (opens, ends):
            return Written(days, weekends, ())
    return Written(count, True, opens)


def written(moment: datetime.datetime) -> str:
    """A wall time as a plan has it."""
    return moment.isoformat(timespec="seconds")


def _skipped(wall: datetime.datetime, at: int, timezone: str) -> datetime.datetime | msgspec.UnsetType:
    """The wall time if no clock shows it."""
    shown = local_time(at, zone_or_utc(timezone)).replace(tzinfo=None)
    return msgspec.UNSET if shown == wall else wall


def _days(starts: datetime.datetime, count: int, *, weekends: bool) -> list[datetime.datetime]:
    """So many days of the chat, at the time of its start."""
    all_days = (starts + DAY * day for day in itertools.count())
    return list(itertools.islice((day for day in all_days if weekends or not is_weekend(day)), count))


def _in_between(
    starts: datetime.datetime, given: Sequence[datetime.datetime | None], *, weekends: bool
) -> tuple[list[datetime.datetime], list[tuple[int | None, str]]]:
    """The openings with those that are not given, and what is wrong with their order."""
    opens: list[datetime.datetime] = []
    wrong: list[tuple[int | None, str]] = []
    for place, own in enumerate(given):
        if own is not None and own < starts:
            wrong.append((place, f"opens must not be before the chat starts, {written(starts)}"))
        elif own is not None and opens and own <= opens[-1]:
            wrong.append((place, f"opens must be later than that of the question before it, {written(opens[-1])}"))
        if own is None:
            after = datetime.datetime.combine(opens[-1].date() + DAY, starts.time()) if opens else starts
            own = _days(after, 1, weekends=weekends)[0]
        opens.append(own)
    return opens, wrong
