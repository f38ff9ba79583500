"""Growth on the screen: who comes to a series of chats, who comes back, who is greeted."""

import asyncio
import datetime
import re
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content, Span
from textual.types import CSSPathType
from textual.widgets import Footer, Static

from sessions.files.errors import StorageError
from sessions.library.library import Library
from sessions.reports.series_growth import SeriesGrowth, read_growth
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.documents import write_document
from tui.growth.charts import AGAIN, NEW, charts
from tui.growth.keys import GROWTH
from tui.growth.save_growth import GrowthForm, SaveGrowthDialog, default_path, growth_document
from tui.growth.tables import heading, notes, numbers
from tui.shell.action_screen import ActionScreen
from tui.shell.actions import Actions
from tui.shell.clipboard import copy_text
from tui.text.outside import clean, outside, outside_line
from tui.widgets.too_small import TooSmall

EMPTY = "No chat to count is saved for this yet: rehearsals, and chats in which nobody posted, do not count."

WIDE = 150
"""Cells from which the tables stand beside the charts; the stylesheet's class `-wide` begins there."""

MARGIN = 3
"""Cells at the sides of the page, its scroll bar's among them."""

GAP = 3
"""Cells between charts and tables that stand beside each other."""

LOOK = 0.1
"""Seconds between two looks at how far the reading is."""

_COLOURS = {NEW: "$success", AGAIN: "$primary"}


class GrowthScreen(ActionScreen):
    """The growth of `series`, of the latest chat's where it is None, between the dates."""

    CSS_PATH: ClassVar[CSSPathType | None] = "growth.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*GROWTH.bindings()]
    LEAVES = "leaves the numbers"

    def __init__(
        self,
        library: Library,
        series: str | None = None,
        *,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> None:
        super().__init__()
        self._read_growth = partial(read_growth, library, since=since, until=until)
        self._series = series
        self._reading = _Reading()
        self.found: SeriesGrowth | None = None
        self._heading = Static(id="growth-heading", markup=False)
        self._notes = Static(id="growth-notes", markup=False)
        self._page = VerticalScroll(id="growth-page")
        self._charts = Static(id="growth-charts", markup=False)
        self._tables = Static(id="growth-tables", markup=False)
        handlers = {
            "choose_series": self._choose,
            "save_growth": self._save_or_copy,
            "read_again": self._read_again,
            "help": self.show_help,
            "leave": self.leave,
        }
        self.actions = Actions(GROWTH, handlers)

    def compose(self) -> ComposeResult:
        yield TooSmall()
        with Vertical(id="growth"):
            yield self._heading
            yield self._notes
            with self._page:
                yield self._charts
                yield self._tables
            yield self.status
        yield Footer(compact=True, show_command_palette=True)

    def on_mount(self) -> None:
        """Begin to read the chats."""
        self._page.focus()
        self._read(self._series)

    async def on_unmount(self) -> None:
        """Let a reading that goes on end."""
        self._reading.stopped = True

    # Reading

    def _read(self, series: str | None) -> None:
        self._reading.stopped = True
        self._reading = _Reading()
        work = self._show_growth(series, self._reading)
        self.run_worker(work, group="growth", exclusive=True, description="reading the saved chats")

    async def _show_growth(self, series: str | None, reading: "_Reading") -> None:
        self._heading.update(Content("Growth" if series is None else f"Growth of {clean(series)}"))
        self.say("Reading the chats …")
        watch = self.set_interval(LOOK, lambda: self.say(reading.words))
        try:
            self.found = await asyncio.to_thread(partial(self._read_growth, series=series, progress=reading.heard))
        except _Stopped:
            return
        except StorageError as error:
            self.found = None
            self.say(str(error), warn=True)
            self._show()
            return
        finally:
            watch.stop()
        self._series = self.found.growth.series or series
        self.say("")
        self._show()
        self._page.scroll_home(animate=False)

    # Showing

    def _show(self) -> None:
        found, width = self.found, self.size.width
        counted = found is not None and bool(found.growth.sessions)
        said = [] if found is None else notes(found)
        self.set_class(bool(said), "-noted")
        self._notes.update(outside("\n".join(f"! {words}" for words in said)))
        self._charts.display = counted
        if found is None or not counted:
            self._tables.update(Content(EMPTY) if found is not None else Content(""))
            return
        first, second = heading(found.growth).split("\n")
        others = f" · {len(found.others)} other series: {self.key_of('choose_series')}" if found.others else ""
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

    def on_resize(self, event: events.Resize) -> None:
        """Draw anew in the width there is."""
        if self.found is not None and event.size.width > 0:
            self._show()

    # Actions

    def say(self, words: str, *, warn: bool = False, stays: bool = True) -> None:
        """As every screen does; it stands until the next one."""
        super().say(words, warn=warn, stays=stays)

    def _choose(self) -> None:
        """Choose among the series that have saved chats."""
        self.run_dialog(self._choose_series)

    @on(events.Click, "#growth-heading")
    def _heading_clicked(self) -> None:
        self._choose()

    async def _choose_series(self) -> None:
        shown = () if self.found is None else (self.found.growth.series,)
        series = [*shown, *(() if self.found is None else self.found.others)]
        if len(series) < 2:
            self.say("All saved chats here are of one series.")
            return
        choices = [Choice(one, outside_line(one, 60), one) for one in sorted(series)]
        chosen = await self.app.push_screen_wait(ChooseDialog("Which series?", choices, chosen=series[0]))
        if chosen is not None and chosen != series[0]:
            self._read(chosen)

    def _read_again(self) -> None:
        """Read the chats again."""
        self._read(self._series)

    def _save_or_copy(self) -> None:
        """Save or copy the numbers."""
        if self.found is None or not self.found.growth.sessions:
            self.say("There are no numbers to save.")
        else:
            self.run_dialog(partial(self._save, self.found))

    async def _save(self, found: SeriesGrowth) -> None:
        form: GrowthForm = "sessions"
        path = default_path(found.growth, form)
        while wish := await self.app.push_screen_wait(SaveGrowthDialog(found.growth, form, path)):
            form, path = wish.form, wish.path
            text = growth_document(found.growth, form)
            if wish.copy:
                said = await copy_text(self.app, text, "the numbers")
                self.say(said)
                return
            if path.exists():
                words = outside(f"{path} is there already.")
                if not await self.app.push_screen_wait(ConfirmDialog("Overwrite this file?", words, "Overwrite it")):
                    continue
            try:
                write = partial(write_document, path, text, table=form != "json", force=True)
                await asyncio.to_thread(write)
            except OSError as error:
                self.say(f"{path} cannot be written: {error.strerror or error}", warn=True)
                continue
            self.say(f"The numbers are in {path}.")
            return


class _Stopped(Exception):
    """Nobody waits for what is being read any more."""


class _Reading:
    """How far a thread is that reads chats; it ends at its next one when it is `stopped`."""

    def __init__(self) -> None:
        self.stopped = False
        self.words = "Reading the chats …"

    def heard(self, done: int, chats: int) -> None:
        """Take in that so many chats of so many have been read."""
        if self.stopped:
            raise _Stopped
        self.words = f"Reading the chats … {done:,} of {chats:,}"


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
