"""What a moderator is offered to post, and when: to the millisecond at the edges."""

from typing import Any

from sessions.core import commands as c
from sessions.publishing.offers import AGAIN_AFTER, HEADS_UP_BEFORE, WELCOME_BEFORE, offers
from tests.sessions.core.building import START, Chat, a_plan

SCRIPT = {"welcome": "Hi", "saved": "Saved", "introduce": "Who?", "heads_up": "Soon", "thanks": "Ta", "next_time": "?"}


def chat(**changed: Any) -> Chat:
    """Six questions of 500 seconds from the planned start on."""
    return Chat(a_plan(changed.pop("questions", 6), **({"script": SCRIPT} | changed)))


def posted(chat: Chat, purpose: str, subject: str, source: str = "bluesky") -> None:
    """That goes out now."""
    key = f"key-{len(chat.state.postings):08}"
    chat.do(c.BeginPosting, key=key, source=source, account="ana", purpose=purpose, subject=subject, text="text")
    chat.do(c.FinishPosting, key=key, post=f"bluesky:{key}")


def offered(chat: Chat, now: int, *dismissed: str) -> list[str]:
    """The keys of what is offered."""
    return [offer.key for offer in offers(chat.state, now, dismissed)]


def test_a_question_is_offered_again_three_minutes_after_it_went_out() -> None:
    here = chat()
    here.do(c.Ask, question="q1", seen=None)
    assert offered(here, START + 300_000) == []
    here.at += 20_000
    posted(here, "question", "q1")
    due = here.at + AGAIN_AFTER
    assert offered(here, due - 1) == []
    (offer,) = offers(here.state, due)
    assert (offer.key, offer.words) == ("again q1", "Post Q1 again?")


def test_it_is_offered_until_it_is_answered_dismissed_or_the_question_changes() -> None:
    here = chat()
    here.do(c.Ask, question="q1", seen=None)
    posted(here, "question", "q1")
    due = here.at + AGAIN_AFTER
    assert offered(here, due, "again q1") == []
    here.at = due
    posted(here, "again", "q1")
    assert offered(here, due + AGAIN_AFTER) == []
    here.do(c.Ask, question="q2", seen="q1")
    assert offered(here, here.at + 1) == []


def test_a_question_asked_anew_is_not_offered_for_what_went_out_long_ago() -> None:
    here = chat()
    here.do(c.Ask, question="q1", seen=None)
    posted(here, "question", "q1")
    here.do(c.Ask, question="q2", seen="q1")
    here.at += 600_000
    here.do(c.Ask, question="q1", seen="q2")
    assert offered(here, here.at + AGAIN_AFTER) == []


def test_the_heads_up_is_offered_forty_five_seconds_before_the_next_question() -> None:
    here = chat()
    here.do(c.Ask, question="q1", seen=None)
    due = START + 500_000 - HEADS_UP_BEFORE
    assert offered(here, due - 1) == []
    assert offered(here, due) == ["script heads_up:q1"]
    assert offered(here, due + 600_000) == ["script heads_up:q1"]
    here.do(c.AddTime, seconds=60)
    assert offered(here, due) == []
    assert offered(here, due + 60_000) == ["script heads_up:q1"]
    here.do(c.Hold)
    assert offered(here, due + 60_000) == []


def test_a_short_question_has_its_heads_up_at_half_of_it_and_none_that_is_posted_or_left_out() -> None:
    here = chat()
    here.do(c.EditQuestion, question="q1", minutes=1)
    here.do(c.Ask, question="q1", seen=None)
    assert offered(here, START + 29_999) == []
    assert offered(here, START + 30_000) == ["script heads_up:q1"]
    posted(here, "script", "heads_up:q1")
    assert offered(here, START + 30_000) == []
    without = chat(script={})
    without.do(c.Ask, question="q1", seen=None)
    assert offered(without, START + 490_000) == []


def test_the_last_question_has_no_heads_up_and_then_come_the_thanks() -> None:
    here = chat(questions=1)
    here.do(c.Ask, question="q1", seen=None)
    end = START + 50 * 60_000
    assert offered(here, end - 1) == []
    assert offered(here, end) == ["script thanks"]
    posted(here, "script", "thanks")
    assert offered(here, end) == ["script next_time"]
    assert offered(here, end, "script next_time") == []


def test_before_the_first_question_come_the_welcome_and_what_belongs_to_it() -> None:
    here = chat()
    assert offered(here, START - WELCOME_BEFORE - 1) == []
    expected = ["welcome", "saved", "introduce"]
    for line in expected:
        assert offered(here, START - WELCOME_BEFORE) == [f"script {line}"]
        posted(here, "script", line)
    assert offered(here, START) == []


def test_a_posting_that_failed_is_offered_again() -> None:
    here = chat()
    here.do(c.BeginPosting, key="key-00000001", source="x", account="a", purpose="script", subject="welcome", text="Hi")
    assert offered(here, START) == ["script saved"]
    here.do(c.FailPosting, key="key-00000001", reason="no")
    assert offered(here, START) == ["script welcome"]


def test_a_rehearsal_is_offered_the_whole_hour_and_nothing_after_the_end() -> None:
    here = chat()
    usual = offered(here, START)
    here.state.rehearsal = True
    assert offered(here, START) == usual != []
    rehearsed = {"source": "practice", "account": "Ana", "purpose": "script", "text": "Hi"}
    here.do(c.BeginPosting, key="key-00000001", subject="welcome", **rehearsed)
    assert offered(here, START) == ["script saved"]
    here.do(c.Close)
    assert offered(here, START) == []
