"""The hour on one line, whatever happened in it."""

import itertools

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.core.clock import asking_times
from sessions.core.commands import Ask, Close, SkipQuestion
from sessions.core.plan import Question
from sessions.core.state import SessionState
from tests.sessions.core.building import Chat, a_plan
from tui.text.outside import cell_len
from tui.widgets.lines.line import Line, line_len
from tui.widgets.questions.hour_strip import LEAST_TRACK, NOW, hour_strip

MINUTE = 60_000


def written(line: Line) -> str:
    return "".join(piece.text for piece in line)


def cells(line: Line, *roles: str) -> list[tuple[int, str]]:
    """From which cell on pieces of these roles stand, and their words."""
    found, at = [], 0
    for piece in line:
        if piece.role in roles:
            found.append((at, piece.text))
        at += cell_len(piece.text)
    return found


def a_chat() -> Chat:
    """An hour of five questions of ten minutes, two of which were asked, the first for two minutes too long."""
    chat = Chat(a_plan(5))
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q1", seen=None)
    chat.at += 12 * MINUTE
    chat.do(Ask, question="q2", seen="q1")
    chat.at += 5 * MINUTE
    return chat


def test_the_past_is_as_it_went_and_the_future_as_it_will_go() -> None:
    chat = a_chat()
    assert written(hour_strip(chat.state, chat.at, 50)) == "7:00 ─────Q1━━━━━Q2━│··Q3·····Q4····Q5······· 8:02"
    assert written(hour_strip(chat.state, chat.at, 28)) == "7:00 ──Q1━Q2│Q3·Q4·Q5·· 8:02", "Q4 a cell aside"
    chat.do(SkipQuestion, question="q4")
    assert written(hour_strip(chat.state, chat.at, 50)) == "7:00 ──────Q1━━━━━━━Q2━│···Q3······Q5········ 7:52"
    assert (
        written(hour_strip(chat.state, chat.at + 10 * MINUTE, 50))
        == "7:00 ─────Q1━━━━━━Q2━━━━━━━━│Q3····Q5········ 7:57"
    )
    assert written(hour_strip(chat.state, chat.at, 30)) == "7:00 ──Q1━━━Q2│Q3··Q5···· 7:52"
    chat.do(Close)
    assert (
        written(hour_strip(chat.state, chat.at + 99 * MINUTE, 50))
        == "7:00 ────────────Q1━━━━━━━━━━━━━━━━━Q2━━━━━━━ 7:25"
    )


def test_before_the_first_question_and_before_the_hour() -> None:
    chat = Chat(a_plan(5))
    assert (
        written(hour_strip(chat.state, chat.at - 9 * MINUTE, 50))
        == "7:00 │····Q1····Q2·····Q3····Q4·····Q5······· 8:00"
    )
    assert (
        written(hour_strip(chat.state, chat.at + 4 * MINUTE, 50))
        == "7:00 ──│··Q1····Q2·····Q3····Q4·····Q5······· 8:00"
    )
    assert written(hour_strip(chat.state, chat.at + 4 * MINUTE, LEAST_TRACK + 9)) == ""


def test_there_is_none_without_a_plan_without_a_length_and_without_room() -> None:
    assert hour_strip(SessionState(), 0, 80) == ()
    assert hour_strip(Chat().state, 0, 20) == ()
    empty = Chat(a_plan(questions=1, introductions=0.0, close=0.0))
    empty.state.questions["q1"] = replace(empty.state.questions["q1"], minutes=0.0)
    assert hour_strip(empty.state, empty.at, 80) == ()


@st.composite
def hours(draw: st.DrawFn) -> Chat:
    """An hour in which any questions were asked at any times, some skipped, and perhaps closed."""
    labels = draw(
        st.lists(st.one_of(st.sampled_from(["1", "10", "3a", "Warm-up", "日本"]), st.text(max_size=4)), max_size=9)
    )
    lengths = st.sampled_from([0.0, 0.5, 3.0, 8.0, 30.0])
    questions = tuple(Question(f"q{n}", label, "?", draw(lengths)) for n, label in enumerate(labels))
    chat = Chat(replace(a_plan(), questions=questions, introductions=draw(lengths), close=draw(lengths)))
    ids = [question.id for question in questions]
    for asked in draw(st.lists(st.sampled_from(ids), max_size=12)) if ids else []:
        chat.at += draw(st.integers(0, 12)) * MINUTE
        if asked != chat.state.open and asked not in chat.state.skipped:
            chat.do(Ask, question=asked, seen=chat.state.open)
        if draw(st.booleans()):
            waiting = chat.state.next_question()
            if waiting:
                chat.do(SkipQuestion, question=waiting)
    if draw(st.booleans()):
        chat.do(Close)
    return chat


@given(hours(), st.integers(-20, 200), st.integers(0, 120))
def test_it_is_as_wide_as_it_should_be_and_labels_stand_apart_in_their_order(chat: Chat, wait: int, width: int) -> None:
    state, now = chat.state, chat.at + wait * MINUTE
    line = hour_strip(state, now, width)
    assume(line)
    assert line_len(line) == width
    track = [cell for cell, _ in cells(line, "count", "track", "now")]
    assert track == sorted(track)
    labels = [(cell, words) for cell, words in cells(line, "asked", "closed", "waiting") if words]
    for (before, words), (after, _) in itertools.pairwise(labels):
        assert before + cell_len(words) < after
    marks = cells(line, "now")
    assert [words for _, words in marks] == ([NOW] if state.closed_at is None else [])
    asked = [cell for cell, _ in cells(line, "asked")]
    waiting = [cell for cell, _ in cells(line, "waiting")]
    for mark, _ in marks:
        assert all(cell < mark for cell in asked)
        assert all(cell > mark for cell in waiting)
    assert len(waiting) <= len(asking_times(state, now))


@given(st.integers(30, 120), st.lists(st.integers(0, 5 * 60), min_size=2, max_size=9).map(sorted))
def test_the_mark_goes_on_with_time(width: int, seconds: list[int]) -> None:
    chat = a_chat()
    lines = [hour_strip(chat.state, chat.at + 1000 * second, width) for second in seconds]
    marks = [cells(line, "now")[0][0] for line in lines if line]
    assert marks == sorted(marks)
