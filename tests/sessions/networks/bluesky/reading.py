"""A source of Bluesky that reads while a block runs, and what it brought."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from sessions.core.events import AnyEvent, PostRemoved, PostSeen, QuestionAsked, SessionOpened
from sessions.core.posts import Filed, Post
from sessions.networks.account import Account, InMemorySignIns
from sessions.networks.bluesky.reading.jetstream import JetstreamSource
from sessions.networks.bluesky.reading.reader import BlueskySource
from sessions.networks.source import Delivery, EditedPost, NewPost, RemovedPost, ResumePoint
from tests.sessions.networks.bluesky.network import Bluesky, account
from tests.sessions.networks.fakes import make_plan
from tests.sessions.networks.virtual_time import VirtualTime

Source = BlueskySource | JetstreamSource


class Run:
    """What was delivered; the session around it hears each post as the hub would tell it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.deliveries: list[Delivery] = []
        self.held: dict[str, Post] = {}
        self.arrived = asyncio.Condition()
        self._seq = 0
        self.tell(SessionOpened, plan=make_plan(), schema=1, rehearsal=False)

    def tell(self, event: type[AnyEvent], /, **fields: Any) -> None:
        self._seq += 1
        self.source.on_event(event(seq=self._seq, at=0, by=None, command=None, **fields))

    def ask(self, question: str, uri: str) -> None:
        """The driver asks what this post puts."""
        post = self.held[f"bluesky:{uri}"]
        self.tell(PostSeen, post=post, kind="question", filed=Filed(question, "label"), newcomer=False)
        self.tell(QuestionAsked, question=question, seconds=480)

    async def take(self, delivery: Delivery) -> None:
        for item in delivery.items:
            if isinstance(item, NewPost) and item.post.id not in self.held:
                self.held[item.post.id] = item.post
                self.tell(PostSeen, post=item.post, kind="aside", filed=None, newcomer=False)
            elif isinstance(item, RemovedPost):
                self.tell(PostRemoved, post=item.id)
        async with self.arrived:
            self.deliveries.append(delivery)
            self.arrived.notify_all()

    @property
    def new(self) -> list[Post]:
        return [item.post for one in self.deliveries for item in one.items if isinstance(item, NewPost)]

    @property
    def uris(self) -> list[str]:
        return [post.id.removeprefix("bluesky:") for post in self.new]

    @property
    def edited(self) -> list[EditedPost]:
        return [item for one in self.deliveries for item in one.items if isinstance(item, EditedPost)]

    @property
    def removed(self) -> list[str]:
        return [
            item.id.removeprefix("bluesky:")
            for one in self.deliveries
            for item in one.items
            if isinstance(item, RemovedPost)
        ]

    @property
    def statuses(self) -> list[str]:
        return [delivery.status for delivery in self.deliveries]

    @property
    def cursor(self) -> str | None:
        return next((one.cursor for one in reversed(self.deliveries) if one.cursor is not None), None)

    def resume(self) -> ResumePoint:
        return ResumePoint(cursor=self.cursor, known=frozenset(self.held))


@asynccontextmanager
async def running(
    source: Source, resume: ResumePoint | None = None, run: Run | None = None
) -> AsyncGenerator[Run, None]:
    """Reads until the block ends; `run` is that of an earlier reading whose session goes on."""
    run = run or Run(source)

    async def collect() -> None:
        async for delivery in source.read(resume or ResumePoint()):
            await run.take(delivery)

    task = asyncio.create_task(collect())
    try:
        yield run
        assert not task.done(), task.exception()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def reading(
    network: Bluesky,
    time: VirtualTime,
    *,
    signed_in: Account | None = None,
    sign_ins: InMemorySignIns | None = None,
    tags: tuple[str, ...] = ("navasotaisd",),
    resume: ResumePoint | None = None,
) -> AsyncGenerator[Run, None]:
    """Reads the network by search until the block ends."""
    plan = msgspec.structs.replace(make_plan(), hashtags=tags, sources=("bluesky",))
    sign_ins = sign_ins or InMemorySignIns([signed_in or account()])
    source = BlueskySource("bluesky", plan, sign_ins, transport=network.transport, now=time.now, sleep=time.sleep)
    async with running(source, resume) as run:
        await time.settle()
        yield run
