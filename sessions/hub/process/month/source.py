"""A source of a channel, of which the session gets the posts of its month and knows when it has all of them."""

import asyncio
from collections.abc import AsyncGenerator, Container
from contextlib import aclosing

from msgspec.structs import replace

from sessions.core.channel.months import Month
from sessions.core.events import AnyEvent
from sessions.core.plan import Host
from sessions.hub.process.month.hours import Elsewhere
from sessions.networks.source import Delivery, EditedPost, Item, NewPost, ResumePoint, Source, Tried, TryingAgain


class MonthSource:
    """Reads `source` up to the end of `month`, without the posts that stand `elsewhere`, in other files. Unless it
    `goes_on` with a month before, what was posted before its beginning is none of it.

    At the first post of a later month it ends, and from there on no cursor is told: the next month's session reads
    what came with that post once more, so that nothing is lost between the two.
    """

    def __init__(self, source: Source, month: Month, elsewhere: Elsewhere, *, goes_on: bool) -> None:
        self._source = source
        self._ends_at = month.ends_at
        self._begins_at = None if goes_on else month.begins_at
        self._elsewhere = elsewhere
        self.over = False
        """Whether it has come to the end of its month."""
        self.current = False
        """Whether the session has all that there was when reading began."""
        self.failed = False
        """Whether reading failed since it last brought something."""
        self.changed = asyncio.Event()
        """Set when one of these changes; whoever waits clears it."""

    @property
    def name(self) -> str:
        """As `Source`."""
        return self._source.name

    @property
    def rehearsal(self) -> bool:
        """As `Source`."""
        return self._source.rehearsal

    @property
    def hosts(self) -> tuple[Host, ...]:
        """As `Source`."""
        return self._source.hosts

    @property
    def regulars(self) -> Container[str]:
        """As `Source`."""
        return self._source.regulars

    @property
    def next_try(self) -> int | None:
        """As `TryingAgain`."""
        return self._source.next_try if isinstance(self._source, TryingAgain) else None

    def try_now(self) -> Tried | None:
        """As `TryingAgain`."""
        return self._source.try_now() if isinstance(self._source, TryingAgain) else None

    def wake(self) -> None:
        """Try again now, because a sign-in came or went."""
        wake = getattr(self._source, "wake", None)
        if wake is not None:
            wake()

    @property
    def in_trouble(self) -> bool:
        """Whether what is missing waits for something that failed."""
        return not self.current and (self.failed or self.next_try is not None)

    def on_event(self, event: AnyEvent) -> None:
        """As `Source`."""
        self._source.on_event(event)

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """As `Source`; ends with its month."""
        resume = replace(resume, known=_Either(resume.known, self._elsewhere.posts))
        try:
            async with aclosing(self._source.read(resume)) as deliveries:
                async for delivery in deliveries:
                    came = [item.post for item in delivery.items if isinstance(item, NewPost)]
                    await self._elsewhere.settle(self.name, [post for post in came if post.id not in resume.known])
                    items = tuple(item for item in delivery.items if self._is_ours(item))
                    self.over = self.over or any(self._is_later(item) for item in delivery.items)
                    self.failed = False
                    if not self.over:
                        yield replace(delivery, items=items)
                        self._note(delivery.current)
                        continue
                    yield replace(delivery, items=items, cursor=None, status="this month is read")
                    break
        except Exception:  # the collector logs it, says so and tries again
            self.failed = True
            self.changed.set()
            raise
        self._note(True)

    def _note(self, current: bool) -> None:
        if current and not self.current:
            self.current = True
        self.changed.set()

    def _is_later(self, item: Item) -> bool:
        post = item.post if isinstance(item, (NewPost, EditedPost)) else None
        return post is not None and post.posted_at >= self._ends_at

    def _is_ours(self, item: Item) -> bool:
        post = item.post if isinstance(item, (NewPost, EditedPost)) else None
        if post is not None and self._begins_at is not None and post.posted_at < self._begins_at:
            return False
        known = item.post.id if isinstance(item, NewPost) else item.id
        return known not in self._elsewhere.posts and not self._is_later(item)


class _Either:
    """What is in one of two."""

    def __init__(self, one: Container[str], other: Container[str]) -> None:
        self._one, self._other = one, other

    def __contains__(self, key: object) -> bool:
        return key in self._one or key in self._other
