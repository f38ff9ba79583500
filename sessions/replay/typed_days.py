"""The day in front of a time that a moderator types: `Tue 7:00`, `Dec 8`, `8 Dec 19:42`, `day 2`. Pure."""

import datetime
import re
from collections.abc import Callable, Sequence

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

_BEHIND = r"(?:\s*,\s*|\s+|$)"
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T(?=\d)|\s*,\s*|\s+|$)")
_COUNTED = re.compile(rf"day\s*(\d{{1,3}}){_BEHIND}", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?{_BEHIND}", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+([a-z]{{3,9}})\.?{_BEHIND}", re.IGNORECASE)
_WEEKDAY = re.compile(rf"([a-z]{{3,9}})\.?{_BEHIND}", re.IGNORECASE)

_Meant = Callable[[int, datetime.date], bool]
"""Whether a day is meant, of which this is the place among the days of the chat (from 0)."""


def typed_day(text: str, days: Sequence[datetime.date]) -> tuple[list[datetime.date], str] | None:
    """Which of the chat's `days` the words in front of `text` name, and what is behind them; None where they name none.

    Several may stand there, as in `Tue, Dec 8, 7:42 PM`.
    """
    found = list(enumerate(days))
    rest = text.strip()
    named = False
    while (day := _one(rest)) is not None:
        meant, rest = day
        found = [one for one in found if meant(*one)]
        named = True
    return ([day for _, day in found], rest) if named else None


def _one(text: str) -> tuple[_Meant, str] | None:
    if match := _DATE.match(text):
        date = tuple(map(int, match.groups()))
        return lambda _, day: (day.year, day.month, day.day) == date, text[match.end() :]
    if match := _COUNTED.match(text):
        number = int(match[1])
        return lambda place, _: place + 1 == number, text[match.end() :]
    if (match := _MONTH_DAY.match(text)) and (month := _place(match[1], _MONTHS)):
        of_month = (month, int(match[2]))
        return lambda _, day: (day.month, day.day) == of_month, text[match.end() :]
    if (match := _DAY_MONTH.match(text)) and (month := _place(match[2], _MONTHS)):
        of_month = (month, int(match[1]))
        return lambda _, day: (day.month, day.day) == of_month, text[match.end() :]
    if (match := _WEEKDAY.match(text)) and (weekday := _place(match[1], _WEEKDAYS)):
        return lambda _, day: day.isoweekday() == weekday, text[match.end() :]
    return None


def _place(word: str, names: Sequence[str]) -> int:
    """Which of the names the word begins, from 1; 0 for none."""
    return next((place for place, name in enumerate(names, 1) if name.startswith(word.lower())), 0)
