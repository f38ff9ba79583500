"""The geometry of the charts in an HTML recap, in units of a drawing `WIDTH` wide; the template draws it."""

import datetime

import msgspec

from sessions.core.plan import instant
from sessions.core.plan.times import local
from sessions.reports.recap.activity import MINUTE
from sessions.reports.recap.model import Recap
from sessions.reports.recap.wording import Wording

WIDTH = 360
_TOP, _PLOT = 26, 96
"""Above the columns of the first chart stand the questions; so high are the columns at most."""
_ROW, _LABELS, _COUNTS = 22, 34, 30
_NARROWEST_LABEL = 21
_TICKS = (5, 10, 15, 20, 30, 60, 120, 240, 720, 1440)
"""Minutes that may lie between two times on the axis."""


class Rectangle(msgspec.Struct, frozen=True):
    """A bar; `kind` is its class in the style sheet."""

    x: float
    y: float
    width: float
    height: float
    kind: str = ""


class Mark(msgspec.Struct, frozen=True):
    """Words at a place on an axis; without words a line only."""

    at: float
    words: str


class Chart(msgspec.Struct, frozen=True):
    """A chart with what a screen reader says of it. `marks` are the questions or rows, `ticks` times or counts."""

    title: str
    description: str
    height: float
    bars: tuple[Rectangle, ...]
    marks: tuple[Mark, ...] = ()
    ticks: tuple[Mark, ...] = ()
    base: float = 0


def posts_per_minute(recap: Recap, wording: Wording) -> Chart | None:
    """Columns over time with the questions marked above them; None where there is nothing to draw."""
    activity = recap.activity
    if not activity.posts:
        return None
    columns, most = len(activity.posts), max(activity.posts)
    step = WIDTH / columns
    base = _TOP + _PLOT
    bars = [
        Rectangle(
            round(n * step, 2),
            round(base - posts / most * _PLOT, 2),
            round(step * 0.82, 2),
            round(posts / most * _PLOT, 2),
        )
        for n, posts in enumerate(activity.posts)
        if posts
    ]
    span = columns * activity.minutes * MINUTE
    marks: list[Mark] = []
    free = 0.0
    for question in sorted(recap.questions, key=lambda one: one.asked_at or 0):
        if question.asked_at is None or not activity.since <= question.asked_at < activity.since + span:
            continue
        at = round((question.asked_at - activity.since) / span * WIDTH, 2)
        marks.append(Mark(at, question.name if at >= free else ""))
        free = at + _NARROWEST_LABEL if at >= free else free
    busiest = activity.since + activity.posts.index(most) * activity.minutes * MINUTE
    slow = recap.pace == "days"
    unit, each = ("hour", activity.minutes // 60) if slow else ("minute", activity.minutes)
    return Chart(
        title=wording.counted(each, f"chart.per_{unit}"),
        description=wording.say(
            "chart.busy",
            posts=wording.counted(sum(activity.posts), "chart.posts"),
            span=wording.counted(columns * each, f"chart.{unit}s"),
            most=wording.number(most),
            time=(wording.day_time if slow else wording.clock_time)(busiest, recap.timezone),
        ),
        height=base + 18,
        bars=tuple(bars),
        marks=tuple(marks),
        ticks=tuple((_days if slow else _times)(activity.since, span, recap.timezone, wording)),
        base=base,
    )


def _times(since: int, span: int, timezone: str, wording: Wording) -> list[Mark]:
    """Round times under the columns, about five."""
    every = next((one for one in _TICKS if span / MINUTE / one <= 6), _TICKS[-1]) * MINUTE
    first = -(-since // every) * every
    places = ((at, round((at - since) / span * WIDTH, 2)) for at in range(first, since + span, every))
    return [Mark(x, wording.clock_time(at, timezone)) for at, x in places if 18 <= x <= WIDTH - 18]


def _days(since: int, span: int, timezone: str, wording: Wording) -> list[Mark]:
    """The days under the columns, each where it begins, about eight."""
    first, last = (local(at, timezone).date() for at in (since, since + span))
    every = -(-((last - first).days + 1) // 8)
    days = [first + datetime.timedelta(days=day) for day in range(0, (last - first).days + 1, every)]
    midnights = (instant(datetime.datetime.combine(day, datetime.time()), timezone) for day in days)
    places = ((day, round((at - since) / span * WIDTH, 2)) for day, at in zip(days, midnights, strict=True))
    return [Mark(x, wording.short_day(day, timezone)) for day, x in places if 18 <= x <= WIDTH - 18]


def answers_per_question(recap: Recap, wording: Wording) -> Chart | None:
    """One row a question; None where there is none."""
    if not recap.questions:
        return None
    most = max(len(question.answers) for question in recap.questions) or 1
    room = WIDTH - _LABELS - _COUNTS
    rows = list(enumerate(recap.questions))
    counts = [
        wording.say("chart.answers_to", answers=wording.counted(len(one.answers), "recap.answers"), question=one.name)
        for one in recap.questions
    ]
    return Chart(
        title=wording.say("chart.answers"),
        description=f"{wording.listed(counts)}.",
        height=len(rows) * _ROW,
        bars=tuple(
            Rectangle(_LABELS, n * _ROW + 4, round(max(len(question.answers) / most * room, 0.5), 2), _ROW - 8)
            for n, question in rows
        ),
        marks=tuple(Mark(n * _ROW + _ROW / 2, question.name) for n, question in rows),
        ticks=tuple(
            Mark(_LABELS + round(len(question.answers) / most * room, 2) + 5, str(len(question.answers)))
            for _, question in rows
        ),
    )


def people_new_and_back(recap: Recap, wording: Wording) -> Chart | None:
    """One bar of first-timers, people who came again and hosts; None where nobody came."""
    numbers = recap.numbers
    groups = [
        ("first", numbers.first_time),
        ("back", numbers.returning),
        ("hosts", numbers.hosts),
    ]
    groups = [group for group in groups if group[1]]
    if not groups:
        return None
    bars: list[Rectangle] = []
    marks: list[Mark] = []
    place = 0.0
    for number, (kind, people) in enumerate(groups):
        width = people / numbers.people * WIDTH
        gap = 2 if number < len(groups) - 1 else 0
        bars.append(Rectangle(round(place, 2), 0, round(max(width - gap, 1), 2), 26, kind))
        marks.append(Mark(number, wording.counted(people, f"chart.{kind}")))
        place += width
    return Chart(
        title=wording.say("chart.new_and_back"),
        description=f"{wording.listed([mark.words for mark in marks])}.",
        height=26 + 20 * len(groups) + 4,
        bars=tuple(bars),
        marks=tuple(marks),
    )
