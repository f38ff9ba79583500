"""Which colours stand on which on a screen that is drawn, and how well they can be told apart (WCAG 2.2)."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from rich.segment import Segment
from textual.app import App
from textual.geometry import Region

Rgb = tuple[int, int, int]

TEXT = 4.5
"""The least contrast of text: level AA."""

SIGN = 3.0
"""The least contrast of what is no text, or is large: lines, bars, the clock's digits."""

_FRAME = re.compile(r"[╭╮╰╯─│▁▂▃▅▆▇▏▕\s]*")
"""What only frames: panes are told apart by their titles and their places, too."""

_SHAPES = re.compile(r"[\u2500-\u259f\s]*")
"""Box drawing and blocks: bars, scroll bars, the large digits."""


class Drawn(NamedTuple):
    """Two colours as a terminal draws them, whether the text is bold, and the least contrast that they need."""

    colour: Rgb
    background: Rgb
    bold: bool
    needed: float

    @property
    def contrast(self) -> float:
        """How well they can be told apart."""
        return contrast(self.colour, self.background)


def luminance(colour: Rgb) -> float:
    """The relative luminance of an sRGB colour, 0 to 1."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def drawn(app: App[Any], regions: Iterable[Region] = ()) -> dict[Drawn, str]:
    """The pairs on the screen, or in these regions of it, each with a text that is drawn so."""
    strips = app.screen._compositor.render_strips(app.size)
    found: dict[Drawn, str] = {}
    for region in regions or [app.size.region]:
        for strip in strips[region.y : region.bottom]:
            for pair, text in pairs_of(strip.crop(region.x, region.right)):
                found.setdefault(pair, text)
    return found


def pairs_of(segments: Iterable[Segment]) -> Iterator[tuple[Drawn, str]]:
    """The pairs of a line, without what shows no ink."""
    for text, style, _ in segments:
        lined = style is not None and (style.underline or style.strike)
        if not text.strip() and not lined:
            continue
        if _FRAME.fullmatch(text) and not lined:
            continue
        colour, background = (style.color, style.bgcolor) if style else (None, None)
        assert colour, text
        assert background, text
        assert not style.dim, text
        drawn_as, behind = colour.triplet, background.triplet
        assert drawn_as, text
        assert behind, text
        if style.reverse:
            drawn_as, behind = behind, drawn_as
        needed = SIGN if _SHAPES.fullmatch(text) else TEXT
        yield Drawn(tuple(drawn_as), tuple(behind), bool(style.bold), needed), text
