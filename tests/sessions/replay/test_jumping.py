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
