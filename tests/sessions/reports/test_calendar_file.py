"""A chat as an entry for calendars, read back as a calendar reads it."""

import datetime

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.core.plan import Plan
from sessions.core.plan.days import on_days, opening_days
from sessions.networks.registry import NETWORKS
from sessions.reports.calendar_file import calendar_file, calendar_words
from tests.sessions.core.building import a_plan

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


def entry(plan: Plan) -> tuple[icalendar.Calendar, icalendar.Event]:
    found = icalendar.Calendar.from_ical(calendar_file(plan, NETWORKS, now=NOW))
    assert isinstance(found, icalendar.Calendar)
    (event,) = found.events
    return found, event


def test_an_hour_is_in_its_time_zone_and_reminds_before_it() -> None:
    plan = a_plan()
    calendar, event = entry(plan)
    assert event.start == datetime.datetime.fromtimestamp(plan.starts_at / 1000, datetime.UTC)
    assert event.end - event.start == datetime.timedelta(hours=1)
    assert event["dtstart"].params["TZID"] == plan.timezone
    assert [zone.tz_name for zone in calendar.timezones] == [plan.timezone], "the file has the rules of the zone"
    (alarm,) = event.alarms.times
    assert event.start - alarm.trigger == datetime.timedelta(minutes=15)
    assert str(event["summary"]).startswith(plan.title)
    assert "#navasotaisd" in event["summary"]
    assert "If it is slow" not in event["description"], "notes are for the moderators alone"


def test_the_same_chat_is_the_same_entry_and_a_later_file_goes_before_an_older_one() -> None:
    first = entry(a_plan())[1]
    later = icalendar.Calendar.from_ical(calendar_file(a_plan(), NETWORKS, now=NOW + datetime.timedelta(minutes=1)))
    assert later.events[0]["uid"] == first["uid"]
    assert later.events[0]["sequence"] > first["sequence"]


def test_a_slow_chat_is_days_and_reminds_when_it_begins() -> None:
    hour = a_plan(questions=5)
    plan = on_days(hour, opening_days(hour.starts, [None] * 5, 5))
    _, event = entry(plan)
    assert (event.start, event.end) == (datetime.date(2025, 12, 1), datetime.date(2025, 12, 7))
    assert event["transp"] == "TRANSPARENT"
    (alarm,) = event.alarms.times
    assert alarm.trigger == datetime.datetime.fromtimestamp(plan.starts_at / 1000, datetime.UTC)
    assert "all day from 2025-12-01 to 2025-12-06" in calendar_words(plan)


def test_a_zone_that_is_not_known_is_utc() -> None:
    _, event = entry(a_plan(timezone="Nowhere/Here"))
    assert event.start.utcoffset() == datetime.timedelta(0)


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80))
def test_no_title_ends_the_entry_or_adds_to_it(title: str) -> None:
    data = calendar_file(a_plan(title=title), NETWORKS, now=NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(data)
    assert [one.name for one in calendar.walk()].count("VEVENT") == 1
    assert set(calendar.events[0]) == {
        "UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND",
    }  # fmt: skip
