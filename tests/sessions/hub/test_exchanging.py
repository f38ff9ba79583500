"""Two libraries over real HTTP: what each lacks comes over, whole or not at all, and newcomers are then the same."""

import asyncio
import datetime
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from sessions.commands import Redact
from sessions.events import AnyEvent, PostRedacted, PostSeen, SessionClosed, encode_event
from sessions.evolve import fold
from sessions.hub.client import HubClient, HubRefused, HubUnreachable, Invite
from sessions.hub.exchanging import LARGEST_CHAT, LARGEST_PEOPLE
from sessions.hub.newcomers import Newcomers
from sessions.hub.swapping import Swap
from sessions.importing.receiving import NotTaken, SentChat, receive_chat
from sessions.importing.staging import Staging
from sessions.people import Register
from sessions.posts import Author
from sessions.storage.erasing import forget
from sessions.storage.errors import SaveFailed
from sessions.storage.index import summaries
from sessions.storage.library import Library
from sessions.storage.people import PeopleFile, read_people, rebuild_people
from sessions.storage.reading import read_events
from sessions.storage.session_file import SessionFile
from tests.sessions.building import START, Chat, a_plan
from tests.sessions.hub.live import Feed, LiveHub, live_hub
from tests.sessions.storage.building import FaultyDisk, stock_events

WEEK = 7 * 86_400_000
SERIES = "navasotaisd"


def a_chat(week: int, *handles: str, closed: bool = True, **plan: Any) -> Chat:
    """An earlier chat, so many weeks before the one that is live, with a post by each of these people."""
    starts = datetime.datetime(2025, 12, 1, 19, 0) - datetime.timedelta(weeks=week)  # noqa: DTZ001 - a wall time
    chat = Chat(a_plan(starts=starts, starts_at=START - week * WEEK, **plan), at=START - week * WEEK)
    for handle in handles:
        chat.post(f"A1: stations of {handle}", handle=handle)
    if closed:
        chat.hear(SessionClosed)
    return chat


def save(folder: Path, session: str, chat: Chat, events: int | None = None) -> Path:
    """The chat, or the first events of it, as a saved one of the library `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    assert chat.state.plan is not None
    with SessionFile.create(folder, chat.state.plan, started=chat.events[0].at, session_id=session) as file:
        file.commit(chat.events[:events])
        if events is None and chat.state.closed_at is not None:
            file.close_session(chat.state.closed_at, {})
    return file.path


def listed(folder: Path) -> dict[str, int]:
    """The closed chats of a library with their lengths."""
    return {chat.id: chat.events for chat in summaries(Library(folder)) if chat.ended is not None}


@dataclass
class Two:
    """Ana's computer, where a chat is live, and Ben, who has joined it with a library of his own."""

    live: LiveHub
    client: HubClient
    ana: Path
    ben: Path

    @property
    def swap(self) -> Swap:
        return Swap(self.client, self.ben)

    async def exchange(self) -> tuple[int, int, bool, tuple[str, ...]]:
        """Look and do what is offered."""
        done = await self.swap.run(await self.swap.look())
        return done.fetched, done.sent, done.people, done.refused


@asynccontextmanager
async def two(tmp_path: Path, **options: Any) -> AsyncGenerator[Two, None]:
    ana, ben = tmp_path / "ana", tmp_path / "ben"
    for folder in (ana, ben):
        folder.mkdir(exist_ok=True)
    newcomers = Newcomers(Library(ana), Library(ana).earlier_people(SERIES), started=START + WEEK)
    async with live_hub(ana, newcomer=newcomers, took_in=newcomers.took_in, **options) as live:
        client = HubClient(Invite(live.url, live.keys.token))
        try:
            await client.join("Ben")
            yield Two(live, client, ana, ben)
        finally:
            await client.aclose()


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


# What the hub refuses


def travelling(events: list[AnyEvent], session: str = "aaaaaa") -> dict[str, Any]:
    """A chat as it travels."""
    return {"id": session, "title": "", "events": [json.loads(encode_event(event)) for event in events]}


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


