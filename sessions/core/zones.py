"""Time zones by their IANA names. Pure."""

import datetime
import zoneinfo

from sessions.core.cleaning import clean_name
from sessions.core.errors import LunchroomError


class UnknownZone(LunchroomError):
    """No time zone has this name."""


def zone_called(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone with this name, None where this system knows none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # the latter two where the name is a path or a folder
        return None


def time_zone(name: str) -> datetime.tzinfo:
    """The zone with this name, as somebody writes it. Raises `UnknownZone`."""
    zone = zone_called(name)
    if zone is None:
        raise UnknownZone(f"{clean_name(name)}: no such time zone; write one such as America/Chicago")
    return zone
