"""A desk in a busy chat: Python's garbage collector does not look through all that it holds."""

import asyncio
import gc
from collections.abc import Iterator
from heapq import heapify
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.widget import Widget

from sessions.core import memory
from sessions.core.memory import SETTLED
from sessions.core.posts import Author, Post
from sessions.networks.source import Delivery, NewPost
from tests.looking_through import looked_through
from tests.sessions.core.building import START
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import DeskInHand, desk_on

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


async def test_no_full_collection_looks_through_the_posts_in_ten_seconds_of_a_hundred_each(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        feed.put(posts(0, PRESENT))
        await live.until(lambda session: len(session.durable.posts) == PRESENT)
        async with desk_on(live) as ana:
            await ana.knows(lambda model: len(model.state.posts) == PRESENT)
            with looked_through() as counts:
                for second in range(SECONDS):
                    feed.put(posts(PRESENT + second * A_SECOND, A_SECOND))
                    there = PRESENT + (second + 1) * A_SECOND
                    await ana.knows(lambda model, there=there: len(model.state.posts) == there)
            assert len(counts) <= 1
            assert all(count < gc.get_freeze_count() / 3 for count in counts)


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


async def test_nothing_of_a_dialog_that_has_closed_stays(tmp_path: Path) -> None:
    """Textual's text areas watch the app's theme, and it would know them until the theme changes."""
    async with live_hub(tmp_path) as live, desk_on(live, earlier=tmp_path) as ana:
        for key in ("m", "i", "a", "l", "S", "ctrl+p", "question_mark") * 2:
            await ana.press(key)
            await ana.until(lambda: ana.app.screen is not ana.screen)
            await ana.press("escape")
            await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.pilot.pause()
        assert closed_widgets(ana) == []


async def test_closed_dialogs_are_let_go_of_where_the_collector_looks_rarely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "CLOSED", 3)
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        gc.set_threshold(*memory.THRESHOLDS)
        looked = gc.get_stats()[2]["collections"]
        for _ in range(3):
            await ana.press("m")
            await ana.until(lambda: ana.app.screen is not ana.screen)
            await ana.press("escape")
            await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.until(lambda: gc.get_stats()[2]["collections"] == looked + 1)


def closed_widgets(desk: DeskInHand) -> list[Widget]:
    """Those that are alive, but for what asyncio keeps of timeouts that were cancelled until they would have come."""
    loop = asyncio.get_running_loop()
    loop._scheduled[:] = [one for one in loop._scheduled if not one.cancelled()]  # type: ignore[attr-defined]
    heapify(loop._scheduled)  # type: ignore[attr-defined]
    gc.collect()
    there = {*desk.app.screen_stack, *desk.app._registry}
    return [one for one in gc.get_objects() if isinstance(one, Widget) and one not in there]
