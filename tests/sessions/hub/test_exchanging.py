"""Two libraries over real HTTP: what each lacks comes over, and newcomers are then the same."""

import asyncio
import json
from pathlib import Path
from typing import Any

import msgspec

from sessions.core.commands import LookUp, Redact, Share
from sessions.core.events import (
    LookedUp,
    PeopleCarried,
    PostRedacted,
    PostSeen,
    PostShared,
    SessionClosed,
    TaskMarked,
    encode_event,
)
from sessions.core.evolve import fold
from sessions.core.identity import Identity
from sessions.core.people import Register
from sessions.core.posts import Author, Post
from sessions.core.redaction.blanking import removals
from sessions.exchange.receiving import SentChat, receive_chat
from sessions.library.erasure import forget
from sessions.library.forgotten import ForgottenFile
from sessions.library.index import summaries
from sessions.library.library import Library
from sessions.library.people import PeopleFile, read_people
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.core.every_kind import Recorded, a_plan_with_notes, play
from tests.sessions.hub.live import Feed
from tests.sessions.hub.two_libraries import SERIES, WEEK, a_chat, listed, save, travelling, two
from tests.sessions.library.building import stock_events


async def test_both_list_the_same_chats_afterwards_and_a_second_look_finds_nothing(tmp_path: Path) -> None:
    save(tmp_path / "ana", "aaaaaa", a_chat(3, "tk"))
    save(tmp_path / "ana", "bbbbbb", a_chat(2, "mlopez"))
    save(tmp_path / "ben", "cccccc", a_chat(1, "jim"))
    async with two(tmp_path) as both:
        offer = await both.swap.look()
        assert [chat.id for chat in offer.fetch] == ["aaaaaa", "bbbbbb"]
        assert [chat.id for chat in offer.send] == ["cccccc"]
        assert (await both.exchange())[:2] == (2, 1)
        assert listed(both.ana) == listed(both.ben)
        assert set(listed(both.ben)) == {"aaaaaa", "bbbbbb", "cccccc"}
        assert not await both.swap.look()
        for session in listed(both.ana):
            [here], [there] = (list(folder.glob(f"*-{session}.json")) for folder in (both.ana, both.ben))
            assert here.name == there.name
            assert stock_events(here) == stock_events(there)
        assert (
            {*read_people(both.ana).find("jim").chats()} == {*read_people(both.ben).find("jim").chats()} == {"cccccc"}
        )


async def test_nothing_of_ones_own_is_sent_by_looking(tmp_path: Path) -> None:
    save(tmp_path / "ben", "cccccc", a_chat(1, "jim"))
    rebuild_people(Library(tmp_path / "ben"))
    async with two(tmp_path) as both:
        assert await both.swap.look()
        assert listed(both.ana) == {}
        assert not (both.ana / "people.json").exists()


async def test_of_two_copies_the_longer_one_wins_on_either_side(tmp_path: Path) -> None:
    chat, other = a_chat(2, "tk", "mlopez"), a_chat(1, "jim", "sue")
    save(tmp_path / "ana", "aaaaaa", chat)
    short = save(tmp_path / "ben", "aaaaaa", chat, events=6)
    save(tmp_path / "ana", "bbbbbb", other, events=6)
    save(tmp_path / "ben", "bbbbbb", other)
    async with two(tmp_path) as both:
        offer = await both.swap.look()
        assert offer.longer == 1
        assert (await both.exchange())[:2] == (1, 1)
        assert listed(both.ana) == listed(both.ben) == {"aaaaaa": len(chat.events), "bbbbbb": len(other.events)}
        assert fold(read_events(short)).digest() == chat.state.digest()


async def test_a_longer_copy_brings_no_blanked_words_back(tmp_path: Path) -> None:
    chat = a_chat(2, "tk", "mlopez")
    whole = save(tmp_path / "ana", "aaaaaa", chat)
    short = save(tmp_path / "ben", "aaaaaa", chat, events=6)
    with SessionFile.open(short) as file:
        [seen] = [event for event in file.read_events() if isinstance(event, PostSeen)]
        document = json.loads(encode_event(seen))
        document["post"]["text"] = "…"
        file.redact({seen.seq: json.dumps(document).encode()})
    async with two(tmp_path) as both:
        await both.exchange()
        assert "stations of tk" in whole.read_text()
        assert "stations of tk" not in short.read_text()
        assert listed(both.ben) == {"aaaaaa": len(chat.events)}


