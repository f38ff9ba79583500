"""What terminals make of the colours that they are told."""

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Mixed
from textual.filter import Monochrome

from tests.tui.colours.pairs import Drawn, Rgb
from tui.widgets.lines.lean_strip import lean
from tui.widgets.lines.looks import look_told_by


def _palette(colours: str) -> list[Rgb]:
    return [(int(one[:2], 16), int(one[2:4], 16), int(one[4:], 16)) for one in colours.split()]


PALETTES = {
    "VGA": _palette(
        "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
        "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
    ),
    "xterm": _palette(
        "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
        "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
    ),
    "Windows console": _palette(
        "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
        "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"
    ),
    "macOS Terminal": _palette(
        "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf "
        "666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5"
    ),
}
"""The 16 colours as common terminals mix them unless somebody chose others."""

NEARLY = 4.0
"""What text may fall short to in one of these terminals: brown in that of VGA, red on black in that of macOS."""

BRIGHT_BOLD = frozenset({"VGA", "xterm", "macOS Terminal"})
"""Terminals that draw bold text in the brighter one of its two colours."""


def style_of(pair: Drawn) -> Style:
    """The style that draws this pair."""
    return Style(color=Color.from_rgb(*pair.colour), bgcolor=Color.from_rgb(*pair.background), bold=pair.bold)


def sent(style: Style, system: ColorSystem) -> tuple[str, str, bool]:
    """Text, background and whether it is bold, as the desk tells them a terminal with such colours."""
    look = look_told_by(lean([Segment("x", style)], system).partition("m")[0].removeprefix("\x1b["))
    return look.colour, look.background, "1" in look.attributes


def number(told: str) -> int:
    """Which of 16 colours this parameter is."""
    value = int(told)
    return value % 10 + (8 if value >= 90 else 0)


def in_16(pair: Drawn, terminal: str) -> Drawn:
    """The pair in a terminal that has 16 colours."""
    colour, background, bold = sent(style_of(pair), ColorSystem.STANDARD)
    text = number(colour)
    text += 8 if bold and terminal in BRIGHT_BOLD and text < 8 else 0
    mixed = PALETTES[terminal]
    return pair._replace(colour=mixed[text], background=mixed[number(background)], bold=bold)


def in_256(pair: Drawn) -> Drawn:
    """The pair in a terminal that has 256 colours."""
    colour, background, bold = sent(style_of(pair), ColorSystem.EIGHT_BIT)
    shown = [tuple(Color.parse(f"color({told.rpartition(';')[2]})").get_truecolor()) for told in (colour, background)]
    return pair._replace(colour=shown[0], background=shown[1], bold=bold)


def without_colours(pair: Drawn) -> Drawn:
    """The pair where `NO_COLOR` is set, which Textual draws in greys."""
    style = Monochrome().apply([Segment("x", style_of(pair))], Mixed(0, 0, 0))[0].style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    return pair._replace(colour=tuple(style.color.triplet or ()), background=tuple(style.bgcolor.triplet or ()))
