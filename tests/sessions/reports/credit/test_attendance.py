"""Who took part in a chat, and by what rule that is counted."""

import csv
import io
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.commands import MarkCredit, MarkTask, Undo
from sessions.core.events import PersonMuted, PostHidden, PostRemoved, SessionClosed
from sessions.core.languages import BUILT_IN, Language
from sessions.core.plan import Credit, Host, Lookup
from sessions.reports.credit import (
    VERSION,
    Attendance,
    Attendee,
    CreditPeople,
    attendance_page,
    build_attendance,
    to_csv,
    to_json,
    to_text,
)
from sessions.reports.credit.tables import COLUMNS
from tests.sessions.core.building import a_plan
from tests.sessions.reports.credit.chats import CREDIT, MINUTE, CreditChat

NOBODY = CreditPeople()


def people_of(chat: CreditChat, people: CreditPeople = NOBODY) -> dict[str, Attendee]:
    return {one.handle: one for one in build_attendance(chat.state, "k3f9qa", people).people}


def test_minutes_are_from_the_first_to_the_last_post_within_the_hour() -> None:
    chat = CreditChat()
    for minute in (-5, 2, 30.9, 75):
        chat.say("maria", minute)
    chat.say("tom", 3)
    chat.say("late", 70)
    found = people_of(chat)
    assert (found["maria"].minutes, found["tom"].minutes, found["late"].minutes) == (28, 0, 0)
    assert found["maria"].last_at - found["maria"].first_at == 80 * MINUTE


@given(st.lists(st.integers(-30, 120), min_size=1, max_size=12))
def test_minutes_are_never_more_than_the_hour_nor_than_the_time_between_the_posts(minutes: list[int]) -> None:
    chat = CreditChat()
    for minute in minutes:
        chat.say("maria", minute)
    one = people_of(chat)["maria"]
    assert one.minutes is not None
    assert 0 <= one.minutes <= min(60, max(minutes) - min(minutes))


def test_a_slow_chat_has_days_and_no_minutes() -> None:
    chat = CreditChat(pace="days")
    chat.say("maria", 0)
    chat.say("maria", 2)
    chat.say("maria", 24 * 60)
    attendance = build_attendance(chat.state, "k3f9qa", NOBODY)
    assert [(one.minutes, one.days) for one in attendance.people] == [(None, 2)]
    assert attendance.minutes_rule.startswith("Minutes: none")
    assert next(csv.DictReader(io.StringIO(to_csv([attendance]))))["minutes"] == ""


def test_a_question_is_answered_once_however_often_and_hidden_answers_are_none() -> None:
    chat = CreditChat()
    chat.answers("maria", "q1", "q1", "q2")
    chat.hear(PostHidden, by="Ana", post=chat.say("maria", 20, "A3", "q3"))
    chat.say("maria", 21, "RT A4", "q4", kind="repost")
    assert people_of(chat)["maria"].answered == ("Q1", "Q2")
    assert people_of(chat)["maria"].reached is False
    chat.say("maria", 22, "A4", "q4")
    assert people_of(chat)["maria"].reached is True


def test_who_is_muted_left_out_or_forgotten_is_counted_and_not_named() -> None:
    chat = CreditChat()
    for who in ("maria", "muted", "olga", "forgotten-1a"):
        chat.say(who, 5)
    chat.hear(PersonMuted, by="Ana", person="mastodon:muted")
    made = build_attendance(chat.state, "k3f9qa", CreditPeople(left_out=frozenset({"mastodon:olga"})))
    assert [one.handle for one in made.people] == ["maria"]
    assert (made.left_out, made.forgotten) == (2, 1)
    for text in (to_text([made]), attendance_page([made])):
        assert "This list is incomplete: 1 person asked to be forgotten; 2 people left out" in text
        assert "olga" not in text.casefold()


def test_accounts_of_a_person_are_one_who_goes_by_the_name_in_people_json() -> None:
    chat = CreditChat(hosts=(Host("Ana", ("mastodon:ana", "mastodon:ana2")),))
    chat.answers("maria", "q1")
    chat.answers("maria2", "q2", "q3")
    chat.say("ana", 1, "Write #credit if you want it")
    chat.say("ana2", 2)
    known = dict.fromkeys(("mastodon:maria", "mastodon:maria2"), "mastodon:maria")
    names = dict.fromkeys(known, "María López")
    maria, ana = build_attendance(chat.state, "k3f9qa", CreditPeople(persons=known, names=names)).people[::-1]
    assert (maria.id, maria.name, maria.answered) == ("mastodon:maria", "María López", ("Q1", "Q2", "Q3"))
    assert (ana.host, ana.posts, ana.asked) == (True, 2, "")


@pytest.mark.parametrize(
    ("word", "text", "asked"),
    [
        ("#credit", "For #CREDIT, please", "word"),
        ("#credit", "I give credit to Ana", ""),
        ("#credit", "#credits", ""),
        ("cpe please", "CPE, please!", "word"),
        ("cpe please", "please", ""),
        ("", "#credit", ""),
    ],
)
def test_one_asks_by_the_word_of_the_plan(word: str, text: str, asked: str) -> None:
    chat = CreditChat(credit=Credit("Navasota ISD", word=word))
    chat.say("maria", 5, text)
    assert people_of(chat)["maria"].asked == asked


