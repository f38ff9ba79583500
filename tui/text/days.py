"""Moments and lengths of a slow chat in words. Moments are UTC milliseconds, lengths milliseconds. Pure."""

import datetime

from sessions.core.clock import lasts_days
from sessions.core.state import SessionState
from sessions.core.zones import local_time
from sessions.words import _, pgettext
from tui.text.day_names import month, short_month, short_weekday, weekday
from tui.text.wording import clock_time, counted, zone_of

HOUR = 3_600_000
DAY = 24 * HOUR

_NEAR = 6
"""Days within which a weekday tells which one is meant."""


def days_long(milliseconds: int) -> str:
    """A length without its sign in its two largest units: `2 days 4 h`, `4 h 20 min`, `20 min`."""
    minutes = abs(milliseconds) // 60_000
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{counted(days, '{n} day', '{n} days')} {hours} h" if hours else counted(days, "{n} day", "{n} days")
    rest = _("{minutes} min").format(minutes=minutes % 60) if minutes % 60 or not hours else ""
    return f"{hours} h {rest}".rstrip() if hours else rest


def day_time(moment: int, zone: datetime.tzinfo, now: int) -> str:
    """A moment with its day, seen from `now`: `today 7:00`, `Tuesday 7:00`, `Tue, Dec 15, 7:00 PM`.

    From 1 to 11 in the morning nothing stands behind the time, at other hours what half of the day it is.
    """
    then, today = local_time(moment, zone), local_time(now, zone)
    days = abs((then.date() - today.date()).days)
    if not days:
        day = _("today")
    elif days <= _NEAR:
        day = pgettext("moment", "{weekday}").format(weekday=weekday(then))
    else:
        day = _("{weekday}, {month} {day},").format(weekday=short_weekday(then), month=short_month(then), day=then.day)
    return f"{day} {half_told(moment, zone)}"


def short_day_time(moment: int, zone: datetime.tzinfo, now: int) -> str:
    """The same where there is little room: `7:00` today, `Tue 7:00`, `Dec 15`."""
    then, today = local_time(moment, zone), local_time(now, zone)
    days = abs((then.date() - today.date()).days)
    if days > _NEAR:
        return _("{month} {day}").format(month=short_month(then), day=then.day)
    return f"{short_weekday(then)} {half_told(moment, zone)}" if days else half_told(moment, zone)


def day_name(moment: int, zone: datetime.tzinfo) -> str:
    """The day of a moment: `Tuesday, December 8`."""
    then = local_time(moment, zone)
    return _("{weekday}, {month} {day}").format(weekday=weekday(then), month=month(then), day=then.day)


def half_told(moment: int, zone: datetime.tzinfo) -> str:
    """The time of a moment, with its half of the day where it is not in the morning: `7:00`, `7:00 PM`."""
    hour = local_time(moment, zone).hour
    half = "" if 1 <= hour < 12 else " AM" if hour < 12 else " PM"
    return f"{clock_time(moment, zone)}{half}"


def moment_told(state: SessionState, moment: int) -> str:
    """When something of this chat was: `4:20`, and with its day where it goes on for days, `Tue 4:20 PM`."""
    zone = zone_of(state.plan)
    if not lasts_days(state):
        return clock_time(moment, zone)
    return f"{short_weekday(local_time(moment, zone))} {half_told(moment, zone)}"
