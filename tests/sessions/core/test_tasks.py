"""Tasks to look a hashtag up: which posts show that somebody did one, in whatever order they come."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.commands import BeginPosting, Hide, MarkTask, Mute, Redact, Undo
from sessions.core.events import PostEdited, PostRemoved
from sessions.core.evolve import fold, tags
from sessions.core.plan import Lookup
from sessions.core.posts import Filed
from sessions.core.redaction.blanking import still_told
from sessions.core.state import SessionState
from sessions.core.tasks.standing import closed, done_by, lookup_of, participants, standing
from sessions.core.tasks.words import standing_words
from sessions.publishing.texts import task_draft
from tests.sessions.core.building import START, Chat, a_plan

PBL = Lookup("PBL", "Find one good thing and share it.")
TASK = {"hashtags": ("navasotaisd", "tasanov"), "optional_hashtags": ("tasanov",), "lookups": (PBL,)}


def a_chat(**changed: Any) -> Chat:
    return Chat(a_plan(**(TASK | changed)))


def how(chat: Chat, handle: str = "mlopez", lookup: Lookup = PBL) -> str:
    """How somebody stands with the task, in words."""
    return standing_words(lookup, standing(chat.state, lookup, f"mastodon:@{handle}"))


@pytest.mark.parametrize(
    ("text", "fields", "told"),
    [
        ("Look #pbl #NavasotaISD", {}, "done: carries #PBL and #navasotaisd"),
        ("Look #pbl", {"tags": ("tasanov",)}, "done: carries #PBL and #tasanov"),
        ("Look", {"tags": ("PBL", "navasotaisd")}, "done: carries #PBL and #navasotaisd"),
        ("Look #PBL", {}, "not done yet"),
        ("Look #navasotaisd", {}, "not done yet"),
        (
            "So good #navasotaisd",
            {"quote_of": "mastodon:9", "quoted_tags": ("pbl",)},
            "done: quotes a post that carries #PBL",
        ),
        ("So good #navasotaisd", {"quote_of": "mastodon:1"}, "done: quotes a post that carries #PBL"),
        ("RT look", {"repost_of": "mastodon:1", "kind": "repost"}, "done: shares a post that carries #PBL"),
        ("This: https://WWW.m.example/@kim/1/ #navasotaisd", {}, "done: links a post that carries #PBL"),
        ("This: https://m.example/@kim/2 #navasotaisd", {}, "not done yet"),
        ("Thanks! #navasotaisd", {"quote_of": "mastodon:2"}, "not done yet"),
        ("RT task", {"repost_of": "mastodon:2", "kind": "repost", "tags": ("PBL", "navasotaisd")}, "not done yet"),
        (
            "RT @x: #PBL #navasotaisd",
            {"repost_of": "mastodon:99", "kind": "repost"},
            "done: shares a post that carries #PBL",
        ),
    ],
)
def test_how_a_post_shows_it(text: str, fields: dict[str, Any], told: str) -> None:
    chat = a_chat()
    chat.post("Look here #PBL", handle="kim", url="https://m.example/@kim/1")
    chat.post("Look up #PBL #navasotaisd", handle="ana@mastodon.social", url="https://m.example/@ana/2")
    chat.post(text, **fields)
    assert how(chat) == told


def test_what_hosts_write_is_no_find_and_a_post_under_the_looked_up_hashtag_alone_is_none() -> None:
    chat = a_chat(lookups=(Lookup("tasanov", "Look"),))
    chat.post("Look up #tasanov #navasotaisd", handle="ben")
    chat.post("I learn #tasanov", quote_of="mastodon:7", quoted_tags=("tasanov",))
    assert chat.state.finds == {}


def test_what_is_posted_from_a_desk_is_no_find_whoever_the_account_is() -> None:
    chat = a_chat()
    post = chat.post("Look up #PBL #navasotaisd", handle="school", posting="key-00000001")
    chat.post("RT Look up #PBL #navasotaisd", repost_of=post, kind="repost")
    assert chat.state.finds == {}


def test_a_task_is_posted_once_and_by_its_name() -> None:
    chat = a_chat()
    draft = task_draft(chat.state, PBL)
    assert draft.text == "Look up #PBL: Find one good thing and share it. #navasotaisd"
    fields = {"source": "mastodon:m.example", "account": "ana", "purpose": draft.purpose, "text": draft.text}
    chat.do(BeginPosting, "Ben", key="key-00000001", subject=draft.subject, **fields)
    told = chat.refused(BeginPosting, key="key-00000002", subject=draft.subject, **fields)
    assert told.startswith("Ben began to post the task #PBL to mastodon")
    assert chat.refused(BeginPosting, key="key-00000003", subject="task:math", **fields) == (
        "There is no task to look up #math."
    )


def test_posts_may_come_in_any_order_and_change() -> None:
    chat = a_chat()
    quoting = chat.post("Good #navasotaisd", quote_of="mastodon:2", kind="aside", filed=None)
    assert how(chat) == "not done yet"
    found = chat.post("Projects", handle="kim")
    chat.hear(PostEdited, post=found, text="Projects #PBL", kind="answer", filed=Filed("q1", "label"))
    assert how(chat) == "done: quotes a post that carries #PBL"
    chat.hear(PostEdited, post=found, text="Projects", kind="answer", filed=Filed("q1", "label"))
    assert how(chat) == "not done yet"
    chat.hear(PostEdited, post=quoting, text="#PBL #tasanov", kind="aside", filed=None)
    assert how(chat) == "done: carries #PBL and #tasanov"
    chat.hear(PostRemoved, post=quoting)
    assert how(chat) == "not done yet"


def test_what_is_out_of_sight_shows_nothing() -> None:
    chat = a_chat()
    post = chat.post("#PBL #navasotaisd")
    chat.do(Hide, post=post)
    assert how(chat) == "not done yet"
    hidden = chat.state.seq
    chat.do(Undo, seq=hidden)
    assert how(chat).startswith("done")
    chat.do(Mute, person="mastodon:@mlopez")
    assert how(chat) == "not done yet"
    assert participants(chat.state) == 0


def test_what_comes_after_the_end_is_too_late_by_the_time_of_its_network() -> None:
    lookup = Lookup("PBL", "Look", START)
    chat = a_chat(lookups=(lookup,))
    chat.at = START + 60_000
    chat.post("#PBL #navasotaisd")
    assert how(chat, lookup=lookup) == "too late: carries #PBL and #navasotaisd"
    assert (closed(lookup, START), closed(lookup, START + 1), closed(PBL, START)) == (False, True, False)


def test_a_moderator_says_so_and_it_can_be_undone() -> None:
    chat = a_chat()
    chat.post()
    person = "mastodon:@mlopez"
    chat.do(MarkTask, person=person, tag="#pbl", done=True)
    assert how(chat) == "done, says Ana"
    assert list(done_by(chat.state, PBL)) == [person]
    assert chat.do(MarkTask, "Ben", person=person, tag="PBL", done=True) == ()
    (marked,) = chat.do(MarkTask, "Ben", person=person, tag="PBL", done=False)
    assert how(chat) == "not done, says Ben"
    assert chat.refused(Undo, seq=marked.seq - 1).startswith("Ben did something later to it")
    chat.do(Undo, seq=marked.seq)
    assert how(chat) == "done, says Ana"
    chat.do(MarkTask, person=person, tag="PBL", done=None)
    assert how(chat) == "not done yet"
    chat.do(Undo, seq=chat.state.seq)
    assert how(chat) == "done, says Ana"


def test_what_cannot_be_marked() -> None:
    chat = a_chat()
    chat.post(handle="ben")
    assert chat.refused(MarkTask, person="mastodon:@ben", tag="PBL", done=True) == "Ben is a host."
    assert chat.refused(MarkTask, person="mastodon:@ben", tag="math", done=True) == "There is no task to look up #math."
    assert chat.refused(MarkTask, person="x:1", tag="PBL", done=True) == "There is no such person in this chat."
    assert lookup_of(Chat().state, "PBL") is None


def test_posts_are_counted_by_hashtag_where_there_are_several() -> None:
    chat = a_chat()
    one = chat.post("#navasotaisd #TaSanov")
    chat.post("x", tags=("navasotaisd",))
    assert chat.state.tag_posts == {"navasotaisd": 2, "tasanov": 1}
    chat.hear(PostEdited, post=one, text="#navasotaisd", kind="aside", filed=None)
    assert chat.state.tag_posts == {"navasotaisd": 2}
    chat.hear(PostRemoved, post=one)
    assert chat.state.tag_posts == {"navasotaisd": 1}
    alone = Chat()
    alone.post("#navasotaisd")
    assert (alone.state.tag_posts, alone.state.referring, alone.state.addresses) == ({}, {}, {})


WORDS = st.sampled_from(("#PBL", "#navasotaisd", "#tasanov", "look", "https://m.example/1", "https://m.example/2."))
IDS = st.sampled_from([None, *(f"mastodon:{number}" for number in range(1, 7))])
POSTS = st.fixed_dictionaries(
    {
        "text": st.lists(WORDS, max_size=4).map(" ".join),
        "handle": st.sampled_from(("ben", "kim", "tom")),
        "quote_of": IDS,
        "repost_of": IDS,
        "url": st.sampled_from((None, "https://m.example/1", "https://m.example/2")),
        "quoted_tags": st.sampled_from(((), ("PBL",))),
    }
)


@given(
    st.lists(POSTS, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("erx"), WORDS), max_size=5),
    st.randoms(),
)
def test_step_by_step_is_as_at_once(
    posts: list[dict[str, Any]], then: list[tuple[int, str, str]], dice: random.Random
) -> None:
    chat = a_chat()
    steps: list[Any] = [*posts, *then]
    dice.shuffle(steps)
    for step in steps:
        if isinstance(step, dict):
            chat.post(**step)
        elif (post := f"mastodon:{step[0] + 1}") in chat.state.posts:
            if step[1] == "e":
                chat.hear(PostEdited, post=post, text=step[2], kind="answer", filed=Filed("q1", "label"))
            elif step[1] == "r":
                chat.hear(PostRemoved, post=post)
            else:
                chat.do(Redact, post=post)
    state = chat.state
    assert as_sets(state) == {
        (seen.post.author.id, find) for post, seen in state.posts.items() for find in tags._finds(state, post)
    }
    blanked = still_told(state, chat.events)
    assert fold(blanked.get(event.seq, event) for event in chat.events).digest() == state.digest()
    assert state.copy().digest() == state.digest()


def as_sets(state: SessionState) -> set[tuple[str, Any]]:
    return {(person, find) for person, finds in state.finds.items() for find in finds}
