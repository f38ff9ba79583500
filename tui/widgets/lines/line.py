"""Lines of a pane as data: pieces of text, each with the role that its style is chosen by."""

from typing import NamedTuple

from tui.text.outside import cell_len, cut


class Piece(NamedTuple):
    """A part of a line that is drawn in one style; `role` names a component class of the widget."""

    text: str
    role: str


Line = tuple[Piece, ...]


def line_len(line: Line) -> int:
    """The cells that the line takes."""
    return sum(cell_len(piece.text) for piece in line)


def cut_line(line: Line, width: int) -> Line:
    """The line in at most `width` cells, with `…` for what is left out."""
    pieces = []
    for piece in line:
        cells = cell_len(piece.text)
        if cells > width:
            pieces.append(Piece(cut(piece.text, width), piece.role))
            break
        pieces.append(piece)
        width -= cells
    return tuple(piece for piece in pieces if piece.text)
