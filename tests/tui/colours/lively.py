"""A live desk that shows what a desk can show, and a way through all that opens over it."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.widgets import OptionList

from sessions.core.plan import Plan
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Desk, Feed, LiveHub, live_hub, seen
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.libraries import save_chat
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.posting_desk import SCRIPT, Clock

OLD = frozenset({"jimr", "cathy", "ben"})
"""Who is known from earlier chats."""


def the_plan() -> Plan:
    return a_plan(sources=("mastodon:school.example", "bluesky"), script=SCRIPT, muted=("follow back",))


async def _fill(live: LiveHub, feed: Feed, ben: Desk) -> None:
    """Twenty minutes of talk, and what moderators do with it."""
    await seen(live, feed, "Tom, 4th grade maths, I am new here", "tomk", name="mastodon:https://other.example/1")
    await seen(live, feed, "Welcome, all! https://example.org/stations", "ben")
    hello = await seen(live, feed, "A1 We rotate every 12 minutes", "jimr")
    await seen(live, feed, "We start with the teacher table, always", "priya")
    shared = await seen(live, feed, "A1 A corner for reading aloud", "samo")
    await seen(live, feed, "A1 A corner for reading aloud", "cathy", repost_of=shared)
    await seen(live, feed, "please follow back", "spambot")
    await seen(live, feed, "A1 the lamp", "larry", warning="bright light")
    await seen(live, feed, "Lovely evening, all", "cathy", signed_in_only=True)
    hidden = await seen(live, feed, "Buy my book", "seller")
    starred = await seen(live, feed, "A1 by the window", "tova")
    await ben.done("file", post=hello, question="q2")
    await ben.done("hide", post=hidden)
    await ben.done("highlight", post=starred)
    await ben.done("highlight", person="mastodon:@samo")
    await ben.done("greet", person="mastodon:@priya")
    await ben.done("mute", person="mastodon:@seller")
    await ben.done("give_turn", question="q3", moderator="Ben")


@asynccontextmanager
async def lively(
    folder: Path, size: tuple[int, int], clock: Clock, config: Path | None = None
) -> AsyncGenerator[tuple[LiveHub, DeskInHand, Feed, Desk], None]:
    """Ana asks and may post, Ben greets; Q2 is open, Q1 was asked, and there are posts of all kinds."""
    networks, feed = Networks(), Feed()
    save_chat(folder, -1, title="The week before")
    hub = live_hub(
        folder, plan=the_plan(), sources=[feed], clock=clock.hub.clock(), newcomer=lambda who: who.handle not in OLD
    )
    accounts = networks.posting_accounts(ANA, ANA_SKY)
    async with (
        hub as live,
        desk_on(live, size=size, posting_accounts=accounts, clock=clock.desk, config=config) as ana,
    ):
        ben = await live.join("Ben")
        await ben.done("take_role", role="greeter")
        await ana.press("n", "enter")
        await ana.knows(lambda model: model.state.open == "q1")
        await _fill(live, feed, ben)
        await ana.press("shift+tab", "end", "s", "enter", "home", "tab", "n", "enter")
        await ana.knows(lambda model: model.state.open == "q2")
        await seen(live, feed, "A2 the sink", "ravi")
        await ana.knows(lambda model: len(model.state.posts) == 12)
        await ana.until(lambda: ana.screen.drawn)
        yield live, ana, feed, ben


DIALOGS = {
    "post a line": "p",
    "opened post": "enter",
    "person": "P",
    "log": "l",
    "note": "m",
    "add answers": "i",
    "add question": "a",
    "edit question": "e",
    "filter": "f",
    "muted words": "W",
    "blank out": "X",
    "sources": "S",
    "seats": "w",
    "recap": "R",
    "saved chats": "v",
    "looking up": "k",
    "help": "question_mark",
    "palette": "ctrl+p",
}
"""The keys that open something over the desk."""


async def opened(ana: DeskInHand) -> AsyncIterator[str]:
    """Open one dialog after the other; each is named while it is there."""
    for name, key in DIALOGS.items():
        await ana.press(key)
        await ana.until(lambda: ana.app.screen is not ana.screen, lambda name=name: f"{name}: {ana.status}")
        if name == "palette":
            await ana.until(lambda: ana.app.screen.query_one(OptionList).region.height > 5)
        yield name
        while ana.app.screen is not ana.screen:
            before = ana.app.screen
            await ana.press("escape")
            await ana.until(lambda before=before: ana.app.screen is not before, lambda name=name: name)
