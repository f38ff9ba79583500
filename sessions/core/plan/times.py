"""Clock times and days as moderators are told them, in a timezone by its name. Pure."""

import datetime
from collections.abc import Iterable

from sessions.core.languages import ENGLISH
from sessions.core.zones import local_time, zone_or_utc


def local(at: int, timezone: str) -> datetime.datetime:
    """The instant (UTC milliseconds) in the timezone."""
    return local_time(at, zone_or_utc(timezone))


def clock_time(at: int, timezone: str, *, zone: bool = False) -> str:
    """The instant (UTC milliseconds) on a clock in the timezone, `7:08 PM`, and with `zone` `7:08 PM CST`."""
    return ENGLISH.clock_time(at, timezone, zone=zone)


def calendar_date(at: int, timezone: str) -> str:
    """The day of the instant (UTC milliseconds) in the timezone, `Tuesday, December 1, 2026`."""
    return ENGLISH.calendar_date(at, timezone)


def day_time(at: int, timezone: str, *, zone: bool = False) -> str:
    """The instant (UTC milliseconds) with its day, `Tue, Dec 1, 7:08 PM`, and with `zone` `Tue, Dec 1, 7:08 PM CST`."""
    moment = local(at, timezone)
    return f"{moment:%a}, {moment:%b} {moment.day}, {clock_time(at, timezone, zone=zone)}"


def odd_hour(at: int, timezone: str, what: str, said: datetime.datetime | None = None) -> Iterable[str]:
    """The warning that `what` (`Q2 opens`) is at a time which the clocks of the timezone skip or run through twice.

    `said` is the wall time that was written, where that is known, and `at` the instant (UTC milliseconds) for which it
    counts.
    """
    moment, day, shown = local(at, timezone), calendar_date(at, timezone), clock_time(at, timezone, zone=True)
    if said is not None and moment.replace(tzinfo=None) != said:
        never = clock_time(round(said.replace(tzinfo=datetime.UTC).timestamp() * 1000), "UTC")
        yield f"{never} does not exist on {day}, when the clocks go forward: {what} at {shown}."
    elif moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset():
        twice = clock_time(at, timezone)
        yield f"{twice} is there twice on {day}, when the clocks go back: {what} at the first, {shown}."
