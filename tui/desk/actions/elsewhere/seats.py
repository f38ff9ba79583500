"""Who sits where: the list of seats, pointing at one ("this is you"), and taking one back."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from textual.content import Content

from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.hub.protocol.seats import SeatView
from sessions.words import _
from tui.desk.dialogs.show_seats import SeatsDialog
from tui.desk.port import ChatPort
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, outside


class SeatsLink(Protocol):
    """The hub as far as seats go; all of them raise `HubRefused` and `HubUnreachable`."""

    async def seats(self) -> Sequence[SeatView]:
        """Who has a seat, at which computer and by which way."""

    async def point_at(self, seat: str) -> None:
        """Let the desk of a seat say that we mean it."""

    async def take_seat_back(self, seat: str) -> None:
        """Take a seat away from a computer in another home."""


class SeatActions:
    """The action "Who sits where"."""

    def __init__(self, port: ChatPort, link: SeatsLink) -> None:
        self._port = port
        self._link = link

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"seats": self.show}

    def show(self) -> None:
        """Show the list."""
        if self._port.model.observes:
            self._port.say(_("You are looking on: only moderators can see that."))
        else:
            self._port.start(self._show)

    async def _show(self) -> None:
        at = ""
        while True:
            try:
                seats = await self._link.seats()
            except (HubRefused, HubUnreachable) as error:
                self._port.say(clean_line(str(error)), warn=True, stays=True)
                return
            chosen = await self._port.ask(SeatsDialog(self._port.model, seats, self._learn, at=at))
            if chosen is None:
                return
            what, seat = chosen
            at = seat.id
            if what == "point":
                await self._point(seat)
            else:
                await self._take_back(seat)

    async def _learn(self) -> Sequence[SeatView] | None:
        """The seats as they are now; None while the hub is away, which the desk says."""
        try:
            return await self._link.seats()
        except (HubRefused, HubUnreachable):
            return None

    async def _point(self, seat: SeatView) -> None:
        try:
            await self._link.point_at(seat.id)
        except (HubRefused, HubUnreachable) as error:
            self._port.say(clean_line(str(error)), warn=True, stays=True)
        else:
            who = _("This desk") if seat.mine else _("The desk of {name}").format(name=clean_line(seat.name))
            self._port.say(_("{who} shows for some seconds that you mean it.").format(who=who))

    async def _take_back(self, seat: SeatView) -> None:
        words = Content.assemble(
            outside(seat.name), _(" leaves the chat, is told so, and needs a new invite to come back.")
        )
        if not await self._port.ask(ConfirmDialog(_("Take this seat back?"), words, _("Take it back"))):
            return
        try:
            await self._link.take_seat_back(seat.id)
        except (HubRefused, HubUnreachable) as error:
            self._port.say(clean_line(str(error)), warn=True, stays=True)
        else:
            self._port.say(_("Taken back: the seat of {name}.").format(name=clean_line(seat.name)))
