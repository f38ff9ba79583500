"""Labels that are words: `QWrap`, `Q bonus`, `Warm-up`, and their answers `AWrap`, `A bonus: ...`, `Warm-up: ...`."""

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.filing.labels import split_worded
from sessions.core.plan.labels import answer_lead, answer_name, label_key, label_problem, question_name, tidy_label
from tests.sessions.core.filing.judging import TEXTS, JudgedChat, filed

ANSWER = "We rotate every twelve minutes and keep one table for reteaching"


@pytest.fixture
def chat() -> JudgedChat:
    """Four questions, three of which are called by a word; the first is open."""
    chat = JudgedChat("1", "QWrap", "Q bonus", "Warm-up")
    chat.ask("q1")
    return chat


@pytest.mark.parametrize(
    ("label", "question", "answer", "key"),
    [
        ("3", "Q3", "A3", "3"),
        ("2.1", "Q2.1", "A2.1", "2.1"),
        ("03A", "Q03A", "A03A", "3a"),
        ("QWrap", "QWrap", "AWrap", "wrap"),
        ("Wrap", "Wrap", "Wrap", "wrap"),
        ("Q bonus", "Q bonus", "A bonus", "bonus"),
        ("Warm-up", "Warm-up", "Warm-up", "warmup"),
        ("Quiz", "Quiz", "Quiz", "quiz"),
    ],
)
def test_what_questions_and_answers_are_called(label: str, question: str, answer: str, key: str) -> None:
    assert (question_name(label), answer_name(label), label_key(label)) == (question, answer, key)
    assert label_problem(label) == "" or label == "03A"
    assert tidy_label(label) in (label, "3a")


@pytest.mark.parametrize(
    "label", ["", "one", "Q", "A", "A1", "Q 12", "W", "Wrap\n", "Wrap:x", "a" * 30, "W" * 21, "--"]
)
def test_what_is_no_label_is_told(label: str) -> None:
    assert "such as" in label_problem(label)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (f"AWrap {ANSWER}", "qQWrap"),
        (f"A-Wrap: {ANSWER}", "qQWrap"),
        (f"#navasotaisd awrap {ANSWER}", "qQWrap"),
        (f"#AWrap {ANSWER}", "qQWrap"),
        (f"@ana A wrap: {ANSWER}", "qQWrap"),
        (f"Answer wrap - {ANSWER}", "qQWrap"),
        (f"Wrap: {ANSWER}", "qQWrap"),
        (f"{ANSWER} AWrap #navasotaisd", "qQWrap"),
        (f"Abonus {ANSWER}", "qQ bonus"),
        (f"A bonus: {ANSWER}", "qQ bonus"),
        (f"Warm-up: {ANSWER}", "qWarm-up"),
        (f"WARM UP: {ANSWER}", "qWarm-up"),
        (f"A1 {ANSWER}", "q1"),
        (f"AWrap we go on from what A1 said, {ANSWER}", "qQWrap"),
    ],
)
def test_answers_are_filed_by_the_word(chat: JudgedChat, text: str, question: str) -> None:
    judgement = chat.says("mlopez", text)
    assert (judgement.kind, filed(judgement)) == ("answer", (question, "label"))


@pytest.mark.parametrize(
    ("labels", "text", "question"),
    [
        (("Wrap!",), f"Wrap!: {ANSWER}", "qWrap!"),
        (("Warm", "Warm-up"), f"Warm-up: {ANSWER}", "qWarm-up"),
        (("Warm", "Warm-up"), f"Warm: {ANSWER}", "qWarm"),
        (("Spaß",), f"Spaß: {ANSWER}", "qSpaß"),
        (("Spaß",), f"SPASS - {ANSWER}", "qSpaß"),
        (("Abschluss",), f"AAbschluß {ANSWER}", "qAbschluss"),
        (("QWrap", "Warm-up"), f"Warm-up: {ANSWER} AWrap", "qWarm-up"),
    ],
)
def test_words_that_are_written_otherwise_or_begin_alike(labels: tuple[str, ...], text: str, question: str) -> None:
    chat = JudgedChat("1", *labels)
    chat.ask("q1")
    assert filed(chat.says("mlopez", text)) == (question, "label")


def test_a_label_is_the_same_in_letters_and_in_letters_with_accents_apart() -> None:
    assert tidy_label("Cafe\u0301") == "Café"
    assert label_problem(tidy_label("Cafe\u0301")) == ""


def test_a_long_post_is_gone_through_once_for_all_words() -> None:
    text = "#a " * 900 + f"#Atopiccd {ANSWER}"

    def steps(words: str) -> int:
        """How many calls of Python it takes to look for as many labels as that has pairs of letters."""
        keys = [f"topic{first}{second}" for first in words for second in words]
        split_worded(text, keys)
        calls = 0

        def count(_frame: FrameType, _event: str, _arg: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            found = split_worded(text, keys)
        finally:
            sys.setprofile(None)
        assert found is not None
        assert found[0].number == "topiccd"
        return calls

    assert steps("abcdefghij") <= steps("cd") + 100 * 3


@pytest.mark.parametrize(
    "text",
    [
        f"A wrap is what my students eat, {ANSWER}",
        f"Warm up the room first, {ANSWER}",
        f"Wrapping up is hard: {ANSWER}",
        f"A bonus of stations is the quiet, {ANSWER}",
        f"{ANSWER} and then we wrap",
    ],
)
def test_the_word_in_a_sentence_is_no_label(chat: JudgedChat, text: str) -> None:
    judgement = chat.says("mlopez", text)
    assert judgement.filed is None or judgement.filed.why == "guess"


def test_a_host_asks_by_the_word_and_announces_it(chat: JudgedChat) -> None:
    asked = chat.says("ben", f"QWrap: {TEXTS[1]}")
    assert (asked.kind, filed(asked)) == ("question", ("qQWrap", "label"))
    asked = chat.says("ben", f"Warm-up: {TEXTS[3]}")
    assert (asked.kind, filed(asked)) == ("question", ("qWarm-up", "label"))


@pytest.mark.parametrize(
    "label",
    ["3", "2.1", "QWrap", "Q bonus", "Q Wrap", "Warm-up", "Quiz", "Bang!", "Spaß", "Ä-Frage", "Exit ticket", "質問"],
)
def test_what_people_are_told_to_put_in_front_is_known_for_the_label(label: str) -> None:
    assert label_problem(label) == ""
    chat = JudgedChat("1", label)
    chat.ask("q1")
    assert filed(chat.says("mlopez", f"{answer_lead(label)} {ANSWER}")) == (f"q{label}", "label")


def test_a_word_is_no_question_zero(chat: JudgedChat) -> None:
    assert filed(chat.says("mlopez", f"A0 {ANSWER}")) is None


@given(st.text(max_size=80), st.sampled_from(["wrap", "bonus", "warmup", "grösse", "質問"]))
def test_any_text_may_be_looked_through(text: str, key: str) -> None:
    found = split_worded(text, [key])
    assert found is None or found[0].number == key
