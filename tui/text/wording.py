"""How times, amounts and failures are written. Moments and lengths are milliseconds unless a name says otherwise."""

from sessions.core.clock.face import clock_time as clock_time
from sessions.core.clock.face import zone_of as zone_of
from sessions.words import _, ngettext


def countdown_time(left: int) -> str:
    """What is left, from 0 on, as `04:12`. A second shows until it is over."""
    return _minutes_seconds(-(-left // 1000), 2)


def length(milliseconds: int) -> str:
    """A length without its sign: `1:40`."""
    return _minutes_seconds(abs(milliseconds) // 1000, 1)


def waited(milliseconds: int) -> str:
    """How long somebody has waited, in whole minutes: `4 min`, `now` in the first one; `3 h` or `2 days` after long."""
    minutes = milliseconds // 60_000
    if minutes >= 2 * 60:
        hours = minutes // 60
        return counted(hours // 24, "{n} day", "{n} days") if hours >= 2 * 24 else f"{hours} h"
    return _("{minutes} min").format(minutes=minutes) if minutes >= 1 else _("now")


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun, in the program's language: `counted(3, "{n} share", "{n} shares")`."""
    return ngettext(one, many, number).format(n=f"{number:,}")


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 share`, `3 shares`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def failure_words(error: Exception) -> str:
    """What went wrong, for a sentence: of the system's errors without their number and path."""
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _minutes_seconds(seconds: int, digits: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:0{digits}}:{rest:02}"
