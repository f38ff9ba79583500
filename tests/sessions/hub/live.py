"""A hub on a real socket with a real session file, and desks that speak HTTP with it."""

import asyncio
import itertools
import json
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Container, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import httpx_sse

from sessions.core.events import AnyEvent, Scope, event_from_builtins
from sessions.core.plan import Host, Plan
from sessions.core.posts import Author, Post
from sessions.files.disk import Disk
from sessions.hub.process.opened import probe_beside
from sessions.hub.process.running import Hub, bind, running
from sessions.hub.protocol.takeover import SourceSettings
from sessions.hub.server import rules
from sessions.hub.server.calls.exchange import OnReceived
from sessions.hub.server.calls.sign_ins import HubSignIns
from sessions.hub.server.clock import HubClock
from sessions.hub.server.entry.access import Access, Keys, fresh_keys
from sessions.hub.server.entry.door import Limits
from sessions.hub.server.service import LiveSession
from sessions.library.library import Library
from sessions.library.storage.session_file import SessionFile
from sessions.networks.source import Delivery, EditedPost, NewPost, RemovedPost, ResumePoint, Source
from tests.sessions.core.building import START, a_plan
from tests.waiting import PATIENCE, patience

_ids = itertools.count(1)


async def hasty(seconds: float) -> None:
    """Waits like `asyncio.sleep`, never long: for what the hub does every second."""
    await asyncio.sleep(min(seconds, 0.01))


class Time:
    """A wall clock that stands until it is moved."""

    def __init__(self, now: int = START) -> None:
        self.now = now

    def clock(self) -> HubClock:
        """A hub clock that goes by it alone."""
        return HubClock(wall=lambda: self.now, monotonic=lambda: 0)


class Feed:
    """A source that delivers what a test puts in."""

    def __init__(
        self, name: str = "mastodon:mastodon.social", *, rehearsal: bool = False, regulars: Container[str] = frozenset()
    ) -> None:
        self.name = name
        self.rehearsal = rehearsal
        self.hosts: tuple[Host, ...] = ()
        self.regulars = regulars
        self.told: list[AnyEvent] = []
        self.resumes: list[ResumePoint] = []
        self._put: asyncio.Queue[Delivery | Exception | None] = asyncio.Queue()

    def on_event(self, event: AnyEvent) -> None:
        self.told.append(event)

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        self.resumes.append(resume)
        while (delivery := await self._put.get()) is not None:
            if isinstance(delivery, Exception):
                raise delivery
            yield delivery

    def post(self, text: str, handle: str = "mlopez", *, name: str | None = None, **fields: Any) -> str:
        """A new post arrives; its id."""
        post_id = name or f"mastodon:{next(_ids)}"
        author = Author(f"mastodon:@{handle}", handle, handle.title())
        self.put(Delivery((NewPost(Post(post_id, author, text, fields.pop("posted_at", START), **fields)),)))
        return post_id

    def edit(self, post: str, text: str) -> None:
        """Its author changes a post."""
        self.put(Delivery((EditedPost(post, text),)))

    def remove(self, post: str) -> None:
        """Its author removes a post."""
        self.put(Delivery((RemovedPost(post),)))

    def put(self, delivery: Delivery | Exception | None) -> None:
        """Any delivery, a failure, or the end."""
        self._put.put_nowait(delivery)


NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody; a client with the certificates of the system takes 20 ms to make, and these speak plain HTTP."""


class Patient(httpx.AsyncHTTPTransport):
    """The network as it is, on which a client waits as long as a busy machine needs, whatever it meant to wait."""

    def __init__(self) -> None:
        super().__init__(verify=NO_TLS, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        timeouts = request.extensions["timeout"]
        request.extensions["timeout"] = {kind: limit and max(limit, PATIENCE) for kind, limit in timeouts.items()}
        return await super().handle_async_request(request)


class Desk:
    """Somebody who speaks HTTP with the hub by one token."""

    def __init__(self, url: str, token: str) -> None:
        self.token = token
        headers = {"Authorization": f"Bearer {token}"}
        self.http = httpx.AsyncClient(base_url=url, headers=headers, trust_env=False, timeout=PATIENCE, verify=NO_TLS)

    async def do(self, command: str, /, **fields: Any) -> httpx.Response:
        """The hub's answer to a command."""
        return await self.http.post("/v1/commands", json={"id": f"id-{next(_ids)}", "type": command, **fields})

    async def done(self, command: str, /, **fields: Any) -> int:
        """The seq of a command that the hub accepts."""
        answer = await self.do(command, **fields)
        assert answer.status_code == 200, answer.text
        seq: int = answer.json()["seq"]
        return seq

    async def show(self) -> dict[str, Any]:
        """The session as `GET /v1/session` has it."""
        answer = await self.http.get("/v1/session")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def read(self, after: int = 0) -> list[AnyEvent]:
        """All events so far."""
        answer = await self.http.get("/v1/events", params={"after": after}, headers={"Accept": "application/x-ndjson"})
        assert answer.status_code == 200, answer.text
        return [event_from_builtins(json.loads(line)) for line in answer.text.splitlines()]

    async def types(self, after: int = 0) -> list[str]:
        """The types of all events so far."""
        return [type(event).__name__ for event in await self.read(after)]

    @asynccontextmanager
    async def stream(self, after: int = 0, **headers: str) -> AsyncGenerator["Stream", None]:
        """The live stream."""
        async with httpx_sse.aconnect_sse(
            self.http, "GET", "/v1/events", params={"after": after}, headers=headers
        ) as source:
            assert source.response.status_code == 200
            yield Stream(source)


