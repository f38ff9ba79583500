"""Whatever is drawn, in a terminal of 256 or 16 colours it can be read."""

from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from tests.tui.colours.pairs import TEXT, Drawn, contrast
from tests.tui.colours.terminals import NEARLY, PALETTES, in_16, in_256, sent, style_of
from tui.widgets.lines.few_colours import READABLE
from tui.widgets.lines.lean_strip import lean

PART = st.integers(0, 255)
RGB = st.tuples(PART, PART, PART)
PAIRS = st.builds(Drawn, RGB, RGB, st.booleans(), st.just(TEXT))


def test_each_of_the_pairs_of_16_colours_can_be_read_in_every_terminal() -> None:
    for ground, texts in READABLE.items():
        for text in texts:
            found = sorted(contrast(mixed[text], mixed[ground]) for mixed in PALETTES.values())
            assert found[0] >= NEARLY, (text, ground, found)
            assert found[1] >= TEXT, (text, ground, found)


@given(pair=PAIRS)
def test_of_16_colours_only_such_pairs_are_taken(pair: Drawn) -> None:
    found = sorted(in_16(pair, terminal).contrast for terminal in PALETTES)
    assert found[0] >= NEARLY
    assert found[1] >= TEXT


@given(pair=PAIRS)
def test_of_256_colours_text_is_as_clear_as_it_was_or_enough_or_as_clear_as_can_be(pair: Drawn) -> None:
    few = in_256(pair)
    assert few.contrast >= min(TEXT, pair.contrast) or few.colour in ((0, 0, 0), (255, 255, 255))


@given(pair=PAIRS)
def test_blanks_have_the_background_of_the_text_beside_them_and_reversed_text_has_it_in_front(pair: Drawn) -> None:
    style = style_of(pair)
    for system in (ColorSystem.STANDARD, ColorSystem.EIGHT_BIT):
        colour, background, _ = sent(style, system)
        blank = lean([Segment(" ", Style(bgcolor=style.bgcolor))], system)
        assert blank.startswith(f"\x1b[{background}m")
        turned = style + Style(color=style.bgcolor, bgcolor=style.color, reverse=True)
        told = [int(part.rpartition(";")[2]) for part in sent(turned, system)[:2]]
        before = [int(part.rpartition(";")[2]) for part in (background, colour)]
        shift = 10 if system is ColorSystem.STANDARD else 0
        assert told == [before[0] - shift, before[1] + shift]


def test_what_a_terminal_calls_its_own_and_many_colours_stay_as_they_are() -> None:
    for system in (ColorSystem.STANDARD, ColorSystem.EIGHT_BIT):
        assert lean([Segment("x", Style.parse("red on default"))], system) == "\x1b[31mx\x1b[0m"
    assert sent(style_of(Drawn((1, 2, 3), (4, 5, 6), False, TEXT)), ColorSystem.TRUECOLOR)[:2] == (
        "38;2;1;2;3",
        "48;2;4;5;6",
    )
