"""Words in a dialog that terminals draw in more cells or fewer: its frame and what stands behind them never move."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pyte
import pyte.screens
import pytest
from rich.cells import split_graphemes
from rich.console import Console
from textual.app import App
from textual.content import Content
from wcwidth import wcwidth

from tests.tui.screen_text import screen_lines
from tui.dialogs.choose import Choice, ChooseDialog
from tui.shell.action_screen import ActionScreen, KeyedApp
from tui.text.outside import outside, outside_line
from tui.widgets.lines.lean_compositor import LeanUpdate
from tui.widgets.lines.terminal_image import TerminalImage

WORDS = ("हिन्दी: हर १२ मिनट में बदलते हैं", "new 🫩 🪾 emoji", "heart ❤️ and 👩🏾‍🏫", "தமிழ் கேள்வி", "plain")
WIDTH, HEIGHT = 80, 24
MARKER = "◂"

TERMINALS: dict[str, Callable[[str], int]] = {
    "as Unicode has it": wcwidth,
    "vowel signs in cells of their own": lambda char: 1 if char in "ािीोெேொோி" else wcwidth(char),
    "newer emoji in no cell": lambda char: 0 if char in "🫩🪾" else wcwidth(char),
    "newer emoji in one cell": lambda char: 1 if char in "🫩🪾" else wcwidth(char),
}


async def sent() -> tuple[str, list[str]]:
    """What a terminal is sent for a dialog of such words, and the rows as Textual has them."""
    app: App[Any] = KeyedApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await app.push_screen(ActionScreen())
        choices = [Choice(str(n), Content.assemble(outside_line(one, 40), MARKER)) for n, one in enumerate(WORDS)]
        dialog = ChooseDialog(Content.assemble(outside(WORDS[0]), MARKER), choices)
        await app.push_screen(dialog)
        await pilot.pause()
        dialog._compositor._dirty_regions.add(dialog.region)
        update = dialog._compositor.render_update(screen_stack=app.screen_stack)
        assert isinstance(update, LeanUpdate)
        console = Console(color_system="truecolor", force_terminal=True)
        return TerminalImage().sequence(update.parts, console), screen_lines(app)


@pytest.mark.parametrize("terminal", TERMINALS)
async def test_a_dialog_stands_as_textual_has_it(terminal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sequence, lines = await sent()
    monkeypatch.setattr(pyte.screens, "wcwidth", TERMINALS[terminal])
    screen = pyte.Screen(WIDTH, HEIGHT)
    pyte.Stream(screen).feed("".join(char for char in sequence if not drawn_over(char)))
    for row, line in enumerate(lines):
        places = [(cell, char) for cell, char in cells(line) if char in f"│╭╮╰╯{MARKER}"]
        assert [(cell, screen.buffer[row][cell].data[:1]) for cell, _ in places] == places
    shown = "\n".join(screen.display)
    for word in ("plain", "emoji", "heart"):
        assert word in shown


def drawn_over(char: str) -> bool:
    """Whether it takes no cell; pyte draws only accents over others, and gives the rest of the text up at such ones."""
    return char >= " " and pyte.screens.wcwidth(char) == 0 and not unicodedata.combining(char)


def cells(line: str) -> list[tuple[int, str]]:
    """The characters of a row as Textual counts them, each with its cell."""
    found, cell = [], 0
    for start, end, width in split_graphemes(line)[0]:
        found.append((cell, line[start:end]))
        cell += width
    return found
