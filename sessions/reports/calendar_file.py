"""A chat as an entry for calendars (iCalendar, RFC 5545). Pure: the moment at which it is written is given."""

import datetime
from typing import TYPE_CHECKING

from sessions.core.plan import Plan
from sessions.core.plan.networks import PlanNetworks
from sessions.core.plan.schedule import share_text
from sessions.core.zones import zone_or_utc

if TYPE_CHECKING:
    from icalendar import Alarm, Event

REMIND = 15
"""Minutes before the start at which the calendar reminds."""

SUFFIX = ".ics"


def calendar_file(plan: Plan, networks: PlanNetworks, *, now: datetime.datetime) -> bytes:
    """The chat of the plan with its time zone, a reminder, and what one tells the teachers; `now` is aware.

    A slow chat takes whole days, and reminds when its first question opens. An entry of the same series and day
    replaces an older one.
    """
    from icalendar import Calendar, Event, vText

    event = Event()
    event.add("uid", f"{plan.starts:%Y-%m-%d}-{plan.series}@lunchroom")
    event.add("dtstamp", now.astimezone(datetime.UTC).replace(microsecond=0))
    event.add("sequence", max(0, round(now.timestamp()) - _EPOCH))
    event.add("summary", vText(_title(plan)))
    event.add("description", vText(share_text(plan, networks)))
    _when(event, plan)
    event.add_component(_reminder(plan))
    calendar = Calendar()
    calendar.add("prodid", "-//Lunchroom//a chat//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def calendar_words(plan: Plan) -> str:
    """What stands in the entry, in a line: `Stations that work #navasotaisd, 2026-12-01 19:00 America/Chicago, ...`."""
    if plan.slow:
        first, last = _days(plan)
        return f"{_title(plan)}, all day from {first} to {last}, with a reminder when it begins"
    return f"{_title(plan)}, {plan.starts:%Y-%m-%d %H:%M} {plan.timezone}, with a reminder {REMIND} minutes before"


_EPOCH = 1_700_000_000
"""Seconds from which the number of a version counts: it has to grow and to stay below 2**31."""


def _title(plan: Plan) -> str:
    return " ".join([plan.title, *(f"#{tag}" for tag in plan.main_hashtags)])


def _when(event: "Event", plan: Plan) -> None:
    zone = zone_or_utc(plan.timezone)
    if plan.slow:
        first, last = _days(plan)
        event.add("dtstart", first)
        event.add("dtend", last + datetime.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return
    start = datetime.datetime.fromtimestamp(plan.starts_at / 1000, zone)
    event.add("dtstart", start)
    event.add("dtend", datetime.datetime.fromtimestamp(plan.ends_at / 1000, zone))


def _days(plan: Plan) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a slow chat, in its time zone."""
    zone = zone_or_utc(plan.timezone)
    first, last = (datetime.datetime.fromtimestamp(at / 1000, zone).date() for at in (plan.starts_at, plan.ends_at - 1))
    return first, max(first, last)


def _reminder(plan: Plan) -> "Alarm":
    from icalendar import Alarm, vText

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", vText(_title(plan)))
    if plan.slow:
        alarm.add("trigger", datetime.datetime.fromtimestamp(plan.starts_at / 1000, datetime.UTC))
        alarm["trigger"].params["VALUE"] = "DATE-TIME"
    else:
        alarm.add("trigger", datetime.timedelta(minutes=-REMIND))
    return alarm
