"""Which series the numbers are of, and reading them again."""

from collections.abc import Mapping

from sessions.words import _
from tui.dialogs.choose import Choice, ChooseDialog
from tui.growth.port import GrowthPort
from tui.shell.actions import Handler
from tui.text.outside import outside_line


class SeriesActions:
    """Chooses among the series that have saved chats."""

    def __init__(self, port: GrowthPort) -> None:
        self._port = port

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"choose_series": self.choose, "read_again": self.read_again}

    def choose(self) -> None:
        """Choose another series."""
        self._port.start(self._choose)

    async def _choose(self) -> None:
        found = self._port.found
        if found is None or not found.others:
            self._port.say(_("All saved chats here are of one series."))
            return
        shown = found.growth.series
        choices = [Choice(one, outside_line(one, 60), one) for one in sorted((shown, *found.others))]
        chosen = await self._port.ask(ChooseDialog(_("Which series?"), choices, chosen=shown))
        if chosen is not None and chosen != shown:
            self._port.read(chosen)

    def read_again(self) -> None:
        """Read the chats again."""
        self._port.read(self._port.series)
