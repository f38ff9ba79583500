"""All questions on one line: `✓1 ✓2 ▶3 What does yo… 4 5 6`. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from sessions.core.state import SessionState
from tui.text.outside import cell_len, clean_line, cut
from tui.text.postings import posted_mark
from tui.widgets.lines.line import Line, Piece
from tui.widgets.questions.queue_rows import SIGNS

LEAST_TEXT = 10
"""Cells below which no question's text is shown."""


class OneLine(NamedTuple):
    """The line, and the cells of it from the first up to the second in which each question stands."""

    line: Line = ()
    spots: tuple[tuple[int, int, str], ...] = ()


class Labelled(NamedTuple):
    """Something on the line: its key, its label, the words that stand behind that where it is told, and its look."""

    key: str
    label: str
    words: str
    role: str


def one_line(state: SessionState, cursor: str | None, width: int, *, focused: bool) -> OneLine:
    """The questions in `width` cells, with the words of the open one, or of the one under the cursor if `focused`."""
    items = [
        Labelled(key, _label(state, key), clean_line(state.questions[key].text), state.question_state(key))
        for key in state.order
    ]
    return labels_line(items, cursor if focused else state.open or cursor, cursor, width, focused=focused)


def labels_line(
    items: Sequence[Labelled], told: str | None, cursor: str | None, width: int, *, focused: bool
) -> OneLine:
    """These in `width` cells, with the words of the one that is `told`.

    Where not all labels fit, those round that one are shown.
    """
    place = next((place for place, item in enumerate(items) if item.key == told), None)
    if place is None:
        return OneLine()
    text = items[place].words
    sizes = [cell_len(item.label) + 1 for item in items]
    first, last = 0, len(items)
    if sum(sizes) - 1 > width:
        wanted = min(width // 2, cell_len(text) + 1)
        first, last = _window(sizes, place, width - (wanted if wanted > LEAST_TEXT else 0))
    pieces: list[Piece] = [Piece("… ", "count")] if first else []
    spots = []
    used = sum(cell_len(piece.text) for piece in pieces)
    labels_len = sum(sizes[first:last])
    room = width - used - labels_len - (1 if last < len(items) else 0) - 1
    for number in range(first, last):
        item = items[number]
        label = item.label
        if number == place and room >= LEAST_TEXT:
            label = f"{label} {cut(text, room)}"
        pieces.append(Piece(label, f"cursor {item.role}" if item.key == cursor and focused else item.role))
        spots.append((used, used + cell_len(label), item.key))
        pieces.append(Piece(" ", "text"))
        used += cell_len(label) + 1
    if last < len(items):
        pieces.append(Piece("…", "count"))
    return OneLine(tuple(pieces), tuple(spots))


def _label(state: SessionState, question: str) -> str:
    sign = SIGNS[state.question_state(question)].strip()
    return f"{sign}{clean_line(state.questions[question].label)}{posted_mark(state, question)}"


def _window(sizes: list[int], place: int, room: int) -> tuple[int, int]:
    """The range of items round `place` whose sizes fit into `room`, with `… ` before and `…` behind them."""
    first, last, used = place, place + 1, sizes[place] + 3
    while True:
        after = last < len(sizes) and used + sizes[last] <= room
        if after:
            used += sizes[last]
            last += 1
        before = first > 0 and used + sizes[first - 1] <= room
        if before:
            first -= 1
            used += sizes[first]
        if not after and not before:
            return first, last