async def test_a_damaged_copy_is_kept_aside_and_the_whole_one_takes_its_place(tmp_path: Path) -> None:
    chat = a_chat(2, "tk")
    save(tmp_path / "ana", "aaaaaa", chat)
    path = save(tmp_path / "ben", "aaaaaa", chat)
    path.write_bytes(b"\0" * 500)
    async with two(tmp_path) as both:
        assert (await both.exchange())[0] == 1
        assert listed(both.ben) == {"aaaaaa": len(chat.events)}
        [aside] = both.ben.glob("*.damaged-1")
        assert aside.read_bytes() == b"\0" * 500


async def test_the_live_chat_rehearsals_and_other_series_stay_where_they_are(tmp_path: Path) -> None:
    save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk", series="another"))
    save(tmp_path / "ben", "bbbbbb", a_chat(1, "tk", closed=False))
    async with two(tmp_path) as both:
        save(both.ben, both.live.session.id, a_chat(0, "tk"))
        assert not await both.swap.look()


async def test_everything_that_can_happen_in_a_chat_goes_along_to_the_letter(tmp_path: Path) -> None:
    played = play(
        Recorded(msgspec.structs.replace(a_plan_with_notes(), starts_at=START - 2 * WEEK), at=START - 2 * WEEK)
    )
    gone = removals(played.state, played.events)
    played.events = [gone.get(event.seq, event) for event in played.events]
    path = save(tmp_path / "ben", "aaaaaa", played)
    async with two(tmp_path) as both:
        await both.exchange()
        [there] = both.ana.glob("*-aaaaaa.json")
        assert stock_events(there) == stock_events(path)
        kinds = {type(event) for event in read_events(there)}
        assert {LookedUp, PostShared, TaskMarked, PeopleCarried} <= kinds


async def test_a_title_that_was_changed_goes_along(tmp_path: Path) -> None:
    path = save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk"))
    Library(tmp_path / "ben").rename(path, "Stations, once more")
    async with two(tmp_path) as both:
        await both.exchange()
        assert [chat.title for chat in summaries(Library(both.ana)) if chat.id == "aaaaaa"] == ["Stations, once more"]


async def test_notes_about_people_and_joined_accounts_go_both_ways(tmp_path: Path) -> None:
    chat = a_chat(1, "tk", "mlopez")
    for name in ("ana", "ben"):
        save(tmp_path / name, "aaaaaa", chat)
        rebuild_people(Library(tmp_path / name))

    def note(folder: Path, handle: str, **fields: Any) -> None:
        PeopleFile(folder).change(lambda register: register.find(handle).write(fields))

    note(tmp_path / "ana", "tk", notes="Asks good questions.")
    note(tmp_path / "ben", "mlopez", recap="no", school="Central High")
    async with two(tmp_path) as both:
        offer = await both.swap.look()
        assert (offer.fetch, offer.send, offer.here, offer.there) == ((), (), True, True)
        assert (await both.exchange())[2]
        for folder in (both.ana, both.ben):
            assert read_people(folder).find("tk").notes == "Asks good questions."
            assert read_people(folder).find("mlopez").recap == "no"
            assert read_people(folder).find("mlopez").school == "Central High"
        assert not await both.swap.look()


async def test_whoever_was_forgotten_here_does_not_come_back_by_an_exchange(tmp_path: Path) -> None:
    for name in ("ana", "ben"):
        save(tmp_path / name, "aaaaaa", a_chat(3, "tk", "mlopez"))
        rebuild_people(Library(tmp_path / name))
    await asyncio.to_thread(forget, [tmp_path / "ben"], "tk")
    save(tmp_path / "ana", "bbbbbb", a_chat(2, "tk", "sue"))
    async with two(tmp_path) as both:
        await both.exchange()
        assert set(listed(both.ben)) == {"aaaaaa", "bbbbbb"}
        for path in both.ben.rglob("*"):
            assert not path.is_file() or b"stations of tk" not in path.read_bytes(), path
            assert not path.is_file() or b'"tk"' not in path.read_bytes(), path
        assert read_people(both.ana).find("tk").sessions == 1


