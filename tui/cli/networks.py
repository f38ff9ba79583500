"""What `lunchroom check` says of a plan's networks: who reads them, who may post there. Nothing is asked over them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sessions.words import _
from tui.cli.output import say

if TYPE_CHECKING:
    from sessions.core.plan import Plan
    from sessions.networks.account import Account, SignIns
    from sessions.networks.network import Network


def say_networks(plan: "Plan") -> None:
    """Say for each network of the plan whether an account of this computer is there to read and to post."""
    from sessions.files.errors import StorageError
    from sessions.networks.accounts.store import AccountStore
    from sessions.networks.registry import networks_of

    if not networks_of(plan):
        return
    store = AccountStore()
    try:
        store.load()
    except StorageError as error:
        say(_("Note: The accounts of this computer cannot be read: {error}").format(error=error))
        return
    for line in account_lines(plan, store):
        say(line)
    for source, __ in store.known():
        if trouble := store.trouble(source):
            say(_("Note: {source} is signed in, but {trouble}.").format(source=source, trouble=trouble))


def account_lines(plan: "Plan", sign_ins: "SignIns") -> Iterator[str]:
    """A line for each network that the plan reads: by whom it is read, and as whom one can post."""
    from sessions.networks.registry import NETWORKS
    from tui.desk.accounts import DeskAccounts

    accounts = DeskAccounts(sign_ins).signed_in(plan)
    for source in plan.sources:
        network = NETWORKS.get(source.partition(":")[0])
        if network is not None:
            account = next((one for one in accounts if one.network == network.name), None)
            yield f"{source}: {_reads(network, source, sign_ins)}; {_posts(account)}."


def _reads(network: "Network", source: str, sign_ins: "SignIns") -> str:
    from sessions.networks.registry import account_source

    if network.reading.signed and sign_ins.find(network.name) is not None:
        return network.reading.signed
    reader = sign_ins.find(account_source(source))
    if reader is None:
        return network.reading.unsigned(source)
    return _("read as {name}").format(name=reader.name) if reader.handle else _("read with your app")


def _posts(account: "Account | None") -> str:
    if account is None:
        return _("nothing can be posted from here, only copied")
    return (
        _("posts go out as {name}").format(name=account.name)
        if account.posts
        else _("posting as {name} is switched off").format(name=account.name)
    )
