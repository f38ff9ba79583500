"""Credit at the desk: who asked is seen at both desks, noted by hand and taken back."""

from pathlib import Path

from sessions.core.plan import Credit
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, live_hub, seen
from tests.tui.desks import desk_on
from tests.tui.palette import choose_action
from tests.tui.plain_desks import plain_on
from tests.tui.posting_desk import Clock
from tui.dialogs.choose import ChooseDialog


async def test_who_asks_is_noted_and_listed_at_both_desks_and_taken_back(tmp_path: Path) -> None:
    feed, clock = Feed(), Clock()
    plan = a_plan(credit=Credit("Navasota ISD", word="#credit"))
    hub = live_hub(tmp_path, plan=plan, sources=[feed], clock=clock.hub.clock())
    async with hub as live, desk_on(live, clock=clock.desk) as ana, desk_on(live, "Ben", clock=clock.desk) as ben:
        await choose_action(ana.pilot, ana.until, "asked for credit", "Who asked for credit")
        await ana.sees("Nobody asked for credit yet. The word is #credit.")
        await seen(live, feed, "For #credit #navasotaisd", "kim")
        await seen(live, feed, "A1: stations #navasotaisd", "tomk")
        await ana.sees("A1: stations")
        await ana.press("tab")
        await ana.until(lambda: ana.screen.panes.roster.has_focus)
        await ana.press("end")
        await choose_action(ana.pilot, ana.until, "asked for credit", "Who asked for credit")
        await ana.until(lambda: isinstance(ana.app.screen, ChooseDialog))
        await ana.sees("Credit · 1 asked")
        await ana.press("enter")
        await ben.knows(lambda model: len(model.state.credit_marks) == 1)
        await choose_action(ben.pilot, ben.until, "asked for credit", "Who asked for credit")
        await ben.sees("Credit · 2 asked")
        await ben.sees("wrote #credit")
        await ben.sees("noted by Ana")
        await ana.press("u")
        await ana.knows(lambda model: not model.state.credit_marks)


async def test_the_list_of_people_marks_who_asks_at_both_desks_and_plain_lines_tell_it(tmp_path: Path) -> None:
    feed, clock = Feed(), Clock()
    plan = a_plan(credit=Credit("Navasota ISD", word="#credit"))
    hub = live_hub(tmp_path, plan=plan, sources=[feed], clock=clock.hub.clock())
    async with (
        hub as live,
        desk_on(live, clock=clock.desk, size=(190, 40)) as ana,
        desk_on(live, "Ben", clock=clock.desk) as ben,
        plain_on(live, "Cleo", clock=clock.desk) as cleo,
        desk_on(live, "Dora", observer=True, clock=clock.desk, size=(190, 40)) as dora,
        plain_on(live, "Eve", observer=True, clock=clock.desk) as eve,
    ):
        await seen(live, feed, "For #credit #navasotaisd", "kim")
        await ana.sees("Kim credit")
        await ben.sees("Kim cr")
        await cleo.does("credit of kim", "1. Note that Kim wants no credit")
        await cleo.does("1", "You noted that Kim wants no credit")
        await ana.until(lambda: not any("Kim credit" in line for line in ana.lines()))
        await cleo.does("person kim", "Credit: not asked for, noted by Cleo")
        await dora.sees("Kim")
        assert not any("Kim credit" in line for line in dora.lines()), "who looks on hears of no notes"
        await eve.does("person kim", "Kim")
        await eve.does("credit", "Only moderators see who asks for credit.")
        assert not any("Credit:" in line for line in eve.read)
