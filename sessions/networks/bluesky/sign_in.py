"""Signing in at Bluesky with an app password; the session itself is `sessions.networks.bluesky.session`'s."""

import httpx
import msgspec

from sessions.core.cleaning import clean_name
from sessions.networks.account import Account
from sessions.networks.bluesky import session
from sessions.networks.sign_in.errors import SignInFailed, in_words
from sessions.networks.sign_in.lending import narrowed
from sessions.networks.web.errors import NetworkError


class CodeWanted(SignInFailed):
    """The account's own password was given, for which Bluesky has sent a code by e-mail: ask for it and try again."""


async def sign_in(client: httpx.AsyncClient, host: str, handle: str, password: str, code: str = "") -> Account:
    """The account of this handle. Its secret keeps the password, because a session ends after 90 days at the latest.

    Raises `CodeWanted` and `SignInFailed`.
    """
    try:
        account = await session.sign_in(client, handle, password, code=code, host=host)
    except session.CodeWanted:
        raise CodeWanted("Bluesky wants the code that it sent by e-mail. Take an app password instead.") from None
    except NetworkError as error:
        raise SignInFailed(in_words(error, clean_name(host))) from None
    return msgspec.structs.replace(account, secret=msgspec.structs.replace(account.secret, password=password))


async def revoke(client: httpx.AsyncClient, account: Account) -> bool:
    """End the session; whether the network did. The app password holds until its owner deletes it."""
    try:
        await session.sign_out(client, account)
    except NetworkError:
        return False
    return True


async def lend(client: httpx.AsyncClient, account: Account) -> Account:
    """The account as it is lent: with a session of its own, which its owner can end by deleting the app password.

    Raises `SignInFailed` where that cannot be made.
    """
    password = account.secret.password
    own = await sign_in(client, account.host, account.handle, password) if password else account
    return narrowed(own, renewing=True)
