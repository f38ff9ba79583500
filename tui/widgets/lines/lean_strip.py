"""A line of the screen in few bytes: for terminals behind a slow connection, and for many frames a second."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len as rich_cell_len
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from textual.strip import Strip

from tui.text.cells import is_disputed, spacing_marks

_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that show where no letter is: lines under, through and over it, and reversed colours."""


class _Look(NamedTuple):
    """What a terminal is told of a piece of text, as parameters of `ESC [ ... m`; empty colours are its own."""

    attributes: frozenset[str] = frozenset()
    colour: str = ""
    background: str = ""


_PLAIN = _Look()


class LeanStrip(Strip):
    """A strip whose escape codes say only what is different from the piece before; what they show is the same."""

    __slots__ = ["_lean"]

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        super().__init__(segments, cell_length)
        self._lean: str | None = None

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
    now = _PLAIN
    for text, style, _ in segments:
        if not text:
            continue
        look = _PLAIN if style is None else _look(Strip.render_ansi(style, system))
        if text.isspace() and not (look.attributes | now.attributes) & _SEEN_ON_BLANKS:
            look = now._replace(background=look.background) if look.background else _PLAIN
        written += (_change(now, look), kept_in_place(text) if is_disputed(text) else text)
        now = look
    return "".join(written) + ("" if now == _PLAIN else "\x1b[0m")


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


def _change(before: _Look, after: _Look) -> str:
    """What to tell a terminal between the two."""
    if before == after:
        return ""
    if after == _PLAIN or before.attributes - after.attributes:
        parameters = ["0", *sorted(after.attributes), after.colour, after.background]
    else:
        parameters = sorted(after.attributes - before.attributes)
        if after.colour != before.colour:
            parameters.append(after.colour or "39")
        if after.background != before.background:
            parameters.append(after.background or "49")
    return f"\x1b[{';'.join(filter(None, parameters))}m"


@lru_cache(4096)
def _look(parameters: str) -> _Look:
    """The parameters of one escape code, told apart."""
    attributes, colour, background = set(), "", ""
    rest = [part for part in parameters.split(";") if part]
    while rest:
        first = rest.pop(0)
        if first in ("38", "48"):
            count = 2 if rest[0] == "5" else 4
            value, rest = ";".join([first, *rest[:count]]), rest[count:]
        else:
            value = first
        number = int(first)
        if 30 <= number <= 39 or 90 <= number <= 97:
            colour = "" if value == "39" else value
        elif 40 <= number <= 49 or 100 <= number <= 107:
            background = "" if value == "49" else value
        else:
            attributes.add(value)
    return _Look(frozenset(attributes), colour, background)
