"""Answers added by hand: one, many by name, or a meeting's saved chat; nothing of a paste is lost without a word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.importing.meetings.pasted import (
    EMPTY,
    ITEMS,
    LIMIT,
    NAMELESS,
    NOTICE,
    PRIVATE,
    QUOTED,
    REACTION,
    TOO_MUCH,
    Pasted,
    parse_pasted,
)

MARIA, JIM = "Maria Lopez", "Jim de Vries"


def taken(text: str, author: str = "") -> list[tuple[str, str]]:
    return [(item.author, item.text) for item in parse_pasted(text, author).items]


def reasons(pasted: Pasted) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in pasted.ignored]


# By hand


@pytest.mark.parametrize(
    "text",
    [
        "We rotate every 12 minutes.",
        "A1: we rotate",
        "12:30: lunch, then stations",
        "https://example.org: a good page",
        "Note: bring pens",
        "it is like this: they choose",
        "First we sort, then: build",
        "We start.\n\nThen: we stop.\nhttps://example.org/x",
    ],
)
def test_one_answer_stays_one_answer(text: str) -> None:
    assert taken(text, "Ana") == [("Ana", text)]


def test_many_lines_with_names() -> None:
    text = "Maria Lopez: A1: we rotate\nand then we sing\n@jim: A1 no\nMs. O'Neill (she/her): at 12:30: lunch"
    assert taken(text) == [
        (MARIA, "A1: we rotate\nand then we sing"),
        ("@jim", "A1 no"),
        ("Ms. O'Neill (she/her)", "at 12:30: lunch"),
    ]


def test_names_in_small_letters_count_where_every_line_has_one() -> None:
    assert taken("maria: yes\njim r: no") == [("maria", "yes"), ("jim r", "no")]
    assert taken("maria: yes\nand more", "Ana") == [("Ana", "maria: yes\nand more")]


def test_a_label_is_no_name_and_belongs_to_the_one_who_adds_it() -> None:
    assert taken("A1: one\nA2: two", "Ana") == [("Ana", "A1: one"), ("Ana", "A2: two")]
    assert taken("Maria Lopez: hello\nA2: mine", "Ana") == [(MARIA, "hello"), ("Ana", "A2: mine")]
    assert taken("Maria Lopez:\nA1: we rotate") == [(MARIA, "A1: we rotate")]


# Meetings

ZOOM = """\
19:02:11 From Maria Lopez to Everyone:
\tA1: we rotate
\tNote: second line
19:03:00 From Jim de Vries to Ana Host(Direct Message):
\tcan you call me, it is about a student
19:03:40 From Jim de Vries to Everyone:
\tReplying to "A1: we rotate"

