"""What of a sign-in leaves this computer when a hub elsewhere is to read with it: no more than reading takes."""

import httpx
import msgspec

from sessions.networks.account import NETWORKS, X_POSTING, Account, Secret
from sessions.networks.bluesky import sign_in as bluesky
from sessions.networks.mastodon.api import base_url
from sessions.networks.sign_in.errors import SignInFailed
from sessions.networks.sign_in.parsing import token_of
from sessions.networks.source import SourceError

_LONGEST = 300
"""Characters of a host or a handle; names on the network have 253 at most."""


async def for_reading(client: httpx.AsyncClient, account: Account) -> Account:
    """The account as it is lent: never with the app password, an app's own secret, or the right to post here.

    Of Bluesky a session of its own is made, which its owner can end by deleting the app password. Raises `SignInFailed`
    where that cannot be done, or the account reads nothing.
    """
    if account.source == X_POSTING:
        raise SignInFailed("A person's sign-in at X reads no hashtags; only an app's does.")
    secret = account.secret
    if account.network == "bluesky" and secret.password:
        own = await bluesky.sign_in(client, account.host, account.handle, secret.password)
        account, secret = own, own.secret
    keeps = account.network == "bluesky"
    lent = Secret(secret.token, secret.refresh if keeps else "", secret.expires_at)
    return msgspec.structs.replace(account, posts=False, secret=lent)


def problem(account: Account) -> tuple[str, str] | None:
    """Which field of an account that somebody hands over is wrong, and why; None where all may be right."""
    if account.network not in NETWORKS or account.source == X_POSTING:
        return "network", "Only mastodon, bluesky and the app of x can be read with."
    if token_of(account.secret.token) is None or (account.secret.refresh and token_of(account.secret.refresh) is None):
        return "secret", "There is no token in it."
    if max(len(account.host), len(account.handle), len(account.id)) > _LONGEST:
        return "host", "No name is that long."
    try:
        base_url(account.host)
    except SourceError:
        return "host", "That names no server."
    return None
