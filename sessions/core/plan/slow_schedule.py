"""What the schedule says of a slow chat, in days. Pure."""

from collections.abc import Iterable

from sessions.core.plan import Plan, Question
from sessions.core.plan.days import DAY, LONG_OPEN
from sessions.core.plan.times import calendar_date, local, odd_hour

_WEEK = 7


def days_between(begins: int, ends: int, timezone: str) -> str:
    """How many days of the calendar lie between the instants (UTC milliseconds); in hours where it is no whole one."""
    first, last = (local(at, timezone).replace(tzinfo=None) for at in (begins, ends))
    days, rest = divmod(last - first, DAY)
    if not rest and days:
        return f"{days} day{'' if days == 1 else 's'}"
    hours = round((ends - begins) / 360_000) / 10
    return f"{hours:g} h"


def opens_words(plan: Plan, question: Question) -> str:
    """When the question opens, for the teachers: `Q2 opens Tuesday 7:00 AM`; with its date in a chat of over a week."""
    at, language = question.opens_at, plan.spoken
    over_a_week = local(plan.ends_at, plan.timezone).date() - plan.starts.date() > DAY * _WEEK
    day = language.weekday(at, plan.timezone, dated=over_a_week)
    time = language.clock_time(at, plan.timezone)
    return language.say("share.opens", name=question.name, day=day, time=time)


def kept_long(plan: Plan) -> Iterable[str]:
    """The warnings of questions that are open for so long that people forget them."""
    for question in plan.questions:
        ends = question.opens_at + round(question.minutes * 60_000)
        days = local(ends, plan.timezone).date() - local(question.opens_at, plan.timezone).date()
        if days > LONG_OPEN:
            until = calendar_date(ends, plan.timezone)
            yield f"{question.name} is open for {days.days} days, until {until}: is one missing?"


def day_changes(plan: Plan) -> Iterable[str]:
    """The warning that the clocks change during the chat."""
    begins, ends = (local(at, plan.timezone) for at in (plan.starts_at, plan.ends_at))
    if begins.utcoffset() != ends.utcoffset():
        yield (
            f"The clocks change during the chat, from {begins:%Z} to {ends:%Z}: each question opens at its time by "
            "the clocks of that day."
        )
    for question in plan.questions:
        what = f"{question.name} opens"
        yield from odd_hour(question.opens_at, plan.timezone, what, question.opens or None)
    if all(question.opens_at != plan.starts_at for question in plan.questions):
        yield from odd_hour(plan.starts_at, plan.timezone, "the chat starts", plan.starts)
