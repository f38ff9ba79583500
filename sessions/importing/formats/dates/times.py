"""When posts were written: the times that exports carry, in any of their usual forms, as UTC milliseconds.

Nothing in a time is passed over: what is neither a date, a time of day, a zone nor a word that people put between
these makes it one that is not understood, since it might be the zone or the half of the day.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence

from sessions.importing.formats.dates.calendar_words import CROATIAN, MONTHS, NOISE, WEEKDAYS, plain_word
from sessions.importing.formats.dates.zones_said import find_zone

EARLIEST = datetime.datetime(1990, 1, 1, tzinfo=datetime.UTC)
LATEST = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)

_HALF = (
    r"(?P<half>[AaPp])\.?\s?[Mm](?![^\W\d_])\.?|(?P<short>[AaPp])(?![^\W\d_])"
    r"|(?P<greek>[πΠμΜ])\.?\s?[μΜ](?![^\W\d_])\.?"
)
_COLONS = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,:](?P<part>\d{1,9}))?)?(?!\d)"
    rf"(?:\s?(?:{_HALF}))?"
)
_POINTS = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?:\.(?P<second>[0-5]\d))?(?P<part>)(?![\d.])"
    rf"(?:\s?(?:{_HALF}))?"
)
_LETTER = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})\s?[hH]\s?(?:(?P<minute>[0-5]\d)(?:\s?(?:m|min|:)\s?(?P<second>[0-5]\d)\s?s?)?)?(?P<part>)"
    r"(?P<half>)(?P<short>)(?P<greek>)(?![\w])"
)
_HOUR = re.compile(rf"(?<![\d:.])(?P<hour>\d{{1,2}})(?P<minute>)(?P<second>)(?P<part>)\s?(?:{_HALF})")
_MORNING = re.compile(
    r"上午|午前|오전|du matin\b|de la mañana\b|da manhã\b|di mattina\b|del mattino\b"
    r"|(?<=\d)\s?(?:fm|ap|öö|dop|sa)\b\.?"
    r"|['’]s (?:morgens|ochtends)\b|vorm(?:ittags|\.)?(?!\w)|\bmatin\b",
    re.IGNORECASE,
)
_EVENING = re.compile(
    r"下午|午後|오후|晚上|du soir\b|de l['’]après-midi\b|de la (?:tarde|noche)\b|da (?:tarde|noite)\b|di sera\b"
    r"|(?<=\d)\s?(?:em|ip|ös|odp|ch)\b\.?"
    r"|del pomeriggio\b|['’]s (?:avonds|middags)\b"
    r"|nachm(?:ittags|\.)?(?!\w)|\babends\b",
    re.IGNORECASE,
)
_NIGHT = re.compile(r"晚上|de la noche\b|da noite\b|di sera\b|\babends\b|['’]s avonds\b", re.IGNORECASE)
"""Words of the evening, with which twelve is midnight to some and noon to programs."""

_CONTINENTAL = re.compile(
    r"\d\s?[AaPp]\.\s[Mm]\.|\d\s?Uhr|\d\s?[hH]\s?\d\d|(?<![\d.])[0-2]?\d\.[0-5]\d(?:\.[0-5]\d)?(?![\d.])"
    r"|\d\s?\(?(?:MES?Z|CES?T|EES?T|WES?T|BST|Europe/\w+)\b"
)
"""Times of day, and zones, as only those write them whose dates begin with the day."""

_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])\s?(?P<month>\d{1,2})(?P=sep)\s?(?P<day>\d{1,2})(?!\d)\.?"
)
_NUMBERS = re.compile(
    r"(?<![\d.])(?P<one>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<two>\d{1,2})\s?(?P=sep)\s?(?P<year>\d{4}|\d\d)(?!\d)"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)[T_ -]?([0-2]\d)([0-5]\d)([0-5]\d)?(?!\d)")
_EAST_ASIAN = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NUMBER = re.compile(r"(?P<quote>['’])?(?P<digits>\d{1,4})(?P<ending>st|nd|rd|th|er|re|º|ª|\.)?(?![\w])", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_ALSO_ZONES = re.compile(r"\b(?:pt\.|čt\b)", re.IGNORECASE)
"""Short weekdays that are zones, too, where they are written otherwise."""

_EPOCH = re.compile(r"(\d{10})(\d{3}|\d{6}|\d{9})?(\.\d+)?")
_SPREADSHEET = re.compile(r"[3-5]\d{4}[.,]\d+")
_DOT_NET = re.compile(r"\\?/?Date\((\d{12,14})(?:[+-]\d{4})?\)\\?/?")
"""Milliseconds since 1970 as programs in .NET write them; the offset behind says only where they were written."""

_SPREADSHEET_ZERO = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)


def days_come_first(cells: Sequence[str]) -> bool | None:
    """Whether dates such as 20/01/2016 begin with the day; None where the cells do not tell."""
    continental = False
    for cell in cells:
        numbers = _numbers(cell)
        if numbers is not None:
            if int(numbers["one"]) > 12:
                return True
            if int(numbers["two"]) > 12:
                return False
            continental = continental or _CONTINENTAL.search(cell) is not None
    return True if continental else None


def has_ambiguous_dates(cells: Sequence[str]) -> bool:
    """Whether dates with a month in figures and the year last, and no points between, are among them."""
    return any(found is not None and found["sep"] != "." for found in map(_numbers, cells))


def _numbers(cell: str) -> re.Match[str] | None:
    """The date in figures with the year last; one with all four figures of the year goes before a time with points."""
    if _YEAR_FIRST.search(cell) is not None:
        return None
    found = list(_NUMBERS.finditer(cell))
    return next((one for one in found if len(one["year"]) == 4), found[0] if found else None)


class Moment:
    """A time as it stood there: `at` in UTC milliseconds, whether it said its zone, whether it had seconds."""

    __slots__ = ("at", "seconds", "zoned")

    def __init__(self, at: int, *, zoned: bool, seconds: bool) -> None:
        self.at = at
        self.zoned = zoned
        self.seconds = seconds


def read_time(cell: str, zone: datetime.tzinfo, *, day_first: bool, points_day_first: bool = True) -> Moment:
    """The time in the cell, in `zone` where it does not say one. `day_first` says how 01/02/2016 is read,
    `points_day_first` how 01.02.2016 is. Raises `ValueError` in words."""
    cell = " ".join(cell[:120].split())
    if cell[:4].isascii() and cell[:4].isdigit() and len(cell) >= 16 and cell[10] in "T ":
        at_once = _iso(cell, zone)
        if at_once is not None:
            return at_once
    epoch = _EPOCH.fullmatch(_DOT_NET.sub(r"\1", cell))
    if epoch is not None:
        seconds = int(epoch[1]) + float(f"0.{epoch[2] or (epoch[3] or '.0')[1:]}")
        return _moment(datetime.datetime.fromtimestamp(seconds, datetime.UTC), zoned=True, seconds=True)
    if _SPREADSHEET.fullmatch(cell):
        naive = (_SPREADSHEET_ZERO + datetime.timedelta(days=float(cell.replace(",", ".")))).replace(tzinfo=zone)
        whole = (naive + datetime.timedelta(milliseconds=500)).replace(microsecond=0)
        return _moment(whole, zoned=False, seconds=True)
    return _spelled(cell, zone, day_first=day_first, points_day_first=points_day_first)


def _iso(cell: str, zone: datetime.tzinfo) -> Moment | None:
    """The time where it is in ISO 8601, as most are."""
    try:
        moment = datetime.datetime.fromisoformat(cell)
    except ValueError:
        return None
    zoned = moment.tzinfo is not None
    return _moment(moment if zoned else moment.replace(tzinfo=zone), zoned=zoned, seconds=moment.second != 0)


def _spelled(cell: str, zone: datetime.tzinfo, *, day_first: bool, points_day_first: bool) -> Moment:
    cell = _EAST_ASIAN.sub(r"\1-\2-\3 ", _COMPACT.sub(_with_marks, cell))
    date, rest = _date_in_figures(cell, day_first=day_first, points_day_first=points_day_first)
    evening, rest = _half_in_words(rest)
    time, place = _time_of_day(rest)
    if time is None:
        dated = date is not None or any(plain_word(word) in MONTHS for word in _WORDS.findall(cell))
        raise ValueError("no time of day" if dated else "no time that can be read")
    own, behind = find_zone(rest[place.stop :])
    rest = f"{rest[: place.start]} \n {behind}"
    if date is None:
        date, rest = _date_in_words(rest)
    left = _left_over(rest)
    if left:
        raise ValueError(f"{left!r} in its time is not understood")
    hour, minute, second, part, half = time
    late = half if half is not None else evening
    if late is not None:
        if hour > 12 and not late:
            raise ValueError("hour 13 or later in the morning")
        if hour == 12 and _NIGHT.search(cell) is not None:
            raise ValueError("12 at night may be noon or midnight")
        hour = hour if hour > 12 else hour % 12 + (12 if late else 0)
    wall = datetime.datetime(*date, hour, minute, second, part, tzinfo=own or zone)
    return _moment(wall, zoned=own is not None, seconds=second != 0)


def _with_marks(found: re.Match[str]) -> str:
    year, month, day, hour, minute, second = found.groups()
    return f"{year}-{month}-{day} {hour}:{minute}" + (f":{second}" if second else "")


def _moment(moment: datetime.datetime, *, zoned: bool, seconds: bool) -> Moment:
    if not EARLIEST <= moment <= LATEST:
        raise ValueError(f"a time in the year {moment.year}")
    return Moment(round(moment.timestamp() * 1000), zoned=zoned, seconds=seconds)


_Date = tuple[int, int, int]


def _date_in_figures(cell: str, *, day_first: bool, points_day_first: bool) -> tuple[_Date | None, str]:
    """The date, and what of the cell is none of it."""
    found = _YEAR_FIRST.search(cell)
    if found is None:
        found = _numbers(cell)
        if found is None:
            return None, cell
        one, two, year = int(found["one"]), int(found["two"]), int(found["year"])
        first = points_day_first if found["sep"] == "." else day_first
        day, month = (one, two) if first else (two, one)
        date = (year + 2000 if year < 100 else year, month, day)
    else:
        date = int(found["year"]), int(found["month"]), int(found["day"])
    rest = cell[found.end() :]
    return date, f"{cell[: found.start()]} {rest[1:] if rest[:1] in ('T', ',') else rest}"


def _half_in_words(cell: str) -> tuple[bool | None, str]:
    """Whether words say the second half of the day, None where none do, and the cell without them."""
    for late, words in ((True, _EVENING), (False, _MORNING)):
        if words.search(cell) is not None:
            return late, words.sub(" ", cell)
    return None, cell


def _time_of_day(cell: str) -> tuple[tuple[int, int, int, int, bool | None] | None, slice]:
    """Hour, minute, second, millionth and whether in the second half of the day; and where it stands."""
    for form in (_COLONS, _LETTER, _POINTS, _HOUR):
        found = form.search(cell)
        if found is not None:
            break
    else:
        return None, slice(0, 0)
    said = found["half"] or found["short"] or found["greek"]
    half = said in "pPμΜ" if said else None
    part = int((found["part"] or "0").ljust(6, "0")[:6])
    return (
        (int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0), part, half),
        slice(found.start(), found.end()),
    )


def _date_in_words(rest: str) -> tuple[_Date, str]:
    """The date with its month in letters; raises `ValueError` where there is none."""
    words = [word for word in _WORDS.finditer(rest) if plain_word(word[0]) in MONTHS]
    if len(words) > 1:
        words = [word for word in words if plain_word(word[0]) not in WEEKDAYS]
    if len(words) != 1:
        raise ValueError("no date")
    month = words[0]
    rest = f"{rest[: month.start()]} {rest[month.end() :]}"
    numbers = list(_NUMBER.finditer(rest.replace("-", " ")))
    years = [one for one in numbers if len(one["digits"]) == 4 or one["quote"]] or numbers[1:]
    if len(numbers) != 2 or len(years) != 1:
        raise ValueError("no date")
    year = int(years[0]["digits"])
    day = next(one for one in numbers if one is not years[0])
    name = plain_word(month[0])
    number = CROATIAN.get(name, MONTHS[name]) if day["ending"] == "." else MONTHS[name]
    for one in reversed(numbers):
        rest = f"{rest[: one.start()]} {rest[one.end() :]}"
    if not (year < 100 or 1900 <= year < 2100):
        raise ValueError("no date")
    return (year + 2000 if year < 100 else year, number, int(day["digits"])), rest


def _left_over(rest: str) -> str:
    """What is neither a weekday nor a word or mark that people put between date and time."""
    words = re.findall(r"[^\W_]+", _ALSO_ZONES.sub(" ", unicodedata.normalize("NFC", rest)))
    return " ".join(word for word in words if plain_word(word) not in WEEKDAYS | NOISE)[:40]
