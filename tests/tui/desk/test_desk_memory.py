"""A desk in a busy chat: Python's garbage collector does not look through all that it holds."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache

from sessions.core.memory import SETTLED
from sessions.core.posts import Author, Post
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import desk_on

PRESENT = 2 * SETTLED
A_SECOND, SECONDS = 100, 10


@pytest.fixture(autouse=True)
def eager() -> Iterator[None]:
    """A collector that looks through all again and again unless it is told otherwise; then it is left as it was."""
    before = gc.get_threshold()
    gc.set_threshold(200, 2, 2)
    gc.freeze()
    gc.collect()  # from here on "a quarter more than before" is soon there
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def posts(first: int, count: int) -> Delivery:
    """So many posts of seven people, at once."""
    authors = [Author(f"mastodon:@m{number}", f"m{number}") for number in range(7)]
    numbers = range(first, first + count)
    return Delivery(tuple(NewPost(Post(f"mastodon:{n}", authors[n % 7], f"A1: table {n}", START)) for n in numbers))


async def test_no_full_collection_in_ten_seconds_of_a_hundred_posts_each(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        feed.put(posts(0, PRESENT))
        await live.until(lambda session: len(session.durable.posts) == PRESENT)
        async with desk_on(live) as ana:
            await ana.knows(lambda model: len(model.state.posts) == PRESENT)
            before = gc.get_stats()[2]["collections"]
            for second in range(SECONDS):
                feed.put(posts(PRESENT + second * A_SECOND, A_SECOND))
                there = PRESENT + (second + 1) * A_SECOND
                await ana.knows(lambda model, there=there: len(model.state.posts) == there)
            assert gc.get_stats()[2]["collections"] == before


async def test_dialogs_that_have_closed_leave_nothing_of_how_they_looked(tmp_path: Path) -> None:
    """Textual keeps the drawn lines of a thousand widgets by the colours that they were asked for."""

    def drawn() -> int:
        gc.collect()
        return sum(isinstance(one, StylesCache) for one in gc.get_objects())

    async with live_hub(tmp_path) as live, desk_on(live) as ana:

        async def look_at_help() -> int:
            await ana.press("question_mark")
            await ana.until(lambda: ana.app.screen is not ana.screen)
            await ana.press("escape")
            await ana.until(lambda: ana.app.screen is ana.screen)
            return drawn()

        first = await look_at_help()
        for _ in range(4):
            last = await look_at_help()
        assert last <= first + 20
