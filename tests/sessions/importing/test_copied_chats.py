"""Chats copied as names and times: whatever the language, the order and the marks, no word of a time is a name's."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.importing.meetings.pasted import UNKNOWN, parse_pasted
from sessions.importing.meetings.spoken_when import is_day, is_when, split_when
from tests.sessions.importing.test_meetings import shown, taken

DAYS = (
    "Today", "Yesterday", "Hoy", "Ayer", "Hier", "Gestern", "Heute", "aujourd'hui", "Aujourd’hui", "Oggi", "Ontem",
    "Hoje", "Gisteren", "Vandaag", "I går", "i dag", "Eilen", "Tänään", "Wczoraj", "Dzisiaj", "Včera", "Dnes", "Вчера",
    "Сегодня", "Вчора", "Χθες", "Dün", "Bugün", "Tegnap", "Ieri", "Vakar", "Eile", "昨天", "今日", "어제", "Hôm qua",
    "kemarin", "אתמול", "أمس", "कल", "เมื่อวาน", "Thu", "Thursday", "Do", "Donnerstag", "jueves", "jeudi", "giovedì",
    "torsdag", "czwartek", "четверг", "Mar 9", "March 9th, 2023", "9 de marzo de 2023", "9. März",
    "9 марта 2023 г.", "9. maaliskuuta", "3/9/23", "09.03.", "2023-03-09", "3月9日", "Thu, Mar 9",
    "Donnerstag, 9. März 2023",
)  # fmt: skip
CLOCKS = (
    "20:05",
    "8:05 PM",
    "8:05 p. m.",
    "kl. 20.05",
    "klo 20.05",
    "um 20:05 Uhr",
    "à 20h05",
    "at 8:05 PM",
    "下午8:05",
)


@pytest.mark.parametrize("between", [" ", ", "])
def test_every_day_before_every_clock_is_a_time_and_no_name(between: str) -> None:
    for day, clock in itertools.product(DAYS, CLOCKS):
        when = f"{day}{between}{clock}"
        assert is_when(when), when
        for mark in (" · ", ", ", " — ", " | "):
            assert split_when(f"Ana Ruiz{mark}{when}") == ("Ana Ruiz", when)


@pytest.mark.parametrize(
    "form",
    [
        "Ana Ruiz · {0} 20:05\nQ1 What?\nTom · {0} 20:06\nA1 So",
        "Ana Ruiz, {0}, 20:05\nQ1 What?\nTom, {0}, 20:06\nA1 So",
        "Ana Ruiz\n{0} 20:05\nQ1 What?\nTom\n{0}, 20:06\nA1 So",
        "{0} 20:05\nAna Ruiz\nQ1 What?\n{0}, 20:06\nTom\nA1 So",
        "{0} 20:05 · Ana Ruiz\nQ1 What?\n{0} 20:06 · Tom\nA1 So",
        "[{0} 20:05] Ana Ruiz\nQ1 What?\n[{0} 20:06] Tom\nA1 So",
        "[20:05, {0}] Ana Ruiz: Q1 What?\n[20:06, {0}] Tom: A1 So",
        "Ana Ruiz — {0} 20:05\nQ1 What?\nTom — {0} 20:06\nA1 So",
        "Ana Ruiz ({0} 20:05): Q1 What?\nTom ({0}, 20:06): A1 So",
        "Ana Ruiz, [{0} 20:05]\nQ1 What?\nTom, [{0}, 20:06]\nA1 So",
    ],
)
def test_name_and_time_in_every_order(form: str) -> None:
    for day in DAYS:
        assert taken(form.format(day)) == [("Ana Ruiz", "Q1 What?"), ("Tom", "A1 So")], day


@pytest.mark.parametrize("when", ["2h", "45m", "3d", "Mar 9", "Mar 9, 2023", "9 mars", "9. März 2023"])
@pytest.mark.parametrize("mark", ["·", "•"])
@pytest.mark.parametrize("names", [("Ana Ruiz", "Tom"), ("@ana", "@tom"), ("Ana Ruiz @ana", "Tom @tom@m.example")])
def test_posts_of_a_network_say_how_long_ago_or_on_which_day(names: tuple[str, str], mark: str, when: str) -> None:
    ana, tom = names
    text = f"{ana} {mark} {when}\nQ1 What?\n{tom} {mark} {when}\nA1 So • 2h\n- Maps • charts\n"
    shown_as = [name.partition(" @")[0].lstrip("@") for name in names]
    found = [(author.lstrip("@"), said) for author, said in taken(text)]
    assert found == [(shown_as[0], "Q1 What?"), (shown_as[1], "A1 So • 2h\n- Maps • charts")]


@pytest.mark.parametrize("badge", ["APP", "BOT"])
@pytest.mark.parametrize("form", ["Ana Ruiz {0}  8:05 PM", "Ana Ruiz {0}\n8:05 PM", "Ana Ruiz\n{0}\n  8:05 PM"])
def test_what_marks_a_program_is_no_part_of_its_name(form: str, badge: str) -> None:
    """As Slack's and Discord's apps that post for somebody are copied."""
    text = f"{form.format(badge)}\nQ1 What?\nTom  8:06 PM\nA1 So, in the\nAPP\n"
    text = text if "\n" not in form else text.replace("Tom  8", "Tom\n  8")
    assert taken(text) == [("Ana Ruiz", "Q1 What?"), ("Tom", "A1 So, in the\nAPP")]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz\n  8:05 PM\nQ1 What?\n8:07\nand more\nTom\n  8:09 PM\nA1 So\n8:10\nYes",
        "Ana Ruiz  8:05 PM\nQ1 What?\n8:07\nand more\nTom  8:09 PM\nA1 So\n8:10\nYes",
        "Ana Ruiz\n20:05\nQ1 What?\n20:07\nand more\nTom\n20:09\nA1 So\n20:10\nYes, we do",
        "Ana Ruiz  [8:05 PM]\nQ1 What?\n[8:07 PM]\nand more\nTom  [8:09 PM]\nA1 So\n[8:10 PM]\nYes",
        "Ana Ruiz · Thu 8:05 PM\nQ1 What?\nThu 8:07 PM\nand more\nTom · Thu 8:09 PM\nA1 So\nThu 8:10 PM\nYes",
    ],
)
def test_a_time_alone_goes_on_with_the_author_before(text: str) -> None:
    found = taken(text)
    assert found[:3] == [("Ana Ruiz", "Q1 What?"), ("Ana Ruiz", "and more"), ("Tom", "A1 So")]
    assert [(who, said[:3]) for who, said in found[3:]] == [("Tom", "Yes")]


@pytest.mark.parametrize("when", ["Last Thursday at {0} PM", "{0} PM (edited)", "letzten Donnerstag, {0}"])
def test_last_weeks_days_and_edited_messages(when: str) -> None:
    text = f"Ana Ruiz\n{when.format('8:05')}\nQ1 What?\nTom\n{when.format('8:06')}\nA1 So"
    assert taken(text) == [("Ana Ruiz", "Q1 What?"), ("Tom", "A1 So")]


def test_a_paste_that_begins_in_the_middle_of_somebodys_words_keeps_them() -> None:
    assert taken("8:07\nand more\nTom Keller\n8:09 PM\nA1 So") == [("", "and more"), ("Tom Keller", "A1 So")]


@pytest.mark.parametrize(
    "text", ["ana_host Yesterday at 8:05 PM\nQ1 What?\nmlopez Yesterday at 8:06 PM\nA1 So",
             "ana_host · 8:05 PM\nQ1 What?\nmlopez · 8:06 PM\nA1 So"]
)  # fmt: skip
def test_handles_in_small_letters_are_names_beside_a_day_or_a_mark(text: str) -> None:
    assert taken(text) == [("ana_host", "Q1 What?"), ("mlopez", "A1 So")]


@pytest.mark.parametrize(
    "text", ["(8:05 PM) Ana Ruiz: Q1 What?\n(8:06 PM) Tom: A1 So", "8:05 PM - Ana Ruiz: Q1 What?\n8:06 PM - Tom: A1 So",
             "20:05 Ana Ruiz: Q1 What?\n20:06 Tom: A1 So", "Ana Ruiz · Thu 8:05 PM: Q1 What?\nTom · Thu 8:06 PM: A1 So"]
)  # fmt: skip
def test_the_text_may_stand_behind_name_and_time(text: str) -> None:
    assert taken(text) == [("Ana Ruiz", "Q1 What?"), ("Tom", "A1 So")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("May June 8:05 PM", "May June"),
        ("April May 20:05", "April May"),
        ("Lily Sun 8:05 PM", "Lily Sun"),
        ("Ana Ruiz Sun 8:05 PM", "Ana Ruiz"),
        ("Maria de la Cruz 20:05", "Maria de la Cruz"),
        ("Jo Le 20:05", "Jo Le"),
        ("Ana (she/her) 8:05 PM", "Ana (she/her)"),
        ("Room 4 20:05", "Room 4"),
        ("Dr. K. 20:05", "Dr. K."),
    ],
)
def test_names_that_are_words_of_the_calendar_stay_names(line: str, name: str) -> None:
    split = split_when(line)
    assert split is not None
    assert split[0] == name


@pytest.mark.parametrize(
    "text",
    ["Ana: 8:30\nTom: 9:00", "Ana: A1 we meet at 8:30\nTom: Thursday 9:00", "Ana: on Thursday at 8:30\nTom: so"],
)
def test_times_behind_a_colon_are_answers(text: str) -> None:
    assert [who for who, _ in taken(text)] == ["Ana", "Tom"]


def test_an_answer_that_is_a_time_stays_one() -> None:
    text = "Ana Ruiz 8:05 PM\nWhen do you start?\nTom 8:06 PM\n8:30\nJim 8:07 PM\nYesterday 8:30"
    assert taken(text) == [("Ana Ruiz", "When do you start?"), ("Tom", "8:30"), ("Jim", "Yesterday 8:30")]


def test_words_of_a_notice_that_begin_an_answer_are_its_words() -> None:
    text = "Ana 8:05 PM\nToday we use stations\nTom 8:06 PM\nEdited videos help\nJim 8:07 PM\nLast read aloud was fun"
    assert [said for _, said in taken(text)] == [
        "Today we use stations",
        "Edited videos help",
        "Last read aloud was fun",
    ]


def test_marks_of_programs_are_no_words() -> None:
    text = (
        "Thursday, March 9th\nAna Ruiz\n8:05 PM\nQ1 What? (edited)\n3 replies\nLast reply today at 8:07 PM\n"
        "Yesterday\nTom\n8:06 PM\nA1 So"
    )
    assert taken(text) == [("Ana Ruiz", "Q1 What?"), ("Tom", "A1 So")]


@pytest.mark.parametrize(
    "text", ["Schedule\n12:30 Lunch\n13:00 Recess", "we start Thursday 8:30\nand end Thursday 9:30"]
)
def test_times_beside_no_name_are_refused(text: str) -> None:
    assert {one.reason for one in parse_pasted(text).ignored} == {UNKNOWN}


def test_private_messages_with_days_beside_them_are_private() -> None:
    text = "De Ana Ruiz a Todos: (8:05 p. m.)\nQ1 ¿Qué?\nDe Tom a Ana: ayer 20:06\nsecret"
    assert taken(text) == [("Ana Ruiz", "Q1 ¿Qué?")]
    text = "Ana Ruiz to Everyone Yesterday 8:05 PM\nQ1 So?\nTom to Ana Ruiz Yesterday 8:06 PM\nsecret"
    assert taken(text) == [("Ana Ruiz", "Q1 So?")]
    assert "secret" not in shown(text)


@given(st.text(max_size=200))
def test_any_line_is_a_time_or_none(line: str) -> None:
    assert not (is_when(line) and is_day(line))
    split = split_when(line)
    assert split is None or (split[0] in line and split[1] in line)
