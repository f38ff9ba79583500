"""Saving the numbers in a file, and copying them."""

import asyncio
from collections.abc import Mapping
from functools import partial

from sessions.reports.growth import Growth
from sessions.words import _
from tui.dialogs.documents import write_document
from tui.dialogs.overwrite import may_overwrite
from tui.growth.port import GrowthPort
from tui.growth.save_growth import GrowthWish, SaveGrowthDialog, default_path, growth_document
from tui.shell.actions import Handler
from tui.text.wording import failure_words


class SavingActions:
    """Writes the numbers where somebody wants them."""

    def __init__(self, port: GrowthPort) -> None:
        self._port = port

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"save_growth": self.save}

    def save(self) -> None:
        """Ask for a format and a place, and save or copy the numbers."""
        found = self._port.found
        if found is None or not found.growth.sessions:
            self._port.say(_("There are no numbers to save."))
        else:
            self._port.start(partial(self._save, found.growth))

    async def _save(self, growth: Growth) -> None:
        wish = GrowthWish("sessions", default_path(growth, "sessions"), copy=False)
        while (asked := await self._port.ask(SaveGrowthDialog(growth, wish.form, wish.path))) is not None:
            wish = asked
            if await self._fulfil(wish, growth_document(growth, wish.form)):
                return

    async def _fulfil(self, wish: GrowthWish, text: str) -> bool:
        """Whether the text is where somebody wanted it."""
        if wish.copy:
            self._port.say(await self._port.copy(text, _("the numbers")))
            return True
        if wish.path.exists() and not await may_overwrite(self._port.ask, wish.path):
            return False
        try:
            await asyncio.to_thread(write_document, wish.path, text, table=wish.form != "json", force=True)
        except OSError as error:
            self._port.say(
                _("{path} cannot be written: {failure}").format(path=wish.path, failure=failure_words(error)), warn=True
            )
            return False
        self._port.say(_("The numbers are in {path}.").format(path=wish.path))
        return True
