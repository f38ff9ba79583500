"""What the terminal shows, so that of a line only the pieces are sent that do not stand there yet.

A pane that goes along with the newest post has another post on nearly each of its lines in each frame, but the same
border, the same blanks and often the same names at the same places.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from textual.strip import Strip

from tui.text.cells import is_disputed
from tui.widgets.lines.few_colours import codes
from tui.widgets.lines.lean_strip import LeanStrip, lean, word_by_word
from tui.widgets.lines.looks import PLAIN, Look, change, look_told_by, on_blanks, shown_by_blanks

BLOCK = 8
"""Blanks are compared in columns of so many cells: of two runs that overlap only the difference is sent."""

_PIECE = re.compile(r"[^ ]+(?: [^ ]+)* ?| +")
_WORD = re.compile(r"[^ ]+ ?| +")

_Piece = tuple[int, str, Look, int]
"""Words that follow one another, or blanks: the cell at which they begin, their look, and the cell behind them."""


class Part(NamedTuple):
    """A strip and the cell of the screen at which it begins."""

    y: int
    x: int
    strip: Strip


class _Pieces:
    """A line taken apart."""

    __slots__ = ("all", "in_order")

    def __init__(self, in_order: Sequence[_Piece] = ()) -> None:
        self.in_order = in_order
        self.all = frozenset(in_order)

    def beside(self, there: "_Pieces") -> Sequence[_Piece]:
        """Those that are not `there`, in order; of a single one only the words that are not."""
        fresh = self.all - there.all
        if len(fresh) > 1:
            return sorted(fresh)  # no two of them begin at the same cell
        return [word for piece in fresh for word in _words_beside(piece, there)]


_NONE = _Pieces()


class _Shown(NamedTuple):
    """A strip on the screen; no pieces where it cannot be taken apart."""

    strip: Strip
    cells: int
    pieces: _Pieces | None


class TerminalImage:
    """What was sent to the terminal for each place of the screen since `forget`."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, _Shown]] = {}

    def forget(self) -> None:
        """The terminal may show something else."""
        self._lines.clear()

    def sequence(self, parts: Iterable[Part], console: Console) -> str:
        """What to send so that the terminal shows these parts; it begins and ends in the terminal's plain look."""
        system = COLOR_SYSTEMS[console.color_system or "truecolor"]
        pen = _Pen()
        for y, x, strip in parts:
            line = self._lines.setdefault(y, {})
            before = line.get(x)
            if before is not None and before.strip is strip:
                continue
            cells = strip.cell_length
            if before is None or before.cells != cells:
                before = None
                _uncover(line, x, cells)
            if not cells:
                continue
            pieces = _pieces_of(strip, system)
            line[x] = _Shown(strip, cells, pieces)
            if pieces is not None:
                pen.write(y, x, pieces.beside((before and before.pieces) or _NONE))
            elif before is None or before.strip != strip:
                pen.write_whole(y, x, _whole(strip, console, system))
        return pen.all_written()


def _uncover(line: dict[int, _Shown], x: int, cells: int) -> None:
    """Forget what overlaps these cells."""
    for start in [start for start, shown in line.items() if start < x + cells and start + shown.cells > x]:
        del line[start]


class _Pen:
    """Writes pieces where they belong, in as few bytes as it can."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._look = PLAIN

    def write(self, y: int, x: int, pieces: Sequence[_Piece]) -> None:
        """Write these pieces of a line that begins there."""
        written = self._written
        at = -1
        for start, text, look, end in pieces:
            if at < 0:
                written.append(f"\x1b[{y + 1};{x + start + 1}H")
            elif start != at:
                written.append(f"\x1b[{start - at}C")
            self._become(on_blanks(self._look, look) if text[0] == " " else look)
            written.append(text)
            at = end

    def write_whole(self, y: int, x: int, sequence: str) -> None:
        """Write what begins and ends in the plain look."""
        self._become(PLAIN)
        self._written.append(f"\x1b[{y + 1};{x + 1}H{sequence}")

    def all_written(self) -> str:
        """All of it."""
        self._become(PLAIN)
        return "".join(self._written)

    def _become(self, look: Look) -> None:
        if look is not self._look:
            self._written.append(change(self._look, look))
            self._look = look


def _whole(strip: Strip, console: Console, system: ColorSystem) -> str:
    """A strip that cannot be taken apart; of a widget that is not ours, as those of dialogs, each word in its place."""
    plain = all(not control and (style is None or not style.link) for _, style, control in strip)
    if isinstance(strip, LeanStrip) or not plain:
        return strip.render(console)
    return lean(word_by_word(strip), system, disputed=lambda text: not _is_steady(text))


def _pieces_of(strip: Strip, system: ColorSystem) -> _Pieces | None:
    """The pieces of a strip; None where terminals may differ in which cell a character stands."""
    if not isinstance(strip, LeanStrip):
        return _taken_apart(strip, system)
    if strip.apart is None:
        strip.apart = _taken_apart(strip, system) or _NONE
    pieces = strip.apart
    return pieces if isinstance(pieces, _Pieces) and pieces is not _NONE else None


def _taken_apart(strip: Strip, system: ColorSystem) -> _Pieces | None:
    pieces: list[_Piece] = []
    at = 0
    for text, style, control in strip:
        if control or (style is not None and style.link) or not (text.isascii() or _is_steady(text)):
            return None
        look, look_of_blanks = (PLAIN, PLAIN) if style is None else _looks(style, system)
        for found in _PIECE.findall(text) if "  " in text or text[:1] == " " else (text,):
            if found[:1] == " ":
                pieces += _blocks(at, len(found), look_of_blanks)
                at += len(found)
            elif found:
                end = at + (len(found) if found.isascii() else cell_len(found))
                pieces.append((at, found, look, end))
                at = end
    return _Pieces(pieces)


@lru_cache(1024)
def _looks(style: Style, system: ColorSystem) -> tuple[Look, Look]:
    """The look of letters in this style, and what of it blanks show."""
    told = codes(style, system)
    return look_told_by(told), look_told_by(shown_by_blanks(told))


def _words_beside(piece: _Piece, there: _Pieces) -> Iterator[_Piece]:
    """The words of a piece that do not stand there."""
    first, text, look, _ = piece
    old = next((words for start, words, looks, _ in there.in_order if start == first and looks == look), "")
    if text[0] == " " or not (old and text.isascii() and old.isascii()):
        yield piece
        return
    for word in _WORD.finditer(text):
        start, end = word.span()
        if old[start:end] != word[0]:
            yield first + start, word[0], look, first + end


@lru_cache(512)
def _blocks(at: int, cells: int, look: Look) -> tuple[_Piece, ...]:
    """A run of blanks, divided where columns are."""
    end = at + cells
    edges = [at, *range((at // BLOCK + 1) * BLOCK, end, BLOCK), end]
    return tuple((start, " " * (stop - start), look, stop) for start, stop in pairwise(edges))


@lru_cache(4096)
def _is_steady(text: str) -> bool:
    """Whether every terminal draws each character of it in the same cells, and none together with another."""
    return text.isascii() or (not is_disputed(text) and all(map(get_character_cell_size, text)))
