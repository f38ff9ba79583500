"""Telling people elsewhere: begun before anything is sent, the same at an address once, and no address anywhere."""

from typing import Any

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.evolve import fold
from sessions.core.plan import Plan
from tests.sessions.core.building import START, Chat, a_plan

KEY = "key-00000001"


def told_plan(**changed: Any) -> Plan:
    return a_plan(announce=("staff", "list"), **changed)


def begin(chat: Chat, by: str = "Ana", /, **changed: Any) -> None:
    chat.do(c.BeginAnnouncing, by, **(wanted() | changed))


def wanted(**changed: Any) -> dict[str, Any]:
    return {"key": KEY, "to": "staff", "subject": "reminder", "text": "Tonight at 7"} | changed


def test_the_same_goes_to_an_address_once_and_the_refusal_names_who_and_when() -> None:
    chat = Chat(told_plan(), at=START + 21 * 60_000)
    begin(chat)
    again = wanted(key="key-00000002")
    assert "You began to tell staff of the chat at 7:21. Whether it is there" in chat.refused(
        c.BeginAnnouncing, **again
    )
    assert chat.refused(c.BeginAnnouncing, "Ben", **again).endswith("at 7:21. Wait for it.")
    chat.do(c.FinishAnnouncing, key=KEY)
    assert chat.refused(c.BeginAnnouncing, "Ben", **again) == "Ana told staff of the chat at 7:21."
    begin(chat, "Ben", key="key-00000002", to="list")
    begin(chat, "Ben", key="key-00000003", subject="recap")
    assert chat.do(c.FinishAnnouncing, key=KEY) == ()


def test_what_failed_may_be_told_anew_and_may_turn_out_to_be_there() -> None:
    chat = Chat(told_plan())
    begin(chat)
    chat.do(c.FailAnnouncing, key=KEY, reason="it was refused")
    assert chat.do(c.FailAnnouncing, key=KEY, reason="it was refused") == ()
    begin(chat, key="key-00000002")
    chat.do(c.FinishAnnouncing, key=KEY)
    assert chat.state.announcements[KEY].done_at == START
    assert "has been told of the chat" in chat.refused(c.FailAnnouncing, key=KEY, reason="no")


def test_who_began_it_says_what_became_of_it_and_once_they_left_anybody() -> None:
    chat = Chat(told_plan())
    begin(chat)
    assert "Ana is telling staff of the chat" in chat.refused(c.FinishAnnouncing, "Ben", key=KEY)
    chat.hear(e.ModeratorLeft, name="Ana", scope="moderator")
    chat.do(c.FailAnnouncing, "Ben", key=KEY, reason="it was not there")


def test_only_what_the_plan_names_is_told_and_a_question_once_it_was_asked() -> None:
    chat = Chat(told_plan())
    assert "names nobody called parents" in chat.refused(c.BeginAnnouncing, **wanted(to="parents"))
    assert chat.refused(c.BeginAnnouncing, **wanted(subject="q1")) == "Q1 has not been asked yet."
    assert "no such question" in chat.refused(c.BeginAnnouncing, **wanted(subject="q99"))
    chat.do(c.Ask, question="q1", seen=None)
    begin(chat, subject="q1")
    assert "no such" not in chat.refused(c.BeginAnnouncing, **wanted(key="key-00000002", subject="q1"))
    assert "names nobody" in Chat().refused(c.BeginAnnouncing, **wanted())
    assert "Nothing was begun" in chat.refused(c.FinishAnnouncing, key="key-00000009")


def test_a_rehearsal_tells_nobody_and_is_done_at_once() -> None:
    chat = Chat(told_plan())
    chat.state.rehearsal = True
    events = chat.do(c.BeginAnnouncing, **wanted())
    assert [type(event) for event in events] == [e.AnnouncingBegun, e.AnnouncingDone]


def test_it_cannot_be_undone_and_folds_the_same_from_the_file() -> None:
    chat = Chat(told_plan())
    begin(chat)
    assert chat.refused(c.Undo, seq=chat.state.seq) == "That cannot be undone."
    assert fold(chat.events).announcements == chat.state.announcements
