"""A terminal that is sent only what it does not show yet shows the same as one that is sent everything."""

import io

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.thorough import examples
from tui.widgets.lines.lean_strip import LeanStrip
from tui.widgets.lines.terminal_image import Part, TerminalImage

WIDTH, HEIGHT = 30, 3
STYLES = st.sampled_from(
    [
        None,
        Style(color="#a0a2a4", bgcolor="#12171d"),
        Style(color="#dce2e8", bgcolor="#12171d", bold=True),
        Style(color="#dce2e8", bgcolor="#202830", italic=True),
        Style(color="red", underline=True),
        Style(bgcolor="#202830", reverse=True),
    ]
)
TEXTS = st.sampled_from(
    [" ", "   ", " " * 11, "a", "be", "k0000012 We", "k0000013 We", "│", "日本", "e\u0301", "🙂", "த்"]
)
STRIPS = st.builds(
    lambda kind, segments, cells: kind(segments).adjust_cell_length(cells),
    st.sampled_from([Strip, LeanStrip]),
    st.lists(st.builds(Segment, TEXTS, STYLES, st.none()), max_size=6),
    st.sampled_from([8, 13, 20]),
)
PARTS = st.builds(Part, st.integers(0, HEIGHT - 1), st.sampled_from([0, 0, 0, 8, 10]), STRIPS)


def a_console() -> Console:
    return Console(file=io.StringIO(), color_system="truecolor", force_terminal=True)


class Shown:
    """What a terminal shows that understands only what every one does."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self._screen)

    def feed(self, sequence: str) -> None:
        self._stream.feed(sequence)

    def cells(self) -> list[object]:
        """Each cell; of a blank only what one sees of it."""
        found: list[object] = []
        for y in range(HEIGHT):
            for x in range(WIDTH):
                char = self._screen.buffer[y][x]
                unseen = char.data == " " and not (char.underscore or char.reverse or char.strikethrough)
                found.append((" ", char.bg) if unseen else char)
        return found


@settings(max_examples=examples(60))
@given(frames=st.lists(st.lists(PARTS, max_size=4), max_size=8), forgets=st.integers(0, 8))
def test_shows_what_is_sent_whole(frames: list[list[Part]], forgets: int) -> None:
    image, console = TerminalImage(), a_console()
    spare, whole = Shown(), Shown()
    for number, frame in enumerate(frames):
        if number == forgets:
            image.forget()
        spare.feed(image.sequence(frame, console))
        whole.feed("".join(f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for y, x, strip in frame))
        assert spare.cells() == whole.cells()


def line(text: str) -> LeanStrip:
    return LeanStrip([Segment("│", Style(color="green")), Segment(f"{text:<28}"), Segment("│", Style(color="green"))])


def test_what_stands_there_is_not_sent_again() -> None:
    image, console = TerminalImage(), a_console()
    assert "Teacher" in image.sequence([Part(0, 0, line("Teacher 7 rotates"))], console)
    assert image.sequence([Part(0, 0, line("Teacher 7 rotates"))], console) == ""
    assert image.sequence([Part(0, 0, line("Teacher 8 rotates"))], console) == "\x1b[1;10H8 "


def test_what_stands_elsewhere_is_sent() -> None:
    image, console = TerminalImage(), a_console()
    image.sequence([Part(0, 0, line("Teacher 7 rotates"))], console)
    assert "Teacher" in image.sequence([Part(1, 0, line("Teacher 7 rotates"))], console)


def test_a_covered_line_is_sent_again() -> None:
    image, console = TerminalImage(), a_console()
    image.sequence([Part(0, 0, line("Teacher 7 rotates"))], console)
    image.sequence([Part(0, 4, LeanStrip([Segment("what covers it")]))], console)
    assert "Teacher" in image.sequence([Part(0, 0, line("Teacher 7 rotates"))], console)


def test_all_is_sent_after_forgetting() -> None:
    image, console = TerminalImage(), a_console()
    image.sequence([Part(0, 0, line("Teacher 7 rotates"))], console)
    image.forget()
    assert "Teacher" in image.sequence([Part(0, 0, line("Teacher 7 rotates"))], console)


def test_a_line_whose_cells_are_disputed_is_sent_whole_once_it_changes() -> None:
    image, console = TerminalImage(), a_console()
    image.sequence([Part(0, 0, line("Teacher 🙂 rotates"))], console)
    assert image.sequence([Part(0, 0, line("Teacher 🙂 rotates"))], console) == ""
    assert "Teacher" in image.sequence([Part(0, 0, line("Teacher 🙂 rotated"))], console)
