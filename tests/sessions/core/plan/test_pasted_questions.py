"""`lunchroom new --questions`: questions out of what people keep in documents."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.core.plan import Plan
from sessions.core.plan.pasted_questions import questions_from_text
from sessions.core.plan.reading import MAX_QUESTION, MAX_QUESTIONS, decode_plan
from sessions.core.plan.writing import new_plan_text
from sessions.networks.registry import NETWORKS
from tests.sessions.core.plan.test_writing import NOW


def told(text: str) -> list[str]:
    return [str(warning) for warning in questions_from_text(text).warnings]


@pytest.mark.parametrize("word", ["QWrap", "Q bonus", "QWarm-up", "Q Änderung"])
def test_questions_that_are_called_by_a_word_are_questions_of_their_own(word: str) -> None:
    for line in (f"{word}: And you?", f"- {word}: And you?", f"**{word}:** And you?", f"| {word} | And you? |"):
        assert questions_from_text(f"Q1: What worked?\n{line}\nQ2: Why?").questions == (
            ("1", "What worked?"),
            (word, "And you?"),
            ("2", "Why?"),
        )
        assert questions_from_text(line).questions == ((word, "And you?"),)


@pytest.mark.parametrize("line", ["Q and A: ask us", "QUESTION: one more", "Quiz: who won?", "Q&A: later", "Q a: no"])
def test_what_only_begins_like_one_belongs_to_the_question_above(line: str) -> None:
    (question,) = questions_from_text(f"Q1: What worked?\n{line}").questions
    assert question == ("1", f"What worked? {line}")


@pytest.mark.parametrize(
    "line",
    [
        "Q3: What worked?",
        "Q3. What worked?",
        "Q3) What worked?",
        "Q3 What worked?",
        "q3 - What worked?",
        "Q.3 – What worked?",
        "Q 3: What worked?",
        "[Q3] What worked?",
        "(Q3) What worked?",
        "Q3.What worked?",
        "Q03: What worked?",
        "Question 3 - What worked?",
        "QUESTION #3: What worked?",
        "- Q3: What worked?",
        "• Q3:\u00a0What  worked?",
        "* **Q3:** What worked?",
        "**Q3: What worked?**",
        "> Q3: What worked?",
        "## Q3: What worked?",
        "| Q3 | What worked? |",
        "7:24 PM Q3: What worked?",
        "7:24 p.m. – Q3: What worked?",
        "(19:24) Q3: What worked?",
        "Q3 (7:24 PM): What worked?",
        "“Q3: What worked?”",
        '"Q3: What worked?"',
        "\ufeffQ3: What\u202e worked?",
        "3. What worked?",
        "3) What worked?",
        "3.What worked?",
        "3: What worked?",
        "3 - What worked?",
        "**3.** What worked?",
    ],
)
def test_forms_of_a_label(line: str) -> None:
    assert questions_from_text(line).questions == (("3", "What worked?"),)
    assert told(line) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Q0: Who are you?\nQ3a: One\nQ3b: Two\nQ2.1: Three",
            [("0", "Who are you?"), ("3a", "One"), ("3b", "Two"), ("2.1", "Three")],
        ),
        ("Q1: Wrapped\r\nover two lines\r\n\r\nQ2: Short", [("1", "Wrapped over two lines"), ("2", "Short")]),
        ("Q1:\n\nText below\n\nQ2:\nand here", [("1", "Text below"), ("2", "and here")]),
        ("Q1: Which one?\n- stations\n- circles\n2. both", [("1", "Which one? - stations - circles 2. both")]),
        ("1. One of 5 things\n2. Two", [("1", "One of 5 things"), ("2", "Two")]),
        ("- What?\n- Why\n  though?", [("1", "What?"), ("2", "Why though?")]),
        ("What worked?\nWhat did not?", [("1", "What worked?"), ("2", "What did not?")]),
        ("Q1: Which **one**?\nQ2: __Why__ not 2*3*4?", [("1", "Which one?"), ("2", "Why not 2*3*4?")]),
        ('Q1: What is "flow"?\nQ2: Say “when”', [("1", 'What is "flow"?'), ("2", "Say “when”")]),
        (
            "Q1: What?\u2028Q2: Why?\x0bQ3: When?\rQ4: Who?",
            [("1", "What?"), ("2", "Why?"), ("3", "When?"), ("4", "Who?")],
        ),
    ],
)
def test_forms_of_a_document(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(questions_from_text(text).questions) == expected
    assert told(text) == []


def test_what_is_not_understood_is_told_by_its_line() -> None:
    text = "\n\nOur chat\nQ1: What?\nA1: Like this\n\nSee you!\nQ2:\nQ3: And?\n5 min\n"
    assert questions_from_text(text).questions == (("1", "What?"), ("3", "And?"))
    assert told(text) == [
        'line 3: no question, left out: "Our chat"',
        'line 5: an answer, left out: "A1: Like this"',
        'line 7: no question, left out: "See you!"',
        "line 8: Q2 has no text, left out",
        'line 10: a length, left out: write it into the plan as minutes ("5 min")',
    ]


def test_a_label_that_is_there_twice_is_counted_on() -> None:
    text = "Q1: a\nQ1: b\nQ2: c\n"
    assert questions_from_text(text).questions == (("1", "a"), ("3", "b"), ("2", "c"))
    assert told(text) == ["line 2: Q1 is there twice, this one is now Q3"]


def test_nonsense_is_bounded() -> None:
    assert told("Q1: " + "a" * 3000) == [f"line 1: cut to {MAX_QUESTION} characters, from 3000"]
    many = questions_from_text("\n".join(f"Q{n}: a" for n in range(1, 200)))
    assert len(many.questions) == MAX_QUESTIONS
    assert [str(warning) for warning in many.warnings] == ["line 101: only the first 100 questions are taken"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "hello", "Q&A 3 soon", "Questions 2 come", "Quiz 1", "1.5 hours", "7:08 start"]
)
def test_text_without_questions_gives_none(text: str) -> None:
    assert questions_from_text(text).questions == ()


PIECES = st.sampled_from(
    ("Q1", "Q2:", "q3)", "1.", "-", "•", "?", '"', "“", "A1:", "\n", "\r\n", " ", "7:08", "**", "\\", "#", "|")
)


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join)))
@example("Q1: Q2: \x85 \\")
def test_whatever_is_pasted_makes_a_plan_that_works(text: str) -> None:
    pasted = questions_from_text(text)
    plan = decode_plan(new_plan_text(NETWORKS, now=NOW, timezone="UTC", questions=pasted.questions), NETWORKS)
    if pasted.questions:
        assert [(q.label, q.text) for q in plan.questions] == list(pasted.questions)
    assert all(warning.line and "\n" not in warning.message for warning in pasted.warnings)


def test_questions_with_the_letters_of_their_language() -> None:
    text = "P1: ¿Qué leen?\nPregunta 2 - ¿Dónde?\nR1: nada\nQ3: And why?\nPasamos a otra cosa"
    spanish = Plan(language="es").spoken
    found = questions_from_text(text, spanish)
    assert found.questions == (("1", "¿Qué leen?"), ("2", "¿Dónde?"), ("3", "And why? Pasamos a otra cosa"))
    assert [problem.line for problem in found.warnings] == [3]
    assert questions_from_text("F1: Was?\nFrage 2: Wo?\nA1: hier", Plan(language="de").spoken).questions == (
        ("1", "Was?"),
        ("2", "Wo?"),
    )
    twice = questions_from_text("P1: ¿Qué?\nP1: ¿Dónde?", spanish)
    assert str(twice.warnings[0]) == "line 2: P1 is there twice, this one is now P2"