async def test_what_is_no_closed_chat_of_the_series_is_refused_in_one_line(tmp_path: Path) -> None:
    events: list[AnyEvent] = [*a_chat(1, "tk").events]
    rehearsed = travelling(events)
    rehearsed["events"][0]["rehearsal"] = True
    later = travelling(events)
    later["events"][0]["schema"] = 99
    nowhere = travelling(events)
    nowhere["events"][0]["plan"]["timezone"] = "Nowhere/At all"
    never = travelling(events)
    never["events"][-1]["at"] = 10**18
    backwards = travelling(events)
    backwards["events"][0]["at"] += 10**9
    before = travelling(events)
    before["events"][0]["plan"]["starts"] = "0001-01-01T19:00:00"
    async with two(tmp_path) as both:
        refused = {
            "a path for an id": travelling(events, "../../x"),
            "the live chat": travelling(events, both.live.session.id),
            "not closed": travelling(events[:-1]),
            "another series": travelling([*a_chat(1, series="another").events]),
            "a rehearsal": rehearsed,
            "a later schema": later,
            "an event missing": travelling([*events[:3], *events[4:]]),
            "no events": travelling([]),
            "time runs back": backwards,
            "no date": before,
            "no events of ours": {**travelling([]), "events": [{"type": "what"}]},
            "no chat": {"id": "aaaaaa"},
            "no time zone": nowhere,
            "no time of this world": never,
        }
        desk = await both.live.join("Eve")
        before_files = sorted(path.name for path in both.ana.iterdir())
        for what, body in refused.items():
            answer = await desk.http.post("/v1/sessions", json=body)
            assert answer.status_code == 422, what
            assert answer.json()["error"].endswith("."), what
            assert "\n" not in answer.json()["error"], what
        nested = await desk.http.post("/v1/sessions", content=b'{"id":"aaaaaa","title":' + b"[" * 100_000)
        assert nested.status_code == 422
        after = {path.name for path in both.ana.iterdir()} - {".importing.lock", "index.json", "index.json.lock"}
        assert sorted(after) == before_files
        people = await desk.http.post("/v1/people", json={"people": [{"accounts": [{"id": "x", "chats": {"a": "b"}}]}]})
        assert people.status_code == 422


async def test_too_large_a_chat_is_answered_413_before_it_is_read(tmp_path: Path) -> None:
    async with two(tmp_path) as both:
        desk = await both.live.join("Eve")

        for path, largest in (("/v1/sessions", LARGEST_CHAT), ("/v1/people", LARGEST_PEOPLE)):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(both.live.url.rpartition(":")[2]))
            head = f"POST {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {desk.token}\r\n"
            writer.write(f"{head}Content-Length: {largest + 1}\r\n\r\n".encode())
            async with asyncio.timeout(10):
                assert b" 413 " in await reader.readline()
            writer.close()


async def begin(live: LiveHub, token: str, path: str) -> asyncio.StreamWriter:
    """A request of which the body never comes to its end; returns when the hub has the head of it."""
    _, writer = await asyncio.open_connection("127.0.0.1", int(live.url.rpartition(":")[2]))
    head = f"POST {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n"
    writer.write(f"{head}Content-Length: 100\r\n\r\n{{".encode())
    await writer.drain()
    await live.invited().http.get("/v1/session")
    return writer


async def test_observers_and_those_only_invited_neither_see_people_nor_give_anything(tmp_path: Path) -> None:
    async with two(tmp_path) as both:
        looker = await both.live.join("Eve", "observer")
        for desk in (looker, both.live.invited()):
            answers = [
                await desk.http.get("/v1/people"),
                await desk.http.post("/v1/people", json={"people": []}),
                await desk.http.post("/v1/sessions", json=travelling([*a_chat(1, "tk").events])),
            ]
            assert [answer.status_code for answer in answers] == [403, 403, 403]
        large = await looker.http.post("/v1/sessions", content=b" " * 70_000)
        assert large.status_code == 413
        assert (await both.live.desk("nobody").http.get("/v1/people")).status_code == 401


