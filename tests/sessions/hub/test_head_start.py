"""What a desk knows by the session's file before the hub answers: it need not come again, and nothing wrong stays."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sessions.core.events import AnyEvent, NoteAdded, PostRedacted, PostSeen
from sessions.core.evolve import fold
from sessions.core.posts import Author, Post
from sessions.hub.client.client import Beat, Events, HubClient, Invite, Online
from sessions.hub.client.head_start import HeadStart, head_start
from sessions.library.storage.session_file import SessionFile
from tests.sessions.hub.live import LiveHub, hasty, live_hub
from tests.sessions.hub.test_client import Following


async def followed(live: LiveHub, known: HeadStart | None) -> Following:
    client = HubClient(Invite(live.url, live.keys.token), sleep=hasty)
    await client.join("Ana")
    client.begin_with(known)
    following = Following(client)
    last = live.session.durable.seq
    await following.until(lambda it: it.seqs[-1:] >= [last])
    await following.stop()
    await client.aclose()
    return following


def pieces(following: Following) -> list[Events]:
    return [told for told in following.told if isinstance(told, Events)]


async def test_the_file_comes_in_one_piece_and_what_the_hub_has_since_follows(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ben = await live.join("Ben")
        await ben.done("note", text="before")
        known = await head_start(live.file.path)
        assert known is not None
        here = known.state.digest()
        await ben.done("note", text="since")
        following = await followed(live, known)
        first, *others = pieces(following)
        assert (first.events, first.folded) == (known.events, known.state)
        assert here == fold(known.events).digest()
        assert following.seqs == list(range(1, live.session.durable.seq + 1))
        assert all(piece.folded is None for piece in others)
        kinds = [type(told) for told in following.told]
        assert kinds[:3] == [Online, Beat, Events], "how far the hub is, is known before what was before"


@pytest.mark.parametrize("wrong", ["another last event", "more than the hub has"])
async def test_what_the_hub_does_not_have_so_is_forgotten_and_all_comes_from_it(wrong: str, tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        await (await live.join("Ben")).done("note", text="before")
        found = await head_start(live.file.path)
        assert found is not None
        events: tuple[AnyEvent, ...] = found.events
        last = events[-1]
        assert isinstance(last, NoteAdded)
        if wrong == "another last event":
            events = (*events[:-1], replace(last, text="never saved"))
        else:
            events = (*events, *(replace(last, seq=last.seq + n, text="lost") for n in range(1, 9)))
        following = await followed(live, HeadStart(events, fold(events)))
        assert following.seqs == list(range(1, live.session.durable.seq + 1))
        assert all(piece.folded is None for piece in pieces(following))
        assert [event for piece in pieces(following) for event in piece.events] == live.session.log.events()


async def test_words_that_were_blanked_are_not_in_it(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        at = live.session.durable.at
        post = Post("mastodon:1", Author("mastodon:@kim", "kim", "Kim"), "nobody may read this", at)
        judged: dict[str, Any] = {"kind": "aside", "filed": None, "newcomer": False}
        seq = live.session.durable.seq
        written: list[AnyEvent] = [
            PostSeen(seq=seq + 1, at=at, by=None, command=None, post=post, **judged),
            PostRedacted(seq=seq + 2, at=at, by="Ben", command="c", post=post.id),
        ]
    with SessionFile.open(live.file.path) as file:
        file.commit(written)
    known = await head_start(live.file.path)
    assert known is not None
    assert "nobody" not in str(known.events)
    assert known.state.digest() == fold(known.events).digest()


async def test_a_file_that_cannot_be_read_is_left_to_the_hub(tmp_path: Path) -> None:
    assert await head_start(tmp_path / "none.json") is None
    broken = tmp_path / "2026-12-01-x-abcdef.json"
    broken.write_text("{", encoding="utf-8")
    assert await head_start(broken) is None
