"""Inviting somebody in another home, and taking that back: nothing is opened before one has read what it contacts."""

from collections.abc import Mapping
from typing import Protocol

from textual.content import Content

from sessions.core.clock.face import clock_time, zone_of
from sessions.core.events import Scope
from sessions.core.zones import local_time
from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.hub.protocol.invites import InvitesView, InviteView, NewInvite
from tui.desk.port import ChatPort
from tui.dialogs.choose import Choice
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, outside

_SCOPES: dict[str, tuple[Scope, str]] = {
    "moderate": ("moderator", "Somebody who moderates, too"),
    "look": ("observer", "Somebody who only looks on"),
}
_WHAT: dict[Scope, str] = {"moderator": "to moderate", "observer": "to look on"}


class Inviter(Protocol):
    """The hub as far as invites go; all of them raise `HubRefused` and `HubUnreachable`."""

    async def invites(self) -> InvitesView:
        """Whom opening the way contacts, and who was invited."""

    async def invite_away(self, scope: Scope) -> NewInvite:
        """An invite, with the way open."""

    async def withdraw_invite(self, id_: str) -> None:
        """Take one back, with the seat that it gave."""


class InvitingActions:
    """The action "Invite somebody elsewhere"."""

    def __init__(self, port: ChatPort, inviter: Inviter) -> None:
        self._port = port
        self._inviter = inviter

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"invite_away": self.invite}

    def invite(self) -> None:
        """Choose whom to invite, or what to take back."""
        if self._port.model.observes:
            self._port.say("You are looking on: only moderators can do that.")
        else:
            self._port.start(self._invite)

    async def _invite(self) -> None:
        from tui.desk.dialogs.invite_away import InviteAwayDialog

        try:
            view = await self._inviter.invites()
        except (HubRefused, HubUnreachable) as error:
            self._port.say(str(error), warn=True, stays=True)
            return
        if view.unavailable is not None:
            self._port.say(clean_line(view.unavailable), warn=True, stays=True)
            return
        choices = [Choice(name, Content(words), words) for name, (_, words) in _SCOPES.items()]
        choices += [Choice(one.id, outside(f"Take back: {self._words(one)}"), "Take back") for one in view.invites]
        chosen = await self._port.ask(InviteAwayDialog(_meaning(view), choices))
        listed = next((one for one in view.invites if one.id == chosen), None)
        if listed is not None:
            await self._withdraw(listed)
        elif chosen is not None:
            await self._make(_SCOPES[chosen][0])

    async def _make(self, scope: Scope) -> None:
        from tui.desk.dialogs.invite_away import InviteShownDialog

        self._port.say("Opening the way …", stays=True)
        try:
            made = await self._inviter.invite_away(scope)
        except (HubRefused, HubUnreachable) as error:
            self._port.say(f"Nobody was invited: {error}", warn=True, stays=True)
            return
        self._port.say("")
        words = (
            f"Send this line to one person, {_WHAT[scope]}. It works once, within a day, at the computer that uses it "
            "first. There one types\n    lunchroom join -\nand pastes the line."
        )
        invite = clean_line(made.invite)
        if await self._port.ask(InviteShownDialog(invite, words)):
            said = await self._port.copy(invite, "the invite")
            if said:
                self._port.say(said)

    async def _withdraw(self, one: InviteView) -> None:
        if one.used_by is not None:
            words = Content.assemble(outside(one.used_by), " leaves the chat, and needs a new invite to come back.")
            if not await self._port.ask(ConfirmDialog("Take this seat back?", words, "Take it back")):
                return
        try:
            await self._inviter.withdraw_invite(one.id)
        except (HubRefused, HubUnreachable) as error:
            self._port.say(str(error), warn=True, stays=True)
        else:
            self._port.say(f"Taken back: {self._words(one)}.")

    def _words(self, one: InviteView) -> str:
        by = f" by {one.by}" if one.by else ""
        if one.used_by is not None:
            return clean_line(f"the seat of {one.used_by}, invited {_WHAT[one.scope]}{by}")
        zone = zone_of(self._port.model.state.plan)
        ends, now = local_time(one.until, zone), local_time(self._port.model.now(), zone)
        day = "" if ends.date() == now.date() else f"{ends:%A} "
        return clean_line(f"an invite {_WHAT[one.scope]}{by}, good until {day}{clock_time(one.until, zone)}")


def _meaning(view: InvitesView) -> Content:
    """What inviting does, and how many wrong codes came."""
    begins = "The way from other homes is open. " if view.open else "Nothing is open yet. "
    wrong = f"\n\nWrong invites that were tried: {view.wrong}." if view.wrong else ""
    return outside(f"{begins}{view.contacts}{wrong}")
