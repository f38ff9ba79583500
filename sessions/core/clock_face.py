"""How a moment is told on a clock: in the plan's timezone, of twelve hours. Pure."""

import datetime
from functools import lru_cache

from sessions.core.plan import Plan
from sessions.core.zones import zone_called

_FIRST, _LAST = 86_400_000, 253_402_128_000_000
"""A day behind the first moment that Windows knows and two before the last of the calendar, for any zone."""


@lru_cache(maxsize=8)
def _zone(name: str) -> datetime.tzinfo:
    # A session file of another system may name a zone this one does not know; UTC is still a true time.
    return zone_called(name) or datetime.UTC


def zone_of(plan: Plan | None) -> datetime.tzinfo:
    """The timezone in which the desk tells the time: the plan's."""
    return _zone("UTC" if plan is None else plan.timezone)


def clock_time(moment: int, zone: datetime.tzinfo) -> str:
    """A moment (UTC milliseconds) on a clock of twelve hours: `7:21`.

    What no calendar has, as a file from elsewhere may say, is shown as the first or the last that systems know.
    """
    local = datetime.datetime.fromtimestamp(min(max(moment, _FIRST), _LAST) / 1000, zone)
    return f"{local.hour % 12 or 12}:{local.minute:02}"
