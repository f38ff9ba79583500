"""What was looked up elsewhere and shared: noted once, taken back as far as it is not public, blanked and forgotten."""

import hashlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.commands import Malformed, decode_command, encode_command, latest_own, why_not_undoable
from sessions.core.commands.finds import cleaned_find
from sessions.core.events import encode_event
from sessions.core.evolve import fold
from sessions.core.identity import Identity
from sessions.core.posts import Author, Post
from sessions.core.redaction.blanking import removals
from sessions.core.redaction.forgetting import without
from sessions.core.reunion import reunite
from tests.sessions.core.building import START, Chat

JO = Author("mastodon:jo@other.example", "jo@other.example", "Jo Finder")
FOUND = Post(
    "mastodon:https://other.example/7", JO, "Exit tickets on paper, three a week", START,
    url="https://other.example/@jo/7", tags=("PBL",),
)  # fmt: skip
WHERE = {"source": "mastodon:m.example", "account": "ana@m.example", "purpose": "share", "how": "new"}


def shared(chat: Chat, key: str = "key-00000001", by: str = "Ana", **changed: Any) -> Any:
    fields = {**WHERE, "key": key, "subject": FOUND.id, "text": "“Exit …” via @jo@other.example", "found": FOUND}
    return chat.try_(c.BeginPosting, by, **(fields | changed))


def test_a_share_tells_what_was_found_before_it_tells_that_it_is_posted() -> None:
    chat = Chat()
    first, second = shared(chat)
    assert isinstance(first, e.PostShared)
    assert isinstance(second, e.PostingBegun)
    assert (first.found, first.how, first.stands, first.key) == (FOUND, "new", "posting", second.key)
    assert (second.how, second.subject) == ("new", FOUND.id)
    assert chat.state.shares == {first.seq: first}
    assert not chat.state.posts
    assert not chat.state.people


def test_a_find_goes_to_one_network_once_and_to_another_too() -> None:
    chat = Chat()
    shared(chat)
    assert shared(chat, "key-00000002", "Ben").refusal.startswith("Ana began to post a find by Jo Finder to mastodon")
    chat.do(c.FinishPosting, key="key-00000001", post="mastodon:own", url="https://m.example/own")
    assert shared(chat, "key-00000002", "Ben").refusal.startswith("Ana posted a find by Jo Finder to mastodon at")
    assert not isinstance(shared(chat, "key-00000003", source="bluesky", account="ana.example.org"), c.Refusal)


def test_what_did_not_go_out_can_be_shared_again_and_taken_back() -> None:
    chat = Chat()
    first, _ = shared(chat)
    chat.do(c.FailPosting, key="key-00000001", reason="no permission")
    second, _ = shared(chat, "key-00000002")
    chat.do(c.FailPosting, key="key-00000002", reason="no permission")
    chat.do(c.Undo, seq=second.seq)
    chat.do(c.Undo, seq=first.seq)
    assert chat.state.shares == {}


def test_what_is_public_or_may_be_is_not_undone_and_says_how_it_is_removed() -> None:
    chat = Chat()
    first, _ = shared(chat)
    assert chat.refused(c.Undo, seq=first.seq) == "Whether the post is out on mastodon is not known yet. Look there."
    chat.do(c.FinishPosting, key="key-00000001", post="mastodon:own", url="https://m.example/own")
    how = "What is public stays so: delete the post on mastodon, as @ana@m.example: https://m.example/own"
    assert chat.refused(c.Undo, seq=first.seq) == how == why_not_undoable(chat.state, first.seq)
    assert first.seq in chat.state.shares


def test_undoing_passes_over_what_is_public() -> None:
    chat = Chat()
    (note,) = chat.do(c.Note, text="first")
    shared(chat)
    assert latest_own(chat.state, "Ana") == note.seq


def test_what_was_copied_is_taken_back_wholly_and_tells_no_network() -> None:
    chat = Chat()
    (copied,) = chat.do(c.Share, found=FOUND)
    assert isinstance(copied, e.PostShared)
    assert json.loads(encode_event(copied)).keys() == {"type", "seq", "at", "by", "command", "found", "how", "stands"}
    chat.do(c.Undo, "Ben", seq=copied.seq)
    assert chat.state.shares == {}


@pytest.mark.parametrize("changed", [{"found": msgspec.UNSET}, {"subject": "mastodon:another"}, {"purpose": "script"}])
def test_what_is_shared_has_to_be_clear(changed: dict[str, Any]) -> None:
    assert shared(Chat(), **changed).refusal == "It is not clear which post is shared."


