"""What the screen of a live desk has of presence: where it is, and asking before two write the same."""

from functools import partial
from typing import Any, Protocol

from textual.content import Content
from textual.screen import Screen

from sessions.hub.client.client import HubUpdate, Online
from sessions.hub.client.updates import Rewound
from sessions.hub.protocol.presence import PresenceRequest
from sessions.words import _
from tui.desk.chat_screen import ChatScreen
from tui.desk.dialogs.claiming import Claiming
from tui.desk.model.whereabouts import clash
from tui.desk.port import ChatPort
from tui.desk.presence.telling import Telling
from tui.dialogs.ask import AskDialog
from tui.text.outside import clean_line


class PresenceLink(Protocol):
    """The hub as far as presence goes."""

    async def tell_presence(self, where: PresenceRequest) -> bool:
        """Tell the other desks where this one is; False where the hub is too old to. Raises as any call."""


class PresencePort(ChatPort, Protocol):
    """The screen of a desk, and what is open above it."""

    def screens(self) -> "list[Screen[Any]]":
        """The screens from the desk up."""

    def pane(self) -> str:
        """At which pane its moderator is, in the words of `PresenceRequest`."""


class DeskPresence:
    """Tells the hub where this desk is, and lets no dialog open unasked in which somebody else writes already."""

    def __init__(self, port: PresencePort, link: PresenceLink) -> None:
        self._port = port
        self._telling = Telling(link.tell_presence, port.pace.now)

    def heard(self, update: HubUpdate) -> None:
        """Something came from the hub."""
        if isinstance(update, Online | Rewound):
            self._telling.anew()

    def tick(self) -> None:
        """Tell where this desk is, if that is due."""
        model = self._port.model
        if model.observes or model.offline is not None or model.ended is not None or model.live_after is None:
            return
        where = self._where()
        if self._telling.due(where):
            telling = partial(self._telling.tell, where)
            self._port.start(telling, group="presence", description=_("telling where this desk is"))

    def _where(self) -> PresenceRequest:
        above = self._port.screens()[1:]
        claims = [one.claim for one in above if isinstance(one, Claiming) and one.claim is not None]
        replays = any(isinstance(one, ChatScreen) for one in above)
        return PresenceRequest("replay" if replays else self._port.pane(), claims[-1] if claims else None)

    async def agreed(self, dialog: object) -> bool:
        """Whether nobody else writes what is to be written in this dialog, or this moderator wants to write too."""
        claim = dialog.claim if isinstance(dialog, Claiming) else None
        asked = clash(self._port.model.state, self._port.model.others, claim)
        if asked is None:
            return True
        words = Content(_("Both desks show it then."))
        question = AskDialog(
            clean_line(asked.question), (words,), self._port.pace,
            yes=asked.yes, no=_("Leave it"), hint=_("Enter goes on · Esc leaves it"), unasked=False,
        )  # fmt: skip
        return await self._port.ask(question) is True
