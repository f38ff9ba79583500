"""The hub's side of its connections: accepting them, one HTTP/1.1 connection with its limits, how many fit."""

import asyncio
import contextlib
import errno
import socket
import sys
from collections.abc import Iterator
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from sessions.hub.server.entry.access import Caller
from sessions.hub.server.entry.door import FREE_WITHIN, UNREAD, Door, address_of
from sessions.hub.server.entry.lines import LINE, REMOTE

OPEN_FILES = 4096
"""Files that a hub wants to have open at most; many systems allow 1,024 unless asked, macOS 256."""

BACKLOG = 1024
"""Connections that the system holds until they are accepted."""

LOOK_EVERY = 1.0
"""Seconds between two looks at which connections are overdue."""

_FULL = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


def raise_open_files(wanted: int = OPEN_FILES) -> int:
    """Let this process have `wanted` files open, if the system lets it; how many it may have open now."""
    if sys.platform == "win32":  # no limit there that a hub would reach; not run there
        return wanted
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if soft != unlimited and soft < wanted:
        more = wanted if hard == unlimited else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):  # what it may have is told below
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return wanted if soft == unlimited else soft


def open_files() -> int:
    """How many files this process may have open."""
    return raise_open_files(0) or OPEN_FILES


class Connection(H11Protocol):
    """One connection, which a `Door` may drop; requests find it in their scope as `LINE`.

    `remote` is the key of the computer in another home from which it comes, which they find as `REMOTE`.
    """

    def __init__(self, door: Door, remote: str | None = None, **uvicorns: Any) -> None:
        super().__init__(**uvicorns)
        self._door = door
        self._remote = remote
        self._address = ""
        self._free_since = door.now()
        self._unsent = 0
        self._unsent_since = self._free_since
        answer = self.app

        async def introduced(scope: Any, receive: Any, send: Any) -> None:
            scope[LINE] = self
            if remote is not None:
                scope[REMOTE] = remote
            await answer(scope, receive, send)

        self.app = introduced

    @property
    def address(self) -> str:
        """Whose connection it is."""
        return self._address

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        super().connection_made(transport)
        self._address = self._remote or address_of(self.client[0] if self.client else None)
        self._door.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._door.leave(self)

    def data_received(self, data: bytes) -> None:
        try:
            super().data_received(data)
        except h11.ProtocolError:  # no HTTP, while something is being answered: nothing can be said of it any more
            self.abort()

    def on_response_complete(self) -> None:
        self._free_since = self._door.now()
        super().on_response_complete()

    @property
    def gone(self) -> bool:
        """Whether the connection is lost."""
        return self.cycle is not None and self.cycle.disconnected

    def known(self, caller: Caller) -> None:
        """A request on it came with a valid token."""
        self._door.know(self, caller)

    def overdue(self, now: float) -> str | None:
        """Why it is to be dropped: nothing was asked for, or what was sent is not read."""
        busy = self.cycle is not None and not self.cycle.response_complete
        unsent = self.transport.get_write_buffer_size()
        if unsent == 0 or self._unsent == 0 or unsent < self._unsent:
            self._unsent, self._unsent_since = unsent, now
        elif now - self._unsent_since > UNREAD:
            return "that read nothing of what they were sent"
        if not busy and unsent == 0 and now - self._free_since > FREE_WITHIN:
            return "that did not come to a request"
        return None

    def abort(self) -> None:
        """Let the socket and what waits to be sent go at once."""
        self.transport.abort()


class Server(uvicorn.Server):
    """uvicorn that accepts by itself, and leaves signals to the process, which they would not end with exit code 0.

    Where no more files can be open, asyncio's own server logs that once for each place in its queue and tries again as
    often, twice as often each second. This one drops connections without a token, and waits a moment.
    """

    def __init__(self, config: uvicorn.Config, door: Door) -> None:
        super().__init__(config)
        self.up = asyncio.Event()
        self._door = door
        self._tasks: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept what comes on these sockets from now on."""
        await self.lifespan.startup()
        self.servers = []
        for listening in sockets or []:
            listening.setblocking(False)
            listening.listen(BACKLOG)
            self._tasks.append(asyncio.create_task(self._accept(listening)))
        self._tasks.append(asyncio.create_task(self._look_around()))
        self.started = True
        self.up.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept no more, then as uvicorn."""
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """No signals."""
        yield

    async def adopt(self, remote: str) -> socket.socket:
        """The other end of a new connection, for what comes from the computer with this key. Raises `OSError`."""
        ours, theirs = socket.socketpair()
        try:
            ours.setblocking(False)
            theirs.setblocking(False)
            await asyncio.get_running_loop().connect_accepted_socket(lambda: self._connection(remote), ours)
        except OSError:
            ours.close()
            theirs.close()
            raise
        return theirs

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, _ = await loop.sock_accept(listening)
            except OSError as error:
                if error.errno in _FULL:
                    self._door.shed()
                    await asyncio.sleep(0.1)
                else:  # who connected is gone again
                    await asyncio.sleep(0)
                continue
            try:
                await loop.connect_accepted_socket(self._connection, accepted)
            except OSError:  # gone before anything could be set up
                accepted.close()

    def _connection(self, remote: str | None = None) -> Connection:
        return Connection(
            self._door,
            remote,
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
        )

    async def _look_around(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self._door.look_around()
