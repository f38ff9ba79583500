"""A recording re-enacted for as long as it takes, through nights and while nobody reads, to rehearse a channel."""

import asyncio
import itertools
from bisect import bisect_right
from collections.abc import AsyncGenerator, Container

import msgspec

from sessions.core.events import AnyEvent
from sessions.core.plan import Host
from sessions.networks.source import Delivery, NewPost, ResumePoint
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.rehearsal.recording import Recording

PIECE = 250
"""Posts of a delivery, which are made ready without giving the event loop back: a few milliseconds."""

LONGEST_WAIT = 60.0
"""Seconds of one wait: behind it the clock is looked at again, which may have been set."""


class SteadyRecording:
    """Re-enacts a recording by the clock: the first post when it is read for the first time, each other one as much
    later as it was, `speed` times as fast. Its cursor is that first moment (UTC milliseconds)."""

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
        """Deliver all that is due behind the last post that `resume` knows, then what becomes due."""
        cursor = resume.cursor or ""
        began = int(cursor) if cursor.isdecimal() else self._now()
        due_at = self._due_at(began)
        place = self._delivered(resume)
        while place < len(self._posts):
            due = max(place, bisect_right(due_at, self._now()))
            end = min(due, place + PIECE)
            items = tuple(
                NewPost(msgspec.structs.replace(post, posted_at=at))
                for post, at in zip(self._posts[place:end], due_at[place:end], strict=True)
            )
            place = end
            yield Delivery(items, cursor=str(began), current=place == due)
            while place == due < len(self._posts) and (missing := due_at[place] - self._now()) > 0:
                await self._sleep(min(missing / 1000, LONGEST_WAIT))
        yield Delivery(status="finished", current=True)

    def _delivered(self, resume: ResumePoint) -> int:
        """The place behind the last post that is known."""
        places = range(len(self._outlines), 0, -1)
        return next((place for place in places if self._outlines[place - 1].id in resume.known), 0)

    def _due_at(self, began: int) -> list[int]:
        """When each post is due, never earlier than the one before it."""
        times = list(itertools.accumulate((outline.posted_at for outline in self._outlines), max))
        return [began + round((at - times[0]) / self._speed) for at in times]
