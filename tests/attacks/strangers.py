"""Attacks of strangers in other homes, who know the hub's key from an invite and have no seat; endless until cancelled.

Each makes itself as many keys as it likes: a key costs nothing.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from sessions.hub.away.endpoint import ALPN, address_in, new_secret, open_endpoint
from sessions.hub.away.relay import NONE

if TYPE_CHECKING:
    from iroh import BiStream, Connection, Endpoint

    from tests.attacks.attackers import Target

STREAMS = 25
"""Streams of one key; the hub lets 32 be open at once."""

WITHIN = 5.0
"""Seconds for anything."""


async def away_silent(target: "Target", count: int = 1000) -> None:
    """Streams that say nothing but a letter; what is dropped is opened again."""
    await asyncio.gather(*(_holding(target, STREAMS) for _ in range(-(-count // STREAMS))))


async def away_dialling(target: "Target", count: int = 8) -> None:
    """Connections of ever new keys, let go at once."""

    async def dial() -> None:
        while True:
            async with _endpoint() as endpoint:
                for _ in range(10):
                    connection = await _connected(target, endpoint)
                    if connection is not None:
                        connection.close(0, b"")

    await asyncio.gather(*(dial() for _ in range(count)))


async def away_guessing(target: "Target", count: int = 8) -> None:
    """Codes that are none, of keys that are new after a hundred of them."""

    async def guess() -> None:
        while True:
            async with _endpoint() as endpoint:
                connection = await _connected(target, endpoint)
                for _ in range(100 if connection is not None else 0):
                    assert connection is not None
                    target.note(await _asked(connection, secrets.token_urlsafe(16)))

    await asyncio.gather(*(guess() for _ in range(count)))


@asynccontextmanager
async def _endpoint() -> "AsyncGenerator[Endpoint, None]":
    endpoint = await open_endpoint(new_secret(), NONE)
    try:
        yield endpoint
    finally:
        await asyncio.shield(endpoint.close())


async def _connected(target: "Target", endpoint: "Endpoint") -> "Connection | None":
    import iroh

    try:
        async with asyncio.timeout(WITHIN):
            connection = await endpoint.connect(address_in(target.ticket), ALPN)
    except (TimeoutError, iroh.IrohError):
        target.note("not connected")
        await asyncio.sleep(0.1)
        return None
    target.note("connected")
    return connection


async def _holding(target: "Target", streams: int) -> None:
    async with _endpoint() as endpoint:
        while True:
            connection = await _connected(target, endpoint)
            if connection is not None:
                await asyncio.gather(*(_hold(target, connection) for _ in range(streams)))
                connection.close(0, b"")


async def _hold(target: "Target", connection: "Connection") -> None:
    """Return once the connection is dropped."""
    import iroh

    while connection.close_reason() is None:
        with contextlib.suppress(iroh.IrohError):
            stream: BiStream = await connection.open_bi()
            await stream.send().write_all(b"G")
            target.note("opened")
            while await stream.recv().read(1000):
                pass
        await asyncio.sleep(0.1)


async def _asked(connection: "Connection", code: str) -> str:
    """The status that a code is answered, or what became of it."""
    import iroh

    head = f"GET /v1/session HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {code}\r\nConnection: close\r\n\r\n"
    try:
        async with asyncio.timeout(WITHIN):
            stream = await connection.open_bi()
            await stream.send().write_all(head.encode())
            answer = await stream.recv().read(1000)
    except (TimeoutError, iroh.IrohError):
        return "lost"
    return answer[9:12].decode("ascii", "replace") or "lost"
