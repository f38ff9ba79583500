"""Telling the hub where this desk is: when that changes, and now and then so that it counts as there."""

import asyncio
from collections.abc import Awaitable, Callable

from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.hub.protocol.presence import PresenceRequest

REST = 1.0
"""Seconds between two times at least, whatever changes."""

KEEP = 12.0
"""Seconds after which the same is told again; the hub forgets after 30 without a word."""


class Telling:
    """Tells by `tell`, which is False where the hub is too old to listen; `now` gives monotonic seconds.

    That it cannot be told is nobody's worry: it is told again with the next change, or after `KEEP`.
    """

    def __init__(self, tell: Callable[[PresenceRequest], Awaitable[bool]], now: Callable[[], float]) -> None:
        self._tell = tell
        self._now = now
        self._told: PresenceRequest | None = None
        self._at = float("-inf")
        self._heard = True
        self._one_at_a_time = asyncio.Lock()

    def anew(self) -> None:
        """A hub answers that may know nothing of this desk, or be of another version."""
        self._told, self._heard = None, True

    def due(self, where: PresenceRequest) -> bool:
        """Whether the hub is to be told that this desk is there now; that counts as told from now on."""
        rested = self._now() - self._at
        due = self._heard and rested >= (REST if where != self._told else KEEP)
        if due:
            self._told, self._at = where, self._now()
        return due

    async def tell(self, where: PresenceRequest) -> None:
        """Tell it, once the hub has heard what was told before: what arrives last is what it shows."""
        async with self._one_at_a_time:
            try:
                self._heard = await self._tell(where)
            except (HubRefused, HubUnreachable):
                return
