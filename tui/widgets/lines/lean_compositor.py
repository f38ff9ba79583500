"""Brings what changed from the widgets to the terminal, and nothing else.

Textual's own compositor has all widgets draw all lines between the first and the last that changed, and sends those
that changed from end to end.
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from textual._compositor import Compositor, CompositorUpdate
from textual._context import visible_screen_stack
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widget import Widget

from tui.widgets.lines.terminal_image import Part, TerminalImage

_Span = tuple[int, int, int]
"""A line of the screen, and the cells of it from the first up to the second."""


class LeanUpdate(CompositorUpdate):
    """Parts of a screen of this size to be shown."""

    def __init__(self, parts: Sequence[Part], size: Size) -> None:
        self.parts = parts
        self.size = size
        self._sequence = ""

    @property
    def different(self) -> bool:
        """Whether there is anything to send."""
        return bool(self._sequence)

    def compare(self, image: TerminalImage, console: Console) -> None:
        """Send only what the terminal does not show yet, which it shows from now on."""
        self._sequence = image.sequence(self.parts, console)

    def render_segments(self, _console: Console) -> str:
        """What the terminal is sent."""
        return self._sequence

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        for part in self.parts:
            yield from part.strip


class LeanCompositor(Compositor):
    """Has each widget draw those of its lines that changed and that nothing covers."""

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """As Textual's, but a `LeanUpdate`; `full` is for pictures of the screen, which Textual makes."""
        if full:
            return super().render_update(full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        screen = self.size.region
        dirty, self._dirty_regions = self._dirty_regions, set()
        regions = [screen] if screen in dirty else [region.intersection(screen) for region in dirty]
        parts = self._parts([*self._regions_to_spans(regions)])
        return LeanUpdate(parts, self.size) if parts else None

    def _parts(self, spans: Sequence[_Span]) -> list[Part]:
        """What the widgets show there, from the top to the bottom."""
        seen: dict[Widget, list[_Span]] = {}
        places: dict[Widget, tuple[Region, Region]] = {}
        layers = self.layers_visible
        for y, first, end in spans:
            uncovered = [(first, end)]
            for widget, visible, region in layers[y]:
                left, right = visible.column_span
                beside: list[tuple[int, int]] = []
                for start, stop in uncovered:
                    if start >= right or stop <= left:
                        beside.append((start, stop))
                        continue
                    seen.setdefault(widget, []).append((y, max(start, left), min(stop, right)))
                    if start < left:
                        beside.append((start, left))
                    if stop > right:
                        beside.append((right, stop))
                places[widget] = visible, region
                uncovered = beside
                if not uncovered:
                    break
        parts: list[Part] = []
        for widget, shown in seen.items():
            visible, region = places[widget]
            top, bottom = shown[0][0], shown[-1][0] + 1
            crop = Region(visible.x - region.x, top - region.y, visible.width, bottom - top)
            strips = widget.render_lines(crop)
            for y, start, stop in shown:
                strip = strips[y - top]
                if (start, stop) != visible.column_span:
                    strip = strip.crop(start - visible.x, stop - visible.x)
                parts.append(Part(y, start, strip))
        parts.sort(key=itemgetter(0, 1))
        return parts
