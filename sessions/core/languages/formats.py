"""Numbers, days and times as people write them in a language, by the tables of Unicode (CLDR).

English is written as it always was, and loads nothing. Elsewhere the timezone tells the country, where the language is
spoken there too: Spanish has `19:00` in Madrid and `7:00 p. m.` in Texas.
"""

import datetime
import functools
from typing import TYPE_CHECKING

from sessions.core.zones import local_time, zone_or_utc

if TYPE_CHECKING:
    from babel import Locale

_LONGEST_ZONE = 5
"""Letters of a zone's short name; what is longer is a description."""


def decimal(number: int, locale: str) -> str:
    """The number with the language's separators: `1,204`, `1.204`."""
    if locale == "en":
        return f"{number:,}"
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=_locale(locale, "")))


def plural_form(number: float, locale: str) -> str:
    """Which form of a word goes with the number: `one`, `other`, and what else there is in the language."""
    return str(_locale(locale, "").plural_form(number))


def clock_time(at: int, timezone: str, locale: str, *, zone: bool = False) -> str:
    """The instant (UTC milliseconds) on a clock in the timezone: `7:08 PM`, `19:08`; with `zone` its name behind it."""
    moment = _local(at, timezone)
    if locale == "en":
        time = f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"
        return f"{time} {moment:%Z}" if zone else time
    from babel.dates import format_time

    found = _locale(locale, timezone)
    time = format_time(moment, "short", locale=found)
    return f"{time} {_zone_name(moment, found)}" if zone else time


def calendar_date(at: int, timezone: str, locale: str) -> str:
    """The day of the instant (UTC milliseconds) in the timezone: `Tuesday, December 1, 2026`, `martes, 1 de ...`."""
    moment = _local(at, timezone)
    if locale == "en":
        return f"{moment:%A}, {moment:%B} {moment.day}, {moment.year}"
    from babel.dates import format_date

    return str(format_date(moment, "full", locale=_locale(locale, timezone)))


def weekday(at: int, timezone: str, locale: str, *, dated: bool = False) -> str:
    """The weekday, with `dated` also day and month: `Tuesday`, `Tuesday, December 1,`."""
    moment = _local(at, timezone)
    if locale == "en":
        return f"{moment:%A}, {moment:%B} {moment.day}," if dated else f"{moment:%A}"
    from babel.dates import format_date

    date = moment.date()
    return day(date, timezone, locale) if dated else str(format_date(date, "EEEE", _locale(locale, timezone)))


def day(date: datetime.date, timezone: str, locale: str, *, year: bool = False) -> str:
    """A day with its weekday: `Tuesday, December 8`, with `year` that too. The timezone tells the country."""
    if locale == "en":
        return f"{date:%A}, {date:%B} {date.day}{f', {date.year}' if year else ''}"
    from babel.dates import format_date, format_skeleton

    found = _locale(locale, timezone)
    if year:
        return str(format_date(date, "full", found))
    return f"{format_date(date, 'EEEE', found)}, {format_skeleton('MMMMd', date, locale=found)}"


def short_day(date: datetime.date, timezone: str, locale: str) -> str:
    """A day on an axis: `Tue 8`."""
    if locale == "en":
        return f"{date:%a} {date.day}"
    from babel.dates import format_skeleton

    return str(format_skeleton("Ed", date, locale=_locale(locale, timezone)))


def day_time(at: int, timezone: str, locale: str) -> str:
    """The instant (UTC milliseconds) with its day, `Tue, Dec 1, 7:08 PM`."""
    moment = _local(at, timezone)
    if locale == "en":
        return f"{moment:%a}, {moment:%b} {moment.day}, {clock_time(at, timezone, locale)}"
    from babel.dates import format_skeleton

    found = format_skeleton("MMMEd", moment, locale=_locale(locale, timezone))
    return f"{found}, {clock_time(at, timezone, locale)}"


def known_locale(name: str) -> bool:
    """Whether there are formats of this name."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def _local(at: int, timezone: str) -> datetime.datetime:
    return local_time(at, zone_or_utc(timezone))


@functools.lru_cache(maxsize=64)
def _locale(name: str, timezone: str) -> "Locale":
    """The locale, in the country of the timezone where there is such a one; English where its name is not known."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    name = name.replace("-", "_")
    country = get_global("zone_territories").get(timezone, "")
    for found in ([f"{name}_{country}"] if country and "_" not in name else []) + [name, name.partition("_")[0]]:
        try:
            return Locale.parse(found)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _zone_name(moment: datetime.datetime, locale: "Locale") -> str:
    """What people there call the time of the moment (`MEZ`), else its usual letters (`CST`)."""
    from babel.dates import get_timezone_name

    found = str(get_timezone_name(moment, "short", locale=locale))
    usual = f"{moment:%Z}"
    return found if found.isalpha() and len(found) <= _LONGEST_ZONE else usual
