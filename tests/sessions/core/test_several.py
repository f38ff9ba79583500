"""Several at once: what comes of it is what comes of each alone, all or nothing, and one undo takes all of it back."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.core.commands import decode_command, encode_command, latest_own
from sessions.core.commands.vocabulary import Malformed
from sessions.core.evolve import fold
from tests.sessions.core.building import Chat
from tests.sessions.core.test_undo import essence

PEOPLE = ("mlopez", "tomk", "jimr", "avo", "ilse")


def a_chat() -> tuple[Chat, list[str]]:
    """Five posts by five people under an open question, to some of which something happened."""
    chat = Chat()
    chat.do(c.Ask, question="q1", seen=None)
    posts = [chat.post(f"A1 number {n}", handle=handle, newcomer=True) for n, handle in enumerate(PEOPLE)]
    chat.do(c.Highlight, "Ben", post=posts[0])
    chat.do(c.Hide, "Ben", post=posts[1])
    chat.do(c.File, "Ben", post=posts[2], question="q2")
    chat.do(c.Greet, "Ben", person="mastodon:@avo")
    return chat, posts


KINDS = st.sampled_from(["file", "unfile", "star", "unstar", "hide", "show", "greet"])


def act_on(kind: str, post: str, person: str, id_: str) -> Any:
    match kind:
        case "file":
            return c.File(id=id_, post=post, question="q3")
        case "unfile":
            return c.File(id=id_, post=post, question=None)
        case "greet":
            return c.Greet(id=id_, person=person)
        case _:
            made = {"star": c.Highlight, "unstar": c.Unhighlight, "hide": c.Hide, "show": c.Show}[kind]
            return made(id=id_, post=post)


@given(st.lists(KINDS, min_size=5, max_size=5), st.permutations(range(5)), st.integers(1, 5))
def test_several_are_what_each_is_alone_and_one_undo_takes_all_of_it_back(
    kinds: list[str], order: list[int], many: int
) -> None:
    (one_by_one, posts), (at_once, same) = a_chat(), a_chat()
    assert posts == same
    before = essence(at_once)
    acts = tuple(act_on(kinds[place], posts[place], f"mastodon:@{PEOPLE[place]}", "x") for place in order[:many])
    for act in acts:
        one_by_one.do(type(act), **{name: getattr(act, name) for name in act.__struct_fields__ if name != "id"})
    events = at_once.do(c.Several, acts=acts)
    assert essence(at_once) == essence(one_by_one)
    assert fold(at_once.events).digest() == at_once.state.digest()
    if events:
        seq = latest_own(at_once.state, "Ana")
        assert seq is not None
        undone = at_once.do(c.Undo, seq=seq)
        assert len(undone) == len(events)
        assert fold(at_once.events).digest() == at_once.state.digest()
    assert essence(at_once) == before


def test_nothing_is_done_where_one_is_refused_and_the_refusal_says_whose_it_is() -> None:
    chat, posts = a_chat()
    before = chat.state.digest()
    acts = tuple(c.File(id="x", post=post, question="q4") for post in (posts[0], "mastodon:none"))
    words = chat.refused(c.Several, acts=acts)
    assert words == "Nothing was done, because of 1 of 2. ?: There is no such post in this chat."
    assert chat.state.digest() == before


def test_what_was_done_later_to_one_of_them_is_undone_first() -> None:
    chat, posts = a_chat()
    *_, last = chat.do(c.Several, acts=tuple(c.File(id="x", post=post, question="q4") for post in posts))
    later = chat.do(c.Highlight, "Ben", post=posts[1])
    assert "Ben did something later to it" in chat.refused(c.Undo, seq=last.seq)
    chat.do(c.Undo, "Ben", seq=later[0].seq)
    chat.do(c.Undo, seq=last.seq - 2)
    assert chat.state.filed(posts[2]).question == "q2"
    assert chat.do(c.Undo, seq=last.seq) == ()


def test_each_is_about_something_else_and_they_are_not_too_many() -> None:
    one = c.File(id="x", post="p", question="q1")
    command = c.Several(id="abc", acts=(one, c.Greet(id="x", person="p")))
    assert decode_command(encode_command(command)) == command
    twice = encode_command(command).replace(b'"greet"', b'"hide"').replace(b'"person"', b'"post"')
    many = [{"type": "hide", "id": "x", "post": str(n)} for n in range(101)]
    for raw in (twice, msgspec.json.encode({"type": "several", "id": "a", "acts": many})):
        with pytest.raises(Malformed) as malformed:
            decode_command(raw)
        assert malformed.value.field == "acts"
