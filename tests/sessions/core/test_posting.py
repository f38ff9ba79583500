"""Posting: begun before anything is sent, done or failed afterwards, and never twice the same to one network."""

from typing import Any

import pytest

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.commands import decode_command, encode_command
from sessions.core.events import ModeratorLeft, PostingBegun, PostingDone, PostRemoved, SourceChanged
from sessions.core.evolve import fold
from sessions.core.redaction.blanking import removals, still_told
from sessions.core.state import Posting
from tests.sessions.core.building import START, Chat

POST = "mastodon:https://mastodon.social/users/ana/statuses/1"


def begin(chat: Chat, by: str = "Ana", /, **changed: Any) -> str:
    """A posting of Q3 is begun; its key."""
    asked = wanted(**changed)
    chat.do(c.BeginPosting, by, **asked)
    return str(asked["key"])


def wanted(**changed: Any) -> dict[str, Any]:
    """What a desk asks for to post Q3 to Mastodon."""
    given = {
        "key": "key-00000001",
        "source": "mastodon:mastodon.social",
        "account": "ana@mastodon.social",
        "purpose": "question",
        "subject": "q3",
        "text": "Q3: What about station 3? #navasotaisd",
    }
    return given | changed


def test_a_posting_is_open_until_it_is_done() -> None:
    chat = Chat()
    key = begin(chat)
    posting = chat.state.postings[key]
    assert (posting.unfinished, posting.network, posting.begun.at) == (True, "mastodon", START)
    chat.at += 2000
    (done,) = chat.do(c.FinishPosting, key=key, post=POST, url="https://mastodon.social/@ana/1")
    assert isinstance(done, PostingDone)
    posting = chat.state.postings[key]
    assert (posting.unfinished, posting.post, posting.done_at) == (False, POST, START + 2000)
    assert chat.do(c.FinishPosting, key=key, post=POST) == ()


def test_the_same_question_goes_to_a_network_once_and_the_refusal_names_who_and_when() -> None:
    chat = Chat(at=START + 21 * 60_000)
    key = begin(chat)
    assert chat.refused(c.BeginPosting, **wanted(key="key-00000002")) == (
        "You began to post Q3 to mastodon at 7:21. Whether it is out must be looked up first."
    )
    chat.do(c.TakeRole, "Ben", role="driver")
    other_server = wanted(key="key-00000002", source="mastodon:fosstodon.org", account="ben@fosstodon.org")
    assert chat.refused(c.BeginPosting, "Ben", **other_server) == (
        "Ana began to post Q3 to mastodon at 7:21. Wait for it."
    )
    chat.do(c.FinishPosting, key=key, post=POST)
    assert chat.refused(c.BeginPosting, "Ben", **other_server) == ("Ana posted Q3 to mastodon at 7:21. -> repost")
    begin(chat, "Ben", key="key-00000003", source="bluesky", account="ben.example.org")


def test_refusals_call_a_server_by_its_own_name() -> None:
    chat = Chat(at=START + 21 * 60_000)
    chat.hear(SourceChanged, source="mastodon:mastodon.social", status="ok", cursor=None, called="Pixelfed")
    chat.hear(SourceChanged, source="mastodon:mastodon.social", status="ok", cursor="5")  # the name is as before
    key = begin(chat)
    again = wanted(key="key-00000002")
    assert "You began to post Q3 to Pixelfed at 7:21." in chat.refused(c.BeginPosting, **again)
    chat.do(c.FinishPosting, key=key, post=POST)
    assert "You posted Q3 to Pixelfed at 7:21." in chat.refused(c.BeginPosting, **again)


def test_a_server_is_not_believed_to_be_a_network_that_is_read() -> None:
    chat = Chat()
    for source, called in (("bluesky", None), ("mastodon:a.example", "BlueSky"), ("mastodon:b.example", "Akkoma")):
        chat.hear(SourceChanged, source=source, status="ok", cursor=None, called=called)
    sources = ("bluesky", "mastodon:a.example", "mastodon:b.example", "mastodon:c.example", "x")
    assert [chat.state.called(one) for one in sources] == ["bluesky", "mastodon", "Akkoma", "mastodon", "x"]


