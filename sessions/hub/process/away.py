"""The hub's way in from other homes: an endpoint that is bound once somebody is invited, each stream of which is handed
to the hub as a connection of the computer whose key it came from.

Strangers can connect, for the key is in the invite; what they send reaches the hub's own door and its limits.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any

import msgspec

from sessions.hub.away.endpoint import key_of, new_secret, open_endpoint, ticket_of, udp_port, unavailable
from sessions.hub.away.kept import AwayKeys
from sessions.hub.away.relay import AwayError, contacts
from sessions.hub.protocol.seats import SeatPath
from sessions.hub.server.entry.access import Access
from sessions.hub.server.inviting.seats import path_kind

if TYPE_CHECKING:
    from iroh import BiStream, Connection, Endpoint, Incoming

logger = logging.getLogger(__name__)

HANDSHAKE_WITHIN = 10.0
"""Seconds in which whoever dials has to have a connection."""

HANDSHAKES = 128
"""Dials at once; more are refused."""

STRANGERS = 64
"""Connections of computers that have no seat; the oldest goes where more come."""

OF_COMPUTER = 4
"""Connections of one computer; the oldest goes where more come, for a desk dials again where it hears nothing."""

STREAMS = 32
"""Streams at once of one connection of a computer that has a seat."""

STREAMS_OF_STRANGER = 2
"""The same of one that has none: sitting down needs one, and the first call behind it another."""

STRANGER_AT_ONCE, STRANGER_EVERY = 6, 0.5
"""Streams that a connection of a stranger may have without a pause, and seconds after which it may have one more."""

WINDOW = 2 * 1024 * 1024
"""Bytes of one connection that wait to be read."""

CLOSE_WITHIN = 3.0
"""Seconds that saying goodbye to all may take."""

CHUNK = 64 * 1024


class AwayDoor:
    """The way in, for `HubApi`. `relay` reads which one is to be used, blocks and may raise `AwayError`.

    `adopt` makes a connection to the hub, for the computer with a key. `bind` gives the endpoint where this process
    has one already.
    """

    def __init__(
        self,
        access: Access,
        relay: Callable[[], str],
        adopt: Callable[[str], Awaitable[socket.socket]],
        *,
        bind: "Callable[[], Awaitable[Endpoint]] | None" = None,
    ) -> None:
        self._bind = bind
        self._access = access
        self._relay = relay
        self._adopt = adopt
        self._secret = b""
        self._endpoint: Endpoint | None = None
        self._opening = asyncio.Lock()
        self._connections: dict[int, tuple[str, Connection]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._shaking = 0

    @property
    def is_open(self) -> bool:
        """Whether the endpoint is bound."""
        return self._endpoint is not None

    def path(self, key: str) -> SeatPath | None:
        """How the computer with this key is reached now, by its newest connection; None while it has none."""
        endpoint = self._endpoint
        connection = next((one for its, one in reversed(self._connections.values()) if its == key), None)
        if endpoint is None or connection is None:
            return None
        used = next((path for path in connection.paths() if path.is_selected), None)
        if used is None:
            return None
        if used.is_relay:
            return SeatPath("relay", used.rtt_ms)
        own = frozenset(_host(one) for one in endpoint.addr().direct_addresses())
        return SeatPath(path_kind(_host(used.remote_addr), own), used.rtt_ms)

    async def contacts(self) -> str:
        """Whom opening it contacts, in words. Raises `AwayError`, also where there can be no such way."""
        why = await asyncio.to_thread(unavailable)
        if why:
            raise AwayError(why)
        return contacts(await asyncio.to_thread(self._relay))

    async def open(self) -> None:
        """Bind the endpoint, with the key and at the port that it had before. Raises `AwayError`."""
        async with self._opening:
            if self._endpoint is None:
                kept = self._access.keys.away
                secret = bytes.fromhex(kept.secret) if kept.secret else new_secret()
                if self._bind is not None:
                    endpoint = await self._bind()
                else:
                    relay = await asyncio.to_thread(self._relay)
                    endpoint = await open_endpoint(secret, relay, accepting=True, port=kept.port)
                self._secret, self._endpoint = secret, endpoint
                self._begin(self._accept(endpoint))

    def noted(self, away: AwayKeys) -> AwayKeys:
        """The same with the key and the port that it has now, to come back with them."""
        if self._endpoint is None:
            return away
        return msgspec.structs.replace(away, secret=self._secret.hex(), port=udp_port(self._endpoint))

    async def endpoint(self) -> "Endpoint":
        """The endpoint, by which others can be dialled, too; opened where it is not. Raises `AwayError`."""
        await self.open()
        assert self._endpoint is not None
        return self._endpoint

    def ticket(self) -> str:
        """By what it is dialled now; it is open."""
        assert self._endpoint is not None
        return ticket_of(self._endpoint)

    async def close(self) -> None:
        """Say goodbye to all and let the endpoint go."""
        endpoint, self._endpoint = self._endpoint, None
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if endpoint is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_WITHIN):
                    await endpoint.close()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            logger.error("A connection from another home met a defect.", exc_info=error)

    async def _accept(self, endpoint: "Endpoint") -> None:
        while (incoming := await endpoint.accept_next()) is not None:
            if self._shaking >= HANDSHAKES:
                await incoming.refuse()
            else:
                self._begin(self._serve(incoming))

    async def _serve(self, incoming: "Incoming") -> None:
        import iroh

        self._shaking += 1
        try:
            async with asyncio.timeout(HANDSHAKE_WITHIN):
                connection = await (await incoming.accept()).connect()
        except (iroh.IrohError, TimeoutError):
            return  # a stranger, or the dial of a desk that tries again
        finally:
            self._shaking -= 1
        key, number = key_of(connection.remote_id()), connection.stable_id()
        connection.set_max_concurrent_bi_streams(STREAMS_OF_STRANGER)
        connection.set_receive_window(WINDOW)
        self._connections[number] = key, connection
        self._bound(key)
        try:
            await self._take_streams(key, connection)
        except iroh.IrohError:
            return  # it ended, which its streams notice by themselves
        finally:
            self._connections.pop(number, None)

    async def _take_streams(self, key: str, connection: "Connection") -> None:
        """Pass on each stream; a stranger's at a pace, which costs nobody else. Raises `iroh.IrohError` at its end."""
        loop = asyncio.get_running_loop()
        full_at = loop.time()
        while True:
            if key in self._access.keys.away.bound.values():
                connection.set_max_concurrent_bi_streams(STREAMS)
                while True:
                    self._begin(self._pipe(key, await connection.accept_bi()))
            stream = await connection.accept_bi()
            self._begin(self._pipe(key, stream))
            full_at = max(loop.time(), full_at) + STRANGER_EVERY
            await asyncio.sleep(full_at - loop.time() - STRANGER_AT_ONCE * STRANGER_EVERY)

    def _bound(self, key: str) -> None:
        """Let go what is too much, the oldest first, of this computer and of those without a seat."""
        seated = set(self._access.keys.away.bound.values())
        same = [one for its, one in self._connections.values() if its == key]
        strangers = [one for its, one in self._connections.values() if its not in seated]
        for connections, most in ((same, OF_COMPUTER), (strangers, STRANGERS)):
            for connection in connections[: max(0, len(connections) - most)]:
                connection.close(0, b"too many")

    async def _pipe(self, key: str, stream: "BiStream") -> None:
        """Pass on what comes and what is answered, until either side ends it."""
        import iroh

        send, receive = stream.send(), stream.recv()
        try:
            reader, writer = await asyncio.open_connection(sock=await self._adopt(key))
        except OSError:  # no more files can be open
            with contextlib.suppress(iroh.IrohError):
                await send.reset(0)
            return

        async def inward() -> None:
            while data := await receive.read(CHUNK):
                writer.write(data)
                await writer.drain()

        async def outward() -> None:
            while data := await reader.read(CHUNK):
                await send.write_all(data)
            await send.finish()

        ways = [asyncio.ensure_future(inward()), asyncio.ensure_future(outward())]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            writer.transport.abort()
            for way in ways:
                way.cancel()
            ended = await asyncio.gather(*ways, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception) and not isinstance(error, OSError | iroh.IrohError):
                raise error


def _host(socket_address: str) -> str:
    """The address without its port and brackets."""
    return socket_address.rpartition(":")[0].strip("[]")
