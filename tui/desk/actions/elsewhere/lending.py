"""Letting the chat's computer read with a sign-in of this one: asked for, never by itself."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from sessions.files.errors import StorageError
from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.networks.account import Account
from sessions.networks.registry import network_named
from sessions.networks.sign_in.errors import SignInFailed
from sessions.words import _
from tui.desk.port import ChatPort
from tui.desk.sign_in_lender import SignInLender
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler
from tui.text.outside import outside
from tui.text.sources import long_name


class LendingActions:
    """The action "Read with my sign-in"; `lender` lends, None where this desk has no accounts."""

    def __init__(self, port: ChatPort, lender: SignInLender | None) -> None:
        self._port = port
        self._lender = lender

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"lend": self.lend}

    def lend(self) -> None:
        """Choose an account, say what lending it means, and hand it over once that is agreed to."""
        lender = self._lender
        if self._port.model.observes:
            self._port.say(_("You are looking on: only moderators can do that."))
        elif lender is None:
            self._port.say(_("There is no live chat here to read with a sign-in."))
        elif not lender.private:
            self._port.say(
                _("The way there is not encrypted: your sign-in stays here. Sign in there."),
                warn=True,
                stays=True,
            )
        else:
            self._port.start(partial(self._lend, lender))

    async def _lend(self, lender: SignInLender) -> None:
        plan = self._port.model.state.plan
        try:
            accounts = await lender.accounts(plan)
        except StorageError as error:
            self._port.say(str(error), warn=True, stays=True)
            return
        if not accounts:
            read = ", ".join(plan.sources) if plan is not None else ""
            self._port.say(
                _("No account of yours reads {read}. In another terminal: lunchroom login.").format(read=read),
                stays=True,
            )
            return
        account = await self._account_to_lend(accounts)
        if account is None or not await self._agreed_to_lend(account):
            return
        self._port.report("lending", _("Handing the sign-in over …"), stays=True)
        try:
            lent = await lender.lend(account)
        except (SignInFailed, HubRefused, HubUnreachable) as error:
            self._port.report("lending", _("Nothing was lent: {error}").format(error=error), warn=True, stays=True)
        else:
            name = long_name(self._port.model.state, lent.source)
            words = _("The chat's computer reads {name} as {name_2} until the chat ends.").format(
                name=name, name_2=account.name
            )
            self._port.report("lending", words, stays=True)

    async def _account_to_lend(self, accounts: tuple[Account, ...]) -> Account | None:
        if len(accounts) == 1:
            return accounts[0]
        choices = [Choice(one.source, outside(one.name), one.name.lstrip("@")) for one in accounts]
        chosen = await self._port.ask(ChooseDialog(_("Read with which sign-in?"), choices))
        return next((one for one in accounts if one.source == chosen), None)

    async def _agreed_to_lend(self, account: Account) -> bool:
        could = network_named(account.network).signing.lent
        words = Content.assemble(
            _("The chat's computer will read "),
            outside(long_name(self._port.model.state, account.source)),
            _(" as "),
            outside(account.name),
            _(" until the chat ends, and keep the sign-in in memory only.\n\n{could}").format(could=could),
        )
        dialog = ConfirmDialog(
            _("Let the chat's computer read with your sign-in?"), words, _("Let it read"), _("Not now")
        )
        return await self._port.ask(dialog) is True
