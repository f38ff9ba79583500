"""A pane's border, its title and the lines within, of which only those that changed are drawn again."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar, NamedTuple, Self

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.dom import DOMNode, NoScreen
from textual.geometry import Region
from textual.strip import Strip

from tui.text.outside import cell_len, clean_line, cut
from tui.text.wrapping import wrap
from tui.widgets.lines.given_size import GivenSize
from tui.widgets.lines.layered import Layered
from tui.widgets.lines.lean_strip import LeanStrip, padded
from tui.widgets.lines.line import Line, Piece

REMEMBERED = 1024
"""Lines whose drawing is remembered: one that comes to another place is not drawn again."""

LEAST_TITLED = 7
"""Cells of the narrowest pane that has room for a title."""


LEAST_HINTED = 12
"""Cells of the narrowest pane that has room for a hint."""


class ShownLine(NamedTuple):
    """What stands on a line of a pane; equal ones look alike.

    The role of a piece may be several, divided by blanks, the later over the earlier. `fill` are the roles of what the
    pieces leave of the line.
    """

    pieces: Line = ()
    fill: str = ""


EMPTY = ShownLine()


class _Surround(NamedTuple):
    """What is round the lines: whether there is a border above and below, what stands left and right of each line, the
    cells between, and in which row the first line is."""

    above: bool
    below: bool
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    width: int
    top: int


class PaneFrame(GivenSize):
    """Draws the lines that it is given in a border with a title.

    The look of the focus is chosen among component classes here, because rules under `:focus` would make Textual match
    all of them anew whenever the focus comes or goes. A subclass gives the class names of its styles by `ROLES_OF`, and
    in `FOCUSED` those that have a twin `...-focused`.
    """

    ALLOW_SELECT = False
    ROLES_OF: ClassVar[str] = "pane"
    HINTED_BELOW: ClassVar[bool] = False
    FOCUSED: ClassVar[frozenset[str]] = frozenset({"cursor", "bar", "border", "title"})

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pane--border", "pane--border-focused", "pane--title", "pane--title-focused",
    }  # fmt: skip

    DEFAULT_CSS = """
    PaneFrame {
        padding-right: 1;
        color: $foreground;
        border: round $foreground 25%;
        & > .pane--border { color: $foreground 25%; }
        & > .pane--border-focused { color: $border; }
        & > .pane--title { color: $text-muted; }
        & > .pane--title-focused { color: $foreground; text-style: bold; }
    }
    """

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._title = ""
        self._foot = ""
        self._lines: Sequence[ShownLine] = ()
        self._given: Sequence[ShownLine] = ()
        self._hint = ""
        self._drawn: dict[int, Strip] = {}
        self._strips: dict[ShownLine, Strip] = {}
        self._styles: dict[tuple[str, str], Style] = {}
        self._ground: Color | None = None
        self._round: _Surround | None = None
        self._drawn_size = self.outer_size

    def show_title(self, title: str) -> None:
        """Write this in the upper border; no other line is drawn again."""
        title = clean_line(title)
        if title != self._title:
            self._title = title
            self._draw_again((0, 1))

    def show_foot(self, words: str) -> None:
        """Write this at the right of the lower border, in the role `below`; no other line is drawn again."""
        if words != self._foot:
            self._foot = words
            self._draw_again((self.outer_size.height - 1, 1))

    def show_lines(self, lines: Sequence[ShownLine]) -> None:
        """Show these lines from the top; below them the pane is empty, or has the hint."""
        self._given = lines
        before, self._lines = self._lines, self._with_hint(lines)
        lines = self._lines
        pairs = enumerate(zip_longest(before, lines, fillvalue=EMPTY))
        changed = [y for y, (old, new) in pairs if old != new]
        if changed:
            top = self.gutter.top
            self._draw_again(*((first + top, count) for first, count in _runs(changed)))

    def show_hint(self, words: str) -> None:
        """Say this while there are no lines, or also below them (`HINTED_BELOW`), if there is room for all of it."""
        words = clean_line(words)
        if words != self._hint:
            self._hint = words
            self.show_lines(self._given)

    def _with_hint(self, lines: Sequence[ShownLine]) -> Sequence[ShownLine]:
        if not self._hint:
            return lines
        width, height = self.content_size
        used = next((y for y, line in enumerate(lines) if line == EMPTY), len(lines))
        if width < LEAST_HINTED or (used and not self.HINTED_BELOW):
            return lines
        spans = wrap(self._hint, width - 2)
        first = used + 1 if used else 0
        end = first + len(spans)
        if end > height or any(line != EMPTY for line in lines[used:end]):
            return lines
        told = [ShownLine((Piece(f" {self._hint[start:stop]}", "hint"),)) for start, stop in spans]
        return [*lines[:used], *[EMPTY] * (first - used), *told, *lines[end:]]

    # What Textual asks for and tells

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw all in the look with or without the focus; the rules of the stylesheet stay the same."""
        self._styles.clear()
        self.refresh()

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]  # Textual asks for those of a class
        """Those drawn with by now, which Textual styles whenever it styles the pane: a few of dozens."""
        return frozenset(self._component_styles)

    def get_component_styles(self, *names: str) -> RenderStyles:
        """As in Textual, but each is styled when it is drawn with first."""
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                virtual = DOMNode(classes=name)
                virtual._attach(self)
                self.app.stylesheet.apply(virtual)
                self._component_styles[name] = virtual.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        self._forget_drawn()
        self._styles.clear()
        self._ground = None
        super().notify_style_update()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Without regions everything is drawn again."""
        if repaint and not regions:
            self._forget_drawn()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _draw_again(self, *runs: tuple[int, int]) -> None:
        """Draw these rows of the whole pane anew, and no others: from which on, and how many."""
        for first, count in runs:
            for y in range(first, first + count):
                self._drawn.pop(y, None)
        left, top = self.gutter.top_left
        width = self.outer_size.width
        screen = self._screen_over_others()
        if screen is None:
            self.refresh(*(Region(-left, first - top, width, count) for first, count in runs))
        elif self in screen._compositor:
            self._repaint_regions.update(Region(0, first, width, count) for first, count in runs)
            screen.changed(self)

    def _screen_over_others(self) -> Layered | None:
        """The screen, if it can be told what changed without Textual's messages."""
        try:
            screen = self.screen
        except NoScreen:
            return None
        if self._is_mounted and isinstance(screen, Layered) and not screen.gathers:
            return screen
        return None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of the pane with its border, those that did not change as they were drawn before."""
        if self._drawn_size != self.outer_size:
            self._forget_drawn()
            self._drawn_size = self.outer_size
        drawn, rows = self._drawn, crop.line_range
        for y in rows:
            if y not in drawn:
                drawn[y] = self._draw_row(y)
        strips = [drawn[y] for y in rows]
        if crop.column_span != (0, self._drawn_size.width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One line of the content alone."""
        width = self.content_size.width
        return Strip(self._content(self._lines[y] if y < len(self._lines) else EMPTY, width), width)

    # Drawing

    def style_of(self, roles: str) -> Style:
        """The style of a piece with these roles, the later ones over the earlier."""
        return self._style(self.ROLES_OF, roles)

    def _style(self, prefix: str, roles: str) -> Style:
        style = self._styles.get((prefix, roles))
        if style is None:
            names = [f"{role}-focused" if self.has_focus and role in self.FOCUSED else role for role in roles.split()]
            style = self._filtered(self.get_visual_style(*(f"{prefix}--{name}" for name in names)).rich_style)
            self._styles[prefix, roles] = style
        return style

    def _forget_drawn(self) -> None:
        self._drawn.clear()
        self._strips.clear()
        self._round = None

    def _draw_row(self, y: int) -> Strip:
        width, height = self._drawn_size
        around = self._surround()
        if around.above and y == 0:
            return self._finished(self._top_row(width))
        if around.below and y == height - 1:
            return self._finished(self._bottom_row(width))
        place = y - around.top
        line = self._lines[place] if 0 <= place < len(self._lines) else EMPTY
        strip = self._strips.get(line)
        if strip is None:
            if len(self._strips) >= REMEMBERED:
                self._strips.clear()
            strip = self._strips[line] = self._finished(self._framed(line))
        return strip

    def _surround(self) -> _Surround:
        if self._round is None:
            edges, padding = self.styles.border, self.styles.padding
            blank = self._filtered(Style(bgcolor=self._background().rich_color))
            left = [*(self._edges("│") if edges.left[0] else ()), *_blank(padding.left, blank)]
            right = [*_blank(padding.right, blank), *(self._edges("│") if edges.right[0] else ())]
            self._round = _Surround(
                above=bool(edges.top[0]),
                below=bool(edges.bottom[0]),
                left=tuple(left),
                right=tuple(right),
                width=self.content_size.width,
                top=self.gutter.top,
            )
        return self._round

    def _framed(self, line: ShownLine) -> list[Segment]:
        """A line of the content between the padding and the border."""
        around = self._surround()
        return [*around.left, *self._content(line, around.width), *around.right]

    def _top_row(self, width: int) -> list[Segment]:
        if not self._title or width < LEAST_TITLED:
            return self._edges("╭", "─" * (width - 2), "╮")
        title = f" {cut(self._title, width - LEAST_TITLED + 1)} "
        rest = "─" * (width - 3 - cell_len(title))
        return [*self._edges("╭", "─"), Segment(padded(title), self._style("pane", "title")), *self._edges(rest, "╮")]

    def _bottom_row(self, width: int) -> list[Segment]:
        room = width - 3 - cell_len(self._foot)
        if not self._foot or room < 0:
            return self._edges("╰", "─" * (width - 2), "╯")
        foot = Segment(padded(self._foot), self.style_of("below"))
        return [*self._edges("╰", "─" * room), foot, *self._edges("─", "╯")]

    def _edges(self, *parts: str) -> list[Segment]:
        return [Segment(part, self._style("pane", "border")) for part in parts]

    def _finished(self, segments: list[Segment]) -> LeanStrip:
        """A whole row."""
        return LeanStrip(segments, self._drawn_size.width)

    def _filtered(self, style: Style) -> Style:
        """The style without the colours that the terminal or its user does not want."""
        segments = [Segment(" ", style)]
        for line_filter in self.get_line_filters():
            segments = line_filter.apply(segments, self._background())
        return segments[0].style or style

    def _background(self) -> Color:
        if self._ground is None:
            self._ground = self.background_colors[1]
        return self._ground

    def _content(self, line: ShownLine, width: int) -> list[Segment]:
        """The line in exactly `width` cells."""
        segments = self._segments(line.pieces)
        left = width - sum(cell_len(piece.text) for piece in line.pieces)
        if left > 0:
            segments.append(Segment(" " * left, self.style_of(line.fill)))
        elif left < 0:
            segments = list(Strip(segments).adjust_cell_length(width))
        return segments

    def _segments(self, pieces: Line) -> list[Segment]:
        return [Segment(padded(piece.text), self.style_of(piece.role)) for piece in pieces]


def _blank(cells: int, style: Style) -> list[Segment]:
    return [Segment(" " * cells, style)] if cells else []


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending places as runs of neighbours: the first of each, and how many they are."""
    first = places[0]
    for before, after in zip(places, [*places[1:], -1], strict=True):
        if after != before + 1:
            yield first, before + 1 - first
            first = after


def handled(line: ShownLine) -> ShownLine:
    """The line as it looks while it is marked: somebody else just did something with it."""
    first, *others = line.pieces
    sign = Piece("»", f"{first.role} handled-sign")
    return line._replace(pieces=(sign, *(Piece(piece.text, f"{piece.role} handled") for piece in others)))


def under_cursor(line: Line) -> Line:
    """The line as it looks under the cursor."""
    return tuple(Piece(piece.text, f"cursor {piece.role}") for piece in line)
