"""How wide the panes are: the keys that change it, and keeping it for the next time."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

from sessions.files.errors import SaveFailed, StorageError
from sessions.words import _
from tui.desk.layout.arrangement import Arrangement
from tui.shell.actions import Handler
from tui.shell.kept.remembered import Remembered
from tui.shell.port import ScreenPort

KEPT = "layout"
"""Under which name it is remembered."""

WORDS = {
    "asks": _("Layout for who asks: wide questions."),
    "greets": _("Layout for who greets: wide people."),
    "even": _("Layout: all three panes alike."),
}

ONE_BY_ONE = _("Panes stand side by side from 100 columns on: make the window wider.")

STEP = 2
"""Cells by which a key makes a pane wider."""


class ArrangedPanes(Protocol):
    """The panes as far as their widths go."""

    arrangement: Arrangement

    @property
    def side_by_side(self) -> bool:
        """Whether there is room for them beside each other."""

    def give_widths(self) -> None:
        """Give the panes the widths that the arrangement has for them."""

    def widen(self, cells: int) -> bool:
        """Give the pane with the focus so many cells more; whether that could be."""


class LayoutActions:
    """Choosing a preset, and the widths of its panes."""

    def __init__(self, port: ScreenPort, panes: ArrangedPanes) -> None:
        self._port = port
        self._panes = panes
        self._remembered = Remembered()
        self._keeping = asyncio.Lock()

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {
            "layout": self._choose_next,
            "wider": lambda: self._widen(STEP),
            "narrower": lambda: self._widen(-STEP),
            "usual_widths": self._forget_widths,
        }

    def remember_in(self, remembered: Remembered) -> None:
        """Take the layout that was kept the last time, and keep it there from now on."""
        self._remembered = remembered
        self._panes.arrangement.restore(remembered.value(KEPT))

    def keep(self) -> None:
        """Keep the layout for the next time."""
        self._port.start(self._keep, group="layout", name="layout", description=_("keeping the layout"))

    def _choose_next(self) -> None:
        if not self._panes.side_by_side:
            self._port.say(ONE_BY_ONE)
            return
        arrangement = self._panes.arrangement
        arrangement.choose_next()
        by_role = "" if arrangement.chosen else _(" It follows your role.")
        self._port.say(f"{WORDS[arrangement.preset]}{by_role}")
        self._changed()

    def _widen(self, cells: int) -> None:
        if not self._panes.side_by_side:
            self._port.say(ONE_BY_ONE)
        elif self._panes.widen(cells):
            self.keep()
        else:
            self._port.say(
                _("The other panes have no more room to give.") if cells > 0 else _("It can be no narrower.")
            )

    def _forget_widths(self) -> None:
        if self._panes.arrangement.forget_widths():
            self._port.say(_("The panes have their usual widths again."))
            self._changed()
        else:
            self._port.say(_("The panes have their usual widths."))

    def _changed(self) -> None:
        self._panes.give_widths()
        self.keep()

    async def _keep(self) -> None:
        async with self._keeping:  # in order, so that the latest layout is the one that stays
            try:
                await asyncio.to_thread(self._remembered.keep, KEPT, self._panes.arrangement.kept())
            except StorageError as error:
                why = error.reason if isinstance(error, SaveFailed) else str(error).removesuffix(".")
                self._port.report(
                    "layout", _("The layout is not kept for the next time: {why}.").format(why=why), warn=True
                )