\tSame here
19:04:00 From Tom K to Everyone:
\tReacted to "A1: we rotate" with 👍
19:04:10 From Tom K to Everyone:
\tRemoved a 👍 reaction from "A1: we rotate"
"""


def test_zoom_as_saved_today() -> None:
    pasted = parse_pasted(ZOOM, "Ana")
    assert [(item.author, item.text, item.at, item.line) for item in pasted.items] == [
        (MARIA, "A1: we rotate\nNote: second line", "19:02:11", 1),
        (JIM, "Same here", "19:03:40", 6),
    ]
    assert reasons(pasted) == [(4, PRIVATE), (5, PRIVATE), (7, QUOTED), (11, REACTION), (13, REACTION)]


def test_private_messages_are_left_out_without_their_words() -> None:
    pasted = parse_pasted(ZOOM)
    assert not any("student" in item.text for item in pasted.items)
    assert not any("student" in one.text or "Ana Host" in one.text for one in pasted.ignored)


@pytest.mark.parametrize(
    "text",
    [
        "19:02:11\t From  Maria Lopez : A1 one: two\n19:03:00\t From  Jim de Vries : no",
        "19:02:11 From  Maria Lopez  to  Everyone : A1 one: two\n19:03:00 From  Jim de Vries  to  Everyone : no",
        "00:12:11\tMaria Lopez:\tA1 one: two\n00:13:00\tJim de Vries:\tno",
        "19:02:11\tFrom Maria Lopez to everyone:\r\n\tA1 one: two\r\n19:03:00\tFrom Jim de Vries to everyone:\r\n\tno",
        "[7:02 PM] Maria Lopez\nA1 one: two\n\n[7:03 PM] Jim de Vries\nno",
        "[12/1/2026 7:02 PM] Maria Lopez\nA1 one: two\n[Yesterday 7:03 PM] Jim de Vries: no",
        "Maria Lopez 7:02 PM\nA1 one: two\nJim de Vries 7:03 PM\nno",
        "Maria Lopez\n7:02 PM\nA1 one: two\nJim de Vries\nTuesday 7:03 PM\nno",
        "Maria Lopez Dec 1, 2026 at 19:02\nA1 one: two\nJim de Vries 12/1 19:03\nno",
        "00:02:11.000,00:02:14.000\nMaria Lopez: A1 one: two\n\n00:02:20.000,00:02:24.000\nJim de Vries: no",
    ],
    ids=["zoom 2020", "zoom 2021", "zoom cloud", "zoom crlf", "teams", "dates", "2024", "lines", "days", "meet"],
)
def test_the_forms_in_which_meetings_save_their_chats(text: str) -> None:
    pasted = parse_pasted(text)
    assert [(item.author, item.text) for item in pasted.items] == [(MARIA, "A1 one: two"), (JIM, "no")]
    assert all(item.at for item in pasted.items)
    assert pasted.ignored == []


@pytest.mark.parametrize(
    "whom", ["Ana(Privately)", "Ana (Direct Message)", "Me(Direct Message)", "Everyone Else (Direct Message)", "Ana"]
)
def test_whatever_does_not_go_to_everyone_is_private(whom: str) -> None:
    for text in (f"19:02:11 From Jim to {whom}:\n\tsecret", f"19:02:11\t From  Jim  to  {whom} : secret"):
        pasted = parse_pasted(text)
        assert pasted.items == []
        assert {reason for _, reason in reasons(pasted)} == {PRIVATE}


def test_a_sentence_that_ends_in_a_time_is_no_new_message() -> None:
    text = "Maria Lopez 7:02 PM\nWe meet again at 7:30 PM\nbring your best 8:15 story"
    assert taken(text) == [(MARIA, "We meet again at 7:30 PM\nbring your best 8:15 story")]


def test_what_stands_before_the_first_name_of_a_meeting_is_nobodys() -> None:
    pasted = parse_pasted(f"the end of a cut message\n{ZOOM}", "Ana")
    assert reasons(pasted)[0] == (1, NAMELESS)
    assert all(item.author != "Ana" for item in pasted.items)


def test_notices_and_empty_messages_are_said() -> None:
    pasted = parse_pasted("[7:01 PM] Ana\nMeeting started\n[7:02 PM] Maria Lopez\n[7:03 PM] Jim\nhi")
    assert [item.text for item in pasted.items] == ["hi"]
    assert reasons(pasted) == [(2, NOTICE), (3, EMPTY)]


# Limits


def test_limits_are_said() -> None:
    many = parse_pasted("\n".join(f"Person {number}: hi" for number in range(ITEMS + 3)))
    assert len(many.items) == ITEMS
    assert reasons(many) == [(ITEMS + number, TOO_MUCH) for number in (1, 2, 3)]
    large = parse_pasted("word " * LIMIT)
    assert TOO_MUCH in {reason for _, reason in reasons(large)}


@pytest.mark.parametrize(
    "text",
    [
        "19:02:11 From " + "a to " * 60_000,
        "[7:02 PM] " + " " * 290_000,
        "A " * 150_000 + "7:02 PM",
        'reacted to "' * 25_000,
        " " * 290_000 + "a:",
        "\n".join(["Monday" * 10 + " "] * 4_000),
    ],
    ids=["zoom", "spaces", "teams", "reactions", "name", "days"],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    before = time.process_time()
    parse_pasted(text)
    assert time.process_time() - before < 2


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff"])
def test_nothing_gives_nothing(text: str) -> None:
    assert parse_pasted(text) == Pasted([], [])


# Nothing is lost

line = st.sampled_from(
    [
        "", "  ", "w{n} text", "A1: w{n}", "Maria Lopez: w{n}", "jim: w{n}", "\tw{n}",
        "19:02:11 From Maria to Everyone:", "19:02:12 From Jim to Ana(Direct Message):",
        "19:02:13\t From  Bo : w{n}", "[7:02 PM] Maria Lopez", "Jim Rowe 7:03 PM",
        "Jim Rowe", "7:04 PM", "00:02:11.000,00:02:14.000", 'Reacted to "w{n}" with 👍', 'Replying to "w{n}"',
        "Meeting started",
        "w{n}: 12:30: https://e.org",
    ]
)  # fmt: skip


@given(st.lists(line, max_size=12), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "Ana"]))
def test_every_line_is_in_an_answer_or_ignored_for_a_reason(lines: list[str], end: str, author: str) -> None:
    written = [one.format(n=number) for number, one in enumerate(lines, start=1)]
    pasted = parse_pasted(end.join(written), author)
    text = " ".join([f"{item.author} {item.text}" for item in pasted.items])
    ignored = {one.line for one in pasted.ignored}
    for number, one in enumerate(written, start=1):
        if f"w{number}" in one:
            words = text.replace(":", " ").replace('"', " ").split()
            assert (f"w{number}" in words) or number in ignored
    assert all(one.reason for one in pasted.ignored)


@given(st.text(max_size=400), st.text(max_size=20))
def test_any_text_is_taken_apart_without_an_error(text: str, author: str) -> None:
    pasted = parse_pasted(text, author)
    assert all(item.text for item in pasted.items)
    assert all("\n" not in item.author for item in pasted.items)
