"""What of a sign-in leaves this computer when a hub elsewhere is to read with it: no more than reading takes."""

import httpx
import msgspec

from sessions.networks.account import Account, Secret


def narrowed(account: Account, *, renewing: bool = False) -> Account:
    """The account without the right to post here and with its token alone; `renewing` also with what renews that."""
    secret = account.secret
    lent = Secret(secret.token, secret.refresh if renewing else "", secret.expires_at)
    return msgspec.structs.replace(account, posts=False, secret=lent)


async def lend_token(_client: httpx.AsyncClient, account: Account) -> Account:
    """The account as it is lent where its network knows no session of its own for that: with its token."""
    return narrowed(account)