@pytest.mark.parametrize("path", ["/v1/sessions", "/v1/people"])
async def test_an_observer_who_never_ends_a_request_keeps_no_moderator_waiting(tmp_path: Path, path: str) -> None:
    async with two(tmp_path) as both:
        looker = await both.live.join("Eve", "observer")
        begun = await begin(both.live, looker.token, path)
        save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk"))
        async with asyncio.timeout(10):
            assert (await both.exchange())[1] == 1
        begun.close()


async def test_a_moderator_who_hangs_up_in_mid_chat_lets_the_next_one_in_and_is_no_defect(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk"))
    async with two(tmp_path) as both:
        cleo = await both.live.join("Cleo")
        begun = await begin(both.live, cleo.token, "/v1/sessions")
        exchange = asyncio.create_task(both.exchange())
        begun.close()
        async with asyncio.timeout(10):
            assert (await exchange)[1] == 1
    assert not [record for record in caplog.records if record.exc_info or record.levelname == "ERROR"]


async def test_a_library_that_is_busy_is_said_and_the_exchange_can_be_done_again(tmp_path: Path) -> None:
    save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk"))
    async with two(tmp_path) as both:
        with Staging(Library(both.ana)):
            fetched, sent, _, refused = await both.exchange()
            assert (fetched, sent) == (0, 0)
            assert len(refused) == 1
            assert str(tmp_path) not in refused[0]
        assert (await both.exchange())[1] == 1


async def test_a_hub_that_goes_away_costs_nothing_that_came_over(tmp_path: Path) -> None:
    for number, name in enumerate(("aaaaaa", "bbbbbb", "cccccc"), start=1):
        save(tmp_path / "ana", name, a_chat(number, "tk"))
    async with two(tmp_path) as both:
        offer = await both.swap.look()
        gone = HubClient(both.client.invite, transport=_Breaking(4))
        await gone.join("Ben")
        swap = Swap(gone, both.ben)
        with pytest.raises(HubUnreachable):
            await swap.run(offer)
        await gone.aclose()
        assert len(listed(both.ben)) == 2
        assert (await both.exchange())[0] == 1
        assert len(listed(both.ben)) == 3


class _Breaking(httpx.AsyncHTTPTransport):
    """A real connection that breaks at the request with this number."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._left = at

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._left -= 1
        if self._left == 0:
            raise httpx.ReadError("gone")
        return await super().handle_async_request(request)


async def test_an_older_hub_is_said_in_words(tmp_path: Path) -> None:
    def older(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, json={"error": "Not Found"})

    client = HubClient(Invite("http://127.0.0.1:1", "x"), transport=httpx.MockTransport(older))
    with pytest.raises(HubRefused, match="older Lunchroom"):
        await client.people()
    await client.aclose()


@pytest.mark.parametrize("held", [None, 6], ids=["missing here", "shorter here"])
@pytest.mark.parametrize("room", [0, 700, 2500])
def test_a_full_disk_leaves_the_library_as_it_was(tmp_path: Path, held: int | None, room: int) -> None:
    chat = a_chat(1, "tk", "mlopez")
    if held is not None:
        save(tmp_path, "aaaaaa", chat, events=held)
    library, disk = Library(tmp_path), FaultyDisk()
    summaries(library)
    files = {path.name: path.read_bytes() for path in tmp_path.glob("*.json")}
    disk.room = room
    with pytest.raises(SaveFailed):
        receive_chat(library, SentChat("aaaaaa", "", tuple(chat.events)), SERIES, disk)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.json")} == files
    disk.room = None
    assert receive_chat(library, SentChat("aaaaaa", "", tuple(chat.events)), SERIES, disk)
    assert listed(tmp_path) == {"aaaaaa": len(chat.events)}


def test_another_chat_of_the_same_id_is_left_as_it_is(tmp_path: Path) -> None:
    path = save(tmp_path, "aaaaaa", a_chat(2, "tk"))
    before = path.read_bytes()
    with pytest.raises(NotTaken, match="another chat"):
        receive_chat(Library(tmp_path), SentChat("aaaaaa", "", tuple(a_chat(1, "jim", "sue").events)), SERIES)
    assert path.read_bytes() == before


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
