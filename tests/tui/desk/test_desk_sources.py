"""How the sources fare and what they cost, at real desks on a real hub."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from sessions.core.events import SpendingAllowed
from sessions.library.storage.reading import read_events
from sessions.networks.source import Delivery, Tried
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.hours import StillClock
from tests.sessions.hub.live import Feed, LiveHub, Time, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA, Networks
from tests.tui.pictures import SIZES, Picture
from tests.tui.replays import replay_of
from tui.desk.dialogs.show_sources import SourcesDialog
from tui.dialogs.ask import WAKING, AskDialog


@asynccontextmanager
async def reading_x(
    folder: Path, *, spent: int | None = None, **options: Any
) -> AsyncGenerator[tuple[LiveHub, DeskInHand, Feed, Feed], None]:
    """Ana sits at a chat that reads Mastodon and X, four seconds after the last post on Mastodon."""
    mastodon, x = Feed(), Feed("x")
    hub_time, desk_clock = Time(START + 60_000), StillClock(Time(START + 64_000))
    plan = a_plan(sources=("mastodon:mastodon.social", "x"))
    hub = live_hub(folder, plan=plan, sources=[mastodon, x], clock=hub_time.clock())
    async with hub as live, desk_on(live, clock=desk_clock, **options) as ana:
        mastodon.post("Good evening")
        x.put(Delivery(status="ok", spent=spent))
        await ana.knows(lambda model: model.state.posts and model.state.sources["x"].status == "ok")
        yield live, ana, mastodon, x


def asked(desk: DeskInHand) -> bool:
    return isinstance(desk.app.screen, AskDialog)


async def test_the_header_tells_how_they_fare_since_when_and_what_it_cost(tmp_path: Path) -> None:
    async with reading_x(tmp_path, spent=1250) as (_, ana, _mastodon, x):
        await ana.sees("mastodon ok 4 s · x ok $1.25")
        x.put(Delivery(status="waiting 12 s (limit)", spent=1250))
        await ana.sees("mastodon ok 4 s · x waiting 12 s (limit) $1.25")


async def test_a_server_that_is_no_mastodon_is_called_by_its_own_name(tmp_path: Path) -> None:
    async with reading_x(tmp_path) as (_, ana, mastodon, _x):
        await ana.sees("mastodon ok 4 s · x ok")
        mastodon.put(Delivery(called="Pixelfed"))
        await ana.sees("Pixelfed ok 4 s · x ok")
        mastodon.put(Delivery(status="no answer in time, trying again"))
        await ana.sees("Pixelfed no answer in time, trying again")
        await ana.press("S")
        await ana.sees("Pixelfed (mastodon.social)")
        await ana.press("escape")
        mastodon.put(Delivery(called="Pix\x1b[2J\u202eelfed"))
        await ana.knows(lambda model: "\x1b" in model.state.sources[mastodon.name].called)
        await ana.sees("ok 4 s · x ok")
        assert not [line for line in ana.lines() if "\x1b" in line or "\u202e" in line]


async def test_two_servers_of_one_make_are_called_by_their_addresses(tmp_path: Path) -> None:
    one, two = Feed("mastodon:a.example"), Feed("mastodon:b.example")
    plan = a_plan(sources=(one.name, two.name))
    async with live_hub(tmp_path, plan=plan, sources=[one, two]) as live, desk_on(live) as ana:
        one.put(Delivery(called="GoToSocial"))
        two.put(Delivery())
        await ana.sees("GoToSocial ok · mastodon ok")
        two.put(Delivery(called="GoToSocial"))
        await ana.sees("a.example ok · b.example ok")


async def test_a_wrong_clock_and_posts_that_make_no_sense_are_said_with_the_key_that_shows_more(tmp_path: Path) -> None:
    async with reading_x(tmp_path) as (_, ana, mastodon, _x):
        clock = "The clock of the hub's computer is 3 min ahead of the network's. Set it right."
        mastodon.put(Delivery(status="ok, clock 3 min ahead", details=(clock,)))
        await ana.sees("mastodon ok, clock 3 min ahead: S shows more")
        lost = "Could not be read: https://m.example/@mlopez/113\x1b[2J"
        mastodon.put(Delivery(status="ok, 2 posts could not be read", details=(lost,)))
        await ana.sees("mastodon ok, 2 posts could not be read: S shows which")
        await ana.press("S")
        await ana.sees("Could not be read: https://m.example/@mlopez/113")
        await ana.press("escape")
        mastodon.put(Delivery(status="ok"))
        await ana.sees("mastodon ok 4 s")


async def test_in_a_narrow_window_those_that_are_signed_out_do_not_hide_one_that_fails(tmp_path: Path) -> None:
    mastodon, bluesky, x = Feed(), Feed("bluesky"), Feed("x")
    plan = a_plan(sources=("bluesky", "x", "mastodon:mastodon.social"))
    async with (
        live_hub(tmp_path, plan=plan, sources=[bluesky, x, mastodon]) as live,
        desk_on(live, size=(80, 24)) as ana,
    ):
        for feed in (bluesky, x):
            feed.put(Delivery(status=f"signed out: lunchroom login {feed.name}"))
        mastodon.put(Delivery(status="ok"))
        await ana.sees("bluesky, x signed out")
        mastodon.put(Delivery(status="no answer in time, trying again"))
        await ana.sees("mastodon no answer in")
        for feed in (bluesky, x, mastodon):
            feed.put(Delivery(status="ok"))
        await ana.sees("bluesky, x, mastodon ok")


async def test_a_key_and_a_click_on_the_sources_show_all_that_is_known(tmp_path: Path) -> None:
    networks = Networks()
    posting_accounts = networks.posting_accounts(replace(ANA, host="mastodon.social", handle="ana@mastodon.social"))
    async with reading_x(tmp_path, spent=1250, posting_accounts=posting_accounts) as (_, ana, _mastodon, x):
        x.put(Delivery(status="signed out: lunchroom login x", spent=1250))
        await ana.sees("signed out")
        await ana.press("S")
        await ana.until(lambda: isinstance(ana.app.screen, SourcesDialog))
        for words in (
            "mastodon:mastodon.social", "last post 4 s ago", "signed out: lunchroom login x", "no post yet",
            "reading has cost $1.25 of $5.00 in this chat", "This desk posts as @ana@mastodon.social.",
        ):  # fmt: skip
            await ana.sees(words)
        await ana.press("escape")
        await ana.pilot.click("DeskHeader", offset=(110, 0))
        await ana.until(lambda: isinstance(ana.app.screen, SourcesDialog))
        await ana.press("escape")
        await ana.pilot.click("DeskHeader", offset=(5, 0))
        await ana.sees("Who does what?")


async def test_at_80_percent_of_the_ceiling_the_driver_is_asked_once_and_enter_allows_more(tmp_path: Path) -> None:
    async with reading_x(tmp_path, spent=3999) as (live, ana, _mastodon, x), desk_on(live, "Ben") as ben:
        with ana.app._context():  # of the two apps here the other one was begun last
            ana.screen.tick()
        assert not asked(ana)
        x.put(Delivery(status="asks: $4.00 of $5.00 spent", spent=4000))
        await ana.sees("Reading X has cost $4.00 of $5.00. Go on to $10.00?")
        await ben.sees("Reading X has cost $4.00 of $5.00. Ana is asked whether to go on.")
        assert not asked(ben)
        await ana.press("enter")
        assert asked(ana), "an Enter meant for what was there before allows nothing"
        ana.pace.advance(WAKING)
        await ana.press("enter")
        await live.until(lambda session: session.durable.ceiling("x") == 10)
        await ben.sees("Ana allowed $10.00 for reading x")
        with ana.app._context():  # of the two apps here the other one was begun last
            ana.screen.tick()
        assert not asked(ana)
        x.put(Delivery(status="asks: $8.00 of $10.00 spent", spent=8000))
        await ana.sees("Reading X has cost $8.00 of $10.00. Go on to $15.00?")


async def test_who_says_no_is_not_asked_again_and_may_allow_it_later(tmp_path: Path) -> None:
    async with reading_x(tmp_path, spent=4000) as (live, ana, _mastodon, x):
        await ana.sees("Go on to $10.00?")
        await ana.press("escape")
        await ana.sees("Reading stops before $5.00 are spent. S allows more.")
        x.put(Delivery(status="asks: $4.10 of $5.00 spent", spent=4100))
        await ana.sees("$4.10")
        ana.screen.tick()
        assert not asked(ana)
        assert live.session.durable.ceiling("x") == 5
        await ana.press("S")
        await ana.sees("Allow $10.00")
        await ana.press("right", "enter")
        await live.until(lambda session: session.durable.ceiling("x") == 10)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_sources_and_the_question_about_money_look_as_they_did(
    tmp_path: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with reading_x(tmp_path, spent=4000, size=size) as (_, ana, _mastodon, _x):
        await ana.until(lambda: bool(ana.app.screen.query("#yes")))
        await ana.until(lambda: bool(ana.pace.calls))
        ana.pace.advance(WAKING)
        await ana.until(lambda: ana.focused() is ana.app.screen.query_one("#yes"))
        assert await ana.picture() == snapshot(extension_class=Picture, name="money")
        await ana.press("escape", "S")
        await ana.until(lambda: isinstance(ana.app.screen, SourcesDialog))
        await ana.sees("reading has cost $4.00")
        for child in ana.app.screen.query(".frame > *"):
            assert ana.app.screen.region.contains_region(child.region), child
        assert await ana.picture() == snapshot(extension_class=Picture, name="sources")


async def test_with_many_sources_in_trouble_the_buttons_stay_in_sight_at_eighty_by_twenty_four(tmp_path: Path) -> None:
    async with reading_x(tmp_path, spent=1000, size=(80, 24)) as (_, ana, mastodon, x):
        long = "refused: the app has no credits left; buy some in X's developer portal, or ask who made the app " * 3
        for feed in (mastodon, x):
            feed.put(Delivery(status=long, spent=1000))
        await ana.knows(lambda model: len(model.state.sources["x"].status) > 100)
        await ana.press("S")
        await ana.sees("Allow $10.00")
        await ana.sees("Esc closes")


async def test_what_is_allowed_is_what_was_offered(tmp_path: Path) -> None:
    async with reading_x(tmp_path, spent=1000) as (live, ana, _mastodon, _x):
        await ana.press("S")
        await ana.sees("Allow $10.00")
        elsewhere = await live.join("Ana")
        await elsewhere.done("allow_spending", source="x", ceiling=7.0)
        await ana.knows(lambda model: model.state.ceiling("x") == 7)
        await ana.press("right", "enter")
        await live.until(lambda session: session.durable.ceiling("x") == 10)


async def test_it_waits_until_a_dialog_is_closed(tmp_path: Path) -> None:
    async with reading_x(tmp_path) as (_, ana, _mastodon, x):
        await ana.press("m")
        x.put(Delivery(status="ok", spent=4500))
        await ana.knows(lambda model: model.state.spent() == 4500)
        ana.screen.tick()
        assert not asked(ana)
        await ana.press("escape")
        await ana.until(lambda: asked(ana))


async def test_a_replay_shows_what_was(tmp_path: Path) -> None:
    async with reading_x(tmp_path, spent=1250) as (live, ana, _mastodon, _x):
        await ana.press("m")
        path = live.file.path
    events = read_events(path)
    async with replay_of(events, at=0) as desk:
        await desk.press("S")
        await desk.until(lambda: isinstance(desk.app.screen, SourcesDialog))
        await desk.sees("reading has cost $1.25 of $5.00 in this chat")
        assert SpendingAllowed not in [type(event) for event in events]


class Failing(Feed):
    """A source that failed and is tried again in 12 seconds."""

    def __init__(self, clock: Time, *, limited: bool = False) -> None:
        super().__init__("bluesky")
        self.next_try: int | None = clock.now + 12_000
        self.limited = limited
        self.tries = 0

    def try_now(self) -> Tried | None:
        self.tries += 1
        if not self.limited:
            self.next_try = None
            self.put(Delivery(status="ok"))
        return "later" if self.limited else "now"


@asynccontextmanager
async def failing(
    folder: Path, *, limited: bool = False, observer: bool = False
) -> AsyncGenerator[tuple[DeskInHand, Failing, Time], None]:
    """Ana sits at a chat whose source failed, with a clock that stands."""
    time = Time(START + 60_000)
    source = Failing(time, limited=limited)
    hub = live_hub(folder, plan=a_plan(sources=("bluesky",)), sources=[source], clock=time.clock())
    async with hub as live, desk_on(live, clock=StillClock(time), observer=observer) as ana:
        source.put(Delivery(status="no answer in time, trying again"))
        await ana.sees("no answer in time")
        yield ana, source, time


async def test_it_is_shown_when_what_failed_is_tried_again_and_a_key_there_tries_it_now(tmp_path: Path) -> None:
    async with failing(tmp_path) as (ana, source, _time):
        await ana.press("S")
        await ana.sees("is tried again in 12 s")
        await ana.sees("Try again now (t)")
        await ana.press("t")
        await ana.sees("Trying again now: bluesky.")
        await ana.sees("bluesky ok")
        assert source.tries == 1
        await ana.press("S")
        await ana.until(lambda: isinstance(ana.app.screen, SourcesDialog))
        await ana.press("escape")
        ana.screen.run("try_sources")
        await ana.until(lambda: source.tries == 2)


async def test_what_is_being_tried_is_said_and_the_button_tries_it(tmp_path: Path) -> None:
    async with failing(tmp_path) as (ana, source, time):
        source.next_try = time.now
        await ana.press("S")
        await ana.sees("is being tried again")
        await ana.press("right", "enter")
        await ana.sees("Trying again now: bluesky.")


async def test_from_the_palette_it_is_one_entry_and_limits_of_a_network_are_waited_for(tmp_path: Path) -> None:
    async with failing(tmp_path, limited=True) as (ana, source, _time):
        ana.screen.run("try_sources")
        await ana.sees("Not before its network lets us: bluesky; S shows when.")
        assert source.tries == 1


async def test_where_nothing_failed_that_is_said(tmp_path: Path) -> None:
    async with live_hub(tmp_path, sources=[Feed()]) as live, desk_on(live) as ana:
        ana.screen.run("try_sources")
        await ana.sees("No source waits to be tried again.")


async def test_who_looks_on_sees_when_and_tries_nothing(tmp_path: Path) -> None:
    async with failing(tmp_path, observer=True) as (ana, source, _time):
        await ana.press("S")
        await ana.sees("is tried again in 12 s")
        assert "Try again now" not in "\n".join(ana.lines())
        await ana.press("t", "escape")
        ana.screen.run("try_sources")
        await ana.sees("You are looking on")
        assert source.tries == 0
