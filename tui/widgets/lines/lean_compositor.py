"""Brings what changed from the widgets to the terminal, and nothing else.

Textual's own compositor has all widgets draw all lines between the first and the last that changed, and sends those
that changed from end to end.
"""

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from textual._compositor import Compositor, CompositorUpdate
from textual._context import visible_screen_stack
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.lines.terminal_image import Part, TerminalImage

_Span = tuple[int, int, int]
"""A line of the screen, and the cells of it from the first up to the second."""


SPANS = 1_000
"""Spans of which is remembered which widgets are seen there, until they are somewhere else."""

_PERHAPS_WIDE = re.compile("[\u1100-\u115f\u2300-\u24ff\u25fd-\U0010ffff]")
"""What may take two cells, of which a part that begins or ends there would show a blank."""


class _Seen(NamedTuple):
    """What of a line of the screen is a widget's: from the first cell up to the second, and how far it goes to both
    sides before another widget covers it; where it is, and what of it is not cut off."""

    widget: Widget
    y: int
    start: int
    stop: int
    first: int
    end: int
    visible: Region
    region: Region


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

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[_Span, list[_Seen]] = {}
        self._seen_in: object = None

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
        if self._seen_in is not self.layers_visible or len(self._seen) > SPANS:
            self._seen_in = self.layers_visible
            self._seen.clear()
        known = self._seen
        shown: dict[Widget, list[_Seen]] = {}
        for span in spans:
            seen = known.get(span)
            if seen is None:
                seen = known[span] = self._seen_at(span)
            for part in seen:
                shown.setdefault(part.widget, []).append(part)
        parts: list[Part] = []
        for widget, rows in shown.items():
            _, top, _, _, _, _, visible, region = rows[0]
            bottom = rows[-1].y + 1
            crop = Region(visible.x - region.x, top - region.y, visible.width, bottom - top)
            strips = widget.render_lines(crop)
            left, right = visible.column_span
            for _, y, start, stop, first, end, _, _ in rows:
                strip = strips[y - top]
                if (start != first or stop != end) and _perhaps_wide(strip):
                    start, stop = first, end
                if start != left or stop != right:
                    strip = strip.crop(start - left, stop - left)
                parts.append(Part(y, start, strip))
        parts.sort(key=itemgetter(0, 1))
        return parts

    def _seen_at(self, span: _Span) -> list[_Seen]:
        """Which widgets are seen there."""
        y, first, end = span
        return [
            one._replace(start=max(first, one.start), stop=min(end, one.stop))
            for one in self._seen_in_line(y)
            if one.start < end and one.stop > first
        ]

    def _seen_in_line(self, y: int) -> list[_Seen]:
        """Which widgets are seen in a whole line."""
        seen: list[_Seen] = []
        uncovered = [(0, self.size.width)]
        for widget, visible, region in self.layers_visible[y]:
            left, right = visible.column_span
            beside: list[tuple[int, int]] = []
            for start, stop in uncovered:
                if start >= right or stop <= left:
                    beside.append((start, stop))
                    continue
                first, end = max(start, left), min(stop, right)
                seen.append(_Seen(widget, y, first, end, first, end, visible, region))
                if start < left:
                    beside.append((start, left))
                if stop > right:
                    beside.append((right, stop))
            uncovered = beside
            if not uncovered:
                break
        return seen


def _perhaps_wide(strip: Strip) -> bool:
    return any(not text.isascii() and _PERHAPS_WIDE.search(text) for text, _, _ in strip)
