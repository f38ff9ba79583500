"""The one door through which text from outside (posts, names, titles, statuses) reaches the screen.

Textual reads a `str` as markup: `[@click=...]` in a post would run an action and `[Q1]` would vanish. Whatever was not
written in this program is made `Content` here, or, for panes that draw lines themselves, plain text by `clean`.
Widths are cells of the terminal (`tui.text.cells`). Emoji whose width terminals disagree about are reduced to what all
agree on; what is copied, posted or saved never comes through here.
"""

import re

from textual.content import Content
from textual.style import Style

from tui.text import taming
from tui.text.cells import cell_len as cell_len
from tui.text.cells import split_graphemes, with_room

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_DISPUTED = re.compile(rf"[\u3164\uffa0\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|(?<=[{_EMOJI}\ufe0f])\u200d[{_EMOJI}]|\u200d")
"""What some terminals draw in more cells than others: invisible letters, emoji as a picture (one or two) or in a colour
of skin (two or four), and whatever is joined to an emoji.
"""


def clean(text: str) -> str:
    """The text as it is shown: with nothing in it that a terminal would obey, and as wide on all terminals.

    Control characters become their pictures (`␛`), line breaks stay, bidirectional controls go. Of a family one person
    is shown, of a red heart a plain one.
    """
    return taming.clean(text if text.isascii() else _DISPUTED.sub("", text))


def clean_line(text: str) -> str:
    """The text as `clean` has it, on one line."""
    return " ".join(clean(text).split())


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, with `…` for what is left out; no character is ever split."""
    if cell_len(text) <= width:
        return text
    used = 0
    for start, _, cells in split_graphemes(text):
        used += cells
        if used > width - 1:
            return f"{text[:start]}…" if width > 0 else ""
    return text


def outside(text: str, style: str | Style = "") -> Content:
    """Outside text as it is, never markup. `style` may name theme colours (`$text-muted`)."""
    return Content.styled(with_room(clean(text)), style)


def outside_line(text: str, width: int, style: str | Style = "") -> Content:
    """Outside text on one line of at most `width` cells, cut with `…`."""
    return Content.styled(with_room(cut(clean_line(text), width)), style)
