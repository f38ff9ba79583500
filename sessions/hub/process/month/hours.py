"""The chats of a channel's series: a post of their hour stands in them and not in the channel, also while both run."""

import asyncio
import contextlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from sessions.core.events import PostSeen, SessionOpened
from sessions.core.posts import Post
from sessions.files.errors import StorageError
from sessions.library.channel.months import chats_since, posts_elsewhere, posts_in
from sessions.library.library import Library
from sessions.library.storage.reading import read_events, read_head
from sessions.networks.timing import Now, Sleep

TAKEN_WITHIN = 60_000
"""Milliseconds for which the channel leaves a post to a chat that goes on; then it takes the post itself."""

QUIET = 10 * 60_000
"""Milliseconds without any event after which a chat is not waited for: its hub may be gone for good."""

LOOK_EVERY = 2_000
"""Milliseconds between two looks at the saved chats."""


class Elsewhere(Protocol):
    """Where posts stand that a month does not take."""

    @property
    def posts(self) -> Collection[str]:
        """Their ids, as far as they are known by now."""
        ...

    async def settle(self, source: str, posts: Sequence[Post]) -> None:
        """Return once it is known which of these, that a source brings, stand elsewhere."""
        ...


class _Hour(msgspec.Struct, frozen=True):
    """A chat that goes on: the sources that it reads, when it began, and until when it counts as alive."""

    sources: tuple[str, ...]
    begins: int
    until: int


class Hours:
    """Looks at the saved chats of a month's series while it is read; `opened` is the month's first event, `session` its
    id. Making it blocks, some milliseconds a file."""

    def __init__(self, library: Library, opened: SessionOpened, session: str, now: Now, sleep: Sleep) -> None:
        before = posts_elsewhere(library, opened, session)
        self.posts: set[str] = set(before.posts)
        self.goes_on = before.goes_on
        """Whether a month before is saved."""
        self._earlier, self._until = before.earlier, before.until
        self._library = library
        self._opened = opened
        self._now, self._sleep = now, sleep
        self._sizes: dict[Path, int] = {}
        self._hours: dict[Path, _Hour] = {}
        self._looked_at: int | None = None
        self._since = now()
        self._given_up: dict[str, int] = {}
        self._reading_earlier = asyncio.Lock()

    async def settle(self, source: str, posts: Sequence[Post]) -> None:
        """As `Elsewhere`: waits for a chat that goes on and reads this source to save what is of its hour."""
        if any(post.posted_at < self._until and post.id not in self.posts for post in posts):
            await self._read_earlier()
        new = [post for post in posts if post.id not in self.posts]
        if not new:
            return
        given_up = max(self._patience(source, post) for post in new)
        while True:
            if self._looked_at is None or self._now() - self._looked_at >= LOOK_EVERY:
                await asyncio.to_thread(self._look)
                self._looked_at = self._now()
            if not any(self._awaited(source, post) for post in new):
                return
            if self._now() >= given_up:
                self._given_up[source] = self._now()
                return
            await self._sleep(LOOK_EVERY / 1000)

    async def _read_earlier(self) -> None:
        """Read which posts were saved before this month, once: a network tells of old ones, too, where few are posted.

        Sources bring posts side by side, and each waits until it is known.
        """
        async with self._reading_earlier:
            if self._earlier:
                self.posts |= await asyncio.to_thread(posts_in, self._earlier)
                self._earlier = ()

    def _patience(self, source: str, post: Post) -> int:
        """The moment until which the post is left to a chat; one that stood in line behind another was left to it
        meanwhile."""
        now = self._now()
        if post.posted_at > self._given_up.get(source, 0):
            return now + TAKEN_WITHIN
        return max(post.posted_at + TAKEN_WITHIN, now + LOOK_EVERY)

    def _awaited(self, source: str, post: Post) -> bool:
        if post.id in self.posts:
            return False
        now = self._now()
        return any(
            source in hour.sources and hour.begins <= post.posted_at and now <= hour.until
            for hour in self._hours.values()
        )

    def _look(self) -> None:
        """Read the chats that grew; what cannot be read is read the next time."""
        day = 86_400_000
        for path in chats_since(self._library, self._opened.plan.series, self._since - day, self._opened.rehearsal):
            with contextlib.suppress(StorageError, OSError):
                size = path.stat().st_size
                if self._sizes.get(path) == size:
                    continue
                events = read_events(path)
                self._sizes[path] = size
                self.posts |= {event.post.id for event in events if isinstance(event, PostSeen)}
                self._hours.pop(path, None)
                if read_head(path).ended is None and isinstance(opened := events[0], SessionOpened):
                    self._hours[path] = _Hour(opened.plan.sources, opened.at, events[-1].at + QUIET)