def test_a_question_goes_out_again_when_that_is_meant_but_not_while_one_is_on_its_way() -> None:
    chat = Chat()
    key = begin(chat)
    again = wanted(key="key-00000002", purpose="again")
    assert "Whether it is out must be looked up first." in chat.refused(c.BeginPosting, **again)
    chat.do(c.FinishPosting, key=key, post=POST)
    begin(chat, **again)
    chat.do(c.FinishPosting, key="key-00000002", post=f"{POST}2")
    begin(chat, **wanted(key="key-00000003", purpose="again"))


def test_what_failed_may_be_begun_anew() -> None:
    chat = Chat()
    key = begin(chat)
    chat.do(c.FailPosting, key=key, reason="refused: no permission")
    assert chat.do(c.FailPosting, key=key, reason="once more") == ()
    assert chat.state.postings[key].failed == "refused: no permission"
    begin(chat, key="key-00000002")


def test_what_failed_and_is_out_after_all_is_noted_as_done() -> None:
    chat = Chat()
    key = begin(chat)
    chat.do(c.FailPosting, key=key, reason="no answer")
    chat.do(c.FinishPosting, key=key, post=POST)
    assert chat.state.postings[key].failed is None
    assert "out on mastodon: Q3" in chat.refused(c.FailPosting, key=key, reason="no")


def test_only_who_began_it_ends_it_and_anybody_once_they_have_left() -> None:
    chat = Chat()
    key = begin(chat)
    assert chat.refused(c.FinishPosting, "Ben", key=key, post=POST) == "Ana is posting Q3. Wait for it."
    assert chat.refused(c.FailPosting, "Ben", key=key, reason="?") == "Ana is posting Q3. Wait for it."
    chat.hear(ModeratorLeft, name="Ana", scope="moderator")
    chat.do(c.FailPosting, "Ben", key=key, reason="looked up: it is not out")


def test_what_came_back_from_the_network_may_be_noted_as_done_by_anybody_and_by_nobody_as_failed() -> None:
    chat = Chat()
    key = begin(chat)
    post = chat.post("Q3: What about station 3? #navasotaisd", handle="ana", posting=key)
    assert chat.state.postings[key].seen == post
    assert "It is out on mastodon" in chat.refused(c.FailPosting, key=key, reason="no answer")
    chat.do(c.FinishPosting, "Ben", key=key, post=post)


def test_what_came_back_from_the_network_is_out_also_where_who_sent_it_has_gone() -> None:
    chat = Chat()
    chat.post("Q3: What about station 3? #navasotaisd", handle="ana", posting=begin(chat))
    assert chat.refused(c.BeginPosting, **wanted(key="key-00000002")).endswith("-> repost")
    begin(chat, key="key-00000002", purpose="again")


def test_questions_are_the_drivers_lines_and_greetings_anybodys() -> None:
    chat = Chat()
    post = chat.post(handle="tk", newcomer=True)
    assert chat.refused(c.BeginPosting, "Ben", **wanted()) == "Ana asks the questions. -> take_driver"
    again = wanted(purpose="again")
    assert chat.refused(c.BeginPosting, "Ben", **again) == "Ana asks the questions. -> take_driver"
    begin(chat, "Ben", purpose="script", subject="welcome", text="Welcome! #navasotaisd")
    greeting = {"purpose": "greeting", "subject": "mastodon:@tk", "text": "@tk Welcome!", "reply_to": post}
    begin(chat, "Ben", key="key-00000002", **greeting)
    chat.do(c.FinishPosting, "Ben", key="key-00000001", post=POST)
    assert chat.refused(
        c.BeginPosting, "Ben", **wanted(key="key-00000003", purpose="script", subject="welcome", text="Hello again")
    ) == ("You posted the welcome to mastodon at 7:00.")
    begin(chat, "Ben", key="key-00000003", purpose="again", subject="welcome", text="Hello again")