def test_a_posting_that_shares_nothing_travels_as_before() -> None:
    where = {"source": "mastodon:m", "account": "a", "purpose": "script", "subject": "welcome", "text": "Hi"}
    sent = json.loads(encode_command(c.BeginPosting(id="1", key="key-00000001", **where)))
    assert sent.keys() == {"type", "id", "key", "reply_to", *where}


def test_what_a_desk_sends_as_a_find_is_cleaned() -> None:
    bad = replace(
        FOUND, text="a\x1b[31m‮b", url="javascript:alert(1)", author=replace(JO, name="Jo\n\x07", handle="@jo "),
    )  # fmt: skip
    command = decode_command(encode_command(c.Share(id="1", found=bad)))
    assert isinstance(command, c.Share)
    assert (command.found.text, command.found.url) == ("a[31mb", None)
    assert command.found.author == replace(JO, name="Jo", handle="jo")
    with pytest.raises(Malformed):
        decode_command(encode_command(c.Share(id="1", found=replace(FOUND, id="nothing"))))


texts = st.text(max_size=60)


@given(texts, texts, texts, texts, st.integers(), st.lists(texts, max_size=3))
def test_whatever_is_found_is_fit_to_be_kept_or_is_none(
    id_: str, name: str, text: str, url: str, at: int, tags: list[str]
) -> None:
    post = Post(f"x:{id_}", Author(f"x:{name}", name, name), text, at, url=url, tags=tuple(tags), warning=text)
    clean = cleaned_find(post)
    if clean is not None:
        assert cleaned_find(clean) == clean
        assert not any("\x1b" in one for one in (clean.id, clean.text, clean.author.name, clean.warning or ""))


def test_what_was_looked_up_is_counted_and_cannot_be_undone() -> None:
    chat = Chat()
    (looked,) = chat.do(c.LookUp, source="x", looks_for="tag", text="PBL", posts=7, spent=150)
    chat.hear(e.SourceChanged, source="x", status="ok", cursor=None, spent=1000)
    assert (chat.state.spent_on("x"), chat.state.spent()) == (1150, 1150)
    assert chat.refused(c.Undo, seq=looked.seq) == "That cannot be undone."


def test_a_blanked_post_is_blanked_where_it_was_shared_and_shared_no_more() -> None:
    chat = Chat()
    post = chat.post("A1: secret words", handle="jo", url="https://m.example/secret")
    found = chat.state.posts[post].post
    shared(chat, found=found, subject=post, text="secret words")
    chat.do(c.Share, found=found)
    chat.do(c.Redact, post=post)
    bare = removals(chat.state, chat.events)
    told = [encode_event(bare.get(event.seq, event)) for event in chat.events]
    assert not any(b"secret" in one for one in told)
    assert not any(b"secret" in msgspec.json.encode(vars(chat.state)[name]) for name in ("shares", "postings"))
    again = fold([bare.get(event.seq, event) for event in chat.events])
    assert again.digest() == chat.state.digest()
    assert chat.refused(c.Share, found=found) == "This post was blanked out in this chat. It cannot be shared."


def test_who_is_forgotten_vanishes_from_what_was_found_of_them() -> None:
    chat = Chat()
    chat.do(c.LookUp, source="mastodon:m.example", looks_for="person", text="jo@other.example", posts=1)
    shared(chat, text="“Exit tickets on paper” via @jo@other.example https://other.example/@jo/7 #navasotaisd")
    chat.do(c.Share, "Ben", found=FOUND)
    chat.do(c.FinishPosting, key="key-00000001", post="mastodon:own", url="https://m.example/own")
    who = Identity(handles=frozenset({"mastodon:jo@other.example"}))
    after = without(chat.events, who, lambda one: hashlib.sha256(one.encode()).hexdigest()[:10])
    told = b"".join(map(encode_event, after))
    for word in (b"jo@other.example", b"Jo Finder", b"Exit tickets", b"other.example/7", b"other.example/@jo"):
        assert word not in told
    assert len(fold(after).shares) == 2


def test_two_files_of_a_chat_have_together_what_each_found() -> None:
    chat = Chat()
    before = list(chat.events)
    shared(chat)
    chat.do(c.LookUp, source="x", looks_for="tag", text="PBL", posts=7)
    found = reunite(before, chat.events, START + 1000)
    assert [one.group for one in found.additions] == ["finds", "postings", "finds"]
    merged = [*before, *found.events]
    assert fold(merged).shares.keys() == chat.state.shares.keys()
    assert not reunite(merged, chat.events, START + 2000).additions
