"""A hub at work: a session, its sources and its HTTP API on one socket, in one event loop."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Callable, Collection, Sequence

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from sessions.core.events import AnyEvent
from sessions.hub.process.away import AwayDoor
from sessions.hub.process.listening import Server, open_files
from sessions.hub.process.succession import HubSuccession
from sessions.hub.protocol.takeover import SourceSettings, Standing
from sessions.hub.server.calls.exchange import OnReceived
from sessions.hub.server.calls.sign_ins import HubSignIns
from sessions.hub.server.collector import collect
from sessions.hub.server.entry.access import Access, Keys
from sessions.hub.server.entry.door import Door, Limits
from sessions.hub.server.http import HubApi
from sessions.hub.server.inviting.calls import InvitingApi
from sessions.hub.server.service import LiveSession
from sessions.library.library import Library
from sessions.networks.source import Source

logger = logging.getLogger(__name__)

GRACE = 3
"""Whole seconds in which streams may take what is left for them before a stopping hub cuts them off."""


class Hub:
    """What `running` yields: the session, where it is served, who may stay connected, and how others are invited."""

    def __init__(self, session: LiveSession, access: Access, url: str, door: Door) -> None:
        self.inviting: InvitingApi | None = None
        self.session = session
        self.access = access
        self.url = url
        self.door = door
        self.stopping = False
        self.succession: HubSuccession | None = None
        self._over = asyncio.Event()
        self._error: BaseException | None = None
        session.listen(self._on_events)

    def _on_events(self, _events: Sequence[AnyEvent]) -> None:
        if self.session.closed.is_set():
            self._over.set()

    def give_way(self, _standing: Standing) -> None:
        """Stop, because the session goes on elsewhere: see `HubSuccession.above`."""
        self._over.set()

    async def ended(self) -> None:
        """Return once the session is closed, or goes on elsewhere; raises what made the hub fail."""
        await self._over.wait()
        if self._error is not None:
            raise self._error

    def watch(self, task: "asyncio.Task[None]") -> None:
        """Let `ended` raise what ends this task before its time."""

        def done(task: "asyncio.Task[None]") -> None:
            error = None if task.cancelled() else task.exception()
            if error is not None:
                self._error = self._error or error
                self._over.set()

        task.add_done_callback(done)


@contextlib.asynccontextmanager
async def running(
    session: LiveSession,
    access: Access,
    library: Library,
    listening: socket.socket,
    *,
    sources: Sequence[Source] = (),
    save_keys: Callable[[Keys], None] = lambda _keys: None,
    on_received: OnReceived = lambda _events: None,
    sign_ins: HubSignIns | None = None,
    limits: Limits | None = None,
    names: Collection[str] = (),
    relay: Callable[[], str] | None = None,
    proxied: bool = False,
    settings: SourceSettings | None = None,
) -> AsyncIterator[Hub]:
    """Serve the session on a bound socket while the body runs; then stop, with all that was acknowledged on the disk.

    The socket is closed; the session's file is left to the caller. `on_received` is told of what another library gave,
    `sign_ins` are those that the sources were opened with; `limits` those of connections, None what fits this process.
    `names` are what the hub is called beside what this computer is.
    `settings` are those of the sources, with which others may go on; without them nobody does.
    `relay` says by which one somebody in another home may be let in, as `AwayDoor` has it; None lets nobody.
    `proxied` says that a proxy is in front of the socket.
    """
    door = Door(limits or Limits.fitting(open_files()))
    hub = Hub(session, access, url_of(listening), door)
    sign_ins = sign_ins or HubSignIns()
    sign_ins.sources = sources

    async def adopt(remote: str) -> socket.socket:
        return await server.adopt(remote)

    way = None if relay is None else AwayDoor(access, relay, adopt)
    if settings is not None:
        hub.succession = HubSuccession(session, access, settings=settings, url=hub.url, way=way, give_way=hub.give_way)
    api = HubApi(
        session,
        access,
        library,
        save_keys=save_keys,
        stopping=lambda: hub.stopping,
        on_received=on_received,
        sign_ins=sign_ins,
        ended=door.end,
        names=names,
        way=way,
        sources=sources,
        proxied=proxied,
        succession=hub.succession,
    )
    if hub.succession is not None:
        hub.succession.answers_with(api.deputies)
    hub.inviting = api.inviting
    server = Server(
        uvicorn.Config(
            api.app(),
            http=H11Protocol,
            lifespan="off",
            access_log=False,
            log_config=None,
            log_level=logging.ERROR,
            proxy_headers=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=GRACE,
        ),
        door,
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    saving = asyncio.create_task(session.run())
    collecting = asyncio.create_task(collect(session, sources))
    watching = asyncio.create_task(sign_ins.watch())
    beside = [collecting, watching]
    if hub.succession is not None:
        beside.append(asyncio.create_task(hub.succession.run()))
    for task in (serving, saving, *beside):
        hub.watch(task)
    try:
        up = asyncio.create_task(server.up.wait())
        await asyncio.wait([up, serving], return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        yield hub
    finally:
        for task in beside:
            task.cancel()
        hub.stopping = True
        session.wake()
        server.should_exit = True
        await asyncio.wait([serving, *beside])
        if way is not None:
            await way.close()
        if not saving.done():
            await session.drained()
        saving.cancel()
        await asyncio.wait([saving])


def bind(host: str, port: int) -> socket.socket:
    """A socket on this address; port 0 takes a free one. Raises `OSError` or `socket.gaierror`."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    # Named, because asyncio switches Nagle's algorithm off for TCP by name only; it costs 40 ms an answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        if exclusive is not None:  # Windows: SO_REUSEADDR would let another program take the address over
            listening.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.set_inheritable(False)
    except BaseException:  # a socket is not left open, also on Ctrl+C; raised again
        listening.close()
        raise
    return listening


def url_of(listening: socket.socket) -> str:
    """The URL of a bound socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
