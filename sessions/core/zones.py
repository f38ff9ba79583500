"""Time zones by their IANA names. Pure."""

import datetime
import zoneinfo
from functools import lru_cache

from sessions.core.cleaning import clean_name
from sessions.core.errors import LunchroomError

_FIRST, _LAST = 86_400_000, 253_402_128_000_000
"""A day behind the first moment that Windows knows and two before the last of the calendar, for any zone."""


class UnknownZone(LunchroomError):
    """No time zone has this name."""


def zone_called(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone with this name, None where this system knows none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # the latter two where the name is a path or a folder
        return None


@lru_cache(maxsize=8)
def zone_or_utc(name: str) -> datetime.tzinfo:
    """The zone that a saved chat names; one of another system may be unknown here, and UTC is still a true time."""
    return zone_called(name) or datetime.UTC


def local_time(at: float, zone: datetime.tzinfo) -> datetime.datetime:
    """The moment (UTC milliseconds) in a zone; one that no calendar has is the first or the last that it has."""
    return datetime.datetime.fromtimestamp(min(max(at, _FIRST), _LAST) / 1000, zone)


def time_zone(name: str) -> datetime.tzinfo:
    """The zone with this name, as somebody writes it. Raises `UnknownZone`."""
    zone = zone_called(name)
    if zone is None:
        raise UnknownZone(f"{clean_name(name)}: no such time zone; write one such as America/Chicago")
    return zone
