"""How a moment is told on a clock: in the plan's timezone, of twelve hours. Pure."""

import datetime

from sessions.core.plan import Plan
from sessions.core.zones import local_time, zone_or_utc


def zone_of(plan: Plan | None) -> datetime.tzinfo:
    """The timezone in which the desk tells the time: the plan's."""
    return zone_or_utc("UTC" if plan is None else plan.timezone)


def clock_time(moment: int, zone: datetime.tzinfo) -> str:
    """A moment (UTC milliseconds) on a clock of twelve hours: `7:21`.

    What no calendar has, as a file from elsewhere may say, is shown as the first or the last that systems know.
    """
    local = local_time(moment, zone)
    return f"{local.hour % 12 or 12}:{local.minute:02}"
