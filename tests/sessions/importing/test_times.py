"""The times that exports carry."""

import contextlib
import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.importing.formats.times import days_come_first, read_time

MOMENT = datetime.datetime(2016, 1, 20, 19, 50, 3, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "said",
    [
        "2016-01-20T19:50:03Z",
        "2016-01-20T13:50:03-06:00",
        "2016-01-20 19:50:03+00:00",
        "2016-01-20 19:50:03 UTC",
        "2016-01-20T19:50:03.000Z",
        "2016-01-20 20:50:03 CET",
        "Wed Jan 20 19:50:03 +0000 2016",
        "Wed Jan 20 13:50:03 -0600 2016",
        "Wed, 20 Jan 2016 19:50:03 +0000",
        "20/01/2016 19:50:03",
        "1/20/2016 7:50:03 PM",
        "01/20/16 7:50:03 pm",
        "20.01.2016 19:50:03",
        "20-Jan-2016 19:50:03",
        "20-Jan-16 19:50:03",
        "January 20, 2016 at 07:50:03PM",
        "7:50:03 PM - 20 Jan 2016",
        "1453319403",
        "1453319403000",
        "42389.82642361111",
    ],
)
def test_usual_forms(said: str) -> None:
    moment = read_time(said, datetime.UTC, day_first=bool(days_come_first([said])))
    assert moment.at == int(MOMENT.timestamp() * 1000)
    assert moment.seconds


def test_a_time_without_a_zone_is_of_the_zone_given() -> None:
    moment = read_time("2016-07-20 14:50", ZoneInfo("America/Chicago"), day_first=False)
    assert moment.at == int(datetime.datetime(2016, 7, 20, 19, 50, tzinfo=datetime.UTC).timestamp() * 1000)
    assert not moment.zoned
    assert not moment.seconds


def test_midnight_and_noon_by_halves_of_the_day() -> None:
    hours = [read_time(f"1/20/2016 {said}", datetime.UTC, day_first=False).at // 3_600_000 % 24
             for said in ("12:00 AM", "12:30 PM", "1:00 pm", "11:59 PM")]  # fmt: skip
    assert hours == [0, 12, 13, 23]


def test_whether_the_day_comes_first_is_told_by_any_date_of_the_file() -> None:
    assert days_come_first(["01/02/2016 19:50", "03/02/2016 19:50", "20/02/2016 19:50"]) is True
    assert days_come_first(["01/02/2016 19:50", "01/20/2016 19:50"]) is False
    assert days_come_first(["01/02/2016 19:50", "2016-01-20 19:50"]) is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2016-01-20", "no time of day"),
        ("19:50", "no date"),
        ("yesterday", "no time that can be read"),
        ("2016-13-20 19:50", "month"),
        ("2016-01-20 25:50", "hour"),
        ("1016-01-20 19:50", "no date"),
        ("20/01/3016 19:50", "year 3016"),
        ("2016-01-20 19:50 +99:99", "zone"),
    ],
)
def test_what_is_no_time_is_told_why(said: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_time(said, datetime.UTC, day_first=True)


@given(st.text(max_size=100))
def test_any_text_gives_a_time_or_a_value_error(said: str) -> None:
    with contextlib.suppress(ValueError):
        assert read_time(said, datetime.UTC, day_first=True).at > 0


FORMS = ("%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d %B %Y %I:%M:%S %p", "%a %b %d %H:%M:%S +0000 %Y")


@given(st.integers(700_000_000, 4_000_000_000), st.sampled_from(FORMS))
def test_every_moment_survives_each_form(seconds: int, form: str) -> None:
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    assert read_time(moment.strftime(form), datetime.UTC, day_first=True).at == seconds * 1000
