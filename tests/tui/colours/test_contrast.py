"""Every text that is drawn can be told from what is behind it: WCAG at level AA, in each theme of ours."""

from pathlib import Path

from textual.color import Color

from sessions.library.library import Library
from tests.tui.colours.lively import lively, opened
from tests.tui.colours.looking import Looks
from tests.tui.colours.pairs import SIGN, contrast
from tests.tui.libraries import damage, library_on, save_chat
from tests.tui.pane_apps import MINUTE, a_chat
from tests.tui.posting_desk import Clock
from tests.tui.replays import replay_of
from tui.dialogs.show_text import ShowTextDialog
from tui.growth.screen import GrowthScreen
from tui.replay.screen import ReplayScreen
from tui.shell.themes import THEMES
from tui.widgets.hour.countdown import CountdownBar

PHASES = ("-warning", "-danger", "-overtime", "-held", "-flash")


async def test_all_that_the_desk_draws_can_be_read(tmp_path: Path) -> None:
    looks, clock = Looks(), Clock(9)
    async with lively(tmp_path, (130, 40), clock) as (_live, ana, _feed, ben):
        panes = ana.screen.panes
        await looks.at(ana.pilot, "an offer")
        await ana.press("escape", "up", "up", "M", "up", "M")
        await looks.at(ana.pilot, "marked")
        while panes.answers.chosen:
            await ana.press("escape")
        await ana.press("slash")
        await ana.type(*"corner")
        await looks.at(ana.pilot, "found")
        await ana.press("escape", "end", "tab")
        await ben.done("highlight", person="mastodon:@tova")
        await ana.knows(lambda model: model.state.people["mastodon:@tova"].starred)
        await looks.at(ana.pilot, "people, one just starred")
        await ana.press("shift+tab", "shift+tab")
        await ben.done("note", text="can you take Q3?")
        await ana.sees("can you take Q3?")
        await looks.at(ana.pilot, "questions and a note")
        await ana.press("u")
        await ana.press("tab")
        async for dialog in opened(ana):
            await looks.at(ana.pilot, dialog)
        ana.screen.run("close")
        await ana.sees("It ends for both moderators")
        await looks.at(ana.pilot, "the end")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.app.push_screen(ShowTextDialog("Copy the post", "A1 the lamp", "Select it here."))
        await ana.sees("A1 the lamp")
        await looks.at(ana.pilot, "selected words")
        await ana.press("escape", "x")
        panes.notice.show_pointed("Ben means you", 60)
        states = {
            panes.header: ("-offline", "-trouble"),
            panes.countdown: PHASES,
            panes.status: ("-good", "-trouble", "-pending"),
        }
        await looks.at(ana.pilot, "states", states)
        await ana.press("v")
        await ana.sees("The week before")
        await ana.pilot.press("enter")
        await ana.until(lambda: isinstance(ana.app.screen, ReplayScreen))
        await ana.sees("LIVE")
        await looks.at(ana.pilot, "replay", {ana.app.screen.query_one(CountdownBar): PHASES[:1]})
        await ana.pilot.resize_terminal(80, 24)
        await looks.at(ana.pilot, "a small replay")
        await ana.press("q")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await looks.at(ana.pilot, "a small desk")
    assert looks.weak() == []
    assert len(looks.pairs) > 100


async def test_all_that_library_and_growth_draw_can_be_read(tmp_path: Path) -> None:
    looks = Looks()
    for week in range(3):
        save_chat(tmp_path, week, people=6, title=f"Week {week}", rehearsal=week == 1)
    save_chat(tmp_path, 3, minutes=0)
    damage(save_chat(tmp_path, 4, people=4))
    async with library_on(tmp_path, (160, 40)) as hand:
        await looks.at(hand.pilot, "library")
        for key in ("e", "x", "question_mark", "r"):
            await hand.press("end", key)
            await hand.until(lambda: hand.app.screen is not hand.screen)
            await looks.at(hand.pilot, f"library, {key}")
            await hand.press("escape")
            await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.press("g")
        await hand.until(lambda: isinstance(hand.app.screen, GrowthScreen))
        await hand.sees("new, ")
        await looks.at(hand.pilot, "growth")
    assert Library(tmp_path).saved_chats()
    assert looks.weak() == []
    assert len(looks.pairs) > 20


async def test_what_was_played_and_what_is_coming_can_be_seen_in_a_replay() -> None:
    looks = Looks()
    async with replay_of(a_chat().events, at=18 * MINUTE) as desk:
        await desk.sees("playing")
        await looks.at(desk.pilot, "in the middle of a replay")
    assert any(set("▃▅▆█") & set(where) for where in looks.pairs.values()), "posts stand before and behind"
    assert looks.weak() == []


def test_scroll_bars_can_be_seen() -> None:
    for theme in THEMES:
        bar, behind = (Color.parse(theme.variables[name]).rgb for name in ("scrollbar", "scrollbar-background"))
        assert contrast(bar, behind) >= SIGN, theme.name
