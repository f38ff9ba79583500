"""Readers side by side: what they bring is one stream, and the worst of their states is the source's."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from sessions.core.posts import Author, Post
from sessions.networks.source import Delivery, NewPost
from sessions.networks.web.errors import Limited, Rejected, SignedOut, Unavailable
from sessions.networks.web.feed import Feed
from sessions.networks.web.limits import Headroom
from sessions.networks.web.server_clock import ServerClock
from tests.sessions.networks.virtual_time import VirtualTime
from tests.waiting import PATIENCE

Reader = Callable[[], Coroutine[Any, Any, None]]


def new(number: int) -> NewPost:
    return NewPost(Post(id=f"test:{number}", author=Author("test:1"), text="hello", posted_at=number))


async def read(feed: Feed, *readers: Reader) -> list[Delivery]:
    return [delivery async for delivery in feed.deliveries(readers)]


async def test_what_all_readers_bring_arrives_and_the_end_comes_with_the_last() -> None:
    feed = Feed()

    def reader(first: int) -> Reader:
        async def bring() -> None:
            for number in range(first, first + 100):
                await feed.bring([new(number)])

        return bring

    found = await read(feed, reader(0), reader(1000))
    ids = [item.post.id for delivery in found for item in delivery.items if isinstance(item, NewPost)]
    assert len(ids) == len(set(ids)) == 200
    assert [one for one in ids if len(one) < len("test:1000")] == [f"test:{number}" for number in range(100)]


async def test_what_a_reader_raises_comes_behind_what_was_brought() -> None:
    feed = Feed()

    async def broken() -> None:
        await feed.bring([new(1)])
        await feed.bring([new(2)])
        raise ValueError("a mistake of ours")

    async def waiting() -> None:
        await asyncio.Event().wait()

    deliveries = feed.deliveries([broken, waiting])
    assert [await anext(deliveries), await anext(deliveries)] == [
        Delivery(items=(new(1),)),
        Delivery(items=(new(2),)),
    ]
    with pytest.raises(ValueError, match="a mistake of ours"):
        await anext(deliveries)


async def test_a_trouble_is_said_waited_out_and_over() -> None:
    waits: list[float] = []
    tries: list[Exception | None] = [Limited(12), Unavailable("no answer in time"), None]
    waited_thrice = asyncio.Event()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            waited_thrice.set()
            await asyncio.Event().wait()

    feed = Feed(sleep=sleep)

    async def act() -> float:
        failure = tries.pop(0)
        if failure is not None:
            raise failure
        return 15.0

    async def poll() -> None:
        keeping = asyncio.create_task(feed.keep("poll", act))
        await waited_thrice.wait()
        keeping.cancel()

    found = await read(feed, poll)
    assert [delivery.status for delivery in found] == [
        "waiting 12 s: rate limit",
        "no answer in time, trying again",
        "ok",
    ]
    assert waits[0] >= 12
    assert 1.0 <= waits[1] <= 2.0
    assert waits[2] == 15.0


async def test_the_worst_state_is_the_sources_and_little_headroom_is_said() -> None:
    paused = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        paused.set()
        await asyncio.Event().wait()

    feed = Feed(sleep=sleep)

    async def stuck() -> float:
        raise Rejected("not for you\x1b[31m")

    async def busy() -> None:
        await feed.well("poll")
        assert feed.status == "ok"
        feed.note_headroom(Headroom(300, 12, 0))
        assert feed.status == "ok, 12 of 300 requests left"
        await feed.catching_up("poll", 40)
        assert feed.status == "catching up (40)"
        keeping = asyncio.create_task(feed.keep("thread", stuck))
        await paused.wait()
        assert feed.status == "refused: not for you[31m"
        keeping.cancel()

    await read(feed, busy)


async def test_waking_ends_a_pause() -> None:
    async def forever(_seconds: float) -> None:
        await asyncio.Event().wait()

    feed = Feed(sleep=forever)
    pausing = asyncio.create_task(feed.pause(300))
    await asyncio.sleep(0)
    feed.wake()
    await asyncio.wait_for(pausing, PATIENCE)


async def test_what_is_told_while_a_reader_asks_ends_the_wait_behind_it() -> None:
    """A sign-in that comes while the answer to the old one is on its way is not waited for five minutes."""

    async def forever(_seconds: float) -> None:
        await asyncio.Event().wait()

    feed = Feed(sleep=forever)
    asked: list[str] = []
    asking, answered, again = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def act() -> float:
        asked.append("again" if asked else "at first")
        if len(asked) == 2:
            again.set()
            return 12.0
        asking.set()
        await answered.wait()
        raise SignedOut("bluesky")

    keeping = asyncio.create_task(feed.keep("poll", act))
    await asking.wait()
    feed.wake()
    answered.set()
    await asyncio.wait_for(again.wait(), PATIENCE)
    keeping.cancel()
    assert asked == ["at first", "again"]


async def test_who_wakes_the_others_does_not_wake_itself() -> None:
    """A stream that breaks wakes the poll; if that ended its own wait, it would be tried again without an end."""
    time = VirtualTime()
    feed = Feed(sleep=time.sleep)
    asked: list[str] = []

    async def stream() -> float:
        asked.append("stream")

        async def tells() -> None:
            feed.wake()

        await asyncio.create_task(tells())
        return 60.0

    async def poll() -> float:
        asked.append("poll")
        return 50.0

    polling = asyncio.create_task(feed.keep("poll", poll))
    await time.settle()
    streaming = asyncio.create_task(feed.keep("stream", stream))
    await time.settle()
    assert asked == ["poll", "stream", "poll"]
    await time.go_on(61)
    assert asked == ["poll", "stream", "poll", "poll", "stream", "poll"]
    polling.cancel()
    streaming.cancel()


async def test_nothing_ends_the_wait_for_a_rate_limit() -> None:
    sleeping, over, again = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def sleep(_seconds: float) -> None:
        sleeping.set()
        await over.wait()

    feed = Feed(sleep=sleep)
    asked: list[int] = []

    async def act() -> float:
        asked.append(len(asked))
        if len(asked) == 2:
            again.set()
            await asyncio.Event().wait()
        raise Limited(250)

    keeping = asyncio.create_task(feed.keep("poll", act))
    await sleeping.wait()
    for _ in range(20):
        feed.wake()
        await asyncio.sleep(0)
    assert asked == [0]
    over.set()
    await asyncio.wait_for(again.wait(), PATIENCE)
    keeping.cancel()


async def test_a_feed_that_is_left_stops_its_readers() -> None:
    feed = Feed()
    stopped = asyncio.Event()

    async def reader() -> None:
        try:
            await feed.bring([new(1)])
            await asyncio.Event().wait()
        finally:
            stopped.set()

    deliveries = feed.deliveries([reader])
    await anext(deliveries)
    await deliveries.aclose()
    assert stopped.is_set()


async def test_what_a_reader_cannot_do_is_said_beside_ok_and_beside_nothing_else() -> None:
    feed = Feed()
    feed.remark("stream", "half a minute late: no stream")
    assert feed.status == "ok, half a minute late: no stream"

    async def poll() -> None:
        await feed.well("poll")
        await feed.catching_up("poll", 7)
        feed.remark("stream", None)
        await feed.well("poll")

    said = [delivery.status for delivery in await read(feed, poll)]
    assert said == ["ok, half a minute late: no stream", "catching up (7)", "ok"]


async def test_only_readers_that_failed_are_tried_again_where_somebody_asks() -> None:
    time = VirtualTime()
    feed = Feed(sleep=time.sleep, clock=ServerClock(time.now))
    asked: list[str] = []

    def reader(name: str, error: Exception | None) -> asyncio.Task[None]:
        async def act() -> float:
            asked.append(name)
            if error is not None:
                raise error
            return 500.0

        return asyncio.create_task(feed.keep(name, act))

    readers = [reader("well", None), reader("paid", Limited(250)), reader("out", Rejected("not for you"))]
    await time.settle()
    assert feed.next_try == time.now() + 250_000
    assert feed.try_now() == "now"
    await time.settle()
    assert asked == ["well", "paid", "out", "out"]
    readers[2].cancel()
    await time.go_on(3)
    assert (feed.try_now(), feed.next_try) == ("later", time.now() + 247_000)
    readers[1].cancel()
    await time.settle()
    assert (feed.try_now(), feed.next_try) == (None, None)
    assert asked == ["well", "paid", "out", "out"]
    readers[0].cancel()
