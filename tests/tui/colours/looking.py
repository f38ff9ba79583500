"""Looks at a screen in each theme of ours, and keeps which colours stand on which."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.colours.pairs import Drawn, drawn
from tests.tui.colours.terminals import NEARLY, PALETTES, in_16, in_256, without_colours
from tui.shell.themes import THEMES


class Looks:
    """The pairs that were drawn, each with the theme, the scene and the text where it was seen first."""

    def __init__(self) -> None:
        self.pairs: dict[Drawn, str] = {}

    async def at(self, pilot: Pilot[Any], scene: str, states: Mapping[Widget, tuple[str, ...]] | None = None) -> None:
        """Draw what is on the screen in each theme; of what a dialog covers only the dialog counts.

        `states` are classes that widgets have one after another, if only for this.
        """
        for theme in THEMES:
            pilot.app.theme = theme.name
            await self._keep(pilot, f"{theme.name}, {scene}")
            for widget, names in (states or {}).items():
                before = widget.classes
                for name in names:
                    widget.set_classes(name)
                    await self._keep(pilot, f"{theme.name}, {scene}, {name}")
                widget.set_classes(before)

    async def _keep(self, pilot: Pilot[Any], where: str) -> None:
        await pilot.pause()
        await pilot.pause()
        screen = pilot.app.screen
        over = [*_regions(screen.children)] if screen.is_modal else []
        assert over or not screen.is_modal, where
        for pair, text in drawn(pilot.app, over).items():
            self.pairs.setdefault(pair, f"{where}: {text.strip()[:40]!r}")

    def weak(self) -> list[str]:
        """Which of them cannot be told apart well enough, in words; in many colours, in few, and without any."""
        return [words for pair, where in self.pairs.items() for words in _weak(pair, where)]


def _regions(widgets: Iterable[Widget]) -> Iterator[Region]:
    """Where these are drawn; of what only holds others, where those are."""
    for widget in widgets:
        if widget.display and widget.region:
            yield widget.region
        elif widget.display:
            yield from _regions(widget.children)


def _weak(pair: Drawn, where: str) -> Iterator[str]:
    shown = {"": pair, " in 256 colours": in_256(pair), " without colours": without_colours(pair)}
    shown |= {f" in 16 colours of {terminal}": in_16(pair, terminal) for terminal in PALETTES}
    for terminal, found in shown.items():
        needed = min(pair.needed, NEARLY) if "16 colours" in terminal else pair.needed
        if found.contrast < needed:
            colours = f"#{bytes(found.colour).hex()} on #{bytes(found.background).hex()}"
            yield f"{found.contrast:.2f}, not {needed}: {colours}{terminal}, {where}"
