"""The lines of the queue, for any questions in any room."""

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.core.clock import asking_times
from sessions.core.commands import AddTime, Ask, Close, SkipQuestion
from sessions.core.plan import Question
from sessions.core.posts import Filed
from sessions.core.state import SessionState
from tests.sessions.core.building import Chat, a_plan
from tui.text.outside import cell_len
from tui.widgets.lines.line import line_len
from tui.widgets.lines.line_list import ListRow
from tui.widgets.questions.queue_rows import LEAST_RIGHT, STRIP, queue_lines, set_lines

MINUTE = 60_000
WORK = "What sort of things do you do in your work that requires or inspires you to write?"
PROJECT = "Think of a project: at what points did your creativity emerge within it?"
JAPANESE = "日本語の文章もここで折り返す必要がありますがどうでしょうか"
ARABIC = "ما هي الأشياء التي تقوم بها في عملك والتي تتطلب الإبداع منك؟"


def a_chat(*texts: str, notes: str = "If slow: ask for a photo.", asked: str | None = "q2") -> Chat:
    """Eight minutes a question; `asked` is asked on time after all before it."""
    questions = tuple(Question(f"q{n}", str(n), text, 8.0, notes) for n, text in enumerate(texts, 1))
    chat = Chat(replace(a_plan(), questions=questions))
    before = None
    for question in questions if asked else ():
        chat.at += 8 * MINUTE
        chat.do(Ask, question=question.id, seen=before)
        before = question.id
        if before == asked:
            break
    return chat


def queue_rows(state: SessionState, now: int, width: int, height: int) -> list[ListRow]:
    return queue_lines(state, now, width, height).rows


def written(rows: list[ListRow], width: int = 36) -> list[str]:
    """The rows as they are read, with the right part at the right."""
    lines = []
    for row in rows:
        left, right = ("".join(piece.text for piece in part) for part in (row.left, row.right))
        lines.append(f"{left}{' ' * (width - cell_len(left) - cell_len(right)) if right else ''}{right}")
    return lines


def test_the_open_question_its_notes_and_the_next_one_are_whole_where_there_is_room() -> None:
    chat = a_chat("Who are you?", WORK, PROJECT, WORK)
    chat.post("A2", filed=Filed("q2", "label"))
    assert written(queue_rows(chat.state, chat.at, 36, 14)) == [
        "✓ Q1 Who are you?                  0",
        "▶ Q2 What sort of things do you do",
        "     in your work that requires or",
        "     inspires you to write?        1",
        "     ✎ If slow: ask for a photo.",
        "next, 7:24",
        "  Q3 Think of a project: at what",
        "     points did your creativity",
        "     emerge within it?",
        "  Q4 What sort of things do you do",
        "     in your work that requires or",
        "     inspires you to write?     7:32",
    ]
    assert written(queue_rows(chat.state, chat.at, 36, 7)) == [
        "✓ Q1 Who are you?                  0",
        "▶ Q2 What sort of things do you do",
        "     in your work that requires or",
        "     inspires you to write?        1",
        "     ✎ If slow: ask for a photo.",
        "  Q3 Think of a project: at wh… 7:24",
        "  Q4 What sort of things do yo… 7:32",
    ]


def test_times_follow_the_clock_and_a_skipped_question_has_none() -> None:
    chat = a_chat("a", "b", "c", "d", "e")
    chat.do(SkipQuestion, question="q4")
    assert asking_times(chat.state, chat.at) == {"q3": chat.at + 8 * MINUTE, "q5": chat.at + 16 * MINUTE}
    late = chat.at + 10 * MINUTE
    assert asking_times(chat.state, late) == {"q3": late, "q5": late + 8 * MINUTE}
    chat.do(AddTime, seconds=60)
    assert written(queue_rows(chat.state, chat.at, 20, 20), 20)[-4:] == [
        "next, 7:25", "  Q3 c", "– Q4 d", "  Q5 e          7:33",
    ]  # fmt: skip
    chat.do(Close)
    assert asking_times(chat.state, chat.at) == {}
    assert written(queue_rows(chat.state, chat.at, 20, 20), 20)[-3:] == ["  Q3 c", "– Q4 d", "  Q5 e"]


