"""A desk's way to a hub in another home: each of its HTTP connections is a stream of one encrypted connection."""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from sessions.hub.away.endpoint import ALPN, address_in, open_endpoint
from sessions.hub.away.relay import AwayError

if TYPE_CHECKING:
    from iroh import BiStream, Connection, Endpoint

DIAL_WITHIN = 5.0
"""Seconds that a dial may take: by a relay two computers need one or two until they have found each other."""

CHUNK = 64 * 1024
"""Bytes read at once."""


class AwayLink:
    """The one connection to the hub that `ticket` names, dialled when it is needed and again when it is of no use.

    `secret` is this computer's key, `relay` as `checked_relay` has it. Where this computer has an endpoint already,
    `shared` gives it, and whoever made it closes it. Use it in one event loop and close it there.
    """

    def __init__(
        self, ticket: str, secret: bytes, relay: str, *, shared: "Callable[[], Awaitable[Endpoint]] | None" = None
    ) -> None:
        self._ticket = ticket
        self._shared = shared
        self._secret = secret
        self._relay = relay
        self._endpoint: Endpoint | None = None
        self._connection: Connection | None = None
        self._silent: Connection | None = None
        self._dialling = asyncio.Lock()
        self._heard = 0.0

    async def open(self) -> None:
        """Bind the endpoint, which contacts the relay. Raises `AwayError`, also where the ticket is none."""
        if self._endpoint is None:
            bind = self._shared or (lambda: open_endpoint(self._secret, self._relay))
            self._endpoint = await bind()
            address_in(self._ticket)

    async def stream(self) -> "tuple[BiStream, Connection]":
        """A new stream, and the connection that it is of. Raises `iroh.IrohError`."""
        async with self._dialling:
            if self._connection is None or self._connection.close_reason() is not None:
                await self.open()
                assert self._endpoint is not None
                self._connection = await self._endpoint.connect(address_in(self._ticket), ALPN)
                self.heard()
                if self._silent is not None:
                    self._silent.close(0, b"silent")
                    self._silent = None
            connection = self._connection
        return await connection.open_bi(), connection

    def heard(self) -> None:
        """Something came from the hub."""
        self._heard = time.monotonic()

    def silent(self, connection: "Connection", seconds: float) -> None:
        """Nothing came on a stream of this connection for so long; where that holds for all, the next one dials anew.

        QUIC itself notices half a minute later that the address of one side changed. Until the next dial gets through
        the connection is kept: by it comes at which other address the hub is now.
        """
        if connection is self._connection and time.monotonic() - self._heard >= seconds:
            self._connection, self._silent = None, connection

    async def aclose(self) -> None:
        """Let the connection go, and the endpoint unless it is shared."""
        endpoint, self._endpoint = self._endpoint, None
        connections = (self._connection, self._silent)
        self._connection = self._silent = None
        if self._shared is not None:
            for connection in connections:
                if connection is not None:
                    connection.close(0, b"left")
        elif endpoint is not None:
            await endpoint.close()


class AwayTransport(httpx.AsyncHTTPTransport):
    """What a hub's client is given to speak over an `AwayLink`, which is closed with it."""

    def __init__(self, link: AwayLink) -> None:
        super().__init__(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), trust_env=False)
        self._link = link
        # httpx lets nobody hand in a pool; its own mapping of errors and answers is wanted, and its version is bounded.
        self._pool = httpcore.AsyncConnectionPool(network_backend=_Backend(link), keepalive_expiry=5.0)

    async def aclose(self) -> None:
        """As httpx."""
        await super().aclose()
        await self._link.aclose()


class _Backend(httpcore.AsyncNetworkBackend):
    """Opens a stream of the link wherever httpcore would connect to: there is one hub at its end."""

    def __init__(self, link: AwayLink) -> None:
        self._link = link

    async def connect_tcp(self, *_where: Any, **_how: Any) -> httpcore.AsyncNetworkStream:
        import iroh

        try:
            async with asyncio.timeout(DIAL_WITHIN):
                stream, connection = await self._link.stream()
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the other computer does not answer") from error
        except (iroh.IrohError, AwayError) as error:
            raise httpcore.ConnectError("the other computer does not answer") from error
        return _Stream(self._link, stream, connection)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """One stream as httpcore reads and writes it."""

    def __init__(self, link: AwayLink, stream: "BiStream", connection: "Connection") -> None:
        self._link = link
        self._connection = connection
        self._send, self._receive = stream.send(), stream.recv()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        import iroh

        try:
            async with asyncio.timeout(timeout):
                data = await self._receive.read(min(max_bytes, CHUNK))
        except TimeoutError as error:
            self._link.silent(self._connection, timeout or 0.0)
            raise httpcore.ReadTimeout("nothing came") from error
        except iroh.IrohError as error:
            raise httpcore.ReadError("the connection broke") from error
        self._link.heard()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        import iroh

        try:
            async with asyncio.timeout(timeout):
                await self._send.write_all(buffer)
        except TimeoutError as error:
            self._link.silent(self._connection, timeout or 0.0)
            raise httpcore.WriteTimeout("nothing was taken") from error
        except iroh.IrohError as error:
            raise httpcore.WriteError("the connection broke") from error

    async def aclose(self) -> None:
        import iroh

        try:
            await self._send.reset(0)
            await self._receive.stop(0)
        except iroh.IrohError:
            return  # gone already, which is what was wanted

    def get_extra_info(self, info: str) -> Any:
        """Of what httpcore asks: whether a connection that waits to be used again is of no use any more."""
        return self._connection.close_reason() is not None if info == "is_readable" else None
