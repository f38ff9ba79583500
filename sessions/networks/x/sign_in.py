"""Signing in at X: the bearer token of an app reads, a person who agreed in the browser posts (docs.x.com).

Both need an app in X's developer portal with prepaid credits. Nothing here asks for posts; whose a person's token is
costs one user read.
"""

import httpx
import msgspec

from sessions.core.cleaning import clean_handle
from sessions.networks.account import Account, Secret
from sessions.networks.sign_in.errors import SignInFailed, in_words
from sessions.networks.sign_in.lending import lend_token
from sessions.networks.sign_in.oauth import Consent, WireToken, ask, post_form, read_as
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import NetworkError
from sessions.networks.web.fetching import Answer, fetch
from sessions.networks.x.account import HOST, XAccount
from sessions.networks.x.refusals import refusal

SCOPES = ("tweet.read", "users.read", "tweet.write", "offline.access")
"""What is asked for and no more; without `offline.access` the token would end after two hours, in the chat."""

PORT = 47017
"""Where the browser brings the answer: X takes only addresses that stand in the app's settings, port and all."""

_API = f"https://{HOST}/2"
_AUTHORIZE = "https://x.com/i/oauth2/authorize"


class _User(msgspec.Struct, frozen=True):
    id: str
    username: str


class _Me(msgspec.Struct, frozen=True):
    data: _User


async def reader(client: httpx.AsyncClient, bearer: str) -> Account:
    """The app that reads with this bearer token, checked by a call that costs nothing. Raises `SignInFailed`."""
    answer = await ask_app(client, bearer)
    if answer.status == 401:
        raise SignInFailed("X does not know this bearer token. Copy it again, all of it.")
    if not answer.ok:
        raise _refused(answer)
    return XAccount("x", HOST, secret=Secret(bearer))


async def ask_app(client: httpx.AsyncClient, bearer: str, *, now: Now = wall_clock) -> Answer:
    """X's answer to an app that lists the rules of its stream, which brings no posts. Raises `SignInFailed`."""
    headers = {"Authorization": f"Bearer {bearer}"}
    try:
        return await fetch(client, "GET", f"{_API}/tweets/search/stream/rules", headers=headers, now=now)
    except NetworkError as error:
        raise SignInFailed(in_words(error, "X")) from None


def _refused(answer: Answer) -> SignInFailed:
    """What an answer of failure means, in words."""
    return SignInFailed(in_words(refusal(answer.status, answer.body), "X"))


def consent(client_id: str, redirect_uri: str) -> Consent:
    """A request for consent to the app with this client id."""
    return ask(_AUTHORIZE, client_id, redirect_uri, SCOPES)


async def redeem(
    client: httpx.AsyncClient, asked: Consent, code: str, client_secret: str, *, now: Now = wall_clock
) -> Account:
    """The person who agreed. `client_secret` is empty for an app of a kind that has none (public client).

    Raises `SignInFailed`, and then the token is given back.
    """
    basic = (asked.client_id, client_secret) if client_secret else None
    answer = await post_form(client, f"{_API}/oauth2/token", asked.redeeming(code), "X", basic=basic)
    token = read_as(WireToken, answer, "X")
    secret = Secret(
        token.access_token,
        token.refresh_token,
        now() + token.expires_in * 1000 if token.expires_in else 0,
        client_id=asked.client_id,
        client_secret=client_secret,
    )
    try:
        return await _whose(client, secret)
    except BaseException:  # also Ctrl+C: nobody else will ever know this token; raised again
        await revoke(client, XAccount("x", HOST, "x:", secret=secret))
        raise


async def _whose(client: httpx.AsyncClient, secret: Secret) -> Account:
    headers = {"Authorization": f"Bearer {secret.token}"}
    try:
        answer = await fetch(client, "GET", f"{_API}/users/me", headers=headers)
    except NetworkError as error:
        raise SignInFailed(in_words(error, "X")) from None
    if not answer.ok:
        raise _refused(answer)
    user = read_as(_Me, answer, "X").data
    return XAccount("x", HOST, f"x:{user.id}", clean_handle(user.username), secret=secret)


async def revoke(client: httpx.AsyncClient, account: Account) -> bool:
    """Make a person's token worth nothing; whether X did. An app's bearer token is renewed in X's portal only."""
    secret = account.secret
    if not account.id:
        return False
    form = {"token": secret.refresh or secret.token, "client_id": secret.client_id}
    basic = (secret.client_id, secret.client_secret) if secret.client_secret else None
    try:
        await post_form(client, f"{_API}/oauth2/revoke", form, "X", basic=basic)
    except SignInFailed:
        return False
    return True


async def lend(client: httpx.AsyncClient, account: Account) -> Account:
    """The app as it is lent. Raises `SignInFailed` for a person, who reads nothing."""
    if not account.reads:
        raise SignInFailed("A person's sign-in at X reads no hashtags; only an app's does.")
    return await lend_token(client, account)
