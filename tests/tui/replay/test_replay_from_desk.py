"""A desk in a live chat replays what is saved where the hub runs, and comes back to the live chat with one key."""

import re
from pathlib import Path

import pytest

from sessions.library.library import Library
from tests.sessions.hub.live import Feed, live_hub, seen
from tests.tui.desks import desk_on
from tests.tui.libraries import save_chat
from tui.desk.dialogs.opened_post import OpenedPost
from tui.replay.live_line import Glimpse, live_words
from tui.replay.screen import ReplayScreen


async def test_a_saved_chat_is_replayed_while_the_live_one_goes_on(tmp_path: Path) -> None:
    save_chat(tmp_path, -1, title="The week before")
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ben:
        await ben.press("v")
        await ben.sees("The week before")
        await ben.pilot.press("enter")
        await ben.until(lambda: isinstance(ben.app.screen, ReplayScreen))
        await ben.sees("q, v or Esc goes back to the live chat.")
        post = feed.post("A1: meanwhile")
        await ben.until(lambda: post in ben.screen.model.state.posts)
        await ben.press("q")
        await ben.until(lambda: ben.app.screen is ben.app.screen_stack[1])
        await ben.sees("A1: meanwhile")


@pytest.mark.parametrize("key", ["q", "v", "escape"])
async def test_each_key_that_leads_out_goes_back_and_the_footer_says_so(tmp_path: Path, key: str) -> None:
    path = save_chat(tmp_path, -1, title="The week before")
    Library(tmp_path).rename(path, "Stations, again")
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ben:
        await ben.press("v")
        await ben.sees("Stations, again")
        await ben.pilot.press("enter")
        await ben.until(lambda: isinstance(ben.app.screen, ReplayScreen))
        await ben.sees("q Back  ")
        assert ben.lines()[-1].rstrip().endswith("? Help  ^p All actions")
        assert "Stations, again" in ben.lines()[1], "as it is called now"
        await ben.press("slash")
        await ben.pilot.press(*"stations", "enter")
        await ben.press(key)
        if key == "escape":
            await ben.pilot.pause()
            assert isinstance(ben.app.screen, ReplayScreen), "Esc closes what is open first"
            await ben.press(key)
        await ben.until(lambda: ben.app.screen is ben.app.screen_stack[1])


async def test_the_live_chat_stays_in_sight_above_the_replay(tmp_path: Path) -> None:
    save_chat(tmp_path, -1, title="The week before")
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, "Ben", size=(80, 24)) as ben:
        ana = await live.join("Ana")
        await ana.done("take_role", role="driver")
        await ana.done("ask", question="q1", seen=None)
        await ben.press("v")
        await ben.sees("The week before")
        await ben.pilot.press("enter")
        await ben.until(lambda: isinstance(ben.app.screen, ReplayScreen))
        await ben.sees(" left · 0 to greet · Ana asks")
        assert re.match(r"  LIVE   Q1 0\d:\d\d left · 0 to greet · Ana asks", ben.lines()[0])
        assert ben.lines()[0].endswith(" q back")
        assert "replay" in ben.lines()[1]
        await seen(live, feed, "A1: I am new", "tom")
        await ben.sees(" · 1 to greet")
        await ana.done("note", text="can you take Q2?")
        await ben.sees("✉ Ana: can you take Q2?")
        await ana.done("note", text="please")
        await ben.sees("✉ Ana (+1): can you")
        await ben.pilot.click("LiveLine")
        await ben.until(lambda: ben.app.screen is ben.screen)
        await ben.sees("✉ Ana: can you take Q2?")


async def test_news_of_the_live_chat_are_told_above_the_replay_and_not_in_a_post_that_is_open_there(
    tmp_path: Path,
) -> None:
    save_chat(tmp_path, -1, title="The week before")
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, "Ben", size=(80, 24)) as ben:
        ana = await live.join("Ana")
        await ben.press("v")
        await ben.sees("The week before")
        await ben.pilot.press("enter")
        await ben.until(lambda: isinstance(ben.app.screen, ReplayScreen))
        await ben.press("enter")
        await ben.until(lambda: isinstance(ben.app.screen, OpenedPost))
        await ben.sees("A1: station")
        post = await seen(live, feed, "A1: I am new", "tom")
        await ana.done("highlight", post=post)
        await ben.until(lambda: "Ana starred" in ben.lines()[0], lambda: "\n".join(ben.lines()))
        assert sum("starred" in line for line in ben.lines()) == 1


def words(seen: Glimpse, width: int) -> str:
    return live_words(seen, "q back", width).plain


def test_what_waits_goes_before_who_asks_where_there_is_little_room() -> None:
    seen = Glimpse("Q2 01:12 left", False, "14 to greet", "Ben asks", "✉ Ana: can you take Q2?")
    whole = " LIVE   Q2 01:12 left · 14 to greet · Ben asks  ✉ Ana: can you take Q2?"
    assert words(seen, 100) == f"{whole:<94}q back"
    assert words(seen, 60) == " LIVE   Q2 01:12 left · 14 to greet  ✉ Ana: can you…  q back"
    assert words(seen, 40).startswith(" LIVE   Q2 01:12 left")
    assert words(seen, 40).endswith(" q back")


async def test_a_library_without_another_chat_says_so(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ben:
        await ben.press("v")
        await ben.sees("No chat that has ended is saved there yet.")
