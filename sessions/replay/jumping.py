"""A time that a moderator types, as a position: `19:42`, `7:42 pm`, `7:42`, `Tue 7:42`, or `+12:30` from the start."""

import datetime
import re
from collections.abc import Iterator, Sequence

from sessions.core.errors import LunchroomError
from sessions.core.zones import local_time
from sessions.replay.playback import DAYS_LONG
from sessions.replay.typed_days import typed_day

_FORMS = "Write a time like 7:42 pm or 19:42, or +12:30 from the start."
_FORMS_OF_DAYS = "Write a time like Tue 7:42 pm, Dec 8, 2026-12-08 19:42 or day 2."

_LONGEST = 366 * 86_400_000
"""Milliseconds of a chat that are looked through for a time of the clock; longer is none but one somebody made up."""

_OFFSET = re.compile(r"\+\s*(?:(\d{1,3}):(?=\d+:))?(\d{1,4})(?::(\d{2}))?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2}))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)


class JumpError(LunchroomError):
    """What was typed is no time in this chat; the message is one line that says what to type instead."""

    exit_code = 2


def parse_jump(text: str, *, started: int, length: int, zone: datetime.tzinfo) -> int:
    """The position (milliseconds since the opening) that `text` names.

    `+12:30` is minutes and seconds since the opening, `+1:12:30` hours too, `+12` minutes. A clock time is one in
    `zone`, with its day in front if need be (`typed_day`); a day alone is where it begins. Without `am` or `pm` it is
    read both ways, as the desk shows times on a clock of twelve hours, and the reading that lies in the chat is meant;
    the first where several do. `started` is the opening in UTC milliseconds, `length` that of the session in
    milliseconds. Raises `JumpError`.
    """
    typed = text.strip()
    forms = _forms(length)
    if offset := _OFFSET.fullmatch(typed):
        return _from_start(offset, length)
    days = _days(started, length, zone)
    on_day = typed_day(typed, days)
    meant, time = (days, typed) if on_day is None else on_day
    clock = _CLOCK.fullmatch(time)
    if on_day is not None and not time:
        precision = DAYS_LONG
        moments = [_instant(day, 0, 0, 0, zone) for day in meant]
    elif clock is None or not (clock[2] or clock[4]):
        raise JumpError(forms)
    else:
        precision = 1000 if clock[3] else 60_000
        moments = list(_readings(clock, meant, zone, forms))
    inside = [moment - started for moment in moments if -precision < moment - started <= length]
    if not inside:
        first, last = (_shown(moment, zone, days=length > DAYS_LONG) for moment in (started, started + length))
        raise JumpError(f"This chat ran from {first} to {last}. {forms}")
    return max(0, min(inside))


def _from_start(offset: re.Match[str], length: int) -> int:
    hours, minutes, seconds = (int(part or 0) for part in offset.groups())
    if seconds > 59 or (offset[1] and minutes > 59):
        raise JumpError(_forms(length))
    position = ((hours * 60 + minutes) * 60 + seconds) * 1000
    if position > length:
        whole, rest = divmod(length // 1000, 60)
        raise JumpError(f"This chat ended at +{whole}:{rest:02}. Write a time up to that.")
    return position


def _readings(clock: re.Match[str], days: Sequence[datetime.date], zone: datetime.tzinfo, forms: str) -> Iterator[int]:
    """All moments (UTC milliseconds) on these days that are called so, also those that come twice a day."""
    minute, second = int(clock[2] or 0), int(clock[3] or 0)
    hours = _hours(int(clock[1]), (clock[4] or "").lower())
    if minute > 59 or second > 59 or not hours:
        raise JumpError(forms)
    for day in days:
        for hour in hours:
            for fold in (0, 1):
                yield _instant(day, hour, minute, second, zone, fold=fold)


def _instant(day: datetime.date, hour: int, minute: int, second: int, zone: datetime.tzinfo, *, fold: int = 0) -> int:
    wall = datetime.datetime.combine(day, datetime.time(hour, minute, second, fold=fold), zone)
    return int(wall.timestamp()) * 1000


def _days(started: int, length: int, zone: datetime.tzinfo) -> list[datetime.date]:
    """The days of the chat."""
    first, last = (local_time(moment, zone).date() for moment in (started, started + min(length, _LONGEST)))
    return [first + datetime.timedelta(days=day) for day in range((last - first).days + 1)]


def _hours(hour: int, half: str) -> tuple[int, ...]:
    """Which hours of the day may be meant; none where there is no such hour."""
    if half:
        return (hour % 12 + (12 if half == "p" else 0),) if 1 <= hour <= 12 else ()
    if 1 <= hour <= 12:
        return (hour % 12, hour % 12 + 12)
    return (hour,) if hour <= 23 else ()


def _forms(length: int) -> str:
    return _FORMS_OF_DAYS if length > DAYS_LONG else _FORMS


def _shown(moment: int, zone: datetime.tzinfo, *, days: bool) -> str:
    local = local_time(moment, zone)
    day = f"{local:%a}, {local:%b} {local.day}, " if days else ""
    return f"{day}{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
