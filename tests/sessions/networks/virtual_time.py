"""Time that passes only when a test lets it, for several readers that wait at once."""

import asyncio
import heapq
import itertools

from tests.sessions.networks.fakes import START

_ROUNDS = 60
"""Turns of the event loop after which whoever was woken has asked, been answered and waits again."""

_STILL = 6
"""Turns in a row in which nobody else had anything to do, after which nobody will."""


class VirtualTime:
    """A clock on the wall and a `sleep` by it."""

    def __init__(self, at: int = START) -> None:
        self.at = float(at)
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> int:
        return round(self.at)

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self.at + seconds * 1000, next(self._order), woken))
        await woken

    async def settle(self) -> None:
        """Let everybody go on who has not to wait for time."""
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        still = 0
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)
            still = 0 if ready else still + 1
            if still == _STILL:
                return

    async def go_on(self, seconds: float) -> None:
        """Let so many seconds pass, moment by moment."""
        end = self.at + seconds * 1000
        await self.settle()
        while self._waiting and self._waiting[0][0] <= end:
            due, _, woken = heapq.heappop(self._waiting)
            if not woken.done():
                self.at = max(self.at, due)
                woken.set_result(None)
                await self.settle()
        self.at = end
