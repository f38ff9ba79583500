"""The colours of a terminal that has only 256 or 16, chosen so that every text can still be read.

Rich takes for each colour the one that is nearest: of soft words on a row under the cursor it makes grey on grey. Here
the two are chosen together. Of 16 only pairs are taken that can be read however a terminal mixes its colours: on those
of VGA, xterm, the Windows console and macOS. With many colours nothing is changed.
"""

import colorsys
from functools import lru_cache

from rich.color import Color, ColorSystem, ColorType
from rich.style import Style
from textual.strip import Strip

Rgb = tuple[int, int, int]

ENOUGH = 4.5
"""The contrast that text needs: WCAG, level AA."""

READABLE: dict[int, tuple[int, ...]] = {
    0: (15, 7, 9, 10, 11, 14),
    1: (15, 11),
    2: (0,),
    3: (0,),
    4: (15, 7, 11, 14),
    7: (0, 4),
    9: (0,),
    10: (0,),
    11: (0, 1, 4),
    15: (0, 1, 4, 5),
}
"""The texts that can be read on each background, as numbers of the 16 colours; those without a hue first."""

_HUES = {1: 0, 9: 0, 3: 40, 11: 60, 2: 120, 10: 120, 14: 180, 4: 240, 5: 300}
"""Where each colour stands on the wheel, in degrees."""

_DARK_HUES, _LIGHT_HUES = {1: 0, 3: 40, 2: 120, 4: 240}, {9: 0, 11: 45, 10: 120, 7: 240}
"""Backgrounds by hue, for text that is light and for text that is dark."""

_NEAR = 50
"""Degrees on the wheel within which two colours are taken for the same."""

_TEXT_HUE, _GROUND_HUE = 30, 26
"""How far apart red, green and blue are at least in a text and in a background that is not a grey."""

_BLACK, _DARK, _WHITE = 0.0365, 0.28, 0.70
"""Up to which luminance a background is black, up to which it is dark, and from which on it is white."""

_BRIGHT = 0.6
"""From which luminance on a text on a dark background is white, not grey."""


def codes(style: Style, system: ColorSystem) -> str:
    """What a terminal with such colours is told of this style, as parameters of `ESC [ ... m`."""
    return Strip.render_ansi(style if system is ColorSystem.TRUECOLOR else in_few(style, system), system)


@lru_cache(4096)
def in_few(style: Style, system: ColorSystem) -> Style:
    """The style in colours that the terminal has; as it is where its background or its text is the terminal's own."""
    front, back = style.color, style.bgcolor
    if style.reverse:
        front, back = back, front
    colour, behind = _mixed(front), _mixed(back)
    if behind is None or (colour is None and (front is not None or style.reverse)):
        return style
    bold = style.bold
    if system is ColorSystem.EIGHT_BIT:
        text, ground = _of_256(colour or behind, behind)
    else:
        number, place = of_16(colour or behind, behind)
        text, ground = _standard(number), _standard(place)
        bold = bold and READABLE[place][0] != 0  # where bold is drawn brighter, dark text would fade
    front = None if front is None else text
    shown = (ground, front) if style.reverse else (front, ground)
    return style + Style(color=shown[0], bgcolor=shown[1], bold=bold)


def _mixed(colour: Color | None) -> Rgb | None:
    """A colour that is not one of the terminal's own."""
    return colour.triplet if colour is not None and colour.type is ColorType.TRUECOLOR else None


def of_16(colour: Rgb, behind: Rgb) -> tuple[int, int]:
    """Which of 16 colours text and background have; a text keeps its hue where that can be read there."""
    ground = _ground(behind)
    texts = READABLE[ground]
    if _chroma(colour) >= _TEXT_HUE:
        nearest = min(
            (text for text in texts if text in _HUES), key=lambda text: _apart(colour, _HUES[text]), default=0
        )
        if nearest and _apart(colour, _HUES[nearest]) <= _NEAR:
            return nearest, ground
    soft = 7 in texts and luminance(colour) < _BRIGHT
    return 7 if soft else texts[0], ground


def _ground(behind: Rgb) -> int:
    light, hued = luminance(behind), _chroma(behind) >= _GROUND_HUE
    if light < _BLACK:
        return 0
    if light >= _WHITE:
        return 15
    if not hued:
        return 4 if light < _DARK else 7
    hues = _DARK_HUES if light < _DARK else _LIGHT_HUES
    return min(hues, key=lambda ground: _apart(behind, hues[ground]))


def _of_256(colour: Rgb, behind: Rgb) -> tuple[Color, Color]:
    """The nearest of 256, the text lighter or darker where it could not be told from what is behind it."""
    wanted = min(ENOUGH, contrast(colour, behind))
    ground = Color.from_rgb(*behind).downgrade(ColorSystem.EIGHT_BIT)
    seen = ground.get_truecolor()
    pole = 255 if luminance(colour) > luminance(behind) else 0
    text = ground
    for step in range(11):
        red, green, blue = (part + (pole - part) * step / 10 for part in colour)
        text = Color.from_rgb(red, green, blue).downgrade(ColorSystem.EIGHT_BIT)
        if contrast(text.get_truecolor(), seen) >= wanted:
            break
    return text, ground


def _standard(number: int) -> Color:
    return Color(f"color({number})", ColorType.STANDARD, number)


def _chroma(colour: Rgb) -> int:
    return max(colour) - min(colour)


def _apart(colour: Rgb, hue: int) -> float:
    """Degrees between the colour and the hue."""
    red, green, blue = (part / 255 for part in colour)
    degrees = abs(colorsys.rgb_to_hls(red, green, blue)[0] * 360 - hue)
    return min(degrees, 360 - degrees)


def luminance(colour: Rgb) -> float:
    """The relative luminance of an sRGB colour, from 0 to 1."""
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """How well two colours can be told apart: 1 not at all, 21 black on white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
