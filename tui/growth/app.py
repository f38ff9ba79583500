"""GrowthApp: the growth of a series alone on the screen."""

import datetime
from pathlib import Path

from sessions.library.library import Library
from tui.growth.screen import GrowthScreen
from tui.shell.base_app import BaseApp


class GrowthApp(BaseApp):
    """Shows the growth of `series`, of the latest chat's where it is None, between the dates (both included).

    `config` is for tests.
    """

    def __init__(
        self,
        library: Library,
        series: str | None = None,
        *,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
        config: Path | None = None,
    ) -> None:
        super().__init__(config=config)
        self._growth = GrowthScreen(library, series, since=since, until=until)

    def on_mount(self) -> None:
        """Show the numbers; the app ends with them."""
        self.push_screen(self._growth, lambda _: self.exit())

    def action_help_quit(self) -> None:
        """Ctrl+C copies a selection in Textual and leaves nothing; say what does leave."""
        if self.screen is self._growth:
            self._growth.say(f"{self._growth.key_of('leave')} leaves the numbers.")
