"""Whether an account that somebody hands over may be read with, and what of one's own leaves this computer."""

import httpx

from sessions.networks.account import Account
from sessions.networks.registry import NETWORKS, network_named, of_its_kind
from sessions.networks.sign_in.errors import SignInFailed
from sessions.networks.sign_in.parsing import token_of
from sessions.networks.web.fetching import is_server

_LONGEST = 300
"""Characters of a host or a handle; names on the network have 253 at most."""


async def for_reading(client: httpx.AsyncClient, account: Account) -> Account:
    """The account as it is lent: never with the app password, an app's own secret, or the right to post here.

    Raises `SignInFailed` where its network cannot do that, or the account reads nothing.
    """
    lend = network_named(account.network).signing.lend
    if lend is None:
        raise SignInFailed(f"{account.name} cannot be lent to another computer: sign in there.")
    return await lend(client, account)


def problem(account: Account) -> tuple[str, str] | None:
    """Which field of an account that somebody hands over is wrong, and why; None where all may be right."""
    if account.network not in NETWORKS or not of_its_kind(account).reads:
        *most, last = (
            network.signing.reader or network.name for network in NETWORKS.values() if network.signing.lend is not None
        )
        return "network", f"Only {' and '.join(filter(None, [', '.join(most), last]))} can be read with."
    if token_of(account.secret.token) is None or (account.secret.refresh and token_of(account.secret.refresh) is None):
        return "secret", "There is no token in it."
    if max(len(account.host), len(account.handle), len(account.id)) > _LONGEST:
        return "host", "No name is that long."
    if not is_server(account.host):
        return "host", "That names no server."
    return None
