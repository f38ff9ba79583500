"""The one door through which text from outside (posts, names, titles, statuses) reaches the screen.

Textual reads a `str` as markup: `[@click=...]` in a post would run an action and `[Q1]` would vanish. Whatever was not
written in this program is made `Content` here, or, for panes that draw lines themselves, plain text by `clean`.
Widths are cells of the terminal, measured as Textual measures them.
"""

import re

from rich.cells import cell_len, split_graphemes
from textual.content import Content
from textual.style import Style

__all__ = ["cell_len", "clean", "clean_line", "cut", "outside", "outside_line"]

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_RISKY = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]"
    rf"|(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
    r"|(?<=[\u0300-\u036f]{4})[\u0300-\u036f]+"
)
"""Controls; joiners that join no emoji (their width is measured wrongly); the surplus of piled up accents."""
_PICTURES = 0x2400


def _tamed(match: re.Match[str]) -> str:
    char = match[0]
    if char == "\t":
        return " "
    if char in "\u2028\u2029":
        return "\n"
    if char < " ":
        return chr(_PICTURES + ord(char))
    if "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return ""


def clean(text: str) -> str:
    """The text with nothing in it that a terminal would obey.

    Control characters become their pictures (`␛`), line breaks stay, bidirectional controls go, and so does what
    would make the text wider or higher on the screen than it measures.
    """
    if _RISKY.search(text) is None:
        return text
    return _RISKY.sub(_tamed, text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """The text as `clean` has it, on one line."""
    return " ".join(clean(text).split())


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, with `…` for what is left out; no character is ever split."""
    if cell_len(text) <= width:
        return text
    used = 0
    for start, _, cells in split_graphemes(text)[0]:
        used += cells
        if used > width - 1:
            return f"{text[:start]}…" if width > 0 else ""
    return text


def outside(text: str, style: str | Style = "") -> Content:
    """Outside text as it is, never markup. `style` may name theme colours (`$text-muted`)."""
    return Content.styled(clean(text), style)


def outside_line(text: str, width: int, style: str | Style = "") -> Content:
    """Outside text on one line of at most `width` cells, cut with `…`."""
    return Content.styled(cut(clean_line(text), width), style)
