"""Clock times and days as plans tell them, in a timezone by its name. Pure."""

import datetime

from sessions.core.zones import local_time, zone_or_utc


def local(at: int, timezone: str) -> datetime.datetime:
    """The instant (UTC milliseconds) in the timezone."""
    return local_time(at, zone_or_utc(timezone))


def clock_time(at: int, timezone: str, *, zone: bool = False) -> str:
    """The instant (UTC milliseconds) on a clock in the timezone, `7:08 PM`, and with `zone` `7:08 PM CST`."""
    moment = local(at, timezone)
    time = f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"
    return f"{time} {moment:%Z}" if zone else time


def calendar_date(at: int, timezone: str) -> str:
    """The day of the instant (UTC milliseconds) in the timezone, `Tuesday, December 1, 2026`."""
    moment = local(at, timezone)
    return f"{moment:%A}, {moment:%B} {moment.day}, {moment.year}"


def day_time(at: int, timezone: str, *, zone: bool = False) -> str:
    """The instant (UTC milliseconds) with its day, `Tue, Dec 1, 7:08 PM`, and with `zone` `Tue, Dec 1, 7:08 PM CST`."""
    moment = local(at, timezone)
    return f"{moment:%a}, {moment:%b} {moment.day}, {clock_time(at, timezone, zone=zone)}"
