"""What is refused in an exchange, and to whom: one line says it, and nothing of the library changes."""

import asyncio
from pathlib import Path

import httpx
import pytest

from sessions.core.events import AnyEvent
from sessions.exchange.receiving import NotTaken, SentChat, receive_chat
from sessions.hub.client.client import HubClient, HubRefused, Invite
from sessions.hub.server.calls.exchange import LARGEST_CHAT, LARGEST_PEOPLE
from sessions.library.library import Library
from tests.sessions.hub.two_libraries import SERIES, a_chat, save, travelling, two
from tests.waiting import patience


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
            async with patience():
                assert b" 413 " in await reader.readline()
            writer.close()


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


async def test_an_older_hub_is_said_in_words(tmp_path: Path) -> None:
    def older(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, json={"error": "Not Found"})

    client = HubClient(Invite("http://127.0.0.1:1", "x"), transport=httpx.MockTransport(older))
    with pytest.raises(HubRefused, match="older Lunchroom"):
        await client.people()
    await client.aclose()


def test_another_chat_of_the_same_id_is_left_as_it_is(tmp_path: Path) -> None:
    path = save(tmp_path, "aaaaaa", a_chat(2, "tk"))
    before = path.read_bytes()
    with pytest.raises(NotTaken, match="another chat"):
        receive_chat(Library(tmp_path), SentChat("aaaaaa", "", tuple(a_chat(1, "jim", "sue").events)), SERIES)
    assert path.read_bytes() == before
