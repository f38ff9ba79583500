"""How fast a practice source re-enacts: chat time, which runs `speed` times as fast as the clock on the wall."""

import asyncio
from collections.abc import Awaitable

from sessions.networks.timing import Now, Sleep, wall_clock

SLOWEST, FASTEST = 1.0, 1000.0
"""The speeds that a practice source takes."""

_HICCUP = 1_000
"""Milliseconds that a wait may overrun before it counts as a clock that was set or a computer that slept."""

_TICK = 0.001
"""Seconds of the shortest wait: the clock on the wall is read in milliseconds."""


class Pace:
    """Chat time in milliseconds since this pace was made.

    It is read off the wall clock step by step, so that a clock set back does not stall the chat and a laptop
    that slept for an hour does not wake to an hour's posts at once.
    """

    def __init__(self, speed: float, now: Now = wall_clock, sleep: Sleep = asyncio.sleep) -> None:
        self.speed = speed
        self._now = now
        self._sleep = sleep
        self._read_at = now()
        self._elapsed = 0.0

    def elapsed(self, waited: float = 0.0) -> float:
        """Chat milliseconds so far; `waited` is how many of the wall clock's were meant to pass since the last look."""
        now = self._now()
        step = min(max(now - self._read_at, 0), waited + _HICCUP)
        self._read_at = now
        self._elapsed += step * self.speed
        return self._elapsed

    async def until(self, due: float, wake: asyncio.Event | None = None) -> bool:
        """Wait for the chat time `due`, or until `wake` is set; True when `due` has come."""
        while (missing := due - self.elapsed()) > 0:
            if wake is not None and wake.is_set():
                return False
            seconds = max(missing / self.speed / 1000, _TICK)
            if wake is None:
                await self._sleep(seconds)
            else:
                await _first_of(self._sleep(seconds), wake)
            self.elapsed(waited=seconds * 1000)
        return True


async def _first_of(sleeping: Awaitable[None], wake: asyncio.Event) -> None:
    tasks = {asyncio.ensure_future(sleeping), asyncio.ensure_future(wake.wait())}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)  # not each awaited and its end suppressed: that would swallow our own cancellation
