"""Zones as exports write them behind a time, in a column of zones, or in the name of a column: offsets and words."""

import datetime
import re

from sessions.core.zones import zone_called

_HOURS = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2,
    "eest": 3, "msk": 3, "hkt": 8, "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13, "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
    "coordinated universal time": 0, "greenwich mean time": 0, "western european standard time": 0,
    "western european summer time": 1, "british summer time": 1, "central european standard time": 1,
    "central european summer time": 2, "eastern european standard time": 2, "eastern european summer time": 3,
    "atlantic standard time": -4, "atlantic daylight time": -3, "eastern standard time": -5,
    "eastern daylight time": -4, "central standard time": -6, "central daylight time": -5, "mountain standard time": -7,
    "mountain daylight time": -6, "pacific standard time": -8, "pacific daylight time": -7, "alaska standard time": -9,
    "alaska daylight time": -8, "hawaii standard time": -10, "hawaii-aleutian standard time": -10,
}  # fmt: skip
"""What stands for one offset, in hours. Words with several meanings mean what they do in American schools (`CST`);
`IST` and its like mean too many things to be read."""

_PLACES = {
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "us eastern": "America/New_York", "us central": "America/Chicago", "us mountain": "America/Denver",
    "us pacific": "America/Los_Angeles", "eastern time": "America/New_York", "central time": "America/Chicago",
    "mountain time": "America/Denver", "pacific time": "America/Los_Angeles", "uk time": "Europe/London",
    "london time": "Europe/London", "central european time": "Europe/Berlin", "eastern": "America/New_York",
    "central": "America/Chicago", "mountain": "America/Denver", "pacific": "America/Los_Angeles",
}  # fmt: skip
"""What stands for a place, where the offset changes with the season."""

_OFFSET = re.compile(
    r"(?:(?<![a-z0-9])(?:utc|gmt)\s?|(?<=[\sct(\d])|^)(?P<sign>[+\-\u2212\u2013])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?![\d:./-])",
    re.IGNORECASE,
)
_WORD = re.compile(
    rf"(?<![a-z])(?:{'|'.join(map(re.escape, sorted((*_HOURS, *_PLACES), key=len, reverse=True)))})(?![a-z])",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![A-Za-z/])[A-Z][A-Za-z]{1,20}/[A-Z][A-Za-z_-]{1,30}(?:/[A-Z][A-Za-z_-]{1,30})?(?![A-Za-z/])")
_REMARK = re.compile(r"\((?:us & canada|us and canada|[a-z ,&/-]{0,40}time)\)", re.IGNORECASE)
_TRANSLATED = re.compile(r"\([^\W\d_]{3,}[^()\d]{0,60}\)")
"""What browsers write behind an offset: the same zone in the language of the computer."""

_SECONDS = re.compile(r"[+-]?\d{4,5}")
_PARTS = re.compile(r"[\s_(\[/-]+")
_ENDING = re.compile(r"(?<=[a-z])(?:UTC|GMT|Utc|Gmt)$|(?<=at|me|mp|ed|te)(?:utc|gmt)$")


def find_zone(words: str) -> tuple[datetime.tzinfo | None, str]:
    """The zone that is named in these words, which stand beside a time of day, and what of them names none.

    Raises `ValueError` in words where an offset cannot be one.
    """
    found = _OFFSET.search(words)
    if found is not None:
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        if minutes > 14 * 60 or int(found["minutes"] or 0) > 59:
            raise ValueError("no zone that can be read")
        length = datetime.timedelta(minutes=minutes)
        rest = f"{words[: found.start()]} {words[found.end() :]}"
        rest = _NAME.sub(" ", _TRANSLATED.sub(" ", _REMARK.sub(" ", rest)))
        return datetime.timezone(length if found["sign"] == "+" else -length), _WORD.sub(" ", rest)
    named = _NAME.search(words)
    zone: datetime.tzinfo | None = zone_called(named[0]) if named is not None else None
    if named is not None and zone is not None:
        return zone, f"{words[: named.start()]} {words[named.end() :]}"
    spoken = _WORD.search(words)
    if spoken is None:
        return None, words
    rest = f"{words[: spoken.start()]} {words[spoken.end() :]}"
    return _called(spoken[0]), _REMARK.sub(" ", _WORD.sub(" ", rest))


def zone_said(cell: str) -> datetime.tzinfo | None:
    """The zone in a column of zones (`+0200`, `CST`, `-21600` seconds, `America/Chicago`, `Central Time (US)`).

    None where it says none that is known.
    """
    cell = cell.strip()
    if _SECONDS.fullmatch(cell) and (len(cell.lstrip("+-")) == 5 or cell[0] not in "+-"):
        return datetime.timezone(datetime.timedelta(seconds=int(cell))) if abs(int(cell)) <= 14 * 3600 else None
    try:
        zone, _ = find_zone(f" {cell} ")
    except ValueError:
        return None
    return zone


def zone_of_column(column: str) -> tuple[datetime.tzinfo | None, str]:
    """The zone that a column's name says (`created_at_utc`, `Time (CST)`), and the name without it."""
    column = column.strip()
    ending = _ENDING.search(column)
    if ending is not None:
        return datetime.UTC, column[: ending.start()]
    for part in _PARTS.finditer(column, 1):
        said = column[part.end() :].rstrip(")] ")
        if any(form.fullmatch(said) for form in (_WORD, _NAME, _OFFSET)):
            return zone_said(said), column[: part.start()]
    return None, column


def _called(word: str) -> datetime.tzinfo | None:
    word = word.casefold()
    if word in _HOURS:
        return datetime.timezone(datetime.timedelta(hours=_HOURS[word]))
    return zone_called(_PLACES[word])
