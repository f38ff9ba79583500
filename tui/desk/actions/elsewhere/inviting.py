"""Inviting somebody in another home, and taking that back: nothing is opened before one has read what it contacts."""

from collections.abc import Mapping
from typing import Protocol

from textual.content import Content

from sessions.core.clock.face import clock_time, zone_of
from sessions.core.events import Scope
from sessions.core.zones import local_time
from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.hub.protocol.invites import InvitesView, InviteView, NewInvite
from sessions.words import _, pgettext
from tui.desk.model.refusals import in_own_words
from tui.desk.port import ChatPort
from tui.dialogs.choose import Choice
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler
from tui.text.day_names import weekday
from tui.text.outside import clean_line, outside

_SCOPES: dict[str, tuple[Scope, str]] = {
    "moderate": ("moderator", _("Somebody who moderates, too")),
    "look": ("observer", _("Somebody who only looks on")),
}
_WHAT: dict[Scope, str] = {"moderator": _("to moderate"), "observer": _("to look on")}


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
            self._port.say(_("You are looking on: only moderators can do that."))
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
        choices = [Choice(name, Content(words), words) for name, (__, words) in _SCOPES.items()]
        choices += [
            Choice(one.id, outside(_("Take back: {words}").format(words=self._words(one))), _("Take back"))
            for one in view.invites
        ]
        chosen = await self._port.ask(InviteAwayDialog(_meaning(view), choices))
        listed = next((one for one in view.invites if one.id == chosen), None)
        if listed is not None:
            await self._withdraw(listed)
        elif chosen is not None:
            await self._make(_SCOPES[chosen][0])

    async def _make(self, scope: Scope) -> None:
        from tui.desk.dialogs.invite_away import InviteShownDialog

        self._port.say(_("Opening the way …"), stays=True)
        try:
            made = await self._inviter.invite_away(scope)
        except (HubRefused, HubUnreachable) as error:
            self._port.say(_("Nobody was invited: {error}").format(error=error), warn=True, stays=True)
            return
        self._port.say("")
        words = _(
            "Send this line to one person, {what}. It works once, within a day, at the computer that "
            "uses it first. There one types\n    lunchroom join -\nand pastes the line."
        ).format(what=_WHAT[scope])
        invite = clean_line(made.invite)
        if await self._port.ask(InviteShownDialog(invite, words)):
            said = await self._port.copy(invite, _("the invite"))
            if said:
                self._port.say(said)

    async def _withdraw(self, one: InviteView) -> None:
        if one.used_by is not None:
            words = Content.assemble(outside(one.used_by), _(" leaves the chat, and needs a new invite to come back."))
            if not await self._port.ask(ConfirmDialog(_("Take this seat back?"), words, _("Take it back"))):
                return
        try:
            await self._inviter.withdraw_invite(one.id)
        except (HubRefused, HubUnreachable) as error:
            self._port.say(str(error), warn=True, stays=True)
        else:
            self._port.say(_("Taken back: {words}.").format(words=self._words(one)))

    def _words(self, one: InviteView) -> str:
        by = _(" by {by}").format(by=one.by) if one.by else ""
        if one.used_by is not None:
            return clean_line(
                _("the seat of {used_by}, invited {what}{by}").format(used_by=one.used_by, what=_WHAT[one.scope], by=by)
            )
        zone = zone_of(self._port.model.state.plan)
        ends, now = local_time(one.until, zone), local_time(self._port.model.now(), zone)
        on = pgettext("moment", "{weekday}").format(weekday=weekday(ends))
        day = "" if ends.date() == now.date() else f"{on} "
        return clean_line(
            _("an invite {what}{by}, good until {day}{clock_time}").format(
                what=_WHAT[one.scope], by=by, day=day, clock_time=clock_time(one.until, zone)
            )
        )


def _meaning(view: InvitesView) -> Content:
    """What inviting does, and how many wrong codes came."""
    begins = _("The way from other homes is open. ") if view.open else _("Nothing is open yet. ")
    wrong = _("\n\nWrong invites that were tried: {wrong}.").format(wrong=view.wrong) if view.wrong else ""
    return outside(f"{begins}{in_own_words(view.contacts) or view.contacts}{wrong}")
