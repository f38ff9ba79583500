"""What a moderator types to jump to: a clock time in the plan's timezone, or a time from the start."""

import datetime
import zoneinfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.replay.jumping import JumpError, parse_jump

CHICAGO = zoneinfo.ZoneInfo("America/Chicago")
MINUTE = 60_000


def at(*wall: int, fold: int = 0) -> int:
    """A wall time in Chicago as UTC milliseconds."""
    return int(datetime.datetime(*wall, fold=fold, tzinfo=CHICAGO).timestamp() * 1000)  # type: ignore[misc, arg-type]


EVENING = at(2025, 12, 1, 18, 55, 20)


def jump(text: str, started: int = EVENING, minutes: float = 70.0) -> int:
    """The position in an evening's chat, in milliseconds."""
    return parse_jump(text, started=started, length=round(minutes * MINUTE), zone=CHICAGO)


@pytest.mark.parametrize("text", ["19:42", "7:42 pm", "7:42pm", " 7:42 PM ", "7:42 p.m.", "7.42 pm", "7:42", "07:42"])
def test_a_clock_time_is_meant_as_it_lies_in_the_chat(text: str) -> None:
    assert EVENING + jump(text) == at(2025, 12, 1, 19, 42)


def test_seconds_and_whole_hours_are_times_too() -> None:
    assert EVENING + jump("7:42:05 pm") == at(2025, 12, 1, 19, 42, 5)
    assert EVENING + jump("8 pm") == at(2025, 12, 1, 20, 0)


def test_the_minute_in_which_the_chat_was_opened_is_its_start() -> None:
    assert jump("18:55") == jump("6:55 pm") == 0


@pytest.mark.parametrize(
    ("text", "position"),
    [("+12:30", 750_000), ("+0:05", 5_000), ("+12", 720_000), ("+1:02:30", 3_750_000), ("+ 62:30", 3_750_000)],
)
def test_a_plus_counts_from_the_start(text: str, position: int) -> None:
    assert jump(text) == position


@pytest.mark.parametrize(
    "text", ["", "7", "19:60", "24:00", "0:30 pm", "13:00 pm", "noon", "-5:00", "+1:75", "+1:60:00", "7:42 xm"]
)
def test_what_is_no_time_is_told_what_one_looks_like(text: str) -> None:
    with pytest.raises(JumpError, match=r"Write a time like 7:42 pm or 19:42, or \+12:30 from the start\."):
        jump(text)


@pytest.mark.parametrize("text", ["18:54", "20:06", "7:42 am", "3:00"])
def test_a_time_outside_the_chat_is_told_when_the_chat_was(text: str) -> None:
    with pytest.raises(JumpError, match=r"This chat ran from 6:55 pm to 8:05 pm\."):
        jump(text)


def test_a_time_from_the_start_behind_the_end_is_told_where_the_end_is() -> None:
    assert jump("+70:00") == 70 * MINUTE
    with pytest.raises(JumpError, match=r"This chat ended at \+70:00"):
        jump("+70:01")


def test_a_chat_over_midnight_has_times_of_two_days() -> None:
    late = at(2025, 12, 1, 23, 30)
    assert jump("0:10", late) == jump("12:10 am", late) == jump("12:10", late) == 40 * MINUTE
    assert jump("23:40", late) == jump("11:40", late) == 10 * MINUTE


def test_a_reading_that_comes_twice_means_the_first() -> None:
    assert jump("7:42", minutes=14 * 60) == jump("7:42 pm", minutes=14 * 60)
    assert jump("7:42 am", minutes=14 * 60) == jump("7:42 pm") + 12 * 60 * MINUTE


def test_where_the_clocks_go_back_the_repeated_hour_is_found_in_the_chat() -> None:
    second_half_past_one = at(2025, 11, 2, 1, 30, fold=1)
    assert jump("1:45", second_half_past_one) == 15 * MINUTE


