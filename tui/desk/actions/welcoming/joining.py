"""Asking once who only seems new, where a series moved to another network or a recording is re-enacted."""

from collections.abc import Mapping
from typing import Protocol

from sessions.core.commands import JoinAccounts
from sessions.core.state import SessionState
from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.hub.protocol.same_names import SameNames
from sessions.words import _, ngettext
from tui.desk.dialogs.join_accounts import JoinAccountsDialog, named_pairs
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.shell.actions import Handler

LEAST_PEOPLE = 8
"""So many people have to be here, hosts aside."""

LEAST_NEW = 0.8
"""Such a share of them has to seem new."""

LEAST_NAMES = 3
"""So many of them have to have a name that is known."""


class SameNamesLink(Protocol):
    """The hub as far as it knows names."""

    async def same_names(self) -> SameNames:
        """Who of the new ones has the name of somebody of an earlier chat. Raises `HubRefused`, `HubUnreachable`."""


def seem_new(state: SessionState) -> bool:
    """Whether nearly everybody seems new who need not be, and nobody was asked about it yet."""
    if state.first or state.joined is not None or state.closed_at is not None:
        return False
    people = [person for person in state.present() if not person.host]
    return len(people) >= LEAST_PEOPLE and sum(one.newcomer for one in people) >= LEAST_NEW * len(people)


class JoiningActions:
    """The action "Join accounts by name", and when the roster offers it."""

    def __init__(self, port: DeskPort, link: SameNamesLink) -> None:
        self._port = port
        self._link = link
        self._look_at = LEAST_PEOPLE
        self._offered = False

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"join_accounts": lambda: self._port.start(self._join)}

    def tick(self) -> None:
        """Look whether everybody seems new: when there are people enough, and again with half as many more."""
        model = self._port.model
        state = model.state
        if self._offered and (state.joined is not None or state.closed_at is not None):
            self._offered = False
            self._port.panes.offer_joining("")
        if model.observes or model.live_after is None or model.offline is not None or self._offered:
            return
        people = len(state.people)
        if people >= self._look_at:
            self._look_at = people + max(1, people // 2)
            if seem_new(state):
                self._port.start(self._offer, group="names", description=_("asking whose names are known"))

    async def _offer(self) -> None:
        try:
            pairs = (await self._link.same_names()).pairs
        except (HubRefused, HubUnreachable):  # the desk says that the hub is away
            return
        names = len({pair.person for pair in pairs})
        if names >= LEAST_NAMES and seem_new(self._port.model.state):
            self._offered = True
            key = self._port.key_of("join_accounts")
            self._port.panes.offer_joining(_("{names} known by name? {key}").format(names=names, key=key))
            self._port.tell(
                _("Nearly all seem new, but {names} names are known from before. {key} joins them.").format(
                    names=names, key=key
                )
            )

    async def _join(self) -> None:
        try:
            pairs = (await self._link.same_names()).pairs
        except (HubRefused, HubUnreachable) as error:
            self._port.say(str(error), warn=True)
            return
        found = named_pairs(self._port.model.state, pairs)
        if not found:
            self._port.say(_("Nobody new has a name of an earlier chat on another network."))
            return
        accounts = await self._port.ask(JoinAccountsDialog(found))
        if accounts is not None and await self._port.sent(JoinAccounts(id=command_id(), accounts=accounts)):
            joined, undo = len({person for person, __ in accounts}), self._port.key_of("undo")
            back = ngettext(
                "{n} of the new ones is back again; {undo} takes that back.",
                "{n} of the new ones are back again; {undo} takes that back.",
                joined,
            ).format(n=joined, undo=undo)
            self._port.say(back if accounts else _("They stay new, and you are not asked again."))
