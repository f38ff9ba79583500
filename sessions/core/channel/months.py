"""The months of a channel, their plans, and what their sources are told. Pure.

A month is one of the calendar in the plan's timezone: a day on which the clocks are changed is 23 or 25 hours long.
"""

import datetime

import msgspec
from msgspec.structs import replace

from sessions.core.plan import HOUR, Plan, instant
from sessions.core.zones import local_time, zone_or_utc

CHANNEL = "channel"
"""The kind of such a session; that of any other is `chat`."""

LATE = 15 * 60_000
"""Milliseconds behind the end of a month in which its hub goes on reading: other servers deliver late."""

_READS_FOR = 366.0 * 24 * 60
"""Minutes for which the sources of a month read: what it lacks is read whenever somebody comes back."""

_SCRIPT = ("introduce", "saved")
"""The lines of a script that have a sense without questions and an hour."""


class Month(msgspec.Struct, frozen=True):
    """A month in a timezone (an IANA name), by its first day."""

    first: datetime.date
    timezone: str

    @property
    def following(self) -> "Month":
        """The month behind it."""
        return Month((self.first + datetime.timedelta(days=31)).replace(day=1), self.timezone)

    @property
    def before(self) -> "Month":
        """The month before it."""
        return Month((self.first - datetime.timedelta(days=1)).replace(day=1), self.timezone)

    @property
    def begins_at(self) -> int:
        """Its first moment, in UTC milliseconds."""
        return day_begins(self.first, self.timezone)

    @property
    def ends_at(self) -> int:
        """The first moment that is no more in it, in UTC milliseconds."""
        return self.following.begins_at

    @property
    def days(self) -> list[datetime.date]:
        """Its days, the first one first."""
        count = (self.following.first - self.first).days
        return [self.first + datetime.timedelta(days=number) for number in range(count)]

    @property
    def called(self) -> str:
        """`December 2026`."""
        return f"{self.first:%B} {self.first.year}"


def day_begins(day: datetime.date, timezone: str) -> int:
    """The first moment of a day in a timezone, in UTC milliseconds."""
    return instant(datetime.datetime.combine(day, datetime.time()), timezone)


def month_of(at: int, timezone: str) -> Month:
    """The month in which a moment (UTC milliseconds) is."""
    return Month(local_time(at, zone_or_utc(timezone)).date().replace(day=1), timezone)


def month_of_plan(plan: Plan) -> Month:
    """The month of a channel by its own plan."""
    return Month(plan.starts.date().replace(day=1), plan.timezone)


def channel_plan(plan: Plan, month: Month) -> Plan:
    """The plan of a channel in this month, by that of a chat of the series or of the channel in another month.

    It has no questions; to a reader that knows no channel it is a chat whose introductions are a month long.
    """
    minutes = (month.ends_at - month.begins_at) / 60_000
    return replace(
        plan,
        title=f"Channel, {month.called}",
        starts=datetime.datetime.combine(month.first, datetime.time()),
        starts_at=month.begins_at,
        minutes=minutes,
        introductions=minutes,
        close=0.0,
        questions=(),
        script={key: line for key, line in plan.script.items() if key in _SCRIPT},
        pace=HOUR,
    )


def reading_plan(plan: Plan, *, goes_on: bool) -> Plan:
    """What the sources of a channel are told of its plan: they read after its end, and where it `goes_on` with the
    month before also what that one lacks."""
    month = month_of_plan(plan)
    begins = month.before if goes_on else month
    return replace(
        plan,
        starts=datetime.datetime.combine(begins.first, datetime.time()),
        starts_at=begins.begins_at,
        minutes=_READS_FOR,
        introductions=_READS_FOR,
    )