WEEK = at(2026, 12, 7, 7, 0)
SIX_DAYS = 6 * 24 * 60


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("Tue 7:00", (8, 7, 0)),
        ("tuesday 7 pm", (8, 19, 0)),
        ("Tue., 7:42 pm", (8, 19, 42)),
        ("2026-12-09", (9, 0, 0)),
        ("2026-12-09 19:42", (9, 19, 42)),
        ("2026-12-09T19:42", (9, 19, 42)),
        ("Dec 9", (9, 0, 0)),
        ("dec. 9th, 7:42 PM", (9, 19, 42)),
        ("9 December 7:42", (9, 7, 42)),
        ("Tue, Dec 8, 7:42 PM", (8, 19, 42)),
        ("day 2", (8, 0, 0)),
        ("Day 2, 7:42 pm", (8, 19, 42)),
        ("7:42 pm", (7, 19, 42)),
        ("Mon", (7, 7, 0)),
        ("Mon 7:00", (7, 7, 0)),
        ("Sun 6:30", (13, 6, 30)),
    ],
)
def test_in_a_chat_of_days_a_day_can_stand_in_front(text: str, wall: tuple[int, int, int]) -> None:
    assert WEEK + jump(text, WEEK, SIX_DAYS) == at(2026, 12, *wall)


@pytest.mark.parametrize("text", ["Dec 6", "day 9", "2027-12-08", "Tue, Dec 9, 7:00", "Sun 7:01", "Mon 6:59 am"])
def test_a_day_outside_the_chat_is_told_when_the_chat_was(text: str) -> None:
    with pytest.raises(JumpError, match=r"This chat ran from Mon, Dec 7, 7:00 am to Sun, Dec 13, 7:00 am\. Write"):
        jump(text, WEEK, SIX_DAYS)


@pytest.mark.parametrize("text", ["Tue 7", "Tue soon", "Decisive 8", "Tuesdays", "7:00 Tue", "day", "2026-12-08 25:00"])
def test_what_is_no_day_is_told_what_one_looks_like(text: str) -> None:
    with pytest.raises(JumpError, match=r"^Write a time like Tue 7:42 pm, Dec 8, 2026-12-08 19:42 or day 2\.$"):
        jump(text, WEEK, SIX_DAYS)


def test_a_day_on_which_the_clocks_change_has_its_own_hours() -> None:
    autumn = at(2026, 10, 31, 7, 0)
    assert autumn + jump("Sun 7:00", autumn, SIX_DAYS) == at(2026, 11, 1, 7, 0)
    assert jump("Sun 7:00", autumn, SIX_DAYS) == 25 * 60 * MINUTE
    assert autumn + jump("Sun 1:30", autumn, SIX_DAYS) == at(2026, 11, 1, 1, 30)


@given(st.text(max_size=20) | st.from_regex(r"(Tue|Dec [0-9]{1,2}|day [0-9]|[0-9]{4}-1?2-[0-9]{2})? ?[0-9:]{0,5}"))
def test_whatever_is_typed_of_days_is_a_position_or_one_clear_line(text: str) -> None:
    told, position = "", 0
    try:
        position = jump(text, WEEK, SIX_DAYS)
    except JumpError as error:
        told = str(error)
    assert 0 <= position <= SIX_DAYS * MINUTE
    assert told == "" or "Write a time" in told
    assert "\n" not in told


@given(st.text(max_size=12) | st.from_regex(r"\+?\d{0,3}[:.]?\d{0,3}[:.]?\d{0,3} ?[aApP]?\.?m?", fullmatch=True))
@example("٧:٤٢ pm")
@example("+9999:59")
def test_whatever_is_typed_is_a_position_or_one_clear_line(text: str) -> None:
    told, position = "", 0
    try:
        position = jump(text)
    except JumpError as error:
        told = str(error)
    assert 0 <= position <= 70 * MINUTE
    assert told == "" or "Write a time" in told
    assert "\n" not in told
