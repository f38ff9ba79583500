"""A time that a moderator types, as a position: `19:42`, `7:42 pm`, `7:42`, or `+12:30` from the start."""

import datetime
import re
from collections.abc import Iterator

from sessions.core.errors import LunchroomError
from sessions.core.zones import local_time

_FORMS = "Write a time like 7:42 pm or 19:42, or +12:30 from the start."

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
    `zone`. Without `am` or `pm` it is read both ways, as the desk shows times on a clock of twelve hours, and the
    reading that lies in the chat is meant; the first where several do. `started` is the opening in UTC milliseconds,
    `length` that of the session in milliseconds. Raises `JumpError`.
    """
    typed = text.strip()
    if offset := _OFFSET.fullmatch(typed):
        return _from_start(offset, length)
    clock = _CLOCK.fullmatch(typed)
    if clock is None or not (clock[2] or clock[4]):
        raise JumpError(_FORMS)
    precision = 1000 if clock[3] else 60_000
    moments = (moment - started for moment in _readings(clock, started, length, zone))
    inside = [moment for moment in moments if -precision < moment <= length]
    if not inside:
        first, last = _shown(started, zone), _shown(started + length, zone)
        raise JumpError(f"This chat ran from {first} to {last}. {_FORMS}")
    return max(0, min(inside))


def _from_start(offset: re.Match[str], length: int) -> int:
    hours, minutes, seconds = (int(part or 0) for part in offset.groups())
    if seconds > 59 or (offset[1] and minutes > 59):
        raise JumpError(_FORMS)
    position = ((hours * 60 + minutes) * 60 + seconds) * 1000
    if position > length:
        whole, rest = divmod(length // 1000, 60)
        raise JumpError(f"This chat ended at +{whole}:{rest:02}. Write a time up to that.")
    return position


def _readings(clock: re.Match[str], started: int, length: int, zone: datetime.tzinfo) -> Iterator[int]:
    """All moments (UTC milliseconds) on the days of the chat that are called so, also those that come twice a day."""
    minute, second = int(clock[2] or 0), int(clock[3] or 0)
    hours = _hours(int(clock[1]), (clock[4] or "").lower())
    if minute > 59 or second > 59 or not hours:
        raise JumpError(_FORMS)
    day, last = (_local(moment, zone).date() for moment in (started, started + min(length, _LONGEST)))
    while day <= last:
        for hour in hours:
            wall = datetime.datetime.combine(day, datetime.time(hour, minute, second), zone)
            for fold in (0, 1):
                yield int(wall.replace(fold=fold).timestamp()) * 1000
        day += datetime.timedelta(days=1)


def _hours(hour: int, half: str) -> tuple[int, ...]:
    """Which hours of the day may be meant; none where there is no such hour."""
    if half:
        return (hour % 12 + (12 if half == "p" else 0),) if 1 <= hour <= 12 else ()
    if 1 <= hour <= 12:
        return (hour % 12, hour % 12 + 12)
    return (hour,) if hour <= 23 else ()


def _local(moment: int, zone: datetime.tzinfo) -> datetime.datetime:
    return local_time(moment, zone)


def _shown(moment: int, zone: datetime.tzinfo) -> str:
    local = _local(moment, zone)
    return f"{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
