"""The log of moderator actions: what was posted to the networks, in words."""

from msgspec.structs import replace

from sessions.core import commands as c
from sessions.core.events import Event, PostingBegun
from tests.sessions.core.building import Chat, a_plan
from tui.desk.dialogs.log import log_lines
from tui.desk.model.log_words import action_words, sentence


def told(chat: Chat, *events: Event) -> list[str]:
    """What Ben reads of these events."""
    return [sentence(chat.state, event, "Ben") for event in events]


def test_postings_are_told_from_their_beginning_to_their_end() -> None:
    chat = Chat()
    chat.post(handle="tk", newcomer=True)
    question = {"source": "bluesky", "account": "ana.example.org", "purpose": "question", "subject": "q3", "text": "Q3"}
    (begun,) = chat.do(c.BeginPosting, key="key-00000001", **question)
    (failed,) = chat.do(c.FailPosting, key="key-00000001", reason="no permission")
    assert told(chat, begun, failed) == [
        "Ana began to post Q3 to bluesky",
        "Ana could not post Q3 to bluesky: no permission",
    ]
    greeting = question | {"purpose": "greeting", "subject": "mastodon:@tk", "text": "Hi"}
    chat.do(c.BeginPosting, key="key-00000002", **greeting)
    done, greeted = chat.do(c.FinishPosting, key="key-00000002", post="bluesky:at://did/1")
    assert told(chat, done, greeted) == ["Ana posted a greeting to Tk to bluesky", "Ana greeted Tk"]


def test_a_desk_names_what_is_posted_and_told_in_its_language_and_the_hub_in_english() -> None:
    chat = Chat()
    chat.post(handle="tk", newcomer=True)
    spanish = {"the welcome": "la bienvenida", "a greeting to {shown}": "un saludo a {shown}", "of the chat": "el chat"}
    asked = {"source": "bluesky", "account": "ana.example.org", "purpose": "script", "text": "Hi"}
    (welcome,) = chat.do(c.BeginPosting, key="key-00000001", **asked, subject="welcome")
    (greeting,) = chat.do(c.BeginPosting, key="key-00000002", **asked | {"purpose": "greeting"}, subject="mastodon:@tk")
    assert isinstance(welcome, PostingBegun)
    assert isinstance(greeting, PostingBegun)
    posted = [c.posting_words(chat.state, begun, spanish.__getitem__) for begun in (welcome, greeting)]
    assert posted == ["la bienvenida", "un saludo a Tk"]
    assert [c.posting_words(chat.state, begun) for begun in (welcome, greeting)] == ["the welcome", "a greeting to Tk"]
    assert c.announcement_words(chat.state, c.REMINDER, spanish.__getitem__) == "el chat"
    assert c.announcement_words(chat.state, c.REMINDER) == "of the chat"


def test_what_somebody_takes_back_or_is_given_names_the_reader_as_you() -> None:
    chat = Chat()
    post = chat.post(handle="tk")
    (starred,) = chat.do(c.Highlight, "Ben", post=post)
    (undone,) = chat.do(c.Undo, "Ben", seq=starred.seq)
    (hidden,) = chat.do(c.Hide, post=post)
    (shown,) = chat.do(c.Undo, seq=hidden.seq)
    (given,) = chat.do(c.GiveTurn, question="q2", moderator="Ben")
    assert told(chat, undone, shown, given) == [
        "You took back: you starred Tk's post",
        "Ana took back: Ana hid Tk's post",
        "Ana gave Q2 to you",
    ]
    assert action_words(chat.state, given) == "gave Q2 to Ben"
    assert action_words(chat.state, replace(given, by="Ben")) == "took the turn for Q2"
    lines = log_lines(chat.state, "Ben")
    assert [line.words.plain.partition(" ")[2].strip() for line in (lines[2], lines[4])] == [
        "taken back: Ana hid Tk's post", "taken back: You starred Tk's post",
    ]  # fmt: skip
    *before, last = lines[4].words.in_lines(26).plain.splitlines()
    assert before == [" 7:00  taken back: You"]
    assert last == "       starred Tk's post"


def test_shared_minutes_are_told_to_the_half() -> None:
    chat = Chat(a_plan(5))
    chat.at += 15 * 60_000
    chat.do(c.Ask, question="q1", seen=None)
    (shared,) = chat.do(c.ShareMinutes)
    even, odd = {"q2": 8.0, "q3": 8.16, "q4": 7.9}, {"q2": 7.0, "q3": 7.5}
    assert told(chat, replace(shared, minutes=even), replace(shared, minutes=odd)) == [
        "Ana shared what is left: 8 minutes for 3 questions",
        "Ana shared what is left: 7 to 7.5 minutes for 2 questions",
    ]


def test_what_reading_may_cost_is_told_as_allowed() -> None:
    chat = Chat()
    (allowed,) = chat.do(c.AllowSpending, source="x", ceiling=7.5)
    assert told(chat, allowed) == ["Ana allowed $7.50 for reading x"]
