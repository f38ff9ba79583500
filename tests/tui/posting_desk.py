"""A desk that posts: a chat with its first question open, time that stands, and the preview awake."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sessions.core.plan import Plan
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.hours import StillClock
from tests.sessions.hub.live import Feed, LiveHub, Time, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA_SKY, Networks
from tui.desk.dialogs.post_dialog import PostDialog
from tui.desk.dialogs.previews.waking import WAKING

SCRIPT = {"welcome": "Welcome to #navasotaisd!", "heads_up": "One more minute.", "thanks": "Thank you all."}

QUESTION = "Q1: What about station 1? #navasotaisd"

AWAKE = WAKING + 0.01
"""Seconds after which the preview takes Enter."""

X = replace(ANA_SKY, network="x", host="api.x.com", id="x:9", handle="ana_teaches")

BEGUN = {
    "key": "key-00000001", "source": "mastodon:school.example", "account": "ana@school.example",
    "purpose": "question", "subject": "q1", "text": QUESTION,
}  # fmt: skip


class Clock:
    """The time at the hub and at a desk, which stands until it is moved."""

    def __init__(self, minutes: float = 9) -> None:
        self.hub = Time(START + round(minutes * 60_000))
        self.desk = StillClock(self.hub)

    def pass_by(self, seconds: float) -> None:
        self.hub.now += round(seconds * 1000)


@asynccontextmanager
async def a_chat(
    folder: Path,
    networks: Networks,
    *accounts: Any,
    clock: Clock | None = None,
    asked: bool = True,
    plan: Plan | None = None,
    source: Feed | None = None,
    **options: Any,
) -> AsyncGenerator[tuple[LiveHub, DeskInHand, Feed], None]:
    """Q1 is open, and Ana sits at a desk with these accounts."""
    feed, clock = source or Feed(), clock or Clock()
    plan = plan or a_plan(sources=("mastodon:school.example", "bluesky"), script=SCRIPT)
    hub = live_hub(folder, plan=plan, sources=[feed], clock=clock.hub.clock())
    async with (
        hub as live,
        desk_on(live, posting_accounts=networks.posting_accounts(*accounts), clock=clock.desk, **options) as ana,
    ):
        if asked:
            await ana.press("n", "enter")
            await ana.knows(lambda model: model.state.open == "q1")
        yield live, ana, feed


async def open_preview(desk: DeskInHand, *keys: str) -> PostDialog:
    """Press the keys and wait until the preview is there and awake."""
    for key in keys:
        if key == "enter":  # it answers what an earlier key asks
            await desk.until(lambda: desk.app.screen is not desk.screen, lambda: "\n".join(desk.lines()))
        await desk.press(key)
    await desk.until(lambda: isinstance(desk.app.screen, PostDialog), lambda: "\n".join(desk.lines()))
    dialog = desk.app.screen
    assert isinstance(dialog, PostDialog)
    await desk.until(lambda: dialog.awake_at is not None)
    await desk.wait(AWAKE)
    return dialog
