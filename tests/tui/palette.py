"""Choosing an action from the palette, however long the palette takes to search."""

from collections.abc import Awaitable, Callable
from typing import Any

from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList


async def choose_action(
    pilot: Pilot[Any], until: Callable[[Callable[[], bool]], Awaitable[None]], words: str, title: str
) -> None:
    """Open the palette, type the words, and press Enter once the action with this title is what they lead to."""

    def leads_there() -> bool:
        palette = pilot.app.screen
        if not isinstance(palette, CommandPalette) or palette.query_one(Input).value != words:
            return False
        options = palette.query_one(OptionList)
        searched = all(worker.is_finished for worker in pilot.app.workers if worker.node is palette)
        return searched and options.highlighted == 0 and str(options.options[0].prompt).startswith(title)

    await pilot.press("ctrl+p")
    await until(lambda: isinstance(pilot.app.screen, CommandPalette))
    await pilot.press(*("space" if letter == " " else letter for letter in words))
    await until(leads_there)
    await pilot.press("enter")
