"""Whoever sits at a desk for the first time is told what it is, once, and in nobody's way."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from sessions.hub.client.client import HubClient, Invite
from tests.sessions.hub.live import LiveHub, Patient, live_hub
from tests.tui.desk.test_channel_desk import a_month
from tests.tui.desks import DeskInHand, ManualPace
from tui.apps import seated_app
from tui.desk.actions.first_run import KEYS, KEYS_IN_A_CHANNEL, SENTENCES
from tui.desk.keys import DESK
from tui.desk.screen import DeskScreen
from tui.shell.actions import with_keys
from tui.shell.config import Config
from tui.shell.kept.remembered import Remembered


@asynccontextmanager
async def first_desk(live: LiveHub, kept: Path, *, observer: bool = False) -> AsyncGenerator[DeskInHand, None]:
    """A desk as the command line makes it, of somebody for whom `kept` remembers."""
    token = live.keys.observer_token if observer else live.keys.token
    client = HubClient(Invite(live.url, token), transport=Patient())
    pace = ManualPace()
    desk = DeskScreen(client, await client.join("Ana"), first_run=Remembered(kept), pace=pace)
    app = seated_app(desk, Config({"star": "f5"}))
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            hand = DeskInHand(app, pilot, pace)
            await hand.until(lambda: len(app.screen_stack) > 1)
            await hand.knows(lambda model: model.live_after is not None and model.state.plan is not None)
            yield hand
    finally:
        await client.aclose()


async def test_it_is_said_once_and_the_first_key_does_what_it_does(tmp_path: Path) -> None:
    kept = tmp_path / "none yet" / "desk.json"
    async with live_hub(tmp_path) as live:
        async with first_desk(live, kept) as ana:
            await ana.sees("Welcome to the desk")
            assert KEYS.keys() <= DESK.by_name.keys()
            begin = next(y for y, line in enumerate(ana.lines()) if "Welcome to the desk" in line)
            keys = "n Ask next · g Greeted · F5 Star a post · u Undo · ? All keys"
            assert [line.strip() for line in ana.lines()[begin + 1 : begin + 5]] == [
                *(with_keys(sentence, {"next_pane": "Tab"}.__getitem__) for sentence in SENTENCES), keys,
            ], "each on a line of its own"  # fmt: skip
            await ana.press("n")
            await ana.until(lambda: "Asking Q1" in ana.status)
            assert "Welcome" not in "".join(ana.lines())
            await ana.press("u")
        async with first_desk(live, kept) as ana:
            await ana.press("n")
            await ana.until(lambda: "Asking Q1" in ana.status)
            assert "Welcome" not in "".join(ana.lines())
            await ana.press("u")


async def test_in_a_channel_nothing_is_said_of_questions(tmp_path: Path) -> None:
    async with live_hub(tmp_path, path=a_month(tmp_path)) as live, first_desk(live, tmp_path / "desk.json") as ana:
        await ana.sees("Days, posts and people are three panes; Tab goes")
        assert KEYS_IN_A_CHANNEL.keys() <= DESK.by_name.keys()
        await ana.sees("k Look up · g Greeted · F5 Star a post · u Undo · ? All keys")
        assert not any("uestion" in line for line in ana.lines())


async def test_any_key_and_a_click_take_it_away(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        for number, key in enumerate(("tab", "down", "")):
            async with first_desk(live, tmp_path / f"{number}.json") as ana:
                await ana.sees("Welcome to the desk")
                if key:
                    await ana.press(key)
                else:
                    await ana.pilot.click("FirstWords")
                await ana.until(lambda: "Welcome" not in "".join(ana.lines()))


async def test_those_who_look_on_are_not_told(tmp_path: Path) -> None:
    kept = tmp_path / "desk.json"
    async with live_hub(tmp_path) as live, first_desk(live, kept, observer=True) as head:
        await head.wait(1)
        assert "Welcome" not in "".join(head.lines())
        assert not kept.exists()
