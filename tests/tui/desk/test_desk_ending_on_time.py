"""E makes the chat end when it was meant to, at both desks, or says why that does not fit."""

from pathlib import Path

from textual.command import CommandPalette
from textual.widgets import OptionList

from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import Networks
from tests.tui.palette import choose_action
from tests.tui.posting_desk import Clock, a_chat


async def first_offered(desk: DeskInHand) -> str:
    """What the palette offers first of all."""
    await desk.pilot.press("ctrl+p")
    await desk.until(lambda: isinstance(desk.app.screen, CommandPalette))
    options = desk.app.screen.query_one(OptionList)
    await desk.until(lambda: options.option_count > 0)
    first = str(options.get_option_at_index(0).prompt)
    await desk.pilot.press("escape")
    await desk.until(lambda: desk.app.screen is desk.screen)
    return first


async def test_what_is_left_is_shared_by_key_and_palette_seen_by_both_and_taken_back(tmp_path: Path) -> None:
    clock = Clock(8)
    async with (
        a_chat(tmp_path, Networks(), clock=clock) as (live, ana, _feed),
        desk_on(live, "Ben", clock=clock.desk) as ben,
    ):
        assert (await first_offered(ana)).startswith("Ask the next question")
        clock.pass_by(500 + 300)
        await ana.sees("5:00 behind · ends 8:05")
        first = await first_offered(ana)
        assert first.startswith("End at 8:00 sharp  E\nThe chat is 5:00 behind. Shares what is left")
        await ana.press("E")
        await ana.sees("on time · ends 8:00")
        assert "You shared what is left: 7 to 7.5 minutes for 5 questions" in ana.status
        await ben.sees("on time · ends 8:00")
        await ben.sees("Ana shared what is left: 7 to 7.5 minutes for 5 questions")
        await ana.press("E")
        await ana.sees("That is so already.")
        await ana.press("u")
        await ben.sees("5:00 behind · ends 8:05")
        await choose_action(ana.pilot, ana.until, "sharp", "End at 8:00 sharp")
        await ana.sees("on time · ends 8:00")
        assert len(live.session.durable.actions) == 4, "two roles, one question, one sharing"


async def test_who_does_not_ask_and_what_does_not_fit_is_told_in_words(tmp_path: Path) -> None:
    clock = Clock(8)
    async with (
        a_chat(tmp_path, Networks(), clock=clock) as (live, ana, _feed),
        desk_on(live, "Ben", clock=clock.desk) as ben,
    ):
        clock.pass_by(46.5 * 60)
        await ben.press("E")
        assert "Ana asks the questions. Press d to take over." in ben.status
        assert (await first_offered(ben)).startswith("Ask the next question")
        await ana.press("E")
        assert "5 questions in 3 minutes: skip 2 first. s skips the next one." in ana.status
