"""The log of moderator actions: what was posted to the networks, in words."""

from sessions.core import commands as c
from sessions.core.events import Event
from tests.sessions.core.building import Chat
from tui.desk.model.log_words import sentence


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


def test_what_reading_may_cost_is_told_as_allowed() -> None:
    chat = Chat()
    (allowed,) = chat.do(c.AllowSpending, source="x", ceiling=7.5)
    assert told(chat, allowed) == ["Ana allowed $7.50 for reading x"]