def test_the_heads_up_is_a_line_of_its_own_for_each_question() -> None:
    chat = Chat()
    for number, question in enumerate(("q1", "q2")):
        begin(chat, "Ben", key=f"key-0000000{number}", purpose="script", subject=f"heads_up:{question}", text="Soon")
        chat.do(c.FinishPosting, "Ben", key=f"key-0000000{number}", post=f"{POST}{number}")
    assert "the heads-up" in chat.refused(
        c.BeginPosting, "Ben", **wanted(key="key-00000003", purpose="script", subject="heads_up:q2")
    )


def test_a_greeting_that_is_out_marks_the_person_as_greeted() -> None:
    chat = Chat()
    chat.post(handle="tk", newcomer=True)
    key = begin(chat, "Ben", purpose="greeting", subject="mastodon:@tk", text="@tk Welcome!")
    assert [person.author.handle for person in chat.state.to_greet()] == ["tk"]
    done, greeted = chat.do(c.FinishPosting, "Ben", key=key, post=POST)
    assert (greeted.__struct_config__.tag, greeted.command) == ("person_greeted", done.command)
    assert chat.state.to_greet() == []


def test_who_was_greeted_already_is_not_marked_anew() -> None:
    chat = Chat()
    chat.post(handle="tk", newcomer=True)
    key = begin(chat, "Ben", purpose="greeting", subject="mastodon:@tk", text="@tk Welcome!")
    chat.do(c.Greet, "Ana", person="mastodon:@tk")
    (_done,) = chat.do(c.FinishPosting, "Ben", key=key, post=POST)
    mark = chat.state.people["mastodon:@tk"].greeted
    assert mark is not None
    assert mark.by == "Ana"


def test_nothing_is_posted_in_a_rehearsal_or_after_the_end() -> None:
    chat = Chat()
    chat.state.rehearsal = True
    assert chat.refused(c.BeginPosting, **wanted()) == ("This is a rehearsal: nothing is posted. -> copy")
    chat.state.rehearsal = False
    assert chat.refused(c.BeginPosting, **wanted(source="practice")) == "Nothing can be posted to practice."
    chat.do(c.Close)
    assert chat.refused(c.BeginPosting, **wanted()) == "This chat is closed."


def test_a_rehearsal_notes_what_would_have_gone_out_as_done_at_once() -> None:
    chat = Chat()
    chat.post(handle="tk", newcomer=True)
    chat.state.rehearsal = True
    begun, done = chat.do(c.BeginPosting, **wanted(source="practice"))
    assert (type(begun), type(done)) == (e.PostingBegun, e.PostingDone)
    posting = chat.state.postings["key-00000001"]
    assert (posting.post, posting.url, posting.out) == ("practice:key-00000001", None, True)
    assert "Ana" not in chat.refused(c.BeginPosting, **wanted(source="practice", key="key-00000002"))
    again = wanted(source="practice", key="key-00000002", purpose="again")
    assert len(chat.do(c.BeginPosting, **again)) == 2
    hello = wanted(source="practice", key="key-00000003", purpose="greeting", subject="mastodon:@tk")
    assert [type(event) for event in chat.do(c.BeginPosting, **hello)] == [
        e.PostingBegun,
        e.PostingDone,
        e.PersonGreeted,
    ]
    assert chat.refused(c.Undo, seq=begun.seq) == "It was rehearsed, and nothing was sent."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"subject": "q99"}, "There is no such question in this chat."),
        ({"purpose": "script", "subject": "q3"}, "There is no such line in the script."),
        ({"purpose": "script", "subject": "heads_up:q99"}, "There is no such question in this chat."),
        ({"purpose": "greeting", "subject": "mastodon:@nobody"}, "There is no such person in this chat."),
        ({"source": "practice"}, "Nothing can be posted to practice."),
        ({"reply_to": "mastodon:99"}, "There is no such post in this chat."),
    ],
)
def test_what_is_not_there_is_not_posted(changed: dict[str, str], words: str) -> None:
    assert Chat().refused(c.BeginPosting, **wanted(**changed)) == words


def test_a_key_is_used_once_and_an_unknown_one_refused() -> None:
    chat = Chat()
    begin(chat)
    assert "This key is that of Q3" in chat.refused(c.BeginPosting, **wanted(subject="q4"))
    assert chat.refused(c.FinishPosting, key="key-00000009", post=POST) == "There is no such posting in this chat."


