"""Times and amounts as a teacher reads them."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.sessions.core.building import START, a_plan
from tui.text.wording import clock_time, count, countdown_time, length, waited, zone_of


@pytest.mark.parametrize(("minutes", "shown"), [(0, "7:00"), (21, "7:21"), (300, "12:00"), (361, "1:01")])
def test_the_clock_has_twelve_hours_and_the_plans_timezone(minutes: int, shown: str) -> None:
    assert clock_time(START + minutes * 60_000, zone_of(a_plan())) == shown


def test_an_unknown_timezone_is_utc() -> None:
    assert zone_of(a_plan(timezone="Mars/Olympus")) is datetime.UTC
    assert zone_of(a_plan(timezone="America")) is datetime.UTC
    assert zone_of(a_plan(timezone="x" * 300)) is datetime.UTC
    assert zone_of(a_plan()) == ZoneInfo("America/Chicago")


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_moment_that_no_calendar_has_does_not_end_the_desk(zone: str) -> None:
    shown = [clock_time(moment, ZoneInfo(zone)) for moment in (-(10**15), -1, 10**15, 10**18)]
    assert all(":" in one for one in shown)


@pytest.mark.parametrize(
    ("left", "shown"),
    [(252_000, "04:12"), (251_001, "04:12"), (1, "00:01"), (0, "00:00"), (3_600_000, "60:00")],
)
def test_the_countdown_shows_a_second_until_it_is_over(left: int, shown: str) -> None:
    assert countdown_time(left) == shown


def test_lengths_and_amounts() -> None:
    assert [length(100_000), length(-100_000)] == ["1:40", "1:40"]
    assert [waited(59_999), waited(240_000)] == ["now", "4 min"]
    assert [count(1, "share"), count(3, "share"), count(1200, "person", "people")] == [
        "1 share",
        "3 shares",
        "1,200 people",
    ]