async def test_whoever_was_forgotten_here_does_not_come_back_by_what_was_found_of_them(tmp_path: Path) -> None:
    chat = a_chat(3, "mlopez", closed=False)
    jo = Author("mastodon:jofinds", "jofinds@other.example", "Jo Xylander")
    found = Post("mastodon:j9", jo, "Exit tickets on violet paper", chat.at, url="https://other.example/@jofinds/9")
    where = {"source": "mastodon:m.example", "text": "jofinds@other.example"}
    chat.do(LookUp, looks_for="person", posts=1, **where)
    chat.do(Share, found=found)
    chat.hear(SessionClosed)
    save(tmp_path / "ben", "aaaaaa", a_chat(4, "mlopez"))
    save(tmp_path / "ana", "bbbbbb", chat)
    forgotten = Identity(handles=frozenset({"mastodon:jofinds@other.example"}))
    await asyncio.to_thread(ForgottenFile(tmp_path / "ben").add, forgotten)
    async with two(tmp_path) as both:
        await both.exchange()
        [path] = both.ben.glob("*-bbbbbb.json")
        assert not [word for word in ("jofinds", "Xylander", "violet") if word in path.read_text()]
        assert len(fold(read_events(path)).shares) == 1


async def test_newcomers_of_the_posts_still_to_come_are_those_of_both_libraries(tmp_path: Path) -> None:
    save(tmp_path / "ana", "aaaaaa", a_chat(2, "tk"))
    save(tmp_path / "ben", "bbbbbb", a_chat(1, "jim"))
    feed = Feed()
    async with two(tmp_path, sources=[feed]) as both:

        async def is_new(handle: str) -> bool:
            post = feed.post("A1: me", handle=handle)
            await both.live.until(lambda session: post in session.durable.posts)
            return both.live.session.durable.posts[post].newcomer

        assert (await is_new("tk"), await is_new("sue")) == (False, True)
        await both.exchange()
        assert (await is_new("jim"), await is_new("nobody")) == (False, True)


async def test_afterwards_either_computer_tells_the_same_newcomers(tmp_path: Path) -> None:
    save(tmp_path / "ana", "aaaaaa", a_chat(3, "tk", "mlopez"))
    save(tmp_path / "ben", "bbbbbb", a_chat(2, "jim"))
    for name in ("ana", "ben"):
        rebuild_people(Library(tmp_path / name))
    PeopleFile(tmp_path / "ana").change(lambda register: register.people.extend(_elsewhere("tk@other").people))
    PeopleFile(tmp_path / "ana").change(lambda register: register.join("mastodon:@tk", "mastodon:@tk@other"))
    people = [Author(f"mastodon:@{handle}", handle) for handle in ("tk", "mlopez", "jim", "tk@other", "sue")]

    def verdicts(folder: Path) -> list[bool]:
        earlier = Library(folder).earlier_people(SERIES)
        return [not earlier.knows(author) for author in people]

    assert verdicts(tmp_path / "ana") != verdicts(tmp_path / "ben")
    async with two(tmp_path) as both:
        await both.exchange()
    for path in (tmp_path / "ana").glob("*.json"):  # the chat that was live is Ana's alone
        if path.name.endswith(f"-{both.live.session.id}.json"):
            path.unlink()
    assert verdicts(tmp_path / "ana") == verdicts(tmp_path / "ben") == [False, False, False, False, True]


def _elsewhere(handle: str) -> Register:
    chat = Chat(a_plan())
    chat.post("A1: here too", handle=handle)
    register = Register()
    register.note("zzzzzz", chat.state)
    return register


async def test_a_chat_is_answered_201_once_and_as_known_then(tmp_path: Path) -> None:
    async with two(tmp_path) as both:
        desk = await both.live.join("Eve")
        body = travelling([*a_chat(1, "tk").events])
        first, again = [await desk.http.post("/v1/sessions", json=body) for _ in range(2)]
        assert (first.status_code, first.json()) == (201, {"taken": True})
        assert (again.status_code, again.json()) == (200, {"taken": False})
        shorter = await desk.http.post("/v1/sessions", json=travelling([*a_chat(1).events]))
        assert (shorter.status_code, shorter.json()) == (200, {"taken": False})
        listed_there = (await desk.http.get("/v1/sessions")).json()["sessions"]
        assert [chat["id"] for chat in listed_there if chat["ended"]] == ["aaaaaa"]


def test_words_that_are_blanked_in_the_rest_that_is_added_are_blanked_in_the_part_that_was_here(tmp_path: Path) -> None:
    chat = Chat()
    post = chat.post("A1: Billy in row two cried", handle="tk")
    chat.do(Redact, post=post)
    chat.hear(SessionClosed)
    before = next(place for place, event in enumerate(chat.events) if isinstance(event, PostRedacted))
    path = save(tmp_path, "aaaaaa", chat, events=before)
    assert b"Billy" in path.read_bytes()
    assert receive_chat(Library(tmp_path), SentChat("aaaaaa", "", tuple(chat.events)), SERIES)
    assert b"Billy" not in path.read_bytes()
    assert len(read_events(path)) == len(chat.events)
