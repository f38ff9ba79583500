"""The endpoint of this computer: one for each desk, by which it dials others and, once that is asked for, they dial it.

Two endpoints of one key would be in each other's way at a relay.
"""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from sessions.hub.away.endpoint import open_endpoint, public_key, ticket_of
from sessions.hub.away.kept import AwayKeys
from sessions.hub.server.entry.access import Access, fresh_keys

if TYPE_CHECKING:
    from iroh import Endpoint

    from sessions.hub.process.away import AwayDoor

CLOSE_WITHIN = 3.0
"""Seconds that saying goodbye to all may take."""

Adopt = Callable[[str], Awaitable[socket.socket]]


class OwnWay:
    """`secret` reads this computer's key, `relay` which relay is to be used; both block and may raise `AwayError`."""

    def __init__(self, secret: Callable[[], bytes], relay: Callable[[], str]) -> None:
        self._read_secret = secret
        self._relay = relay
        self._secret = b""
        self._endpoint: Endpoint | None = None
        self._door: AwayDoor | None = None
        self._opening = asyncio.Lock()

    @property
    def is_open(self) -> bool:
        """Whether there is an endpoint, by which others can be dialled."""
        return self._endpoint is not None

    async def endpoint(self) -> "Endpoint":
        """The endpoint, bound the first time, which contacts the relay. Raises `AwayError`, `StorageError`."""
        async with self._opening:
            if self._endpoint is None:
                self._secret = await asyncio.to_thread(self._read_secret)
                relay = await asyncio.to_thread(self._relay)
                self._endpoint = await open_endpoint(self._secret, relay, accepting=True, online_within=0.0)
            return self._endpoint

    async def let_in(self, adopt: Adopt) -> None:
        """Hand what others dial to `adopt` from now on. Raises as `endpoint`."""
        if self._door is None:
            from sessions.hub.process.away import AwayDoor  # with it comes much of a hub

            await self.endpoint()
            keys = fresh_keys()
            away = AwayKeys(secret=self._secret.hex())
            door = AwayDoor(Access(type(keys)(keys.token, keys.observer_token, away=away)), self._relay, adopt,
                            bind=self.endpoint)  # fmt: skip
            await door.open()
            self._door = door

    @property
    def key(self) -> str:
        """The public half of this computer's key, empty before there is an endpoint."""
        return public_key(self._secret) if self._secret else ""

    @property
    def ticket(self) -> str:
        """By what others dial this desk, empty before it lets them in."""
        return ticket_of(self._endpoint) if self._door is not None and self._endpoint is not None else ""

    async def aclose(self) -> None:
        """Let the endpoint go."""
        endpoint, self._endpoint = self._endpoint, None
        if self._door is not None:
            await self._door.close()
        elif endpoint is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_WITHIN):
                    await endpoint.close()
