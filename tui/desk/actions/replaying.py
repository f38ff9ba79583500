"""Replaying a chat that is saved where the live one runs."""

import asyncio
from collections.abc import Mapping

from textual.content import Content

from sessions.core.known_now import titled
from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.replay import Replay
from sessions.words import _
from tui.desk.port import ChatPort
from tui.desk.requests import ReplayRequested
from tui.desk.sending.command_queue import Link
from tui.dialogs.choose import Choice, ChooseDialog
from tui.shell.actions import Handler
from tui.text.outside import outside_line


class ReplayingActions:
    """The action "Replay a saved chat"; leaving it comes back to the desk."""

    def __init__(self, port: ChatPort, link: Link) -> None:
        self._port = port
        self._link = link

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"replay": self.replay}

    def replay(self) -> None:
        """Choose a saved chat and ask for its screen."""
        self._port.start(self._replay)

    async def _replay(self) -> None:
        try:
            saved = await self._link.saved()
            choices = [
                Choice(chat.id, Content.assemble(f"{chat.date}  ", outside_line(chat.title, 50)), chat.date)
                for chat in saved
                if chat.ended is not None
            ]
            if not choices:
                self._port.say(_("No chat that has ended is saved there yet."))
                return
            chosen = await self._port.ask(ChooseDialog(_("Replay a saved chat"), choices))
            if chosen:
                title = next(chat.title for chat in saved if chat.id == chosen)
                events = titled(await self._link.events(chosen), title)
                self._port.request(ReplayRequested(await asyncio.to_thread(Replay, events), chosen))
        except (HubUnreachable, HubRefused) as error:
            self._port.say(str(error), warn=True)
