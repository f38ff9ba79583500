"""Growth on the screen: who comes to a series of chats, who comes back, who is greeted."""

import datetime
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.types import CSSPathType

from sessions.files.errors import StorageError
from sessions.library.library import Library
from sessions.reports.series_growth import SeriesGrowth
from sessions.words import _
from tui.growth.actions.saving import SavingActions
from tui.growth.actions.series import SeriesActions
from tui.growth.keys import GROWTH
from tui.growth.page import GrowthPage
from tui.growth.reading import WORDS, GrowthReader
from tui.shell.action_screen import ActionScreen
from tui.shell.actions import Actions
from tui.shell.workers import begin_work
from tui.widgets.footers.steady_footer import SteadyFooter
from tui.widgets.too_small import TooSmall

LOOK = 0.1
"""Seconds between two looks at how far the reading is."""


class GrowthScreen(ActionScreen):
    """The growth of `series`, of the latest chat's where it is None, between the dates."""

    CSS_PATH: ClassVar[CSSPathType | None] = "growth.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*GROWTH.bindings()]
    LEAVES = _("leaves the numbers")

    def __init__(
        self,
        library: Library,
        series: str | None = None,
        *,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> None:
        super().__init__()
        self.series = series
        self.found: SeriesGrowth | None = None
        self._reader = GrowthReader(library, since=since, until=until)
        self._page = GrowthPage(self.status)
        self._series_actions = SeriesActions(self)
        own = {"help": self.show_help, "leave": self.leave}
        self.actions = Actions(GROWTH, own, self._series_actions.handlers(), SavingActions(self).handlers())

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield self._page
        yield SteadyFooter()

    def on_mount(self) -> None:
        """Begin to read the chats."""
        self.read(self.series)

    async def on_unmount(self) -> None:
        """Let a reading that goes on end."""
        self._reader.stop()

    def read(self, series: str | None) -> None:
        """Read the numbers of this series and show them."""
        reading = partial(self._read, series)
        begin_work(self, reading, group="growth", exclusive=True, description=_("reading the saved chats"))

    async def _read(self, series: str | None) -> None:
        self._page.show_series(series)
        self.say(WORDS)
        watch = self.set_interval(LOOK, lambda: self.say(self._reader.words))
        try:
            found = await self._reader.read(series)
        except StorageError as error:
            self.say(str(error), warn=True)
            self._show(None)
            return
        finally:
            watch.stop()
        if found is not None:
            self.series = found.growth.series or series
            self.say("")
            self._show(found)

    def _show(self, found: SeriesGrowth | None) -> None:
        self.found = found
        self._page.show(found, self.key_of("choose_series"))

    def say(self, words: str, *, warn: bool = False, stays: bool = True) -> None:
        """As every screen does; it stands until the next one."""
        super().say(words, warn=warn, stays=stays)

    @on(events.Click, "#growth-heading")
    def _heading_clicked(self) -> None:
        self._series_actions.choose()
