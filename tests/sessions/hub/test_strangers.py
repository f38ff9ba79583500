"""Connections that ask for nothing, or read nothing, on real sockets: the desks do not notice them."""

import asyncio
import logging
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sessions.core.posts import Author, Post
from sessions.hub.process import listening
from sessions.hub.process.listening import raise_open_files
from sessions.hub.server import stream
from sessions.hub.server.entry.door import Limits
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START
from tests.sessions.hub.live import Desk, Feed, LiveHub, live_hub
from tests.sessions.hub.test_serve import Process, hub
from tests.waiting import patience, until

SMALL = Limits(waiting_of_address=8, waiting=8, observing=8)


@asynccontextmanager
async def strangers(url: str, count: int, words: bytes = b"") -> AsyncGenerator[list[socket.socket], None]:
    """So many connections that say no more than this, none of which waits to be accepted."""
    host, port = url.removeprefix("http://").split(":")
    loop = asyncio.get_running_loop()
    opened = []
    try:
        for _ in range(count):
            one = socket.socket()
            one.setblocking(False)
            opened.append(one)
            async with patience():
                await loop.sock_connect(one, (host, int(port)))
                if words:
                    await loop.sock_sendall(one, words)
        yield opened
    finally:
        for one in opened:
            one.close()


async def hung_up(one: socket.socket) -> bool:
    """Whether the hub ends this connection, whatever it says before."""
    try:
        async with patience():
            while await asyncio.get_running_loop().sock_recv(one, 65536):
                pass
    except ConnectionError:
        pass
    return True


async def test_silent_connections_lock_nobody_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        async with live_hub(tmp_path, limits=SMALL) as live:
            ana = await live.join("Ana")
            async with ana.stream() as told, strangers(live.url, 60) as opened:
                await ana.done("note", text="still here")
                ben = await live.join("Ben")
                await ben.done("note", text="just came")
                await told.beat()
                assert await hung_up(opened[0])
                await until(lambda: caplog.records)
    assert len(caplog.records) == 1
    assert "that were too many" in caplog.text


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"GET /v1/session HTT",
        b"GET /v1/session HTTP/1.1\r\nHost: hub\r\nX-Slow: ",
        b"POST /v1/commands HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\n{",
    ],
    ids=["nothing", "half a line", "half a head", "a body that does not come"],
)
async def test_a_connection_without_a_token_has_a_time_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: bytes
) -> None:
    monkeypatch.setattr(listening, "FREE_WITHIN", 0.05)
    monkeypatch.setattr(listening, "LOOK_EVERY", 0.01)
    async with live_hub(tmp_path) as live, strangers(live.url, 1, words) as (one,):
        assert await hung_up(one)


async def test_a_stream_may_last_longer_than_a_request_may_take_to_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "FREE_WITHIN", 0.05)
    monkeypatch.setattr(listening, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(stream, "HEARTBEAT", 0.2)
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        async with ana.stream() as told:
            for _ in range(3):
                await told.beat()


def _asking(live: LiveHub, token: str, path: str, accept: str) -> socket.socket:
    """A connection that has asked for something long and does not read it."""
    host, port = live.url.removeprefix("http://").split(":")
    lazy = socket.socket()
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lazy.connect((host, int(port)))
    head = f"GET {path} HTTP/1.1\r\nHost: hub\r\nAccept: {accept}\r\nAuthorization: Bearer {token}\r\n"
    lazy.sendall(f"{head}Connection: close\r\n\r\n".encode())
    return lazy


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/v1/events", "text/event-stream"),
        ("/v1/events", "application/x-ndjson"),
        ("/v1/sessions/{id}/events", "application/x-ndjson"),
    ],
    ids=["the stream", "all so far", "a saved chat"],
)
async def test_who_reads_nothing_is_cut_off_with_what_waits_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, path: str, accept: str
) -> None:
    monkeypatch.setattr(stream, "PATIENCE", 0.2)
    monkeypatch.setattr(listening, "UNREAD", 0.2)
    monkeypatch.setattr(listening, "LOOK_EVERY", 0.01)
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        author = Author("mastodon:@maria", "maria", "Maria")
        long = [NewPost(Post(f"mastodon:{n}", author, "x" * 5000, START)) for n in range(1500)]
        feed.put(Delivery(tuple(long)))  # more than the system keeps for a connection
        await live.until(lambda session: len(session.durable.posts) == len(long))
        await ana.http.aclose()
        door = live.hub.door
        await until(lambda: door.lines == 0)
        with _asking(live, ana.token, path.format(id=live.session.id), accept):
            await until(lambda: door.lines == 1)
            await until(lambda: door.lines == 0)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_bytes_that_are_no_http_end_a_stream_without_a_word_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        with _asking(live, ana.token, "/v1/events", "text/event-stream") as one:
            one.setblocking(False)
            assert await asyncio.get_running_loop().sock_recv(one, 1)
            one.sendall(b"\r\n\x00 no request\r\n\r\n")
            assert await hung_up(one)
        await until(lambda: live.session.presence.gone_for("Ana", 10**15))
    assert not caplog.records


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")
def test_the_limit_of_open_files_is_raised_as_far_as_the_system_lets_it() -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        assert raise_open_files(300) == min(300, hard)
        assert raise_open_files(200) == 300
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")
async def test_where_no_more_files_can_be_open_the_desks_go_on_and_the_log_stays_short(tmp_path: Path) -> None:
    async with hub(tmp_path) as running:
        _most_open_files(running, 60)
        before = running.errors.stat().st_size
        desk = await _joined(running, "Ana")
        async with desk.stream() as told, strangers(running.ready["url"], 200):
            for number in range(20):
                await desk.done("note", text=f"note {number}")
            other = await _joined(running, "Ben")
            await other.done("note", text="came in between")
            await told.beat()
        log = running.errors.read_bytes()[before:]
        for one in (desk, other):
            await one.http.aclose()
    assert log.count(b"Connections were dropped") == 1
    assert b"Traceback" not in log


def _most_open_files(running: Process, most: int) -> None:
    """Leave a running hub no more than so many files."""
    import resource

    if not hasattr(resource, "prlimit"):
        pytest.skip("another process's limits can be set on Linux only")
    resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE, (most, most))


async def _joined(running: Process, name: str) -> Desk:
    answer = await running.desk().http.post("/v1/moderators", json={"name": name})
    assert answer.status_code == 201, answer.text
    return Desk(running.ready["url"], answer.json()["token"])
