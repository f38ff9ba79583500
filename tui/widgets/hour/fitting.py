"""The words on the hour in the room there is: on one line, or on three beside large digits. Pure."""

from dataclasses import dataclass

from textual.content import Content

from tui.text.outside import cell_len, outside_line
from tui.widgets.hour.digits import ROWS, large
from tui.widgets.hour.saying import Saying

BAR, LEAST_BAR = 10, 4
"""Cells of the bar on one line, without its ends: at most, and below which it is left out."""

WIDE_BAR = 40
"""Cells of the bar beside large digits at most."""

GAP = 2
"""Cells between two things on a line that do not belong together."""


@dataclass
class _Room:
    """The cells that are left on a line; what is wanted first has its place first."""

    cells: int

    def take(self, words: str, before: int = GAP) -> str:
        """The words where they fit with so many cells before them; then their room is taken."""
        need = cell_len(words) + before
        if not words or need > self.cells:
            return ""
        self.cells -= need
        return words


def one_line(said: Saying, width: int) -> Content:
    """All on one line: `Q2 of 6  00:37 LAST MINUTE · p heads-up · n next ▕███░▏  0:43 behind · ends 8:01`.

    What does not fit is left out: first the bar, then what is not urgent.
    """
    told = said.told
    place = outside_line(said.place, max(0, width - cell_len(told) - GAP) if told else width, "bold")
    between = " " * GAP if told and place.cell_length else ""
    room = _Room(width - place.cell_length - cell_len(told) - len(between))
    number = room.take(said.to_greet, GAP + 1)
    urgent = [words for words in said.urgent if room.take(words, 3)]
    standing = room.take(said.standing)
    ends = room.take(said.ends, 3)
    greeting = room.take(f"({said.greeting_key})", 1) if number and said.greeting_key else ""
    unfiled = room.take(said.unfiled, 3)
    hints = [words for words in said.hints if room.take(words, 3)]
    cells = min(BAR, room.cells - GAP - 2)
    bar = _bar(said.share, cells) if said.share is not None and cells >= LEAST_BAR else ""
    left = Content.assemble(place, between, (told, "bold"), _dotted("", *hints, *urgent))
    left = Content.assemble(left, f"  {bar}" if bar else "")
    numbers = " · ".join(filter(None, (f"{number} {greeting}".strip(), unfiled)))
    right = "   ".join(filter(None, (" · ".join(filter(None, (standing, ends))), numbers)))
    return _apart(left, Content(right), width)


def three_lines(said: Saying, width: int, *, blocks: bool = True) -> Content:
    """The time in large digits, beside them the words, the bar and the keys; `blocks` as in `large`."""
    digits = large(said.time, blocks=blocks) if said.time else ("",) * ROWS
    taken = cell_len(digits[0]) + GAP if said.time else 0
    beside = max(0, width - taken)
    return Content("\n").join(
        Content.assemble((row, "bold"), " " * GAP if said.time else "", line)
        for row, line in zip(digits, _beside(said, beside), strict=True)
    )


def _beside(said: Saying, width: int) -> tuple[Content, Content, Content]:
    """What stands beside the digits."""
    place = outside_line(said.place, max(0, width - cell_len(said.word) - GAP), "bold")
    between = " " * GAP if place.cell_length and said.word else ""
    room = _Room(width - place.cell_length - cell_len(said.word) - len(between))
    standing = room.take(said.standing)
    ends = room.take(said.ends, 3)
    first = Content.assemble((said.word, "bold"), between, place)
    key = f" ({said.greeting_key})" if said.greeting_key else ""
    number = " · ".join(filter(None, (f"{said.to_greet}{key}" if said.to_greet else "", said.unfiled)))
    room = _Room(width - cell_len(number) - 2)
    cells = min(WIDE_BAR, room.cells - GAP)
    bar = _bar(said.share, cells) if said.share is not None and cells >= LEAST_BAR else ""
    room = _Room(width)
    urgent = [words for words in said.urgent if room.take(words, 3)]
    keys = [words for words in said.hints if room.take(words, 3)] + urgent
    return (
        _apart(first, Content(" · ".join(filter(None, (standing, ends)))), width),
        _apart(Content(bar), Content(number), width),
        Content(" · ".join(keys)),
    )


def _dotted(*words: str) -> str:
    return " · ".join(words) if len(words) > 1 else ""


def _apart(left: Content, right: Content, width: int) -> Content:
    gap = width - left.cell_length - right.cell_length
    return Content.assemble(left, " " * max(1, gap), right) if right.cell_length else left


def _bar(share: float, cells: int) -> str:
    full = round(share * cells)
    return f"▕{'█' * full}{'░' * (cells - full)}▏"
