"""A source that re-enacts a recording."""

import asyncio
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
        self._speed = speed
        self._now = now
        self._sleep = sleep

    def on_event(self, event: AnyEvent) -> None:
        """A recording goes on whatever the session does."""

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """Deliver what comes behind the last post that `resume` knows; posts due at once come as one delivery."""
        delivered = (place for place, post in enumerate(self._posts, start=1) if post.id in resume.known)
        start = max(delivered, default=0)
        waits = self._waits(start)
        pace = Pace(self._speed, self._now, self._sleep)
        place = start
        while place < len(self._posts):
            await pace.until(waits[place - start])
            elapsed = pace.elapsed()
            batch = []
            while place < len(self._posts) and waits[place - start] <= elapsed:
                batch.append(NewPost(msgspec.structs.replace(self._posts[place], posted_at=self._now())))
                place += 1
            yield Delivery(items=tuple(batch))
        yield Delivery(status="finished")

    def _waits(self, start: int) -> list[float]:
        """When each post from `start` on is due, in chat milliseconds from now; the first of all comes at once."""
        waits: list[float] = []
        due = 0.0
        for place in range(start, len(self._posts)):
            if place > 0:
                gap = self._posts[place].posted_at - self._posts[place - 1].posted_at
                due += min(max(gap, 0), LONGEST_GAP)
            waits.append(due)
        return waits
