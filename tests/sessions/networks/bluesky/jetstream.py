"""A Jetstream on this computer: a real WebSocket server that tells events from a cursor on, and drops connections."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from sessions.networks.bluesky.api import PUBLIC
from sessions.networks.bluesky.reading.jetstream import JetstreamSource
from sessions.networks.source import ResumePoint
from tests.sessions.networks.bluesky.network import RECORDED
from tests.sessions.networks.bluesky.reading import Run, running
from tests.sessions.networks.fakes import make_plan
from tests.waiting import patience

BASE = 1_795_310_861_000_000
"""UTC microseconds: when the recorded events begin."""

HANDLES = {
    "did:plc:5mv5seijss2hrjgsq7ezkxs2": "modhost.test",
    "did:plc:pswslc4wyhrvooog6bea6h2u": "alice.test",
    "did:plc:yjnwkjsilly6lbxus5df5vuh": "bob.test",
}


def recorded_events() -> list[dict[str, Any]]:
    """The recorded events, two seconds apart."""
    lines = (RECORDED / "jetstream_bridge_local.jsonl").read_text(encoding="utf-8").splitlines()
    return [{**json.loads(line), "time_us": BASE + number * 2_000_000} for number, line in enumerate(lines)]


def created(rkey: str, text: str, *, by: str = "did:plc:ana", time_us: int = BASE, **record: Any) -> dict[str, Any]:
    """Somebody posts."""
    whole = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-22T01:00:00Z", **record}
    commit = {"rev": f"rev-{rkey}", "operation": "create", "collection": "app.bsky.feed.post", "rkey": rkey}
    return {"did": by, "time_us": time_us, "kind": "commit", "commit": {**commit, "record": whole, "cid": f"c{rkey}"}}


def deleted(rkey: str, *, by: str = "did:plc:ana", time_us: int = BASE) -> dict[str, Any]:
    commit = {"rev": f"gone-{rkey}", "operation": "delete", "collection": "app.bsky.feed.post", "rkey": rkey}
    return {"did": by, "time_us": time_us, "kind": "commit", "commit": commit}


class Jetstream:
    """The server, and the public AppView beside it. `cuts` are how many frames the next connections live for."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any] | str | bytes] = []
        self.cuts: list[int] = []
        self.refusals: list[Response] = []
        self.cursors: list[int | None] = []
        self.wanted: list[str] = []
        self.profiles: list[list[str]] = []
        self.unknown: list[httpx.Response | Exception] = []
        self.port = 0
        self._more = asyncio.Event()
        self._connected = asyncio.Condition()

    async def connected(self, times: int) -> None:
        """Wait for so many connections."""
        async with self._connected, patience():
            await self._connected.wait_for(lambda: len(self.cursors) >= times)

    async def tell(self, *events: dict[str, Any] | str | bytes) -> None:
        self.events += events
        self._more.set()
        self._more = asyncio.Event()
        await asyncio.sleep(0)

    async def subscribe(self, socket: WebSocket) -> None:
        asked = socket.query_params.get("cursor")
        cursor = None if asked is None else int(asked)
        async with self._connected:
            self.cursors.append(cursor)
            self._connected.notify_all()
        self.wanted.append(socket.query_params["wantedCollections"])
        if self.refusals:
            await socket.send_denial_response(self.refusals.pop(0))
            return
        await socket.accept()
        lives = self.cuts.pop(0) if self.cuts else 10**9
        sent, known = 0, len(self.events)
        try:
            for event in self._from(cursor):
                if sent == lives:
                    await self._cut(socket, lives)
                    return
                await self._send(socket, event)
                sent += 1
            await self._live(socket, known)
        except WebSocketDisconnect:
            return

    def _from(self, cursor: int | None) -> list[dict[str, Any] | str | bytes]:
        """What it tells again; nothing where it is not asked to, everything from 0 on."""
        if cursor is None:
            return []
        return [one for one in self.events if not isinstance(one, dict) or one.get("time_us", 0) >= cursor]

    async def _cut(self, socket: WebSocket, lives: int) -> None:
        """Half of the connections end in order, the others without a word."""
        if lives % 2:
            await socket.close(1012)
        else:
            raise ConnectionAbortedError

    async def _live(self, socket: WebSocket, done: int) -> None:
        left = asyncio.create_task(socket.receive())
        while not left.done():
            more = asyncio.create_task(self._more.wait())
            fresh, done = self.events[done:], len(self.events)
            for event in fresh:
                await self._send(socket, event)
            await asyncio.wait({more, left}, return_when=asyncio.FIRST_COMPLETED)
            more.cancel()

    async def _send(self, socket: WebSocket, event: dict[str, Any] | str | bytes) -> None:
        if isinstance(event, bytes):
            await socket.send_bytes(event)
        else:
            await socket.send_text(event if isinstance(event, str) else json.dumps(event))

    def appview(self, request: httpx.Request) -> httpx.Response:
        actors = request.url.params.get_list("actors")
        self.profiles.append(actors)
        if self.unknown:
            fault = self.unknown.pop(0)
            if isinstance(fault, Exception):
                raise fault
            return fault
        found = [{"did": did, "handle": HANDLES[did], "displayName": "T"} for did in actors if did in HANDLES]
        return httpx.Response(200, json={"profiles": found})


class _Routed(httpx.AsyncBaseTransport):
    """The stream over real sockets, the public AppView from memory."""

    def __init__(self, server: Jetstream) -> None:
        self._appview = httpx.MockTransport(server.appview)
        self._real = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        there = self._appview if request.url.host == PUBLIC else self._real
        return await there.handle_async_request(request)

    async def aclose(self) -> None:
        await self._real.aclose()


@asynccontextmanager
async def serving(date: str | None = None) -> AsyncGenerator[Jetstream, None]:
    """The server on a port of its own until the block ends; `date` is what it says of the time, none by default."""
    server = Jetstream()
    app = Starlette(routes=[WebSocketRoute("/subscribe", server.subscribe)])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        dated = [("Date", date)] if date is not None else []
        config = uvicorn.Config(
            app, ws="wsproto", log_level="critical", lifespan="off", timeout_graceful_shutdown=1,
            date_header=False, headers=dated,
        )  # fmt: skip
        real = uvicorn.Server(config)
        task = asyncio.create_task(real.serve(sockets=[listening]))
        try:
            yield server
        finally:
            real.should_exit = True
            await task


async def _soon(_seconds: float) -> None:
    await asyncio.sleep(0.002)


def source_of(
    server: Jetstream, *, tags: tuple[str, ...] = ("devchat",), now: Callable[[], int] | None = None, name: str = ""
) -> JetstreamSource:
    plan = msgspec.structs.replace(make_plan(), hashtags=tags, starts_at=BASE // 1000)
    spec = name or f"bluesky:jetstream:localhost:{server.port}"
    clock = now or (lambda: BASE // 1000 + 60_000)
    return JetstreamSource(spec, plan, transport=_Routed(server), now=clock, sleep=_soon)


@asynccontextmanager
async def hearing(
    server: Jetstream, resume: ResumePoint | None = None, *, source: JetstreamSource | None = None
) -> AsyncGenerator[Run, None]:
    """Reads the stream until the block ends."""
    async with running(source or source_of(server), resume) as run:
        yield run


async def until(run: Run, true: Callable[[], bool]) -> None:
    """Wait until what was delivered makes it true."""
    async with run.arrived, patience():
        await run.arrived.wait_for(true)


def html(status: int) -> Response:
    return HTMLResponse("<h1>no</h1>", status)
