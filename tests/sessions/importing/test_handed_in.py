"""What people really hand in: files in the shapes of exports and bug reports (inputs/README.md), each read rightly."""

import datetime
from pathlib import Path

import pytest

from sessions.importing import Archive, Wanted, read_archive

INPUTS = Path(__file__).parent / "inputs"


def handed_in(name: str, **wanted: object) -> Archive:
    """What is understood of an input."""
    found = read_archive(INPUTS / name, Wanted(**{"zone": "UTC", **wanted}))  # type: ignore[arg-type]
    assert isinstance(found, Archive)
    return found


def times(archive: Archive) -> list[str]:
    """When the posts were written, in UTC."""
    moments = (
        datetime.datetime.fromtimestamp(post.posted_at / 1000, datetime.UTC) for post in archive.understood.posts
    )
    return [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in moments]


@pytest.mark.parametrize("zone", ["UTC", "America/Chicago", "Asia/Kolkata"])
@pytest.mark.parametrize("name", ["16-created_at_utc.csv", "17-rtweet.csv"])
def test_a_column_of_utc_and_ids_of_x_say_the_time_whatever_the_zone_is(name: str, zone: str) -> None:
    found = handed_in(name, zone=zone, times_zone=zone)
    assert times(found)[:3] == ["2023-03-10 02:00:01", "2023-03-10 02:03:04", "2023-03-10 02:05:06"]
    assert len(found.understood.posts) == 12


def test_times_that_are_off_their_ids_are_told() -> None:
    assert handed_in("17-rtweet.csv", times_zone="America/Chicago").understood.off_by == 6 * 60
    assert handed_in("17-rtweet.csv", times_zone="UTC").understood.off_by == 0
    assert handed_in("16-created_at_utc.csv", times_zone="America/Chicago").understood.off_by == 0


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("19-spanish-pm.csv", "2023-03-09 20:03:00"),
        ("20-clock-with-points.csv", "2023-03-09 20:03:04"),
        ("48-french-months.csv", "2023-03-10 02:03:00"),
        ("48b-german-months.csv", "2023-03-10 02:03:00"),
        ("48c-spanish-months.csv", "2023-12-10 02:03:00"),
        ("49-dotted-dates.csv", "2023-03-10 02:03:00"),
    ],
)
def test_times_as_they_are_written_elsewhere(name: str, second: str) -> None:
    found = handed_in(name)
    assert times(found)[1] == second
    assert (len(found.understood.posts), found.understood.skipped) == (12, ())
    assert [len(chat.plan.questions) for chat in found.chats] == [3]


def test_the_user_says_what_dates_begin_with() -> None:
    assert times(handed_in("49-dotted-dates.csv", dates="month"))[0] == "2023-10-03 02:00:00"
    assert times(handed_in("20-clock-with-points.csv", dates="month"))[0] == "2023-09-03 20:00:01"
    assert times(handed_in("20-clock-with-points.csv", dates="day"))[0] == "2023-03-09 20:00:01"