def test_a_removed_post_and_a_repost_ask_for_nothing_and_people_json_has_the_last_word() -> None:
    chat = CreditChat()
    chat.hear(PostRemoved, post=chat.say("gone", 5, "#credit"))
    chat.hear(PostHidden, by="Ana", post=chat.say("hidden", 5, "#credit"))
    for who in ("gone", "hidden", "no", "told"):
        chat.say(who, 6)
    chat.say("again", 7, "RT Write #credit", kind="repost")
    chat.say("no", 8, "#credit")
    people = CreditPeople(wishes={"mastodon:no": False, "mastodon:told": True})
    asked = {who: one.asked for who, one in people_of(chat, people).items()}
    assert asked == {"gone": "", "hidden": "word", "no": "", "told": "people.json", "again": ""}


def test_a_moderator_says_who_asked_whatever_was_posted_and_takes_it_back() -> None:
    chat = CreditChat()
    chat.say("maria", 5)
    chat.say("tom", 6, "#credit")
    (asked,) = chat.do(MarkCredit, person="mastodon:maria", asked=True)
    assert chat.do(MarkCredit, "Ben", person="mastodon:maria", asked=True) == ()
    chat.do(MarkCredit, "Ben", person="mastodon:tom", asked=False)
    assert {who: one.asked for who, one in people_of(chat).items()} == {"maria": "desk", "tom": ""}
    chat.do(MarkCredit, "Ben", person="mastodon:tom", asked=None)
    chat.do(Undo, seq=asked.seq)
    assert {who: one.asked for who, one in people_of(chat).items()} == {"maria": "", "tom": "word"}
    assert not chat.state.credit_marks.get("mastodon:maria")
    assert chat.refused(MarkCredit, person="mastodon:nobody", asked=True) == "There is no such person in this chat."


def test_a_chat_whose_plan_gives_nothing_takes_what_it_is_given_and_its_own_goes_first() -> None:
    other = Credit("Ferris ISD", answers=0)
    bare = CreditChat(credit=a_plan().credit)
    bare.say("maria", 5)
    assert build_attendance(bare.state, "k3f9qa", NOBODY).credit is None
    assert build_attendance(bare.state, "k3f9qa", NOBODY).people[0].reached is None
    assert build_attendance(bare.state, "k3f9qa", NOBODY, other).people[0].reached is True
    assert build_attendance(CreditChat().state, "k3f9qa", NOBODY, other).credit == CREDIT


def hostile() -> Attendance:
    chat = CreditChat(title="<b>=1+1</b>\u202e")
    chat.answers("maria", "q1", name='=cmd|"<script>alert(1)</script>"\u202e')
    chat.hear(SessionClosed, by="Ana")
    return build_attendance(chat.state, "k3f9qa", NOBODY)


def test_tasks_are_counted_where_the_plan_sets_some() -> None:
    chat = CreditChat(lookups=(Lookup("PBL", "Look"), Lookup("flipped", "Look")))
    chat.say("maria", 12, "Look at this #PBL #navasotaisd")
    chat.say("tom", 13, "hello")
    chat.do(MarkTask, "Ben", person="mastodon:tom", tag="flipped", done=True)
    attendance = build_attendance(chat.state, "k3f9qa", NOBODY)
    assert [(one.handle, one.tasks) for one in attendance.people] == [("maria", ("PBL",)), ("tom", ("flipped",))]
    rows = list(csv.DictReader(io.StringIO(to_csv([attendance]))))
    assert [(row["tasks"], row["tasks_done"]) for row in rows] == [("1", "#PBL"), ("1", "#flipped")]
    assert "1 of 2 (<bdi>#PBL</bdi>)" in attendance_page([attendance])
    assert "1 of 2" in to_text([attendance])
    plain = build_attendance(CreditChat().state, "k3f9qa", NOBODY)
    assert "Tasks" not in attendance_page([plain])
    assert "tasks" not in to_text([plain])


def test_outside_text_is_no_markup_and_no_formula() -> None:
    made = hostile()
    page = attendance_page([made])
    assert "<script" not in page
    assert "\u202e" not in page
    row = next(csv.DictReader(io.StringIO(to_csv([made]))))
    assert row["name"].startswith("'=cmd")
    assert tuple(row) == COLUMNS
    assert json.loads(to_json([made], VERSION))["chats"][0]["people"][0]["minutes"] == 0


def test_each_table_of_the_page_speaks_the_language_of_its_chat() -> None:
    made = build_attendance(CreditChat(credit=CREDIT).state, "k3f9qa", NOBODY)
    told = {}
    for code in BUILT_IN:
        told[code] = attendance_page([msgspec.structs.replace(made, language=code, left_out=2, forgotten=1)])
        assert f'<html lang="{code}">' in told[code]
    assert "Asistencia" in told["es"]
    assert "Esta lista está incompleta: 1 persona pidió que la olvidáramos; faltan 2 personas" in told["es"]
    assert "Erster Beitrag" not in told["fr"]
    assert len(set(told.values())) == len(BUILT_IN)
    spanish = msgspec.structs.replace(made, language="es", session="b")
    both = attendance_page([made, spanish])
    assert '<html lang="en">' in both
    assert '<section lang="es">' in both
    own = Language(code="eo", name="Esperanto", sentences={"attendance.title": "Ĉeesto"})
    assert "Ĉeesto" in attendance_page([msgspec.structs.replace(made, language="eo")], {"k3f9qa": own})
