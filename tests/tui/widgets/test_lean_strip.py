"""A lean strip shows what the strip of Textual shows, in fewer bytes."""

import io
import re

from hypothesis import example, given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.widgets.lines.few_colours import in_few
from tui.widgets.lines.lean_strip import LeanStrip, lean

SYSTEMS = ("standard", "256", "truecolor")
COLOURS = st.sampled_from((None, "#12171d", "#e0e0e0", "red", "bright_blue", "color(200)", "default"))
STYLES = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    **dict.fromkeys(("bold", "dim", "italic", "underline", "reverse", "strike"), st.sampled_from((None, None, True))),
)
SEGMENTS = st.lists(st.builds(Segment, st.sampled_from(("", " ", "   ", "a", "é b", "日本", "│")), STYLES | st.none()))

Cell = tuple[str, frozenset[str], str, str]
"""A character, its attributes, its colour and its background."""

ON_BLANKS = {"4", "7", "9"}


def shown(text: str) -> list[Cell]:
    """What a terminal makes of the text, cell by cell, and how it would go on."""
    cells: list[Cell] = []
    look: dict[str, str] = {}
    for code, char in re.findall(r"\x1b\[([\d;]*)m|(.)", f"{text}$"):
        for value in re.findall(r"[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+", code):
            number = int(value.partition(";")[0])
            if number == 0:
                look = {}
            elif 30 <= number <= 39 or 90 <= number <= 97:
                look["colour"] = "" if number == 39 else value
            elif 40 <= number <= 49 or 100 <= number <= 107:
                look["background"] = "" if number == 49 else value
            else:
                look[value] = value
        if char:
            attributes = {value for name, value in look.items() if name not in ("colour", "background")}
            unseen = char == " " and not attributes & ON_BLANKS
            colour = "" if unseen else look.get("colour", "")
            cells.append((char, frozenset(() if unseen else attributes), colour, look.get("background", "")))
    return cells


def a_console(system: str) -> Console:
    return Console(file=io.StringIO(), color_system=system, force_terminal=True)  # type: ignore[arg-type]


@given(segments=SEGMENTS, system=st.sampled_from(SYSTEMS))
@example(segments=[Segment("a", Style(bold=True)), Segment(" "), Segment("b")], system="truecolor")
@example(segments=[Segment("a", Style(reverse=True)), Segment("  ", Style(bgcolor="red"))], system="truecolor")
def test_it_shows_the_same(segments: list[Segment], system: str) -> None:
    console = a_console(system)
    few = [Segment(text, style and in_few(style, COLOR_SYSTEMS[system]), control) for text, style, control in segments]
    stock = Strip(segments if system == "truecolor" else few).render(console)
    own = LeanStrip(segments).render(console)
    assert shown(own) == shown(stock)
    assert len(own) <= len(stock)


def test_a_line_of_a_pane_takes_half_the_bytes_or_less() -> None:
    edge, blank, text = (
        Style(color="#404a54", bgcolor="#12171d"),
        Style(bgcolor="#12171d"),
        Style.parse("#e0e0e0 on #12171d"),
    )
    segments = [
        Segment("│", edge), Segment(" ", edge), Segment(" " * 6, text), Segment("We rotate every 12 minutes", text),
        Segment(" " * 20, text), Segment(" ", blank), Segment("│", edge),
    ]  # fmt: skip
    stock = Strip(segments).render(a_console("truecolor"))
    assert lean(segments, ColorSystem.TRUECOLOR) == (
        "\x1b[38;2;64;74;84;48;2;18;23;29m│       \x1b[38;2;224;224;224mWe rotate every 12 minutes"
        "                     \x1b[38;2;64;74;84m│\x1b[0m"
    )
    assert len(lean(segments, ColorSystem.TRUECOLOR)) < len(stock) / 2


def test_a_link_is_written_as_textual_writes_it() -> None:
    segments = [Segment("here", Style(link="https://example.org"))]
    console = a_console("truecolor")
    assert "https://example.org" in LeanStrip(segments).render(console)
