"""When posts were written: the times that exports carry, in any of their usual forms, as UTC milliseconds."""

import datetime
import re
from collections.abc import Sequence

EARLIEST = datetime.datetime(1990, 1, 1, tzinfo=datetime.UTC)
LATEST = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?:[ \u202f\u00a0]?(?P<half>[AaPp])\.?[Mm]\b\.?)?"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?=\D|$)")
_NUMBERS = re.compile(r"(?<!\d)(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4}|\d\d)(?!\d)")
_NAMED = re.compile(rf"(?<![A-Za-z])(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?(?![A-Za-z])", re.IGNORECASE)
_DAY = re.compile(r"(?<![\d:+-])(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_YEAR = re.compile(r"(?<![\d:+])(?P<year>(?:19|20)\d\d)(?![\d:])")
_OFFSET = re.compile(r"(?:(?<=\s)|(?<=\d)|(?<=[CT]))(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)(?:\s|$)")
_ABBREVIATION = re.compile(r"(?<![A-Za-z])(UTC|GMT|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|CET|CEST)(?![A-Za-z])")
_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "BST": 1, "CET": 1, "CEST": 2,
}  # fmt: skip
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_SPREADSHEET = re.compile(r"[3-5]\d{4}\.\d+")
_SPREADSHEET_ZERO = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)


def days_come_first(cells: Sequence[str]) -> bool | None:
    """Whether dates such as 20/01/2016 begin with the day; None where the cells do not tell."""
    for cell in cells:
        numbers = None if _YEAR_FIRST.search(cell) else _NUMBERS.search(cell)
        if numbers is not None:
            if int(numbers["one"]) > 12:
                return True
            if int(numbers["two"]) > 12:
                return False
    return None


def has_ambiguous_dates(cells: Sequence[str]) -> bool:
    """Whether dates with a month in figures and the year last are among them."""
    return any(_NUMBERS.search(cell) is not None and _YEAR_FIRST.search(cell) is None for cell in cells)


class Moment:
    """A time as it stood there: `at` in UTC milliseconds, whether it said its zone, whether it had seconds."""

    __slots__ = ("at", "seconds", "zoned")

    def __init__(self, at: int, *, zoned: bool, seconds: bool) -> None:
        self.at = at
        self.zoned = zoned
        self.seconds = seconds


def read_time(cell: str, zone: datetime.tzinfo, *, day_first: bool) -> Moment:
    """The time in the cell, in `zone` where it does not say one. Raises `ValueError` in words."""
    cell = " ".join(cell[:80].split())
    if _EPOCH.fullmatch(cell):
        seconds = float(cell) if len(cell.partition(".")[0]) == 10 else float(cell) / 1000
        return _moment(datetime.datetime.fromtimestamp(seconds, datetime.UTC), zoned=True, seconds=True)
    if _SPREADSHEET.fullmatch(cell):
        naive = (_SPREADSHEET_ZERO + datetime.timedelta(days=float(cell))).replace(tzinfo=zone)
        whole = (naive + datetime.timedelta(milliseconds=500)).replace(microsecond=0)
        return _moment(whole, zoned=False, seconds=True)
    time = _TIME.search(cell)
    if time is None:
        raise ValueError("no time of day" if _date_of(cell, day_first) else "no time that can be read")
    rest = f"{cell[: time.start()]} {cell[time.end() :]}"
    offset = _zone_of(cell[time.end() :])
    date = _date_of(rest.replace("T ", " "), day_first)
    if date is None:
        raise ValueError("no date")
    hour = int(time["hour"])
    if time["half"] is not None:
        hour = hour % 12 + (12 if time["half"] in "pP" else 0)
    part = int((time["part"] or "0").ljust(6, "0")[:6])
    wall = datetime.datetime(*date, hour, int(time["minute"]), int(time["second"] or 0), part, tzinfo=offset or zone)
    return _moment(wall, zoned=offset is not None, seconds=time["second"] not in (None, "00"))


def _moment(moment: datetime.datetime, *, zoned: bool, seconds: bool) -> Moment:
    if not EARLIEST <= moment <= LATEST:
        raise ValueError(f"a time in the year {moment.year}")
    return Moment(round(moment.timestamp() * 1000), zoned=zoned, seconds=seconds)


def _zone_of(behind: str) -> datetime.timezone | None:
    """The zone that is named behind the time of day, or None."""
    found = _OFFSET.search(f"0{behind} ")
    if found is not None:
        length = datetime.timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
        if length >= datetime.timedelta(hours=24):
            raise ValueError("no zone that can be read")
        return datetime.timezone(-length if found["sign"] == "-" else length)
    named = _ABBREVIATION.search(behind)
    return None if named is None else datetime.timezone(datetime.timedelta(hours=_HOURS[named[1]]))


def zone_said(cell: str) -> datetime.timezone | None:
    """The zone in a column of zones (`+0200`, `CST`), or None where it says none that is known."""
    return _zone_of(f" {cell.strip()} ") if cell else None


def _date_of(cell: str, day_first: bool) -> tuple[int, int, int] | None:
    found = _YEAR_FIRST.search(cell)
    if found is not None:
        return int(found["year"]), int(found["month"]), int(found["day"])
    found = _NUMBERS.search(cell)
    if found is not None:
        one, two, year = int(found["one"]), int(found["two"]), int(found["year"])
        day, month = (one, two) if day_first else (two, one)
        return year + 2000 if year < 100 else year, month, day
    named = _NAMED.search(cell)
    if named is None:
        return None
    rest = f"{cell[: named.start()]} {cell[named.end() :]}"
    year_said = _YEAR.search(rest)
    short = None if year_said is not None else re.search(r"[-' ](\d\d)\s*$", rest)
    if year_said is not None:
        rest, year = f"{rest[: year_said.start()]} {rest[year_said.end() :]}", int(year_said["year"])
    elif short is not None:
        rest, year = rest[: short.start()], 2000 + int(short[1])
    else:
        return None
    day_said = _DAY.search(rest.replace("-", " "))
    if day_said is None:
        return None
    return year, _MONTHS.index(named["month"].casefold()) + 1, int(day_said["day"])
