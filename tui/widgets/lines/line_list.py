"""A list of items, of one line or several, whose cursor stays with its item, however the items move."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import ClassVar, NamedTuple, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.message import Message

from sessions.words import _
from tui.text.outside import cell_len, clean_line
from tui.widgets.lines.line import Line, Piece, cut_line, line_len
from tui.widgets.lines.pane_frame import EMPTY, PaneFrame, ShownLine, handled, under_cursor

WHEEL = 3
"""Lines that one step of the mouse wheel scrolls."""

LEAST_LEFT = 14
"""Cells that the left part of a row keeps before its right part is shortened."""

LEAST_MORE = 4
"""Cells behind what somebody looks for below which nothing more is shown: a `…` there would seem to belong to it."""

REMEMBERED = 256
"""Rows whose lines are remembered: most look the same whenever the list is shown anew."""


class ListRow(NamedTuple):
    """One line: `left` is cut to what `right` leaves, `short` stands for `right` where there is little room.

    The first `least` cells of `left` are what somebody looks for: `short` makes room for them, and where next to
    nothing of the others has room, they stand alone.

    A row without a key is one that the cursor passes over: a heading, or where `of` names the item before it a further
    line of that.
    """

    key: str | None
    left: Line
    right: Line = ()
    short: Line = ()
    of: str | None = None
    least: int = 0


class Rows(Protocol):
    """The rows of a list; of how they look only those in sight are asked for."""

    def __len__(self) -> int: ...

    def row(self, place: int) -> ListRow:
        """What stands at this place."""
        ...

    def key(self, place: int) -> str | None:
        """The key of the item that begins at this place; None for a heading, and for its further lines."""
        ...

    def of(self, place: int) -> str | None:
        """The key of the item that the line at this place belongs to; None for a heading."""
        ...

    def place(self, key: str) -> int | None:
        """Where the row with this key stands; None if there is none."""
        ...


class ListedRows:
    """Rows that are all there already."""

    def __init__(self, rows: Sequence[ListRow] = ()) -> None:
        self._rows = rows
        self._places = {row.key: place for place, row in enumerate(rows) if row.key is not None}

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, place: int) -> ListRow:
        return self._rows[place]

    def key(self, place: int) -> str | None:
        return self._rows[place].key

    def of(self, place: int) -> str | None:
        row = self._rows[place]
        return row.of if row.key is None else row.key

    def place(self, key: str) -> int | None:
        return self._places.get(key)


RowMessage = Callable[[str], Message]
"""Makes a message about the row with this key."""


class LineList(PaneFrame, can_focus=True):
    """Items in lines, of which only those in sight are made; the base of the queue and the roster.

    `opened` makes the message that tells that somebody wants to see all of a row, `pointed` the one that tells that the
    cursor came to it, None where nobody asks for that. A subclass gives the rows by `show_rows`, and the class names of
    its styles by `ROLES_OF`, `beside`, `handled` and `handled-sign` among them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", _("Up"), show=False, id="pane_up"),
        Binding("down", "move(1)", _("Down"), show=False, id="pane_down"),
        Binding("pageup", "page(-1)", _("Page up"), show=False, id="pane_page_up"),
        Binding("pagedown", "page(1)", _("Page down"), show=False, id="pane_page_down"),
        Binding("home", "first", _("First"), show=False, id="pane_first"),
        Binding("end", "last", _("Last"), show=False, id="pane_last"),
        Binding("enter", "open", _("Open"), show=False, id="pane_open"),
    ]

    def __init__(
        self,
        opened: RowMessage,
        pointed: RowMessage | None = None,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._pointed = pointed
        self._opened = opened
        self._rows: Rows = ListedRows()
        self._laid_out: LRUCache[tuple[ListRow, int, bool], ShownLine] = LRUCache(REMEMBERED)
        self._beside: Mapping[str, tuple[str, str]] = {}
        self._handled: Collection[str] = ()
        self._key: str | None = None
        self._place = 0
        self._top = 0

    @property
    def cursor(self) -> str | None:
        """The key of the row under the cursor, or None in an empty list."""
        return self._key

    def show_rows(self, rows: Rows, cursor: str | None = None) -> None:
        """Show these rows. The cursor stays with its key, and on its line as far as the list reaches.

        If its key is gone it goes to the row that took its place. `cursor` names a row that it goes to, if it is there.
        """
        self.take_rows(rows, cursor)
        self.lay_out()

    def take_rows(self, rows: Rows, cursor: str | None = None) -> None:
        """The same without setting anything in lines yet."""
        before, self._rows = self._place, rows
        place = None if self._key is None else rows.place(self._key)
        if place is None:
            place = self._selectable(before, 1)
        self._top += place - before if self._key is not None else 0
        self._stand(place, keep_top=True, past_ends=self.steady)
        wanted = None if cursor is None else rows.place(cursor)
        if wanted is not None:
            self._stand(wanted)

    def show_beside(self, beside: Mapping[str, tuple[str, str]]) -> None:
        """Show these words at the right of the items with these keys, in place of what stands on their last lines.

        The second ones stand where the first would take words away, handles aside.
        """
        if beside != self._beside:
            self._beside = beside
            self.lay_out()

    def show_handled(self, items: Collection[str]) -> None:
        """Mark the items with these keys, and no others, as what somebody else just did something with."""
        if items or self._handled:
            self._handled = items
            self.lay_out()

    def go_to(self, key: str) -> bool:
        """Put the cursor on the row with this key; False if there is none."""
        place = self._rows.place(key)
        if place is not None:
            self._put(place)
        return place is not None

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows that it can stand on (positive: down)."""
        place = self._place
        for __ in range(abs(rows)):
            place = self._selectable(place + (1 if rows > 0 else -1), 1 if rows > 0 else -1)
        self._put(place)

    @property
    def room(self) -> int:
        """Lines of the pane that the list has."""
        return self.content_size.height

    @property
    def steady(self) -> bool:
        """Whether the cursor keeps its line even where that leaves lines above or below the list empty."""
        return False

    def moved_by_hand(self) -> None:
        """Somebody moved the cursor with a key or the mouse."""

    # Keys and mouse

    def action_move(self, rows: int) -> None:
        self.moved_by_hand()
        self.move(rows)

    def action_page(self, pages: int) -> None:
        self.moved_by_hand()
        self._put(self._selectable(self._place + pages * max(1, self.room - 1), pages))

    def action_first(self) -> None:
        self.moved_by_hand()
        self._put(self._selectable(0, 1))

    def action_last(self) -> None:
        self.moved_by_hand()
        self._put(self._selectable(len(self._rows) - 1, -1))

    def action_open(self) -> None:
        if self._key is not None:
            self.post_message(self._opened(self._key))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if self.clicked(offset.x, offset.y) and event.chain == 2:
            self.action_open()

    def clicked(self, _x: int, y: int) -> bool:
        """Somebody clicked at this cell of the content; whether a row with a key is there."""
        place = self._top + y
        item = self._rows.of(place) if y < self.room and 0 <= place < len(self._rows) else None
        if item is None:
            return False
        self.moved_by_hand()
        return self.go_to(item)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-WHEEL)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(WHEEL)

    def on_resize(self) -> None:
        self.fit()

    def fit(self) -> None:
        """Find the cursor's place in a pane of another size, and set what is in sight in lines of it."""
        if len(self._rows):
            self._stand(self._place)
        self.lay_out()

    # Where things are

    def _selectable(self, place: int, step: int) -> int:
        """The nearest row with a key from this place on in the direction of `step`, else in the other one."""
        if not len(self._rows):
            return 0
        place = min(max(0, place), max(0, len(self._rows) - 1))
        ahead = range(place, len(self._rows) if step > 0 else -1, 1 if step > 0 else -1)
        behind = range(place, -1 if step > 0 else len(self._rows), -1 if step > 0 else 1)
        found = (spot for spots in (ahead, behind) for spot in spots if self._rows.key(spot) is not None)
        return next(found, 0)

    def _put(self, place: int, *, keep_top: bool = False) -> None:
        self._stand(place, keep_top=keep_top)
        self.lay_out()

    def _stand(self, place: int, *, keep_top: bool = False, past_ends: bool = False) -> None:
        """Put the cursor on the item at this place, and have it in sight."""
        key = self._rows.key(place) if place < len(self._rows) else None
        height = self.room
        if height > 0:
            last = self._last(place)
            if not keep_top:
                # The heading above the first of a section comes into sight with it.
                above = place - 1 if place and self._rows.of(place - 1) is None else place
                self._top = max(min(self._top, above), last - height + 1)
            if not past_ends:
                self._top = max(0, min(self._top, len(self._rows) - height))
            self._top = max(self._top, last - height + 1)
            self._top = min(self._top, place)
        self._place = 0 if key is None else place
        if key != self._key:
            self._key = key
            if key is not None and self._pointed is not None:
                self.post_message(self._pointed(key))

    def _last(self, place: int) -> int:
        """Where the last line of the item at this place stands."""
        after = place + 1
        while after < len(self._rows) and self._rows.key(after) is None and self._rows.of(after) is not None:
            after += 1
        return after - 1

    def _scroll(self, lines: int) -> None:
        height = self.room
        self._top = max(0, min(self._top + lines, len(self._rows) - height))
        if not self._top <= self._place < self._top + height:
            self.moved_by_hand()
            edge, step = (self._top, 1) if self._place < self._top else (self._top + height - 1, -1)
            self._stand(self._selectable(edge, step), keep_top=True)
        self.lay_out()

    # Drawing

    def lay_out(self) -> None:
        """Set the rows in sight in lines."""
        self.show_lines(self.lines_in_sight())

    def lines_in_sight(self) -> list[ShownLine]:
        """The rows in sight as lines, with empty ones above where the list begins further down."""
        width = self.content_size.width
        last = min(len(self._rows), self._top + self.room)
        shown = [self._shown(self._row(place), width) for place in range(max(0, self._top), last)]
        return [EMPTY] * -self._top + shown

    def _row(self, place: int) -> ListRow:
        """The row at this place, with what is told beside its item."""
        row, item = self._rows.row(place), self._rows.of(place)
        words = self._beside.get(item or "")
        if not words or (place + 1 < len(self._rows) and self._rows.of(place + 1) == item):
            return row
        needs = line_len(tuple(piece for piece in row.left if piece.role != "handle"))
        whole, short = map(clean_line, words)
        fits = needs + 1 + cell_len(whole) < self.content_size.width
        return row._replace(right=(Piece(whole if fits else short, "beside"),), short=())

    def laid_out(self, row: ListRow, width: int) -> Line:
        """The row in at most `width` cells."""
        right = row.right
        least = min(row.least or LEAST_LEFT, line_len(row.left))
        if row.short and line_len(right) + least >= width:
            right = row.short
        right = cut_line(right, max(width // 2, width - least - 1))
        room = max(0, width - line_len(right) - (1 if right else 0))
        alone = row.least <= room < min(line_len(row.left), row.least + LEAST_MORE)
        left = cut_line(row.left, row.least if alone and row.least else room)
        gap = Piece(" " * max(0, width - line_len(left) - line_len(right)), "text")
        return (*left, gap, *right)

    def _shown(self, row: ListRow, width: int) -> ShownLine:
        """The row behind a cell for the cursor's bar."""
        item = row.of if row.key is None else row.key
        selected = item is not None and item == self._key
        shown = self._laid_out.get((row, width, selected))
        if shown is None:
            line = self.laid_out(row, width - 1)
            if selected:
                shown = ShownLine((Piece("▌", "cursor bar"), *under_cursor(line)), "cursor")
            else:
                shown = ShownLine((Piece(" ", "bar"), *line))
            self._laid_out[row, width, selected] = shown
        return handled(shown) if item in self._handled else shown
