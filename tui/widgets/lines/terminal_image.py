"""What the terminal shows, so that of a line only the words are sent that do not stand there yet.

A pane that goes along with the newest post has another post on nearly each of its lines in each frame, but the same
border, the same blanks and often the same names at the same places.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from textual.strip import Strip

from tui.text.cells import is_disputed
from tui.widgets.lines.few_colours import codes
from tui.widgets.lines.lean_strip import LeanStrip, lean, word_by_word
from tui.widgets.lines.looks import PLAIN, Look, change, look_told_by, on_blanks, shown_by_blanks

BLOCK = 8
"""Blanks are compared in columns of so many cells: of two runs that overlap only the difference is sent."""

_WORD = re.compile(r"[^ ]+ ?| +")

_Word = tuple[int, str, str]
"""The cell of the line at which it begins, its text, and its look as parameters of `ESC [ ... m`."""


class Part(NamedTuple):
    """A strip and the cell of the screen at which it begins."""

    y: int
    x: int
    strip: Strip


class _Words:
    """A line taken apart."""

    __slots__ = ("all", "in_order")

    def __init__(self, in_order: Sequence[_Word] = ()) -> None:
        self.in_order = in_order
        self.all = frozenset(in_order)


_NONE = _Words()


class _Shown(NamedTuple):
    """A strip on the screen; no words where it cannot be taken apart."""

    strip: Strip
    cells: int
    words: _Words | None


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
            cells = strip.cell_length
            before = self._at_place(y, x, cells)
            if not cells or (before is not None and before.strip is strip):
                continue
            words = _words_of(strip, system)
            self._lines[y][x] = _Shown(strip, cells, words)
            if words is not None:
                pen.write(y, x, words, (before and before.words) or _NONE)
            elif before is None or before.strip != strip:
                pen.write_whole(y, x, _whole(strip, console, system))
        return pen.all_written()

    def _at_place(self, y: int, x: int, cells: int) -> _Shown | None:
        """What stands at exactly this place; what only overlaps it is forgotten."""
        line = self._lines.setdefault(y, {})
        before = line.get(x)
        if before is not None and before.cells == cells:
            return before
        for start in [start for start, shown in line.items() if start < x + cells and start + shown.cells > x]:
            del line[start]
        return None


class _Pen:
    """Writes words where they belong, in as few bytes as it can."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._look = PLAIN
        self._told: str | None = ""

    def write(self, y: int, x: int, words: _Words, there: _Words) -> None:
        """Write those of the words of a line that are not there."""
        written, known = self._written, there.all
        at = -1
        for word in words.in_order:
            if word in known:
                continue
            start, text, told = word
            if at < 0:
                written.append(f"\x1b[{y + 1};{x + start + 1}H")
            elif start != at:
                written.append(f"\x1b[{start - at}C")
            if text[0] == " ":
                self._become(on_blanks(self._look, look_told_by(told)))
            elif told != self._told:
                self._become(look_told_by(told))
                self._told = told
            written.append(text)
            at = start + (len(text) if text.isascii() else cell_len(text))

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
            self._look, self._told = look, None


def _whole(strip: Strip, console: Console, system: ColorSystem) -> str:
    """A strip that cannot be taken apart; of a widget that is not ours, as those of dialogs, each word in its place."""
    plain = all(not control and (style is None or not style.link) for _, style, control in strip)
    if isinstance(strip, LeanStrip) or not plain:
        return strip.render(console)
    return lean(word_by_word(strip), system, disputed=lambda text: not _is_steady(text))


def _words_of(strip: Strip, system: ColorSystem) -> _Words | None:
    """The words of a strip; None where terminals may differ in which cell a character stands."""
    if not isinstance(strip, LeanStrip):
        return _taken_apart(strip, system)
    if strip.apart is None:
        strip.apart = _taken_apart(strip, system) or _NONE
    words = strip.apart
    return words if isinstance(words, _Words) and words is not _NONE else None


def _taken_apart(strip: Strip, system: ColorSystem) -> _Words | None:
    words: list[_Word] = []
    at = 0
    for text, style, control in strip:
        if control or (style is not None and style.link) or not _is_steady(text):
            return None
        told = "" if style is None else codes(style, system)
        for found in _WORD.findall(text):
            if found[0] != " ":
                words.append((at, found, told))
                at += len(found) if found.isascii() else cell_len(found)
            else:
                words += _blocks(at, len(found), shown_by_blanks(told))
                at += len(found)
    return _Words(words)


def _blocks(at: int, cells: int, told: str) -> Iterator[_Word]:
    """A run of blanks, divided where columns are."""
    end = at + cells
    while at < end:
        until = min(end, (at // BLOCK + 1) * BLOCK)
        yield at, " " * (until - at), told
        at = until


@lru_cache(4096)
def _is_steady(text: str) -> bool:
    """Whether every terminal draws each character of it in the same cells, and none together with another."""
    return text.isascii() or (not is_disputed(text) and all(map(get_character_cell_size, text)))
