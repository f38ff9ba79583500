"""The times that exports carry."""

import contextlib
import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.importing.formats.dates.calendar_words import _MONTH_WORDS, MONTHS, WEEKDAYS, plain_word
from sessions.importing.formats.dates.times import days_come_first, read_time
from sessions.importing.formats.dates.zones_said import zone_of_column, zone_said

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


@pytest.mark.parametrize(("zone", "first"), [("MEZ", True), ("CEST", True), ("(Europe/Rome)", True), ("EST", None)])
def test_zones_of_countries_whose_dates_begin_with_the_day_tell_it(zone: str, first: bool | None) -> None:
    assert days_come_first([f"01/02/2016 19:50 {zone}"]) is first


def test_a_spreadsheets_number_may_have_a_comma() -> None:
    assert read_time("42389,82642361111", datetime.UTC, day_first=False).at == int(MOMENT.timestamp() * 1000)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2016-01-20", "no time of day"),
        ("19:50", "no date"),
        ("yesterday", "no time that can be read"),
        ("2016-13-20 19:50", "month"),
        ("2016-01-20 25:50", "hour"),
        ("1016-01-20 19:50", "year 1016"),
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


CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    "said",
    [
        "9/3/2023 8:05 p. m.",
        "8:05 P.M. 9/3/2023",
        "9.3.2023, 20.05 Uhr",
        "09.03.23, 20:05",
        "20h05 9 mars 2023",
        "9 mars 2023 à 20 h 05",
        "Donnerstag, 9. März 2023 um 20:05",
        "jueves, 9 de marzo de 2023, 20:05",
        "jeu. 9 mars 2023 20:05",
        "2023/3/9 下午8:05",
        "2023年3月9日 20:05",
        "2023. 3. 9. 오후 8:05",
        "9/3/2023 8:05 μ.μ.",
        "Mar 9, 2023 8:05p",
        "9/3/23, 8:05\u202fPM",
        "9-mars-23 20:05",
        "9 Mar '23 20:05",
        "8:05 PM · Mar 9, 2023",
        "9/03/2023 08:05 de la tarde",
        "09/03/2023 20.05",
        "2023-03-09 20:05 (CST)",
        "Thu Mar 09 2023 20:05:00 GMT-0600 (Central Standard Time)",
        "Thu Mar  9 20:05:00 CST 2023",
        "2023-03-09 20:05:00 America/Chicago",
        "2023-03-09 20:05 Central Time (US & Canada)",
        "2023-03-09 20:05 UTC-6",
        "2023-03-09 20:05 -06",
        "2023-03-09 20:05 \u221206:00",
        "2023-03-10 03:05 MEZ",
        "2023-03-10 07:50 UTC+5:45",
        "Thu Mar 09 2023 20:05:00 GMT-0600 (heure normale du centre nord-américain)",
        "Fri Mar 10 2023 03:05:00 GMT+0100 (Mitteleuropäische Normalzeit)",
        "2023-03-09T20:05:00-06:00[America/Chicago]",
        "/Date(1678413900000-0600)/",
        "9 marzo 2023 8:05 di sera",
        "9 marzo 2023, 8:05 del pomeriggio",
        "9 maart 2023 8:05 's avonds",
        "20230310T020500Z",
        "20230309200500",
        "1678413900000000",
    ],
)
def test_forms_of_other_countries_and_other_programs(said: str) -> None:
    at = int(datetime.datetime(2023, 3, 9, 20, 5, tzinfo=CHICAGO).timestamp() * 1000)
    assert read_time(said, CHICAGO, day_first=True).at == at


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2023-03-09 20:05 IST", "'IST'"),
        ("2023-03-09 08:05 XM", "'XM'"),
        ("2023-03-09 8:05 ว", "'ว'"),
        ("9 kvetula 2023 20:05", "no date"),
        ("20:05 PET 9 mar 2023", "PET"),
        ("10 srp 2023 20:05", "no date"),
        ("Mar 9 2023 20:05 +15:00", "zone"),
        ("2023-03-09 13:05 AM", "morning"),
        ("2023-03-09 8:05 +0100 (pm)", "pm"),
        ("9/3/2023 12:30 de la noche", "midnight"),
        ("2023-03-09 20:05 and 21:05", "and 21 05"),
    ],
)
def test_what_may_be_a_zone_or_half_of_the_day_is_never_passed_over(said: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_time(said, datetime.UTC, day_first=True)


@pytest.mark.parametrize(
    ("column", "hours", "name"),
    [
        ("created_at_utc", 0, "created_at"),
        ("timestampUTC", 0, "timestamp"),
        ("datetimeutc", 0, "datetime"),
        ("Time (CST)", -6, "Time"),
        ("time (UTC-06:00)", -6, "time"),
        ("Date [America/Chicago]", -6, "Date"),
        ("created at (Central)", -6, "created at"),
        ("created_at", None, "created_at"),
        ("Created Date", None, "Created Date"),
        ("Date/Time", None, "Date/Time"),
    ],
)
def test_a_column_may_say_its_zone(column: str, hours: int | None, name: str) -> None:
    zone, rest = zone_of_column(column)
    offset = zone.utcoffset(datetime.datetime(2023, 1, 1)) if zone is not None else None  # noqa: DTZ001
    assert (offset, rest) == (None if hours is None else datetime.timedelta(hours=hours), name)


@pytest.mark.parametrize("said", ["-21600", "-0600", "CST", "America/Chicago", "Central Time (US & Canada)", "GMT-6"])
def test_a_column_of_zones(said: str) -> None:
    zone = zone_said(said)
    assert zone is not None
    assert zone.utcoffset(datetime.datetime(2023, 1, 1)) == datetime.timedelta(hours=-6)  # noqa: DTZ001
    assert zone_said("somewhere") is None


@pytest.mark.parametrize(
    "said",
    [
        "9 марта 2023 г., 20:05",
        "четверг, 9 марта 2023 г. в 20:05",
        "09 мар. 2023 20:05",
        "9 березня 2023 р. о 20:05",
        "czw., 9 mar 2023, 20:05",
        "9 marca 2023, godz. 20:05",
        "čt 9. března 2023 20:05",
        "9. marca 2023 20:05",
        "9. ožujka 2023. u 20:05",
        "9. marts 2023 kl. 20.05",
        "tors. 9. mar. 2023 kl. 20.05",
        "torsdag 9 mars 2023 kl. 20:05",
        "to 9. maaliskuuta 2023 klo 20.05",
        "9. maalisk. 2023 klo 8.05 ip.",
        "8:05 em 9 mars 2023",
        "9. märts 2023, 20:05",
        "2023. gada 9. marts 20:05",
        "2023 m. kovo 9 d. 20:05",
        "2023. március 9. 20:05",
        "9 martie 2023, 20:05",
        "Perşembe, 9 Mart 2023 20:05",
        "9 Μαρτίου 2023, 8:05 μ.μ.",
        "9 Mac 2023 20:05",
        "9 במרץ 2023, 20:05",
        "9 مارس 2023 20:05",
        "9 brezna 2023 20:05",
    ],
)
def test_months_in_the_languages_of_europe_and_around(said: str) -> None:
    moment = read_time(said, datetime.UTC, day_first=True)
    assert moment.at == int(datetime.datetime(2023, 3, 9, 20, 5, tzinfo=datetime.UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("said", "day"),
    [("10 listopada 2023 20:05", (11, 10)), ("10. listopada 2023. u 20:05", (10, 10)), ("10 lip 2023 20:05", (7, 10)),
     ("10. lip. 2023 20:05", (6, 10)), ("pt., 10 lis 2023 20:05", (11, 10))],
)  # fmt: skip
def test_months_that_are_others_in_polish_and_in_croatian(said: str, day: tuple[int, int]) -> None:
    moment = read_time(said, datetime.UTC, day_first=True)
    wanted = datetime.datetime(2023, *day, 20, 5, tzinfo=datetime.UTC)
    assert moment.at == int(wanted.timestamp() * 1000)


def test_no_word_stands_for_two_months_and_no_weekday_for_a_zone() -> None:
    for words in _MONTH_WORDS:
        number = _MONTH_WORDS.index(words) + 1
        assert {MONTHS[plain_word(word)] for word in words.split()} == {number}
    assert not [word for word in WEEKDAYS if zone_said(word) is not None]
