"""The numbers of a series on the screen: heading, notes, charts and tables in the width there is."""

import re

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content, Span
from textual.widgets import Static

from sessions.reports.series_growth import SeriesGrowth
from sessions.words import _, pgettext
from tui.growth.charts import AGAIN, NEW, charts
from tui.growth.tables import heading, notes, numbers
from tui.text.outside import clean, outside, outside_line
from tui.widgets.status_line import StatusLine

EMPTY = _("No chat to count is saved for this yet: rehearsals, and chats in which nobody posted, do not count.")

WIDE = 150
"""Cells from which the tables stand beside the charts; the stylesheet's class `-wide` begins there."""

MARGIN = 3
"""Cells at the sides of the page, its scroll bar's among them."""

GAP = 3
"""Cells between charts and tables that stand beside each other."""

_COLOURS = {NEW: "$success", AGAIN: "$primary"}


class GrowthPage(Vertical):
    """The numbers, above the status line of the screen."""

    def __init__(self, status: StatusLine) -> None:
        super().__init__(id="growth")
        self._found: SeriesGrowth | None = None
        self._choose_key = ""
        self._status = status
        self._heading = Static(id="growth-heading", markup=False)
        self._notes = Static(id="growth-notes", markup=False)
        self._scroll = VerticalScroll(id="growth-page")
        self._charts = Static(id="growth-charts", markup=False)
        self._tables = Static(id="growth-tables", markup=False)

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._notes
        with self._scroll:
            yield self._charts
            yield self._tables
        yield self._status

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self._scroll.focus()

    def show_series(self, series: str | None) -> None:
        """Say of which series the numbers will be; None is the latest chat's."""
        words = pgettext("heading", "Growth") if series is None else _("Growth of {series}")
        self._heading.update(Content(words.format(series=clean(series or ""))))

    def show(self, found: SeriesGrowth | None, choose_key: str) -> None:
        """Show these numbers from their beginning; None where they cannot be read.

        `choose_key` is what is printed on the key for another series.
        """
        self._found, self._choose_key = found, choose_key
        said = [] if found is None else notes(found)
        self.set_class(bool(said), "-noted")
        self._notes.update(outside("\n".join(f"! {words}" for words in said)))
        self._draw()
        if found is not None:
            self._scroll.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Draw anew in the width there is."""
        if self._found is not None and self.size.width > 0:
            self._draw()

    def _draw(self) -> None:
        found, width = self._found, self.size.width
        counted = found is not None and bool(found.growth.sessions)
        self._charts.display = counted
        if found is None or not counted:
            self._tables.update(Content(EMPTY) if found is not None else Content(""))
            return
        first, second = heading(found.growth).split("\n")
        others = (
            _(" · {others} other series: {choose_key}").format(others=len(found.others), choose_key=self._choose_key)
            if found.others
            else ""
        )
        room = max(0, width - 2)
        self._heading.update(
            Content("\n").join([outside_line(first + others, room, "$primary bold"), outside_line(second, room)])
        )
        page = width - MARGIN
        beside = width >= WIDE
        drawn = coloured(charts(found.growth, (page - GAP) // 2 if beside else page))
        self._charts.update(drawn)
        left = page - GAP - max((line.cell_length for line in drawn.split("\n")), default=0) if beside else page
        self._tables.update(_headed(numbers(found.growth, left)))


def coloured(drawn: str) -> Content:
    """Charts in the colours of the theme in place of their escape codes, their titles bold."""
    plain = Text.from_ansi(drawn).plain
    spans = [
        Span(*run.span(), style=_COLOURS[run[0][0]])
        for run in re.finditer(f"{re.escape(NEW)}+|{re.escape(AGAIN)}+", plain)
    ]
    return Content(plain, spans=[*_bold(plain), *spans])


def _headed(text: str) -> Content:
    shown = clean(text)
    return Content(shown, spans=_bold(shown))


def _bold(text: str) -> list[Span]:
    """The first line of each part, parts being set off by empty lines."""
    return [Span(*line.span(1), style="bold") for line in re.finditer(r"(?:\A|\n\n)([^\n]+)", text)]
