"""The lean compositor shows what Textual's own shows, whatever changed and whatever covers it."""

import random
from typing import ClassVar

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Label

from tui.widgets.lines.lean_compositor import LeanCompositor, LeanUpdate

WIDTH, HEIGHT = 40, 12


class Covered(Screen[None]):
    """Lines that scroll, borders, and something in front of them."""

    CSS = """
    Screen { layers: below above; }
    VerticalScroll { layer: below; height: 9; border: round green; }
    #cover { layer: above; offset: 7 3; width: 11; height: 4; background: red; border: solid white; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = LeanCompositor()

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for number in range(20):
                yield Label(f"line {number} 日本 of what scrolls")
        yield Label("the foot")
        yield Label("above", id="cover")


class CoveredApp(App[None]):
    SCREENS: ClassVar = {"covered": Covered}

    def on_mount(self) -> None:
        self.push_screen("covered")


async def test_shows_what_textual_shows() -> None:
    dice = random.Random(7)
    async with CoveredApp().run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = pilot.app.screen
        compositor = screen._compositor
        screen.query_one(VerticalScroll).scroll_to(y=3, animate=False)
        await pilot.pause()
        whole = compositor.render_strips()
        for _ in range(60):
            x, y = dice.randrange(WIDTH), dice.randrange(HEIGHT)
            changed = Region(x, y, dice.randint(1, WIDTH), dice.randint(1, HEIGHT))
            compositor._dirty_regions.update({changed, Region(0, dice.randrange(HEIGHT), WIDTH, 1)})
            update = compositor.render_update()
            assert isinstance(update, LeanUpdate)
            there = set(_cells(changed))
            for part in update.parts:
                end = part.x + part.strip.cell_length
                assert part.strip.simplify() == whole[part.y].crop(part.x, end).simplify()
                assert _characters(part.strip) == _characters(whole[part.y])[part.x : end], "half of a wide one"
                there -= {(part.y, cell) for cell in range(part.x, end)}
            assert not there
        assert compositor.render_update() is None
        compositor._dirty_regions.add(Region(0, 0, WIDTH, HEIGHT))
        update = compositor.render_update()
        assert isinstance(update, LeanUpdate)
        assert sum(part.strip.cell_length for part in update.parts) == WIDTH * HEIGHT


async def test_a_picture_of_the_screen_is_as_textual_makes_it() -> None:
    async with CoveredApp().run_test(size=(WIDTH, HEIGHT)) as pilot:
        assert "the&#160;foot" in pilot.app.export_screenshot()


def _characters(strip: Strip) -> list[str]:
    """What stands in each cell; nothing in the second one of a wide character."""
    return [cell for char in strip.text for cell in (char, "")[: cell_len(char)]]


def _cells(region: Region) -> list[tuple[int, int]]:
    seen = region.intersection(Region(0, 0, WIDTH, HEIGHT))
    return [(y, x) for y in seen.line_range for x in seen.column_range]
