"""A time that stands until a test moves it, at the hub, in its sources and at a desk."""

import asyncio

from sessions.hub.client.client import DeskClock
from sessions.hub.protocol.stream import Heartbeat
from tests.sessions.core.building import START
from tests.sessions.hub.live import Time


class Hours(Time):
    """The time at the hub, in its sources and at the desk; it stands, and who sleeps wakes as it is moved."""

    def __init__(self, now: int = START) -> None:
        super().__init__(now)
        self._sleepers: list[tuple[int, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        """Return once so many seconds have passed."""
        woken = asyncio.Event()
        self._sleepers.append((self.now + round(seconds * 1000), woken))
        await woken.wait()

    def pass_by(self, seconds: float) -> None:
        """Move it on."""
        self.now += round(seconds * 1000)
        for due, woken in self._sleepers:
            if due <= self.now:
                woken.set()
        self._sleepers = [(due, woken) for due, woken in self._sleepers if due > self.now]

    def desk_clock(self) -> DeskClock:
        """A desk's clock that goes by it alone."""
        return StillClock(self)


class StillClock(DeskClock):
    """A desk's clock that shows this time, whatever heartbeats come and however long that takes."""

    def __init__(self, time: Time) -> None:
        super().__init__()
        self._time = time

    def beat(self, _beat: Heartbeat) -> None:
        """The hub has the same time."""

    def now(self) -> int:
        return self._time.now

    def at(self, _monotonic: float) -> int:
        return self._time.now
