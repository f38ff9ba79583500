"""Which row stands on which line of a pane, anchored at the cursor: pure arithmetic, without a screen.

Only the rows in sight are ever measured, so that nothing here grows with their number.
"""

from collections.abc import Callable
from typing import NamedTuple


class Measure(NamedTuple):
    """The lines of a row: `above` its head line, and `below` from the head line on."""

    above: int
    below: int

    @property
    def lines(self) -> int:
        return self.above + self.below


class Placed(NamedTuple):
    """A row and the line on which its first line stands; negative where that is above the pane."""

    row: int
    top: int


class AnchoredView:
    """The cursor, the line on which its head stands, and whether the pane follows the newest row.

    `measure` gives the lines of a row by its place. What the reader does closes gaps and keeps the cursor in sight;
    what arrives moves nothing, unless the pane follows.
    """

    def __init__(self, measure: Callable[[int], Measure]) -> None:
        self._measure = measure
        self.rows = 0
        self.height = 0
        self.cursor = 0
        self.line = 0
        self.following = True

    def arrived(self, rows: int, cursor: int) -> None:
        """There are so many rows now, and the cursor's is at that place; its line stays as it is."""
        self.rows = rows
        self.cursor = min(max(0, cursor), max(0, rows - 1))
        if self.following:
            self.follow()

    def follow(self) -> None:
        """Go to the newest row and stay with it."""
        self.following = True
        if self.rows:
            self.cursor = self.rows - 1
            self.line = self.height - self._measure(self.cursor).below
            self._close_gaps()

    def resize(self, height: int) -> None:
        """The pane has so many lines now."""
        self.height = height
        if self.following:
            self.follow()
        else:
            self.settle()

    def move(self, rows: int) -> None:
        """Move the cursor; in a row taller than the pane line by line. Down from the newest row is to follow."""
        if not self.rows:
            return
        if rows > 0 and self.cursor == self.rows - 1 and not self._hidden_below():
            self.follow()
            return
        self.following = False
        if rows > 0 and self._hidden_below():
            self.line -= 1
            return
        if rows < 0 and self._hidden_above():
            self.line += 1
            return
        self.point(self.cursor + rows)

    def point(self, row: int) -> None:
        """Put the cursor on the row at this place; the pane scrolls no more than it must. It follows no longer."""
        if not self.rows:
            return
        self.following = False
        row = min(max(0, row), self.rows - 1)
        if row == self.cursor:
            self.settle()
            return
        top = self._top_of(row)
        self.cursor = row
        self.line = top + self._measure(row).above
        self.settle()

    def scroll(self, lines: int) -> None:
        """Scroll by so many lines (positive: towards the newest); the cursor stays in sight."""
        if not self.rows:
            return
        if lines > 0 and self._tail_in_sight():
            self.follow()
            return
        self.following = False
        self.line -= lines
        self._close_gaps()
        heads = [(spot.row, spot.top + self._measure(spot.row).above) for spot in self.placed()]
        below = [(row, line) for row, line in heads if line < self.height]
        whole = [(row, line) for row, line in below if line >= 0] or below or heads
        if not whole:
            return
        first, last = whole[0], whole[-1]
        if not first[0] <= self.cursor <= last[0]:
            self.cursor, self.line = first if self.cursor < first[0] else last
        if not below:
            self.settle()

    def page(self, pages: int) -> None:
        """Scroll by a whole pane less one line; where there is no more to scroll, go to the first or last row."""
        spots = self.placed()
        if pages < 0 and spots and spots[0] == (0, 0):
            self.point(0)
        elif pages > 0 and self._tail_in_sight():
            self.point(self.rows - 1)
        else:
            self.scroll(pages * max(1, self.height - 1))
            self.following = False

    def settle(self) -> None:
        """Bring the cursor into sight and close gaps at the edges."""
        if not self.rows:
            return
        measure = self._measure(self.cursor)
        lowest = self.height - measure.below
        if measure.lines <= self.height:
            self.line = min(max(self.line, measure.above), lowest)
        elif measure.below <= self.height:
            self.line = lowest
        else:
            self.line = min(max(self.line, lowest), 0)
        self._close_gaps()

    def placed(self) -> list[Placed]:
        """The rows in sight from top to bottom."""
        spots = self._around()
        return [spot for spot in spots if spot.top < self.height and spot.top + self._measure(spot.row).lines > 0]

    def _around(self) -> list[Placed]:
        """The cursor's row, wherever it is, and the rows around it as far as the pane reaches."""
        if not self.rows or self.height <= 0:
            return []
        top = self.line - self._measure(self.cursor).above
        spots = [Placed(self.cursor, top)]
        row, line = self.cursor, top
        while row > 0 and line > 0:
            row -= 1
            line -= self._measure(row).lines
            spots.append(Placed(row, line))
        spots.reverse()
        row, line = self.cursor, top + self._measure(self.cursor).lines
        while row + 1 < self.rows and line < self.height:
            row += 1
            spots.append(Placed(row, line))
            line += self._measure(row).lines
        return spots

    def _hidden_below(self) -> bool:
        measure = self._measure(self.cursor)
        return measure.below > self.height and self.line + measure.below > self.height

    def _hidden_above(self) -> bool:
        return self._measure(self.cursor).below > self.height and self.line < 0

    def _tail_in_sight(self) -> bool:
        spots = self.placed()
        if not spots or spots[-1].row != self.rows - 1:
            return False
        return spots[-1].top + self._measure(spots[-1].row).lines <= self.height

    def _top_of(self, row: int) -> int:
        """The line on which the row's first line stands or would stand; a far one is taken as just out of sight."""
        spots = self.placed()
        for spot in spots:
            if spot.row == row:
                return spot.top
        return self.height if row > self.cursor else -self._measure(row).lines

    def _close_gaps(self) -> None:
        spots = self._around()
        if not spots:
            return
        last = spots[-1]
        below = self.height - last.top - self._measure(last.row).lines
        if last.row == self.rows - 1 and below > 0:
            self.line += below
            spots = self._around()
        if spots[0].row == 0 and spots[0].top > 0:
            self.line -= spots[0].top
