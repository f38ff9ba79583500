"""How many cells a text takes, where terminals disagree: as many as the one that takes most.

Rich counts the spacing vowel signs of Indian scripts with their letter; tmux, xterm and many others give them a cell of
their own. Emoji that are newer than a terminal may be drawn in none. A pane leaves room for the most, and puts what
comes behind such a text where it belongs (`tui.widgets.lines.lean_strip`).
"""

import re
import unicodedata
from functools import lru_cache

from rich.cells import cell_len as rich_cell_len
from rich.cells import get_character_cell_size
from rich.cells import split_graphemes as rich_split_graphemes

_INDIC = "\u0900-\u1cff\ua823-\uabff\U00011000-\U00011fff"
_MAY_BE_SPACING = re.compile(f"[{_INDIC}]")
_DISPUTED = re.compile(f"[{_INDIC}\u2630-\u2637\u268a-\u268f\u302e\u302f\U00010000-\U0010ffff]")
_WORD = re.compile(r"\S+")


def is_disputed(text: str) -> bool:
    """Whether terminals may differ in how many cells they draw this text in."""
    return not text.isascii() and _DISPUTED.search(text) is not None


@lru_cache(1024)
def _is_spacing(char: str) -> bool:
    return unicodedata.category(char) == "Mc" and get_character_cell_size(char) == 0


def spacing_marks(text: str) -> int:
    """How many marks in the text take a cell of their own in some terminals, and none in others."""
    if text.isascii() or _MAY_BE_SPACING.search(text) is None:
        return 0
    return sum(map(_is_spacing, text))


def cell_len(text: str) -> int:
    """The cells that the text takes at most."""
    if text.isascii() and text.isprintable():
        return len(text)
    return rich_cell_len(text) + spacing_marks(text)


def with_room(text: str) -> str:
    """The text with blanks behind each word for the cells that it takes more in some terminals, so that Rich counts
    them, too."""
    if not spacing_marks(text):
        return text
    return _WORD.sub(lambda word: word[0] + " " * spacing_marks(word[0]), text)


def split_graphemes(text: str) -> list[tuple[int, int, int]]:
    """The text in parts that are never divided: where each begins and ends, and the cells that it takes at most."""
    spans = rich_split_graphemes(text)[0]
    if not spacing_marks(text):
        return spans
    return [(start, end, cells + spacing_marks(text[start:end])) for start, end, cells in spans]