def test_a_key_has_only_what_every_network_takes() -> None:
    command = c.BeginPosting(id="a", **wanted(key="no spaces"))
    with pytest.raises(c.Malformed, match="Expected a key") as caught:
        decode_command(encode_command(command))
    assert caught.value.field == "key"


def test_what_is_public_cannot_be_undone() -> None:
    chat = Chat()
    key = begin(chat)
    (done,) = chat.do(c.FinishPosting, key=key, post=POST)
    begun = next(event for event in chat.events if isinstance(event, PostingBegun))
    for event in (begun, done):
        assert chat.refused(c.Undo, seq=event.seq) == (
            "What is public stays so. To take Q3 back, delete it on mastodon."
        )
    assert c.latest_own(chat.state, "Ana") != done.seq


def test_blanking_the_own_post_blanks_what_was_posted_and_the_fold_is_the_same_before_and_after() -> None:
    chat = Chat()
    key = begin(chat, text="Q3: What did Tim say? #navasotaisd")
    post = chat.post("Q3: What did Tim say? #navasotaisd", handle="ana", posting=key, warning="names Tim")
    chat.do(c.FinishPosting, key=key, post=post, url="https://mastodon.social/@ana/1")
    chat.do(c.Redact, post=post)
    blanks = still_told(chat.state, chat.events)
    kept = [blanks.get(event.seq, event) for event in chat.events]
    assert b"Tim" not in b"".join(map(repr_bytes, kept))
    assert b"@ana/1" not in b"".join(map(repr_bytes, kept))
    assert fold(kept).digest() == chat.state.digest() == fold(chat.events).digest()


def test_a_removed_own_post_is_blanked_when_the_chat_is_closed() -> None:
    chat = Chat()
    key = begin(chat, text="Q3: a slip")
    post = chat.post("Q3: a slip", handle="ana", posting=key)
    chat.hear(PostRemoved, post=post)
    blanks = removals(chat.state, chat.events)
    assert {event.__struct_config__.tag for event in blanks.values()} == {"posting_begun", "post_seen"}
    assert not any(b"slip" in repr_bytes(event) for event in blanks.values())


def test_what_was_blanked_before_it_is_noted_as_done_stays_blank() -> None:
    chat = Chat()
    key = begin(chat, text="Q3: What did Tim say?")
    post = chat.post("Q3: What did Tim say?", handle="ana")
    chat.do(c.Redact, post=post)
    chat.do(c.FinishPosting, key=key, post=post, url="https://mastodon.social/@ana/1")
    posting = chat.state.postings[key]
    assert (posting.begun.text, posting.url) == ("", None)


def repr_bytes(event: Any) -> bytes:
    """All that an event says."""
    return repr(event).encode()


def test_what_reading_costs_adds_up_over_the_sources() -> None:
    chat = Chat()
    chat.hear(SourceChanged, source="x", status="ok", cursor=None, spent=1250)
    chat.hear(SourceChanged, source="bluesky", status="ok", cursor=None)
    assert (chat.state.sources["x"].spent, chat.state.spent()) == (1250, 1250)


def test_the_driver_may_allow_more_than_the_plan_and_take_it_back() -> None:
    chat = Chat()
    assert chat.state.ceiling("x") == 5.0
    assert chat.refused(c.AllowSpending, "Ben", source="x", ceiling=8) == "Ana asks the questions. -> take_driver"
    (allowed,) = chat.do(c.AllowSpending, source="x", ceiling=8)
    assert (chat.state.ceiling("x"), chat.state.ceiling("other")) == (8, 5.0)
    assert chat.do(c.AllowSpending, source="x", ceiling=8) == ()
    chat.do(c.Undo, seq=allowed.seq)
    assert chat.state.ceiling("x") == 5.0


def test_a_posting_is_known_by_what_became_of_it() -> None:
    begun = PostingBegun(seq=1, at=0, by="Ana", command="c", **wanted())
    assert Posting(begun).unfinished
    assert not Posting(begun, failed="no").unfinished
    assert not Posting(begun, post=POST).unfinished
