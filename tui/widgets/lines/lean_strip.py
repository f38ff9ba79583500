"""A line of the screen in few bytes: for terminals behind a slow connection, and for many frames a second."""

from collections.abc import Iterable

from rich.cells import cell_len as rich_cell_len
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from textual.strip import Strip

from tui.text.cells import is_disputed, spacing_marks
from tui.widgets.lines.looks import PLAIN, change, look_told_by, on_blanks


class LeanStrip(Strip):
    """A strip whose escape codes say only what is different from the piece before; what they show is the same."""

    __slots__ = ["_lean", "apart"]

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        super().__init__(segments, cell_length)
        self._lean: str | None = None
        self.apart: object = None
        """What `terminal_image` makes of it once; nothing else looks here."""

    def render(self, console: Console) -> str:
        """The text with its escape codes; without any colour system as in truecolor, as Textual has it."""
        if self._lean is None:
            links = any(segment.style is not None and segment.style.link for segment in self)
            system = COLOR_SYSTEMS[console.color_system or "truecolor"]
            self._lean = super().render(console) if links else lean(self, system)
        return self._lean


def lean(segments: Iterable[Segment], system: ColorSystem) -> str:
    """The segments as text with as few escape codes as show them alike; links and controls are left out."""
    written: list[str] = []
    now = PLAIN
    for text, style, _ in segments:
        if not text:
            continue
        look = PLAIN if style is None else look_told_by(Strip.render_ansi(style, system))
        if text.isspace():
            look = on_blanks(now, look)
        written += (change(now, look), kept_in_place(text) if is_disputed(text) else text)
        now = look
    return "".join(written) + ("" if now == PLAIN else "\x1b[0m")


def padded(text: str) -> str:
    """The text with a blank for each cell more that it takes in some terminals, so that Rich counts these, too."""
    return text + " " * spacing_marks(text)


def kept_in_place(text: str) -> str:
    """A text that terminals draw in more cells or fewer, in codes after which what follows stands where it should.

    Its cells are emptied, it is written, and the cursor is put behind them from where it was before.
    """
    cells = rich_cell_len(text)
    marks = spacing_marks(text)
    while marks and text.endswith(" "):
        text, marks = text[:-1], marks - 1
    return f"\x1b7\x1b[{cells}X{text}\x1b8\x1b[{cells}C" if cells else ""