class Stream:
    """A live stream of server-sent events."""

    def __init__(self, source: httpx_sse.EventSource) -> None:
        self.response = source.response
        self._messages = source.aiter_sse()

    async def message(self) -> httpx_sse.ServerSentEvent:
        """The next message, heartbeat or event."""
        async with patience():
            return await anext(self._messages)

    async def event(self) -> AnyEvent:
        """The next event."""
        while (message := await self.message()).event == "heartbeat":
            pass
        return event_from_builtins(message.json())

    async def events_until(self, last: type) -> list[AnyEvent]:
        """The next events up to one of this type."""
        found = [await self.event()]
        while not isinstance(found[-1], last):
            found.append(await self.event())
        return found

    async def beat(self, wanted: Callable[[dict[str, Any]], bool] = lambda _data: True) -> dict[str, Any]:
        """The data of the next heartbeat that is wanted."""
        while True:
            message = await self.message()
            if message.event == "heartbeat" and wanted(message.json()):
                data: dict[str, Any] = message.json()
                return data

    async def ended(self) -> bool:
        """Whether the hub ends the stream, whatever it says before."""
        async with patience():
            async for _ in self._messages:
                pass
        return True

    async def cut(self) -> bool:
        """The hub drops the connection without ending the stream."""
        try:
            await self.ended()
        except httpx.TransportError:
            return True
        return False


class LiveHub:
    """A hub that a test runs."""

    def __init__(self, hub: Hub, file: SessionFile) -> None:
        self.hub = hub
        self.session = hub.session
        self.file = file
        self.desks: list[Desk] = []

    @property
    def url(self) -> str:
        return self.hub.url

    @property
    def keys(self) -> Keys:
        return self.hub.access.keys

    def invited(self, scope: Scope = "moderator") -> Desk:
        """Somebody with the session's token, or that for observers."""
        return self.desk(self.keys.token if scope == "moderator" else self.keys.observer_token)

    def desk(self, token: str) -> Desk:
        """Somebody with this token."""
        self.desks.append(Desk(self.url, token))
        return self.desks[-1]

    async def join(self, name: str, scope: Scope = "moderator") -> Desk:
        """Somebody who has joined."""
        answer = await self.invited(scope).http.post("/v1/moderators", json={"name": name})
        assert answer.status_code == 201, answer.text
        return self.desk(answer.json()["token"])

    async def until(self, holds: Callable[[LiveSession], bool]) -> None:
        """Return once that holds of the durable session."""
        changed = asyncio.Event()
        unlisten = self.session.listen(lambda _events: changed.set())
        try:
            async with patience():
                while not holds(self.session):
                    changed.clear()
                    await changed.wait()
        finally:
            unlisten()


async def seen(live: LiveHub, feed: Feed, text: str, handle: str = "mlopez", **fields: Any) -> str:
    """A post that arrived; its id."""
    post = feed.post(text, handle, **fields)
    await live.until(lambda session: post in session.durable.posts)
    return post


@asynccontextmanager
async def live_hub(
    folder: Path,
    *,
    plan: Plan | None = None,
    path: Path | None = None,
    disk: Disk | None = None,
    clock: HubClock | None = None,
    sources: Sequence[Source] = (),
    follow: bool = False,
    newcomer: Callable[[Author], bool] = lambda _author: True,
    noted: rules.Notes = lambda _author: None,
    keys: Keys | None = None,
    port: int = 0,
    save_keys: Callable[[Keys], None] = lambda _keys: None,
    sleep: Callable[[float], Awaitable[None]] = hasty,
    on_received: OnReceived = lambda _events: None,
    sign_ins: HubSignIns | None = None,
    limits: Limits | None = None,
    relay: Callable[[], str] | None = None,
    proxied: bool = False,
    settings: SourceSettings | None = None,
) -> AsyncGenerator[LiveHub, None]:
    """A hub for a new session in `folder`, or for the file `path`."""
    clock = clock or HubClock()
    if path is None:
        plan = plan or a_plan()
        file = SessionFile.create(folder, plan, started=clock.now_ms(), disk=disk)
        rehearsal = any(source.rehearsal for source in sources)
        file.commit([rules.opening(plan, (), rehearsal=rehearsal, first=False, at=clock.now_ms())])
    else:
        file = SessionFile.open(path, disk=disk)
    with file:
        session = LiveSession(
            file.session.id,
            file,
            file.read_events(),
            clock=clock,
            newcomer=newcomer,
            noted=noted,
            probe=probe_beside(file.path, disk),
            follow=follow,
            sources=[source.name for source in sources],
            sleep=sleep,
        )
        access = Access(keys or fresh_keys())
        listening = bind("127.0.0.1", port)
        async with running(
            session,
            access,
            Library(folder),
            listening,
            sources=sources,
            save_keys=save_keys,
            on_received=on_received,
            sign_ins=sign_ins,
            limits=limits,
            relay=relay,
            proxied=proxied,
            settings=settings,
        ) as hub:
            live = LiveHub(hub, file)
            try:
                yield live
            finally:
                for desk in live.desks:
                    await desk.http.aclose()
