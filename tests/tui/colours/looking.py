"""Looks at a screen in each theme of ours, and keeps which colours stand on which."""

from collections.abc import Mapping
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.colours.pairs import Drawn, drawn
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
        over = [child.region for child in screen.children if child.display] if screen.is_modal else []
        assert over or not screen.is_modal, where
        for pair, text in drawn(pilot.app, over).items():
            self.pairs.setdefault(pair, f"{where}: {text.strip()[:40]!r}")

    def weak(self) -> list[str]:
        """Which of them cannot be told apart well enough, in words."""
        return [
            f"{pair.contrast:.2f}, not {pair.needed}: #{bytes(pair.colour).hex()} on #{bytes(pair.background).hex()}, "
            f"{where}"
            for pair, where in self.pairs.items()
            if pair.contrast < pair.needed
        ]
