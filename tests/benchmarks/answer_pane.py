"""What a step up and a batch of posts cost, from the key's action to the painted frame, against RichLog.

    python -m tests.benchmarks.answer_pane

All are CPU milliseconds of the whole app (handler, layout, drawing) in a headless terminal of 120 x 40 cells; the
ratios are what to read. The pane's own cost is to stay the same at every number of posts.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Callable

from rich.text import Text
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import RichLog

from sessions.core.events import PostSeen
from sessions.core.posts import Author, Filed, Post
from tests.sessions.core.building import START, Chat
from tui.widgets.answers.answer_pane import AnswerPane

SIZES = (100, 10_000, 100_000)
TIMES = 80
"""Fewer than the fewest posts: a step up from the oldest changes nothing, and paints nothing."""
BATCH = 10
TEXT = "A1 We rotate every 12 minutes and keep the same order all year, so nobody has to ask where to go next. "


def a_post(number: int) -> dict[str, object]:
    author = Author(f"mastodon:@p{number % 100}", f"p{number % 100}", f"Person {number % 100}")
    post = Post(f"mastodon:{number}", author, TEXT * (number % 3 + 1), START + number * 1000)
    return {"post": post, "kind": "answer", "filed": Filed("q1", "label"), "newcomer": False}


class CountedPane(AnswerPane):
    """Counts how often it was drawn."""

    drawn = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.drawn += 1
        return super().render_lines(crop)


class CountedLog(RichLog):
    """Counts how often it was drawn."""

    drawn = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.drawn += 1
        return super().render_lines(crop)


Counted = CountedPane | CountedLog


class OnePane(App[None]):
    def __init__(self, pane: Widget) -> None:
        super().__init__()
        self.animation_level = "none"
        self.pane = pane

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.focus()


async def painted(pane: Counted, act: Callable[[], object]) -> float:
    """CPU milliseconds from the act until its frame is painted."""
    frame = pane.drawn
    begun = time.process_time()
    act()
    while pane.drawn == frame:  # noqa: ASYNC110 - what is waited for is the drawing itself, which sends no event
        await asyncio.sleep(0.001)
    return (time.process_time() - begun) * 1000


async def cost(pilot: Pilot[None], pane: Counted, act: Callable[[], object]) -> float:
    """The median of many."""
    costs = []
    for _ in range(TIMES):
        costs.append(await painted(pane, act))
        await pilot.pause(0)
    return statistics.median(costs)


async def measure_pane(posts: int) -> tuple[float, float]:
    chat = Chat()
    for number in range(posts):
        chat.hear(PostSeen, **a_post(number))
    pane = CountedPane()
    count = posts

    def arrive() -> None:
        nonlocal count
        came = range(count, count + BATCH)
        for number in came:
            chat.hear(PostSeen, **a_post(number))
        count += BATCH
        pane.show(chat.state, {f"mastodon:{number}" for number in came})

    async with OnePane(pane).run_test(size=(120, 40)) as pilot:
        pane.show(chat.state, None)
        await pilot.pause()
        step = await cost(pilot, pane, lambda: pane.action_move(-1))
        pane.go_to_newest()
        return step, await cost(pilot, pane, arrive)


async def measure_log(posts: int) -> tuple[float, float]:
    log = CountedLog(wrap=True)

    def write(number: int) -> None:
        log.write(Text(f"7:21 Person @p{number % 100}\n      {TEXT * (number % 3 + 1)}"))

    async with OnePane(log).run_test(size=(120, 40)) as pilot:
        for number in range(posts):
            write(number)
        await pilot.pause()
        step = await cost(pilot, log, log.action_scroll_up)
        return step, await cost(pilot, log, lambda: [write(number) for number in range(BATCH)])


async def main() -> None:
    """Print one row for each number of posts."""
    write = sys.stdout.write
    write(f"CPU ms, median of {TIMES}: a step up, and a batch of {BATCH} posts\n")
    write(f"{'posts':>8}  {'step: pane':>10} {'RichLog':>8} {'ratio':>6}")
    write(f"  {'batch: pane':>11} {'RichLog':>8} {'ratio':>6}\n")
    for posts in SIZES:
        (step, batch), (log_step, log_batch) = await measure_pane(posts), await measure_log(posts)
        write(f"{posts:>8,}  {step:>10.2f} {log_step:>8.2f} {step / log_step:>6.2f}")
        write(f"  {batch:>11.2f} {log_batch:>8.2f} {batch / log_batch:>6.2f}\n")


if __name__ == "__main__":
    asyncio.run(main())
