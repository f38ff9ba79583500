"""Greedy word wrap by terminal cells, for panes that draw their own lines."""

import re

from tui.text.cells import cell_len, split_graphemes

_WORD = re.compile(r"\S+")
_WIDE_SHARE = 1.5
"""A word of this many cells a character is of a script without spaces, and is broken anywhere."""


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where each line of `text` begins and ends (indices) when it is set in lines of `width` cells.

    Line breaks in the text hold, empty lines go. A word too long for a line is broken between characters; a
    character wider than the whole line gets a line of its own.
    """
    spans: list[tuple[int, int]] = []
    width = max(1, width)
    for paragraph in re.finditer(r"[^\n]+", text):
        if _is_plain(paragraph[0], width):
            _wrap_plain(text, paragraph.start(), paragraph.end(), width, spans)
        else:
            _wrap_paragraph(text, paragraph.start(), paragraph.end(), width, spans)
    return spans


def _is_plain(text: str, width: int) -> bool:
    """Whether each of its characters takes one cell, words have one blank between them, and none is to be broken."""
    words = text.split()
    return text.isascii() and text.isprintable() and " ".join(words) == text and max(map(len, words)) <= width


def _wrap_plain(text: str, begin: int, end: int, width: int, spans: list[tuple[int, int]]) -> None:
    """As `_wrap_paragraph`, in a fraction of the time: most posts are looked at for the first time."""
    while end - begin > width:
        blank = text.rindex(" ", begin, begin + width + 1)
        spans.append((begin, blank))
        begin = blank + 1
    spans.append((begin, end))


def _wrap_paragraph(text: str, begin: int, end: int, width: int, spans: list[tuple[int, int]]) -> None:
    start = stop = begin
    used = 0
    for word in _WORD.finditer(text, begin, end):
        cells = cell_len(word[0])
        gap = word.start() - stop if stop > start else 0
        breakable = cells > width or cells >= _WIDE_SHARE * len(word[0])
        if used + gap + cells > width:
            if stop > start and not (breakable and used + gap < width):
                spans.append((start, stop))
                start = stop
                used = gap = 0
            if breakable:
                start, stop, used = _break(
                    word, start if stop > start else word.start(), stop, used + gap, width, spans
                )
                continue
        start = start if stop > start else word.start()
        stop, used = word.end(), used + gap + cells
    if stop > start:
        spans.append((start, stop))


def _break(
    word: re.Match[str], start: int, stop: int, used: int, width: int, spans: list[tuple[int, int]]
) -> tuple[int, int, int]:
    """Set a word across lines; the line it ends on, which begins at `start`, ends at `stop` and has `used` cells."""
    for first, last, cells in split_graphemes(word[0]):
        if used and used + cells > width:
            spans.append((start, stop))
            start, used = word.start() + first, 0
        used += cells
        stop = word.start() + last
    return start, stop, used
