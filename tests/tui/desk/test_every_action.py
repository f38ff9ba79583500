"""Every action is reached by its keys, by its title in the palette, and by the mouse: at the foot or in the palette."""

from pathlib import Path

import pytest
from textual.command import Command, CommandList

from sessions.core.commands import Ask
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import SETTLED, DeskInHand, desk_on
from tui.desk.keys import DESK, OPEN
from tui.shell.actions import PALETTE_KEY
from tui.shell.palette import NOT_OFFERED, ActionPalette, ActionProvider
from tui.widgets.footers.pane_footer import PaneFooter

ELSEWHERE = (OPEN, PALETTE_KEY)
"""What Textual does by itself at a word of the foot; `test_foot.py` clicks it."""


async def clicks(desk: DeskInHand) -> list[str]:
    """Click every word at the foot of each pane, the title of the answers, and where the header tells of sources.

    The actions that stand there. Rows, borders, and buttons of dialogs are clicked in the tests of each.
    """
    panes, foot = desk.screen.panes, desk.screen.query_one(PaneFooter)
    there: list[str] = []
    for pane in (panes.queue, panes.answers, panes.roster):
        pane.focus()
        await desk.wait(SETTLED)
        for left, word in [*foot._placed(foot.content_size.width)]:
            if word.name not in ELSEWHERE:
                await desk.pilot.click(foot, offset=(left + 1, 0))
                there.append(word.name)
    await desk.pilot.click(panes.answers, offset=(8, 0))
    await desk.pilot.click(panes.header, offset=(panes.header.size.width - 3, 0))
    return [*there, "not_answered", "sources"]


async def offered_to_the_mouse(desk: DeskInHand) -> list[str]:
    """Click on what opens the palette at the foot; the titles that it lists, each of which a click chooses."""
    foot = desk.screen.query_one(PaneFooter)
    left = next(left for left, word in foot._placed(foot.content_size.width) if word.name == PALETTE_KEY)
    await desk.pilot.click(foot, offset=(left + 1, 0))
    await desk.until(lambda: isinstance(desk.app.screen, ActionPalette))
    await desk.complete()
    options = desk.app.screen.query_one(CommandList).options
    return [one.hit.text or "" for one in options if isinstance(one, Command)]


async def test_by_key_by_palette_and_by_mouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, ran = Feed(), list[str]()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(160, 40)) as ana:
        feed.post("A1: stations", "merle")
        ana.screen.send_later("", Ask(id="ask", question="q1", seen=None))
        await ana.press("enter")
        await ana.sees("A1: stations")
        monkeypatch.setattr(ana.screen, "run", ran.append)
        ana.screen.set_focus(None)
        for action in DESK.actions:
            for key in action.key.split(",") if action.key and action.name != PALETTE_KEY else ():
                ran.clear()
                await ana.press(key)
                assert ran == [action.name], key
        provider = ActionProvider(ana.screen)
        for action in DESK.actions:
            if action.name not in NOT_OFFERED:
                ran.clear()
                title = ana.screen.palette_words(action)[0]
                hits = [hit async for hit in provider.search(title) if hit.text == title]
                assert len(hits) == 1, title
                hits[0].command()
                assert ran == [action.name]
                assert hits[0].help
        ran.clear()
        there = await clicks(ana)
        assert ran == there
        assert len(set(ran)) > 20
        titles = {ana.screen.palette_words(one)[0]: one for one in DESK.actions if one.name not in NOT_OFFERED}
        listed = await offered_to_the_mouse(ana)
        assert {*listed} >= titles.keys(), "an action that no click reaches"
        ran.clear()
        second = titles[listed[1]]
        await ana.click(listed[1])
        await ana.until(lambda: ran == [second.name], lambda: f"{ran}")
