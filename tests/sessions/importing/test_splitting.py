"""A long export cut into chats."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest

from sessions.importing.splitting import parse_hour
from tests.sessions.importing.archives import COLUMNS, START, Entry, entries, plain, read, table

WEEK = datetime.timedelta(weeks=1)


def stray(at: datetime.datetime, handle: str, words: str = "Come to #stationchat") -> Entry:
    """A post beside the chats."""
    return at, handle, words, str(int(at.timestamp() * 1000))


def starts(path: Path, rows: Sequence[Entry], **wanted: object) -> list[str]:
    """When the chats in these rows started, as the importer sees it."""
    found = read(path, table(plain(sorted(rows)), COLUMNS), **wanted)
    return [f"{chat.plan.starts:%a %d %H:%M}" for chat in found.chats]


def test_three_weeks_are_three_chats_and_what_lies_between_is_left_out(tmp_path: Path) -> None:
    rows = [one for week in range(3) for one in entries(START + week * WEEK)]
    rows += [stray(START + datetime.timedelta(days=day), f"s{day}") for day in (2, 3, 9)]
    found = read(tmp_path / "weeks.csv", table(plain(sorted(rows)), COLUMNS))
    assert [f"{chat.plan.starts:%Y-%m-%d %H:%M}" for chat in found.chats] == [
        "2016-01-20 20:00", "2016-01-27 20:00", "2016-02-03 20:00",
    ]  # fmt: skip
    assert [post.author.handle for post in found.left_out] == ["s2", "s3", "s9"]
    assert {chat.plan.series for chat in found.chats} == {"stationchat"}


def test_a_tag_that_is_busy_all_day_is_cut_at_shorter_silences(tmp_path: Path) -> None:
    """One post every ten minutes from morning to night, and the chat in the evening."""
    busy = [stray(START - datetime.timedelta(minutes=10 * n), f"b{n % 5}") for n in range(2, 60)]
    dense = [one for second in range(3) for one in entries(START + datetime.timedelta(seconds=40 * second))]
    found = read(tmp_path / "busy.csv", table(plain(sorted(busy + dense)), COLUMNS))
    (chat,) = found.chats
    assert f"{chat.plan.starts:%H:%M}" == "20:00"
    assert len(found.left_out) > 50


def test_named_hours_are_chats_with_what_stands_a_little_beside_them(tmp_path: Path) -> None:
    early = stray(START - datetime.timedelta(minutes=10), "early")
    late = stray(START + datetime.timedelta(minutes=80), "late")
    far = [stray(START + datetime.timedelta(hours=5, minutes=n), f"far{n % 3}") for n in range(20)]
    rows = [*entries(), early, late, *far]
    found = read(
        tmp_path / "hour.csv", table(plain(sorted(rows)), COLUMNS), zone="America/New_York", times_zone="UTC",
        hours=(parse_hour("Wed 15:00-16:00"),),
    )  # fmt: skip
    (chat,) = found.chats
    assert (chat.plan.starts, chat.plan.minutes) == (datetime.datetime(2016, 1, 20, 15), 60)  # noqa: DTZ001
    assert {post.author.handle for post in found.left_out} == {"far0", "far1", "far2"}
    assert (chat.posts[0].author.handle, chat.posts[-1].author.handle) == ("early", "late")


def test_an_hour_may_run_over_midnight(tmp_path: Path) -> None:
    rows = entries(START.replace(hour=23, minute=45))
    assert starts(tmp_path / "late.csv", rows, hours=(parse_hour("Wed 23:30-00:30"),)) == ["Wed 20 23:30"]


@pytest.mark.parametrize(
    ("said", "days", "start", "minutes"),
    [
        ("Thu 20:00-21:00", {3}, 1200, 60),
        ("thursday 8pm-9pm", {3}, 1200, 60),
        ("Mon,Wed 7:30 pm - 8:00 pm", {0, 2}, 1170, 30),
        ("Mon-Fri 12:00–12:30", {0, 1, 2, 3, 4}, 720, 30),
        ("Sat-Mon 9am-10am", {5, 6, 0}, 540, 60),
        ("19:00-20:00", set(range(7)), 1140, 60),
        ("Tue 23:30-00:30", {1}, 1410, 60),
        ("Sun 23:00-24:00", {6}, 1380, 60),
    ],
)
def test_an_hour_as_it_is_written(said: str, days: set[int], start: int, minutes: int) -> None:
    hour = parse_hour(said)
    assert (hour.days, hour.start, hour.minutes) == (days, start, minutes)


@pytest.mark.parametrize(
    "said", ["", "Thu", "20:00", "Foo 20:00-21:00", "Thu 25:00-26:00", "Thu 20:00-20:00", "13pm-2pm"]
)
def test_what_is_no_hour_is_told(said: str) -> None:
    with pytest.raises(ValueError, match="--hour must be"):
        parse_hour(said)


def test_a_small_file_is_one_chat(tmp_path: Path) -> None:
    assert starts(tmp_path / "one.csv", [stray(START, "ana")]) == ["Wed 20 20:00"]
    two = [stray(START, "ana"), stray(START + WEEK, "tom")]
    assert starts(tmp_path / "two.csv", two) == ["Wed 20 20:00", "Wed 27 20:00"]
