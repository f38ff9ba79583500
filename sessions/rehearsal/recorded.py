"""A source that re-enacts a recording."""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncGenerator, Container

import msgspec

from sessions.core.events import AnyEvent
from sessions.core.plan import Host
from sessions.networks.source import Delivery, NewPost, ResumePoint
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.rehearsal.pace import Pace
from sessions.rehearsal.recording import Recording

LONGEST_GAP = 10 * 60 * 1000
"""Milliseconds to which a longer silence of a recording is cut."""


PIECE = 250
"""Posts of a delivery that are made ready without giving the event loop back: a few milliseconds."""

OUTLINES = 10_000
"""The same of posts whose times only are looked at."""


class RecordedSource:
    """Re-enacts a recording: the recorded order, `posted_at` the time of delivery, gaps over ten minutes cut to ten."""

    rehearsal = True

    def __init__(
        self,
        name: str,
        recording: Recording,
        hosts: tuple[Host, ...],
        *,
        speed: float = 1.0,
        now: Now = wall_clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.name = name
        self.hosts = hosts
        self.regulars: Container[str] = frozenset()
        self._posts = recording.posts
        self._outlines = recording.outlines
        self._speed = speed
        self._now = now
        self._sleep = sleep

    def on_event(self, event: AnyEvent) -> None:
        """A recording goes on whatever the session does."""

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """Deliver what comes behind the last post that `resume` knows; posts due at once come as one delivery."""
        start = self._delivered(resume)
        waits = await self._waits(start)
        pace = Pace(self._speed, self._now, self._sleep)
        place = start
        while place < len(self._posts):
            await pace.until(waits[place - start])
            due = start + bisect_right(waits, pace.elapsed(), lo=place - start)
            items: list[NewPost] = []
            for first in range(place, due, PIECE):
                items += self._new(first, min(first + PIECE, due))
                await asyncio.sleep(0)
            place = due
            yield Delivery(items=tuple(items))
        yield Delivery(status="finished")

    def _delivered(self, resume: ResumePoint) -> int:
        """The place behind the last post that is known."""
        places = range(len(self._outlines), 0, -1)
        return next((place for place in places if self._outlines[place - 1].id in resume.known), 0)

    def _new(self, first: int, end: int) -> list[NewPost]:
        """The posts from `first` up to but not with `end`, as posted now."""
        now = self._now()
        return [NewPost(msgspec.structs.replace(post, posted_at=now)) for post in self._posts[first:end]]

    async def _waits(self, start: int) -> list[float]:
        """When each post from `start` on is due, in chat milliseconds from now; the first of all comes at once."""
        waits: list[float] = []
        due = 0.0
        for place in range(start, len(self._posts)):
            if place % OUTLINES == 0:
                await asyncio.sleep(0)
            if place > 0:
                gap = self._outlines[place].posted_at - self._outlines[place - 1].posted_at
                due += min(max(gap, 0), LONGEST_GAP)
            waits.append(due)
        return waits
