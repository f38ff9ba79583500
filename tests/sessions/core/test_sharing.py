"""What is left of the hour, shared among the questions that wait."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.core.clock import over_under
from sessions.core.commands import (
    AddTime,
    Ask,
    EditQuestion,
    MoveQuestion,
    ShareMinutes,
    SkipQuestion,
    TakeRole,
    Undo,
    shared_minutes,
)
from sessions.core.commands.sharing import in_proportion
from sessions.core.plan import SHORTEST_SHARE, Question
from tests.sessions.core.building import START, Chat, a_plan

MINUTE = 60_000


def an_hour(*minutes: float) -> Chat:
    """Q1 is open since its time, with 10 minutes; the others have these minutes, and the hour ends at 8."""
    questions = tuple(Question(f"q{n}", str(n), "Why?", length) for n, length in enumerate((10.0, *minutes), start=1))
    chat = Chat(replace(a_plan(), questions=questions), at=START + 8 * MINUTE)
    chat.do(Ask, question="q1", seen=None)
    return chat


def minutes_of(chat: Chat) -> list[float]:
    return [chat.state.questions[question].minutes for question in chat.state.order[1:]]


def test_what_is_left_is_shared_and_the_hour_ends_on_time() -> None:
    chat = an_hour(8, 8, 8, 8, 8)
    chat.at += 15 * MINUTE
    assert over_under(chat.state, chat.at) == 5 * MINUTE
    (event,) = chat.do(ShareMinutes)
    assert event.minutes == {"q2": 7, "q3": 7, "q4": 7, "q5": 7, "q6": 7}
    assert over_under(chat.state, chat.at) == 0
    assert chat.do(ShareMinutes) == ()
    chat.do(Undo, seq=event.seq)
    assert minutes_of(chat) == [8, 8, 8, 8, 8]


def test_what_the_open_question_has_left_is_respected_and_gained_time_is_shared_too() -> None:
    chat = an_hour(8, 8)
    chat.do(AddTime, seconds=120)
    chat.do(ShareMinutes)
    assert minutes_of(chat) == [7, 7]
    chat.do(AddTime, seconds=-240)
    chat.do(ShareMinutes)
    assert minutes_of(chat) == [9, 9]


def test_a_short_question_stays_the_shorter_one_and_none_is_under_a_minute() -> None:
    chat = an_hour(12, 2, 12)
    chat.at += 23 * MINUTE
    chat.do(ShareMinutes)
    assert minutes_of(chat) == [6, 1, 6]


def test_what_cannot_fit_is_refused_and_says_what_would() -> None:
    chat = an_hour(4, 4, 4, 4)
    chat.at += 23 * MINUTE
    assert chat.refused(ShareMinutes) == "4 questions in 3 minutes: skip one first."
    chat.at += MINUTE
    assert chat.refused(ShareMinutes) == "4 questions in 2 minutes: skip 2 first."
    chat.at += 90_000
    assert chat.refused(ShareMinutes) == "Until 7:36 there is no minute left for 4 questions. Skip them first."
    for question in ("q2", "q3", "q4", "q5"):
        chat.do(SkipQuestion, question=question)
    assert chat.refused(ShareMinutes) == "No question is waiting."
    assert chat.refused(ShareMinutes, "Ben") == "Ana asks the questions. -> take_driver"


def test_before_the_first_question_the_introductions_are_respected() -> None:
    chat = Chat(a_plan(questions=5))
    chat.at += 20 * MINUTE
    chat.do(ShareMinutes)
    assert [chat.state.questions[question].minutes for question in chat.state.order] == [8, 7.5, 7.5, 7.5, 7.5]


def test_it_is_not_taken_back_under_what_was_done_since_to_one_of_its_questions() -> None:
    chat = an_hour(8, 8, 8)
    chat.at += 15 * MINUTE
    (shared,) = chat.do(ShareMinutes)
    chat.do(TakeRole, "Ben", role="driver")
    for question, command, fields in (
        ("q4", EditQuestion, {"minutes": 3.0}),
        ("q2", MoveQuestion, {"after": "q3"}),
        ("q3", Ask, {"seen": "q1"}),
    ):
        (later,) = chat.do(command, "Ben", question=question, **fields)
        assert f"number {later.seq}" in chat.refused(Undo, "Ben", seq=shared.seq)
        chat.do(Undo, "Ben", seq=later.seq)
    chat.do(Undo, "Ben", seq=shared.seq)
    assert minutes_of(chat) == [8, 8, 8]


@given(st.lists(st.floats(0.5, 60), min_size=1, max_size=20), st.floats(0, 120))
def test_no_share_is_under_a_minute_and_all_together_are_what_there_is(weights: list[float], over: float) -> None:
    rest = SHORTEST_SHARE * len(weights) + over
    shares = in_proportion(rest, weights)
    assert min(shares) >= SHORTEST_SHARE
    assert rest - 0.02 <= sum(shares) <= rest + 1e-6
    assert all(share * 2 == int(share * 2) for share in shares[:-1])


@given(st.integers(0, 30), st.lists(st.floats(1, 15), min_size=1, max_size=6))
def test_the_hour_ends_as_planned_or_it_is_said_why_not(waited: int, lengths: list[float]) -> None:
    chat = an_hour(*lengths)
    chat.at += waited * MINUTE
    before = minutes_of(chat)
    if isinstance(chat.try_(ShareMinutes), tuple):
        assert abs(over_under(chat.state, chat.at)) <= 5_000
        assert list(shared_minutes(chat.state, chat.at).values()) == minutes_of(chat)
    else:
        assert minutes_of(chat) == before
