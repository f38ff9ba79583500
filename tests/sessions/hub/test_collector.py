"""Sources at work for a live session: how often one that fails is tried, and that nothing of it is left running."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

from sessions.core.posts import Author, Post
from sessions.hub.server.collector import FIRST_WAIT, LONGEST_WAIT, collect
from sessions.networks.source import Delivery, NewPost, ResumePoint
from tests.sessions.hub.live import Feed, live_hub

TRIES = 8


class Failing(Feed):
    """Says that all is well, brings a post where it is told to, and fails; each reading counts as open till closed."""

    def __init__(self, *, brings: bool) -> None:
        super().__init__()
        self.open = 0
        self.brings = brings

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        self.resumes.append(resume)
        assert self.open == 0, "the reading before still runs"
        self.open += 1
        try:
            yield Delivery()
            if self.brings:
                post = Post(f"mastodon:{len(self.resumes)}", Author("mastodon:1", "a"), "A1 hello", 1)
                yield Delivery((NewPost(post),))
            raise RuntimeError("a body that nobody thought of")
        finally:
            await asyncio.sleep(0)
            self.open -= 1


async def waits_of(source: Failing, folder: Path) -> list[float]:
    """Seconds that are waited between so many readings."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == TRIES:
            raise asyncio.CancelledError

    async with live_hub(folder) as live:
        with suppress(asyncio.CancelledError):
            await collect(live.session, [source], sleep=sleep)
    return waits


async def test_a_source_that_only_says_that_it_is_well_is_tried_ever_more_rarely(tmp_path: Path) -> None:
    waits = await waits_of(Failing(brings=False), tmp_path)
    assert len(waits) == TRIES
    for failures, waited in enumerate(waits):
        longest = min(FIRST_WAIT * 2**failures, LONGEST_WAIT)
        assert longest / 2 <= waited <= longest


async def test_a_source_that_brings_something_each_time_is_tried_again_soon(tmp_path: Path) -> None:
    source = Failing(brings=True)
    assert max(await waits_of(source, tmp_path)) <= FIRST_WAIT
    assert len(source.resumes[-1].known) == TRIES


async def test_a_session_that_stops_closes_what_is_read(tmp_path: Path) -> None:
    source = Failing(brings=False)
    delivered = asyncio.Event()

    async with live_hub(tmp_path) as live:
        deliver = live.session.deliver

        async def slow(name: str, delivery: Delivery) -> None:
            await deliver(name, delivery)
            delivered.set()
            await asyncio.Event().wait()

        live.session.deliver = slow  # type: ignore[method-assign]
        collecting = asyncio.create_task(collect(live.session, [source]))
        await delivered.wait()
        assert source.open == 1
        collecting.cancel()
        await asyncio.gather(collecting, return_exceptions=True)
        assert source.open == 0
