"""Signing in at a server that speaks Mastodon's API (docs.joinmastodon.org/methods/oauth, /methods/apps)."""

import httpx
import msgspec

from sessions.core.cleaning import clean_name
from sessions.networks.account import Account, Secret, ServerAccount
from sessions.networks.mastodon.api import MastodonApi, base_url
from sessions.networks.mastodon.posts import author_of
from sessions.networks.sign_in.errors import SignInFailed, in_words
from sessions.networks.sign_in.oauth import Consent, WireToken, ask, post_form, read_as
from sessions.networks.source import SourceError
from sessions.networks.web.errors import NetworkError, Rejected, SignedOut

SCOPES = ("read:statuses", "read:accounts", "read:search", "write:statuses")
"""What is asked for and no more: hashtags and threads, whose account it is, a post by its address, posting."""

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""In the place of a redirect: the server shows the code on a page of its own."""

_NO_HOST = "{host} names no server. Write it like this: mastodon.social."


class App(msgspec.Struct, frozen=True):
    """Lunchroom, as one server knows it for one sign-in."""

    host: str
    client_id: str
    client_secret: str
    redirect_uri: str

    def __repr__(self) -> str:
        return f"App({self.host!r}, ...)"

    def consent(self) -> Consent:
        """A request for consent. Servers before 4.3 pass PKCE over."""
        return ask(f"{base_url(self.host)}/oauth/authorize", self.client_id, self.redirect_uri, SCOPES)


class _Registered(msgspec.Struct, frozen=True):
    client_id: str
    client_secret: str = ""


async def register(client: httpx.AsyncClient, host: str, redirect_uri: str) -> App:
    """Make Lunchroom known to the server `host`, which has to be one. Raises `SignInFailed`."""
    try:
        await MastodonApi(client, host).instance()
    except SourceError:
        raise SignInFailed(_NO_HOST.format(host=clean_name(host))) from None
    except Rejected:
        raise SignInFailed(f"{host} does not answer as a Mastodon server does. Check the name.") from None
    except NetworkError as error:
        raise SignInFailed(in_words(error, host)) from None
    form = {"client_name": "Lunchroom", "redirect_uris": redirect_uri, "scopes": " ".join(SCOPES)}
    answer = await post_form(client, f"{base_url(host)}/api/v1/apps", form, host)
    known = read_as(_Registered, answer, host)
    return App(host, known.client_id, known.client_secret, redirect_uri)


async def redeem(client: httpx.AsyncClient, app: App, consent: Consent, code: str) -> Account:
    """The account of who agreed. Raises `SignInFailed`, and then the token is given back."""
    form = {**consent.redeeming(code), "client_secret": app.client_secret, "scope": " ".join(SCOPES)}
    answer = await post_form(client, f"{base_url(app.host)}/oauth/token", form, app.host)
    token = read_as(WireToken, answer, app.host)
    secret = Secret(token.access_token, client_id=app.client_id, client_secret=app.client_secret)
    try:
        return await whose(client, app.host, secret)
    except BaseException:  # also Ctrl+C: nobody else will ever know this token; raised again
        await revoke(client, ServerAccount("mastodon", app.host, secret=secret))
        raise


async def whose(client: httpx.AsyncClient, host: str, secret: Secret) -> Account:
    """The account that a token is of. Raises `SignInFailed`."""
    try:
        api = MastodonApi(client, host)
        home = (await api.instance()).home
        me = await api.me(ServerAccount("mastodon", host, secret=secret))
    except SourceError:
        raise SignInFailed(_NO_HOST.format(host=clean_name(host))) from None
    except SignedOut:
        raise SignInFailed(f"{host} does not know this token. Copy it again, all of it.") from None
    except Rejected:
        raise SignInFailed(f"{host} does not answer as a Mastodon server does. Check the name.") from None
    except NetworkError as error:
        raise SignInFailed(in_words(error, host)) from None
    author = author_of(me, home)
    return ServerAccount("mastodon", host, author.id, author.handle, secret=secret)


async def revoke(client: httpx.AsyncClient, account: Account) -> bool:
    """Make the token worth nothing; whether the server did. A token that was pasted only its owner can revoke."""
    secret = account.secret
    if not secret.client_id:
        return False
    form = {"client_id": secret.client_id, "client_secret": secret.client_secret, "token": secret.token}
    try:
        await post_form(client, f"{base_url(account.host)}/oauth/revoke", form, account.host)
    except SignInFailed:
        return False
    return True
