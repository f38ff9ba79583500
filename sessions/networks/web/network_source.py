"""What the sources of all networks have in common: what they are told, what wakes them, how reading begins and ends."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable, Container, Coroutine
from contextlib import aclosing
from typing import Any

import httpx

from sessions.core.events import AnyEvent
from sessions.core.plan import Host, Plan
from sessions.networks.source import Delivery, ResumePoint, Tried
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.networks.web.feed import Feed
from sessions.networks.web.fetching import open_client
from sessions.networks.web.question_posts import QuestionPosts
from sessions.networks.web.server_clock import ServerClock

BEFORE_START = 15 * 60_000
"""Milliseconds before the planned start from which posts belong to the chat (docs/use/sources.md)."""


class NetworkSource(ABC):
    """The hashtags of `plan` on a network; `name` is as in the plan.

    `question_posts` put the questions that people answer now. `transport` stands for the network in tests. `now` is the
    session's clock, by which the source measures the server's; what readers bring is dated by the server's and handed
    over by the session's.
    """

    rehearsal = False
    hosts: tuple[Host, ...] = ()
    regulars: Container[str] = frozenset()

    def __init__(
        self,
        name: str,
        plan: Plan,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.name = name
        self.plan = plan
        self.now = ServerClock(now)
        self.question_posts = QuestionPosts(name.partition(":")[0])
        self._transport = transport
        self._sleep = sleep
        self._feed: Feed | None = None

    def on_event(self, event: AnyEvent) -> None:
        """Hear what happens in the session; an open question's thread is read too."""
        if self.question_posts.on_event(event):
            self.wake()

    def wake(self) -> None:
        """Try again now: there is more to read, or a sign-in came or went."""
        if self._feed is not None:
            self._feed.wake()

    @property
    def next_try(self) -> int | None:
        """As `TryingAgain`."""
        return None if self._feed is None else self._feed.next_try

    def try_now(self) -> Tried | None:
        """As `TryingAgain`."""
        return None if self._feed is None else self._feed.try_now()

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """Deliver until cancelled, or until there is nothing more to bring."""
        async with open_client(transport=self._transport) as client:
            feed = self._feed = Feed(sleep=self._sleep, clock=self.now)
            async with aclosing(feed.deliveries([self._reader(client, feed, resume)])) as deliveries:
                async for delivery in deliveries:
                    yield delivery

    def since(self, opened: int) -> int:
        """From when on posts belong to the chat, by the server's clock; `opened` is when reading began, by ours.

        A plan's start is the time on people's walls, or this computer's where the plan was made to begin at once: where
        the two differ, the earlier one holds, for a post too many can be put aside and one that is missing cannot.
        """
        start = self.plan.starts_at - BEFORE_START
        return min(start, self.now.theirs(min(start, opened)))

    @abstractmethod
    def _reader(
        self, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint
    ) -> Callable[[], Coroutine[Any, Any, None]]:
        """What reads: it goes on from `resume`, asks over `client` and hands over what it finds to `feed`."""
