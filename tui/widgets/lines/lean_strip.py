"""A line of the screen in few bytes: for terminals behind a slow connection, and for many frames a second."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rich.cells import cell_len as rich_cell_len
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

from tui.text.cells import is_disputed, spacing_marks
from tui.widgets.lines.few_colours import codes
from tui.widgets.lines.looks import PLAIN, change, look_told_by, on_blanks

REMEMBERED = 4
"""What each cache of a strip holds: it is cropped in few ways."""

_CACHES = frozenset(name for name in Strip.__slots__ if name.endswith("_cache")) - {"_render_cache"}

_WORD = re.compile(r"\S*(\s*)")


class LeanStrip(Strip):
    """A strip whose escape codes say only what is different from the piece before; what they show is the same."""

    __slots__ = ["_lean", "apart"]

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        self._segments = list(segments)  # as in `Strip`, whose caches are made where they are used: seven for each line
        self._cell_length = cell_length
        self._render_cache = self._link_ids = self._cell_count = None
        self._lean: str | None = None
        self.apart: object = None
        """What `terminal_image` makes of it once; nothing else looks here."""

    def __getattr__(self, name: str) -> FIFOCache[Any, Any]:
        """A cache of `Strip`, asked for the first time."""
        if name not in _CACHES:
            raise AttributeError(name)
        cache: FIFOCache[Any, Any] = FIFOCache(REMEMBERED)
        setattr(self, name, cache)
        return cache

    def render(self, console: Console) -> str:
        """The text with its escape codes; without any colour system as in truecolor, as Textual has it."""
        if self._lean is None:
            links = any(segment.style is not None and segment.style.link for segment in self)
            system = COLOR_SYSTEMS[console.color_system or "truecolor"]
            self._lean = super().render(console) if links else lean(self, system)
        return self._lean


def lean(segments: Iterable[Segment], system: ColorSystem, disputed: Callable[[str], bool] = is_disputed) -> str:
    """The segments as text with as few escape codes as show them alike; links and controls are left out.

    What comes behind a text that is `disputed` stands where it should on every terminal.
    """
    written: list[str] = []
    now = PLAIN
    for text, style, _ in segments:
        if not text:
            continue
        look = PLAIN if style is None else look_told_by(codes(style, system))
        if text.isspace():
            look = on_blanks(now, look)
        written += (change(now, look), kept_in_place(text) if disputed(text) else text)
        now = look
    return "".join(written) + ("" if now == PLAIN else "\x1b[0m")


def word_by_word(segments: Iterable[Segment]) -> Iterator[Segment]:
    """The segments with one for each word, so that each stands where it should; words without room (`with_room`) for
    the cells that they take more in some terminals stay together."""
    for text, style, _ in segments:
        start = marks = 0
        for word in _WORD.finditer(text):
            marks += spacing_marks(word[0])
            if word.end() == len(text) or len(word[1]) >= max(1, marks):
                yield Segment(text[start : word.end()], style)
                start, marks = word.end(), 0


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
