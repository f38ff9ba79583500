"""The one door through which text from outside (posts, names, titles, statuses) reaches the screen.

Textual reads a `str` as markup: `[@click=...]` in a post would run an action and `[Q1]` would vanish. Whatever was not
written in this program is made `Content` here, or, for panes that draw lines themselves, plain text by `clean`.
Widths are cells of the terminal, measured as Textual measures them.
"""

from rich.cells import cell_len, split_graphemes
from textual.content import Content
from textual.style import Style

from tui.text.taming import clean, clean_line

__all__ = ["cell_len", "clean", "clean_line", "cut", "outside", "outside_line"]


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
