"""The derived tables say what the fold says, and nothing that was hidden, removed or blanked."""

from sessions.core.commands import Ask, File, Greet, Hide, Highlight, Mute, Redact
from sessions.core.derived import derived_tables
from sessions.core.events import PostRemoved
from sessions.core.posts import Filed
from tests.sessions.core.building import START, Chat


def test_questions_tell_when_they_were_asked_first_and_how_many_answered() -> None:
    chat = Chat()
    chat.do(Ask, question="q1", seen=None)
    chat.at += 60_000
    chat.do(Ask, question="q2", seen="q1")
    chat.do(Ask, question="q1", seen="q2")
    chat.post()
    first, second, third, *_ = derived_tables(chat.state)["questions"]
    assert first == {
        "id": "q1",
        "label": "1",
        "text": "What about station 1?",
        "minutes": 50 / 6,
        "state": "asked",
        "asked": START,
        "answers": 1,
    }
    assert (second["state"], second["asked"], second["answers"]) == ("closed", START + 60_000, 0)
    assert (third["state"], third["asked"]) == ("waiting", None)


def test_answers_tell_question_and_evidence() -> None:
    chat = Chat()
    post = chat.post("A1: stations", url="https://example.org/1")
    chat.post("hello", kind="aside", filed=None)
    chat.post("somewhere", filed=None)
    chat.do(Highlight, post=post)
    chat.do(File, post=post, question="q2")
    filed, unfiled = derived_tables(chat.state)["answers"]
    assert filed == {
        "post": post,
        "question": "q2",
        "label": "2",
        "why": "moderator",
        "person": "mastodon:@mlopez",
        "name": "Mlopez",
        "text": "A1: stations",
        "posted_at": START,
        "url": "https://example.org/1",
        "highlighted": True,
    }
    assert (unfiled["question"], unfiled["label"], unfiled["why"]) == (None, None, None)


def test_what_is_hidden_removed_blanked_or_muted_is_left_out() -> None:
    chat = Chat()
    hidden, redacted, removed, _muted, kept = (chat.post(f"A1: {n}", handle=f"p{n}") for n in range(5))
    chat.do(Hide, post=hidden)
    chat.do(Redact, post=redacted)
    chat.hear(PostRemoved, post=removed)
    chat.do(Mute, person="mastodon:@p3")
    tables = derived_tables(chat.state)
    assert [answer["post"] for answer in tables["answers"]] == [kept]
    assert [person["handle"] for person in tables["participants"]] == ["p0", "p1", "p2", "p4"]


def test_participants_tell_who_is_new_and_who_greeted_them() -> None:
    chat = Chat()
    chat.post("Hello", newcomer=True, kind="introduction", filed=None)
    chat.post("Welcome", handle="ben", kind="announcement", filed=None)
    chat.do(Greet, "Ben", person="mastodon:@mlopez")
    guest, host = derived_tables(chat.state)["participants"]
    assert guest == {
        "id": "mastodon:@mlopez",
        "handle": "mlopez",
        "name": "Mlopez",
        "host": False,
        "newcomer": True,
        "posts": 1,
        "answers": 0,
        "greeted": "Ben",
        "highlighted": False,
    }
    assert host["host"] is True


def test_an_answer_filed_under_a_question_that_is_no_more_is_unfiled() -> None:
    chat = Chat()
    chat.post("A9: what?", filed=Filed("q99", "label"))
    assert derived_tables(chat.state)["answers"][0]["question"] is None
