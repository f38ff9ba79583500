"""Labels as people really write them, and what only looks like one."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.filing import Label, parse_label
from tests.paths import TESTS

FORMS = TESTS / "chats" / "label-forms.tsv"
LEADS = {
    "start": ("",),
    "hashtag": ("#LTHEchat ", "#navasotaisd #edchat "),
    "mention": ("@LanternHEchat ", ".@ana ", "@ana@mastodon.social @ben.example.org, "),
    "end": ("We rotate every twelve minutes ", "We rotate #stations. "),
}
BODIES = ("Stations keep everyone moving", "stations keep everyone moving #navasotaisd", "I think so", "")


def counted_forms() -> list[dict[str, str]]:
    with FORMS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", counted_forms(), ids=lambda row: f"{row['position']} {row['example']}")
def test_every_counted_form_is_read(row: dict[str, str]) -> None:
    form = row["example"].replace("·", " ").replace("\\n", "\n")
    for lead in LEADS[row["position"]]:
        for body in BODIES:
            label = parse_label(lead + form + body)
            assert label is not None, lead + form + body
            assert (label.letter, label.base) == (row["kind"], row["expected_number"]), lead + form + body


def test_the_file_of_forms_is_all_there() -> None:
    assert len(counted_forms()) > 90


@pytest.mark.parametrize(
    ("text", "letter", "number", "part", "where"),
    [
        ("A1: yes", "A", "1", None, "start"),
        ("a1c yes", "A", "1c", None, "start"),
        ("A3a We do", "A", "3a", None, "start"),
        ("A2.1 We do", "A", "2.1", None, "start"),
        ("A0: hello", "A", "0", None, "start"),
        ("A.1 yes", "A", "1", None, "start"),
        ("A10: ten", "A", "10", None, "start"),
        ("A1Being ready", "A", "1", None, "start"),
        ("A1I think so", "A", "1", None, "start"),
        ("A2/2. and more", "A", "2", "2", "start"),
        ("A2 1/2 We rotate", "A", "2", "1/2", "start"),
        ("A2 We rotate every day (2/2) #navasotaisd", "A", "2", "2/2", "start"),
        ("A3P2: more", "A", "3", "2", "start"),
        ("A3 cont. more", "A", "3", "cont", "start"),
        ("Answer 2 yes", "A", "2", None, "start"),
        ("Ans 2: yes", "A", "2", None, "start"),
        ("answer #2 yes", "A", "2", None, "start"),
        ("A#2 yes", "A", "2", None, "start"),
        ("A-2: yes", "A", "2", None, "start"),
        ("[A2] yes", "A", "2", None, "start"),
        ("Answer to Q2: yes", "Q", "2", None, "start"),
        ("Question 3 What?", "Q", "3", None, "start"),
        ("Q2 options that provide choice", "Q", "2", None, "start"),
        ("Follow up Q^6: why", "Q", "6", None, "start"),
        ("Reminder of Q1 - What does it mean?", "Q", "1", None, "start"),
        ("A1️⃣ yes", "A", "1", None, "start"),
        ("🅰️1️⃣ yes", "A", "1", None, "start"),
        ("Ａ１：yes", "A", "1", None, "start"),
        ("🌟🌟 A4 yes", "A", "4", None, "start"),
        ("#navasotaisd A5 yes", "A", "5", None, "hashtag"),
        ("#A3 yes", "A", "3", None, "hashtag"),
        ("@ana A1: yes", "A", "1", None, "mention"),
        ("RT @ana: A5: yes", "A", "5", None, "mention"),
        ("Hello all A2 I like stations", "A", "2", None, "greeting"),
        ("So true! A2 I like stations", "A", "2", None, "inside"),
        ("Here we go! Q2: What next?", "Q", "2", None, "inside"),
        ("First Question ...Q1 What does it mean?", "Q", "1", None, "inside"),
        ("We rotate every twelve minutes A3", "A", "3", None, "end"),
        ("We rotate #stations. A3. #navasotaisd https://example.org/x", "A", "3", None, "end"),
        ("Evensong too... #a4", "A", "4", None, "end"),
    ],
)
def test_labels(text: str, letter: str, number: str, part: str | None, where: str) -> None:
    assert parse_label(text) == Label(letter, number, part, where)  # type: ignore[arg-type]  # of the table


@pytest.mark.parametrize(
    "text",
    [
        "", "A", "Q", "1", "Q&A tonight", "Q & A 3",
        "A 4 mile walk", "A 3-minute break", "A 2.5 mile run",
        "What's Q3?", "Here comes Q1", "Let's see what Q3 has to offer", "made it in time for Q1", "ready for A2?",
        "We'll use a Q1/A1 format", "Q1/A1 format tonight", "Please answer with A1, A2, A3 etc.",
        "A1, A2, A3 are labels",
        "oops that was my A1 answer", "stop rephrasing Q1 and answer it",
        "A4 paper is all we have", "we print on A4", "I drive an Audi A3", "A380 planes", "A1st try", "EG-249",
        "A-1 sauce", "HbA1c",
        "Are you ready? Q1 is coming", "7 A3s", "we did it in Q4",
    ],
)  # fmt: skip
def test_false_friends(text: str) -> None:
    assert parse_label(text) is None


def test_q10_is_not_q1() -> None:
    assert [label.base for label in map(parse_label, ("Q10 What?", "Q1 What?")) if label] == ["10", "1"]


def test_leading_zeros_do_not_count() -> None:
    label = parse_label("A01: yes")
    assert label is not None
    assert label.base == "1"


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    parse_label(text)


@given(st.text(alphabet="aAqQ12 .:/#@()\n-…RT’0️⃣'", max_size=60))
def test_no_text_of_label_like_characters_makes_it_stumble(text: str) -> None:
    label = parse_label(text)
    assert label is None or (label.base.isdigit() and label.number[0].isdigit())
