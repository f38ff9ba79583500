"""The palette stands whatever is pressed before it does."""

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette
from textual.content import Content
from textual.widgets import OptionList

from tests.tui.growth.test_growth_screen import growth_of
from tests.tui.libraries import save_chat
from tui.desk.keys import DESK
from tui.shell.palette import as_written


@pytest.mark.parametrize("turns", [0, 2, 5, 10, 20, 40, 60])
async def test_a_page_is_turned_before_the_palette_is_laid_out(tmp_path: Path, turns: int) -> None:
    """`turns` of the loop after it was asked for; a terminal may bring both keys at once."""
    save_chat(tmp_path, 0, series="exits")
    async with growth_of(tmp_path) as hand:
        hand.app.action_command_palette()
        for _ in range(turns):
            await asyncio.sleep(0)
        for key in ("pagedown", "pageup", "pagedown"):
            hand.app.post_message(events.Key(key, None))
        await hand.until(lambda: any(options.option_count for options in hand.app.screen.query(OptionList)))
        await hand.press("pagedown")
        assert isinstance(hand.app.screen, CommandPalette)


def test_what_is_written_about_an_action_is_shown_with_its_brackets() -> None:
    words = [action.help for action in DESK.actions]
    assert any("[" in word for word in words), "or this holds nothing"
    for word in (*words, "[b]no[/b] ["):
        assert Content.from_markup(as_written(word)).plain == word
