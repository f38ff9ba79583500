"""What a moderator's desk answers while its hub is away, to whom, and how long it waits for them."""

import asyncio
import socket
from pathlib import Path

import httpx
import msgspec
import pytest

from sessions.core.events import NoteAdded, decode_event
from sessions.hub.client.peers import Peers
from sessions.hub.protocol.takeover import (
    Deputy,
    Standing,
)
from sessions.hub.server.entry.access import digest_of
from sessions.hub.takeover.answering import CONNECTIONS, Answering
from tests.sessions.core.building import START, Chat
from tests.sessions.hub.test_deputies import a_standing, asked
from tests.waiting import PATIENCE, patience


async def test_a_desk_answers_only_who_may_ask(tmp_path: Path) -> None:
    chat = Chat()
    heard: list[Standing] = []
    standing = a_standing("abcdef")
    answering = Answering(lambda: standing, heard.append, lambda: chat.events, lambda: [digest_of("right")])
    await answering.open()
    body = msgspec.json.encode(standing)
    try:
        async with httpx.AsyncClient(base_url=answering.url, trust_env=False) as http:
            right = {"Authorization": "Bearer right"}
            got = await http.post("/v1/term", content=body, headers=right)
            assert msgspec.json.decode(got.content, type=Standing) == standing
            assert heard == [standing]
            lines = (await http.get("/v1/events", params={"after": 2}, headers=right)).content.splitlines()
            assert [decode_event(line) for line in lines] == chat.events[2:]
            for path, headers in (("/v1/term", {}), ("/v1/term", {"Authorization": "Bearer wrong"})):
                assert (await http.post(path, content=body, headers=headers)).status_code == 401
            assert (await http.get("/v1/events", headers={**right, "Origin": "https://x.example"})).status_code == 401
            assert (await http.get("/v1/session", headers=right)).status_code == 404
            assert (await http.post("/v1/term", content=b"{", headers=right)).status_code == 422
            assert (await http.get("/v1/events", params={"after": "x"}, headers=right)).status_code == 422
        for target in ("//[", "/v1/term//[", "?", "http://["):
            head = f"GET {target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer right\r\n\r\n"
            assert b"404" in (await asked(answering.url, head.encode())).partition(b"\r\n")[0]
        for garbage in (
            b"",
            b"\x00\xff" * 100,
            b"GET / HTTP/1.1\r\n" + b"a" * 100_000,
            b"POST /v1/term HTTP/9.9\r\n\r\n",
        ):
            assert b"200" not in await asked(answering.url, garbage)
        assert len(heard) == 1
    finally:
        await answering.aclose()


async def test_who_holds_all_connections_of_a_desk_keeps_nobody_out() -> None:
    standing = a_standing("abcdef")
    answering = Answering(lambda: standing, lambda _told: None, list, lambda: [digest_of("right")])
    await answering.open()
    host, _, port = answering.url.removeprefix("http://").partition(":")
    silent = [await asyncio.open_connection(host, int(port)) for _ in range(CONNECTIONS)]
    peers = Peers("right", None)
    assert await peers.tell([Deputy("Ben", answering.url)], standing) == [(Deputy("Ben", answering.url), standing)]
    async with patience():
        assert await silent[0][0].read() == b"", "the oldest made room"
    for _, writer in silent:
        writer.close()
    await peers.aclose()
    await answering.aclose()


async def test_what_came_from_another_home_is_told_no_address_of_this_computer() -> None:
    heard: list[Standing] = []
    standing = a_standing("abcdef", url="http://127.0.0.1:5", ticket="endpointa")
    answering = Answering(lambda: standing, heard.append, list, lambda: [digest_of("right")])
    theirs: socket.socket = await answering.adopt("k" * 64)
    reader, writer = await asyncio.open_connection(sock=theirs)
    body = msgspec.json.encode(standing)
    head = f"POST /v1/term HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer right\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    async with patience():
        answer = await reader.read()
    writer.close()
    said = msgspec.json.decode(answer.partition(b"\r\n\r\n")[2], type=Standing)
    assert (said.url, said.ticket) == ("", "endpointa")
    assert [one.url for one in heard] == [""]
    await answering.aclose()


async def test_a_long_tail_is_told_whole_while_it_is_taken_and_who_takes_nothing_is_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop, ahead = asyncio.get_running_loop(), 0.0
    real = loop.time
    monkeypatch.setattr(loop, "time", lambda: real() + ahead)
    tail = [NoteAdded(seq=n, at=START, by="Cy", command=f"n{n}", text="x" * 40_000) for n in range(1, 201)]
    answering = Answering(
        lambda: a_standing("abcdef"),
        lambda _told: None,
        lambda: tail,
        lambda: [digest_of("right")],
        within=PATIENCE,
    )
    for taken in (True, False):
        reader, writer = await asyncio.open_connection(sock=await answering.adopt("k" * 64))
        writer.write(b"GET /v1/events?after=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer right\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        lines = []
        if taken:
            for number in range(len(tail)):
                if number % 40 == 0:  # more bytes than the buffers between the two hold
                    ahead += 0.6 * PATIENCE
                lines.append(decode_event(await reader.readuntil(b"\n")))
            assert lines == tail
        else:
            for wait in (
                0.0,
                2 * PATIENCE,
            ):  # turns of the loop, until all buffers are full, and then until it is noticed
                ahead += wait
                for _ in range(100):
                    await asyncio.sleep(0)
        rest = await reader.read()
        assert len(rest) < (1 if taken else 5_000_000)
        writer.close()
    await answering.aclose()
