"""How wide the panes of the desk are: by role, by key, by the palette, by the mouse, and the next time."""

import json
from pathlib import Path

from tests.sessions.hub.live import live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.palette import choose_action
from tui.desk.layout.presets import LEAST_ANSWERS, LEAST_QUESTIONS


def widths(desk: DeskInHand) -> tuple[int, int, int]:
    panes = desk.screen.panes
    return panes.queue.region.width, panes.answers.region.width, panes.roster.region.width


async def has(desk: DeskInHand, *wanted: int) -> None:
    await desk.until(lambda: widths(desk) == wanted, lambda: str(widths(desk)))


async def drag(desk: DeskInHand, start: int, end: int) -> None:
    await desk.pilot.mouse_down(offset=(start, 12))
    await desk.pilot.hover(offset=((start + end) // 2, 13))
    await desk.pilot.mouse_up(offset=(end, 14))
    await desk.pilot.pause()


async def test_the_layout_by_key_palette_and_mouse_and_the_next_time(tmp_path: Path) -> None:
    config = tmp_path / "mine" / "config.toml"
    kept = config.with_name("desk.json")
    async with live_hub(tmp_path) as live:
        async with desk_on(live, size=(160, 40), config=config) as ana:
            await has(ana, 58, 62, 40)
            await ana.press("L")
            await ana.sees("Layout for who greets: wide people.")
            await has(ana, 40, 62, 58)
            await choose_action(ana.pilot, ana.until, "another layout", "Another layout of the panes")
            await ana.sees("Layout: all three panes alike.")
            await has(ana, 53, 54, 53)
            await drag(ana, 52, 62)
            await has(ana, 63, 44, 53)
            await drag(ana, 107, 97)
            await has(ana, 63, 34, 63)
            await drag(ana, 63, 120)
            await has(ana, 160 - 63 - LEAST_ANSWERS, LEAST_ANSWERS, 63)
            await drag(ana, 67, 0)
            await has(ana, LEAST_QUESTIONS, 160 - LEAST_QUESTIONS - 63, 63)
            ana.screen.panes.roster.focus()
            await ana.press(")")
            await has(ana, LEAST_QUESTIONS, 75, 65)
            ana.screen.panes.queue.focus()
            await ana.press("(")
            await ana.sees("It can be no narrower.")
            await ana.until(lambda: kept.exists() and "0.4062" in kept.read_text(), lambda: kept.read_text())
        async with desk_on(live, size=(160, 40), config=config) as ana:
            await has(ana, LEAST_QUESTIONS, 75, 65)
            await choose_action(ana.pilot, ana.until, "usual widths", "Usual widths of the panes")
            await ana.sees("The panes have their usual widths again.")
            await has(ana, 53, 54, 53)
            await ana.press("L")
            await ana.sees("Layout for who asks: wide questions. It follows your role.")
            await has(ana, 58, 62, 40)
            await ana.until(lambda: json.loads(kept.read_text()) == {"layout": {"preset": None, "shares": {}}})
            await ana.pilot.resize_terminal(80, 24)
            await ana.until(lambda: ana.screen.panes.queue.region.width == 80)
            await ana.press("L")
            await ana.sees("make the window wider")
            await drag(ana, 79, 40)
            assert ana.screen.panes.queue.region.width == 80
            await ana.pilot.resize_terminal(160, 40)
            await has(ana, 58, 62, 40)


async def test_people_are_wide_for_who_greets_and_a_damaged_file_is_told(tmp_path: Path) -> None:
    config = tmp_path / "mine" / "config.toml"
    config.parent.mkdir()
    config.with_name("desk.json").write_text("{")
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.knows(lambda model: model.holds("driver"))
        async with desk_on(live, "Ben", size=(160, 40), config=config) as ben:
            await ben.sees("desk.json is damaged")
            await has(ben, 58, 62, 40)
            await ben.press("t", "enter")
            await has(ben, 40, 62, 58)
            await ben.press("d", "enter")
            await has(ben, 58, 62, 40)
