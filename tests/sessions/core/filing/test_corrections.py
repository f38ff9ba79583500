"""Several labels in one post, and labels that their author takes back."""

import pytest

from sessions.core.filing.corrections import corrected_label
from sessions.core.filing.labels import parse_label
from tests.sessions.core.filing.judging import JudgedChat, filed

ANSWER = "We rotate every twelve minutes and keep one table for reteaching"


@pytest.fixture
def chat() -> JudgedChat:
    """The third question is open."""
    chat = JudgedChat()
    for question in ("q1", "q2", "q3"):
        chat.ask(question)
    return chat


# Several labels


@pytest.mark.parametrize(
    ("text", "also"),
    [
        (f"A1/A2 {ANSWER}", ("2",)),
        (f"A1 & A2: {ANSWER}", ("2",)),
        (f"A1 and a2 {ANSWER}", ("2",)),
        ("A1 and A2 both", ("2",)),
        (f"A1+2: {ANSWER}", ("2",)),
        (f"A1 {ANSWER}. A2: never the teacher table", ("2",)),
        (f"A1: stations. A2: tables. A3: {ANSWER}", ("2", "3")),
        (f"A1 {ANSWER}", ()),
        (f"A1 1/2 {ANSWER}", ()),
        (f"A1 and 2 more things: {ANSWER}", ()),
        (f"A1 {ANSWER}. A2 was harder for me", ()),
    ],
)
def test_an_answer_may_name_several_questions(text: str, also: tuple[str, ...]) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.number, label.also) == ("1", also)


def test_it_is_shown_under_all_and_counted_under_the_first(chat: JudgedChat) -> None:
    judgement = chat.says("mlopez", f"A1/A2 {ANSWER}")
    assert judgement.filed is not None
    assert [judgement.filed.under(one) for one in ("q1", "q2", "q3")] == [True, True, False]
    assert chat.state.tally == {"q1": 1}
    assert chat.says("tk", f"A1/A9 {ANSWER}").filed == chat.says("ml", f"A1 {ANSWER} to keep").filed


# Corrections


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("oops, that was my A1 answer", "1"),
        ("Whoops! That was A1 #navasotaisd", "1"),
        ("Sorry that was for A1, not A3", "1"),
        ("I meant A1!", "1"),
        ("*A1", "1"),
        ("A1*", "1"),
        ("* A1 #navasotaisd", "1"),
        ("That should have been A1", "1"),
        ("That should have been A1 instead of A3", "1"),
        ("My last tweet was A1, wrong number", "1"),
        ("oops #A1", "1"),
        ("correction: A2.1", "2.1"),
    ],
)
def test_what_takes_a_label_back(text: str, number: str) -> None:
    assert corrected_label(text) == number


@pytest.mark.parametrize(
    "text",
    [
        f"A1 {ANSWER}",
        f"Oops, late. A1: {ANSWER}",
        "oops A1: rotate every week",
        "That was a great A1 answer!",
        "Sorry, I missed A1 and A2",
        "oops, that was not A1",
        "A1 I meant to say that I agree with all of this so much today",
        "* one more thing",
        "",
    ],
)
def test_what_takes_none_back(text: str) -> None:
    assert corrected_label(text) is None


def test_the_answer_before_is_filed_again(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A3 {ANSWER}")
    answer = chat.last
    chat.says("tk", f"A3 {ANSWER} too")
    correction = chat.says("mlopez", "oops, that was my A1 answer")
    assert (correction.kind, filed(correction), correction.corrects) == ("aside", ("q1", "label"), answer)
    again = chat.state.filed(answer)
    assert again is not None
    assert (again.question, again.why) == ("q1", "label")
    assert chat.state.tally == {"q3": 1, "q1": 1}
    assert chat.state.answers == 2


def test_a_reply_to_ones_own_answer_corrects_that_one(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A3 {ANSWER}")
    first = chat.last
    chat.says("mlopez", f"A2 {ANSWER} as ever")
    assert chat.says("mlopez", "*A1", reply_to=first).corrects == first


def test_a_moderators_decision_stands(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A3 {ANSWER}")
    answer = chat.last
    chat.file(answer, "q2")
    chat.says("mlopez", "oops, that was my A1 answer")
    decided = chat.state.filed(answer)
    assert decided is not None
    assert (decided.question, decided.why) == ("q2", "moderator")


def test_nobody_corrects_another(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A3 {ANSWER}")
    answer = chat.last
    assert chat.says("tk", "oops, that was my A1 answer").corrects is None
    assert chat.says("tk", "@mlopez oops, I think that was A1", reply_to=answer).corrects is None
    assert chat.state.tally == {"q3": 1}


def test_only_what_was_written_lately_is_corrected(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A3 {ANSWER}")
    chat.at += 660_000
    assert chat.says("mlopez", "oops, that was my A1 answer").corrects is None