def test_next_is_asked_after_the_introductions_and_what_was_passed_over_comes_last() -> None:
    chat = a_chat("a", "b", "c", asked=None)
    assert [at - chat.at for at in asking_times(chat.state, chat.at).values()] == [8 * MINUTE, 16 * MINUTE, 24 * MINUTE]
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q2", seen=None)
    assert [*asking_times(chat.state, chat.at)] == ["q3", "q1"]


def test_who_only_looks_is_shown_no_notes_and_a_chat_without_questions_no_lines() -> None:
    assert not any("✎" in line for line in written(queue_rows(a_chat("a", "b", notes="").state, 0, 30, 20)))
    assert queue_rows(a_chat(asked=None).state, 0, 30, 20) == []
    assert queue_rows(SessionState(), 0, 30, 20) == []


def test_of_a_hundred_questions_the_open_one_is_whole() -> None:
    chat = Chat(a_plan(100))
    question = replace(chat.state.questions["q50"], text=WORK)
    chat.state.questions["q50"] = question
    chat.do(Ask, question="q50", seen=None)
    rows = written(queue_rows(chat.state, chat.at, 36, 20))
    assert len(rows) < 100 + 20 // 2 + 1
    at = rows.index("▶ Q50 What sort of things do you do")
    assert rows[at + 2].split()[:4] == ["inspires", "you", "to", "write?"]


known_texts = [WORK, PROJECT, JAPANESE, ARABIC, "", "a" * 90, "👩‍🏫 👨‍👩‍👧 why?"]
texts = st.lists(st.one_of(st.sampled_from(known_texts), st.text(max_size=60)), min_size=1, max_size=8)


@given(texts, st.integers(-1, 80), st.integers(0, 40), st.integers(0, 60))
@example([JAPANESE], 8, 9, 0)
def test_each_question_is_there_once_in_order_and_nothing_is_too_wide(
    words: list[str], width: int, height: int, minutes: int
) -> None:
    chat = a_chat(*words, notes=f"{JAPANESE}\n{WORK}")
    rows = queue_rows(chat.state, chat.at + minutes * MINUTE, width, height)
    assert [row.key for row in rows if row.key is not None] == chat.state.order
    item = None
    for row in rows:
        assert row.of is None or row.of == item, "a further line comes behind its question"
        item = row.key or row.of
    most = height if height >= len(words) else len(words) + height // 2
    assert len(rows) <= most - (STRIP if queue_lines(chat.state, chat.at, width, height).strip else 0)
    if width >= 20:
        for row in rows:
            assert line_len(row.left) <= width
    if width >= 20 and height >= len(words):
        for row in filter(lambda row: row.right, rows):
            assert line_len(row.left) + line_len(row.right) < width


@given(st.text(max_size=200), st.integers(4, 60), st.integers(0, 6), st.integers(1, 9))
def test_lines_hold_all_words_or_say_that_some_are_left_out(text: str, width: int, reserve: int, most: int) -> None:
    text = " ".join(text.split())
    lines = set_lines(text, width, min(reserve, width - 3), most)
    assert 1 <= len(lines) <= most
    assert cell_len(lines[-1]) <= width - min(reserve, width - 3)
    whole = "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert whole or lines[-1].endswith("…")


def test_no_word_is_broken_to_make_room_for_what_stands_beside_it() -> None:
    assert set_lines("Which routine made the difference?", 20, 10, 9) == ("Which routine made", "the difference?", "")
    assert set_lines("Which routine made the change?", 20, 9, 9) == ("Which routine made", "the change?")


def test_an_answer_more_changes_one_line() -> None:
    chat = a_chat("Who are you?", WORK, PROJECT, WORK)
    before = queue_rows(chat.state, chat.at, 36, 30)
    for _ in range(10**LEAST_RIGHT - 1):
        chat.post("A2", filed=Filed("q2", "label"))
        after = queue_rows(chat.state, chat.at, 36, 30)
        assert sum(old != new for old, new in zip(before, after, strict=True)) == 1
        before = after
        if chat.state.tally["q2"] == 12:
            chat.state.tally["q2"] = 10**LEAST_RIGHT - 3
        if chat.state.tally["q2"] == 10**LEAST_RIGHT - 1:
            break
