"""The countdown and over/under at their edges."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.core.clock import countdown, expected_end, left, over_under, phase, planned_end
from sessions.core.commands import AddTime, Ask, Close, Hold, Resume, SkipQuestion, Undo
from sessions.core.state import Timer
from tests.sessions.core.building import START, Chat, a_plan

MINUTE = 60_000


def test_the_phases_begin_two_minutes_and_one_minute_before_the_end() -> None:
    timer = Timer(started=0, seconds=480)
    assert phase(timer, 6 * MINUTE - 1) == "normal"
    assert phase(timer, 6 * MINUTE) == "warning"
    assert phase(timer, 7 * MINUTE - 1) == "warning"
    assert phase(timer, 7 * MINUTE) == "danger"
    assert phase(timer, 8 * MINUTE - 1) == "danger"
    assert phase(timer, 8 * MINUTE) == "overtime"


def test_a_short_question_is_not_in_danger_all_along() -> None:
    timer = Timer(started=0, seconds=60)
    assert phase(timer, 0) == "normal"
    assert phase(timer, 30_000) == "warning"
    assert phase(timer, 40_000) == "danger"


def test_a_held_countdown_stands_still_and_goes_on_where_it_stood() -> None:
    chat = Chat()
    chat.do(Ask, question="q1", seen=None)
    chat.at += MINUTE
    chat.do(Hold)
    before = countdown(chat.state, chat.at)
    later = countdown(chat.state, chat.at + 20 * MINUTE)
    assert before is not None
    assert later == before
    assert before.held
    chat.at += 20 * MINUTE
    chat.do(Resume)
    resumed = countdown(chat.state, chat.at)
    assert resumed is not None
    assert resumed.left == before.left
    assert not resumed.held


def test_holding_makes_the_hour_fall_behind_by_the_length_of_the_hold() -> None:
    chat = Chat(at=START + 8 * MINUTE)
    chat.do(Ask, question="q1", seen=None)
    assert over_under(chat.state, chat.at) == 0
    chat.do(Hold)
    assert over_under(chat.state, chat.at + 5 * MINUTE) == 5 * MINUTE


def test_time_taken_away_brings_the_hour_ahead_and_never_below_nothing() -> None:
    chat = Chat(at=START + 8 * MINUTE)
    chat.do(Ask, question="q1", seen=None)
    chat.do(AddTime, seconds=-120)
    assert over_under(chat.state, chat.at) == -2 * MINUTE
    chat.do(AddTime, seconds=-7200)
    shown = countdown(chat.state, chat.at)
    assert shown is not None
    assert (shown.left, shown.total, shown.phase, shown.share) == (0, 0, "overtime", 1.0)
    assert left(Timer(chat.at, 500, -7200), chat.at + 1000) == -1000


def test_past_the_end_of_a_question_each_minute_is_a_minute_behind() -> None:
    chat = Chat(at=START + 8 * MINUTE)
    chat.do(Ask, question="q1", seen=None)
    length = chat.state.questions["q1"].seconds * 1000
    assert over_under(chat.state, chat.at + length) == 0
    assert over_under(chat.state, chat.at + length + 3 * MINUTE) == 3 * MINUTE


def test_after_the_last_question_the_end_takes_what_the_plan_gives_it() -> None:
    chat = Chat(a_plan(1), at=START + 8 * MINUTE)
    chat.do(Ask, question="q1", seen=None)
    over = chat.at + chat.state.questions["q1"].seconds * 1000
    assert expected_end(chat.state, over + MINUTE) == over + 2 * MINUTE == planned_end(chat.state)
    assert expected_end(chat.state, over + 5 * MINUTE) == over + 5 * MINUTE


def test_before_the_first_question_the_introductions_count_down_and_overrun() -> None:
    chat = Chat()
    shown = countdown(chat.state, START + 7 * MINUTE)
    assert shown is not None
    assert shown.left == MINUTE
    assert over_under(chat.state, START) == 0
    assert over_under(chat.state, START + 10 * MINUTE) == 2 * MINUTE


def test_opened_early_the_hour_still_begins_as_planned() -> None:
    chat = Chat(at=START - 30 * MINUTE)
    assert over_under(chat.state, chat.at) == 0
    assert expected_end(chat.state, chat.at) == START + 60 * MINUTE


def test_opened_after_its_hour_a_chat_counts_from_its_opening() -> None:
    chat = Chat(at=START + 3 * 60 * MINUTE)
    assert over_under(chat.state, chat.at) == 0
    assert planned_end(chat.state) == chat.at + 60 * MINUTE


def test_skipping_a_question_brings_the_hour_ahead_until_it_is_undone() -> None:
    chat = Chat(a_plan(5))
    (skipped,) = chat.do(SkipQuestion, question="q4")
    assert over_under(chat.state, chat.at) == -10 * MINUTE
    chat.do(Undo, seq=skipped.seq)
    assert over_under(chat.state, chat.at) == 0


def test_a_closed_chat_shows_no_countdown_and_ends_when_it_ended() -> None:
    chat = Chat()
    chat.at += 50 * MINUTE
    chat.do(Close)
    assert countdown(chat.state, chat.at + MINUTE) is None
    assert expected_end(chat.state, chat.at + 99 * MINUTE) == chat.at


def test_a_clock_set_back_shows_the_question_as_just_begun() -> None:
    timer = Timer(started=START, seconds=480)
    assert left(timer, START - 5 * MINUTE) == 480_000
    assert phase(timer, START - 5 * MINUTE) == "normal"


moments = st.integers(-(10**9), 10**9)


@given(st.integers(0, 36_000), st.integers(-36_000, 36_000), moments, st.integers(0, 10**8))
def test_time_only_ever_shortens_what_is_left(seconds: int, added: int, now: int, later: int) -> None:
    timer = Timer(started=0, seconds=seconds, added=added)
    assert left(timer, now + later) <= left(timer, now)
    order = ["normal", "warning", "danger", "overtime"]
    assert order.index(phase(timer, now + later)) >= order.index(phase(timer, now))


@given(st.lists(st.sampled_from(["ask", "hold", "resume", "more", "less", "skip", "wait"]), max_size=30))
def test_what_is_behind_plus_what_was_planned_is_when_it_ends(steps: list[str]) -> None:
    chat = Chat()
    for step in steps:
        state = chat.state
        match step:
            case "ask" if (following := state.next_question()) is not None:
                chat.do(Ask, question=following, seen=state.open)
            case "hold" | "resume" if state.timer is not None:
                chat.do(Hold if step == "hold" else Resume)
            case "more" | "less" if state.timer is not None:
                chat.do(AddTime, seconds=60 if step == "more" else -60)
            case "skip" if (following := state.next_question()) is not None:
                chat.do(SkipQuestion, question=following)
            case _:
                chat.at += 90_000
        assert expected_end(state, chat.at) >= chat.at
        assert planned_end(state) + over_under(state, chat.at) == expected_end(state, chat.at)
