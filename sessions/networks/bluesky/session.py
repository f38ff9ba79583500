"""A session with Bluesky: made by an app password, renewed before it runs out, asked for no more often than needed.

`createSession` is allowed 30 times in 5 minutes and 300 times a day (docs.bsky.app/docs/advanced-guides/rate-limits);
the access token holds 2 hours, the refresh token 90 days and changes at each use.
"""

import asyncio
import base64
import binascii
import contextlib
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
import msgspec

from sessions.core.cleaning import clean_handle
from sessions.core.decoding import Unreadable, read_json
from sessions.networks.account import Account, Secret
from sessions.networks.bluesky.posts import PREFIX
from sessions.networks.bluesky.rules import ENTRYWAY
from sessions.networks.bluesky.wire import WireError, WireSession, endpoint
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import Limited, Missing, NetworkError, Rejected, SignedOut
from sessions.networks.web.fetching import Answer, fetch, server_address
from sessions.networks.web.forgiving import read_forgiving
from sessions.networks.web.limits import Headroom
from sessions.networks.web.server_clock import listening

EARLY = 60_000
"""Milliseconds before its end at which an access token is renewed."""

LOGIN_EVERY = 300_000
"""Milliseconds between two sessions that are made with a stored password: 288 a day, of 300."""

PUBLIC = "public.api.bsky.app"
"""The AppView for who is not signed in; it gives profiles, threads and feeds, and no search."""

_STALE = ("ExpiredToken", "InvalidToken")
_OF = "Bluesky"

_NO_FEED = "could not find feed"
"""What the AppView says, without a name, of a feed that it does not know (packages/bsky of atproto, `getFeed`)."""


class CodeWanted(Rejected):
    """The account's own password was given, for which Bluesky sends a code by e-mail (`AuthFactorTokenRequired`)."""

    def __init__(self) -> None:
        super().__init__("Bluesky sent a code by e-mail; type it too, or take an app password")


class Stale(SignedOut):
    """The token has run out or is none: worth renewing once."""

    def __init__(self) -> None:
        super().__init__("bluesky")


def refusal(answer: Answer) -> NetworkError:
    """What an answer of failure means, by the name that it gives; HTML comes from a proxy in front of the network."""
    try:
        said = read_forgiving(answer.body, WireError)
    except Unreadable:
        return Rejected(f"Bluesky's gate answers {answer.status}; it may block this network")
    words = said.message or said.error or f"Bluesky answers {answer.status}"
    if said.error == "AuthFactorTokenRequired":
        return CodeWanted()
    if said.error in _STALE:
        return Stale()
    if said.error in ("AccountTakedown", "AccountDeactivated"):
        return Rejected(f"{words}: this account may not be used")
    if said.error in ("NotFound", "RecordNotFound", "UnknownFeed") or words == _NO_FEED:
        return Missing(words)
    return SignedOut("bluesky") if answer.status == 401 else Rejected(words)


async def call(
    client: httpx.AsyncClient, host: str, method: str, nsid: str, *, token: str = "", now: Now = wall_clock, **more: Any
) -> Answer:
    """The answer of `host` to a call (XRPC); raises what `fetch` and `refusal` tell."""
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    answer = await fetch(client, method, f"{server_address(host)}/xrpc/{nsid}", now=now, headers=headers, **more)
    if not answer.ok:
        raise refusal(answer)
    return answer


async def sign_in(
    client: httpx.AsyncClient,
    handle: str,
    password: str,
    *,
    code: str = "",
    host: str = ENTRYWAY,
    now: Now = wall_clock,
) -> Account:
    """The account of this handle (or e-mail address) and app password; its secret holds no password.

    `code` is what `CodeWanted` asks for. Raises `NetworkError`.
    """
    body = {"identifier": handle.strip().lstrip("@"), "password": password}
    if code:
        body["authFactorToken"] = code.strip()
    try:
        answer = await call(client, host, "POST", "com.atproto.server.createSession", now=now, json=body)
    except SignedOut:
        raise Rejected("Bluesky does not know this handle with this app password; check both") from None
    return _account(answer.read(WireSession, _OF), Account(network="bluesky", host=host))


async def refreshed(client: httpx.AsyncClient, account: Account, *, now: Now = wall_clock) -> Account:
    """The account with new tokens; the old refresh token is used up. Raises `NetworkError`."""
    token = account.secret.refresh
    answer = await call(client, account.host, "POST", "com.atproto.server.refreshSession", token=token, now=now)
    return _account(answer.read(WireSession, _OF), account)


async def sign_out(client: httpx.AsyncClient, account: Account, *, now: Now = wall_clock) -> None:
    """End the session at the network, so that its tokens are worth nothing. Raises `NetworkError`."""
    token = account.secret.refresh
    await call(client, account.host, "POST", "com.atproto.server.deleteSession", token=token, now=now)


class Asking(Protocol):
    """Asks Bluesky: with a sign-in, or without."""

    headroom: Headroom | None

    async def ask(self, method: str, nsid: str, **more: Any) -> Answer:
        """The answer to a call; raises `NetworkError`."""
        ...

    async def measure(self) -> None:
        """Let the clock hear a server."""
        ...


class OpenSession:
    """Asks with the sign-in where there is one (`own` finds it by `find`), else the AppView that all may ask."""

    def __init__(
        self, client: httpx.AsyncClient, own: "Session", find: Callable[[], Account | None], *, now: Now = wall_clock
    ) -> None:
        self.headroom: Headroom | None = None
        self._client = client
        self._own = own
        self._find = find
        self._now = listening(now)
        self._quiet_until = 0

    async def ask(self, method: str, nsid: str, **more: Any) -> Answer:
        """As `Asking`; after a rate limit nothing is asked until the moment that the network named."""
        if self._find() is not None:
            answer = await self._own.ask(method, nsid, **more)
            self.headroom = self._own.headroom
            return answer
        if (left := self._quiet_until - self._now()) > 0:
            raise Limited(left / 1000)
        try:
            answer = await call(self._client, PUBLIC, method, nsid, now=self._now, **more)
        except Limited as limited:
            self._quiet_until = self._now() + round((limited.wait or 0) * 1000)
            raise
        self.headroom = answer.headroom or self.headroom
        return answer

    async def measure(self) -> None:
        """As `Asking`: of who is signed in."""
        await self._own.measure()


class Session:
    """What one reader or poster asks Bluesky with; several may share an account, in several processes.

    `find` gives the account as it is stored now and `renew` keeps a renewed one.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        find: Callable[[], Account | None],
        renew: Callable[[Account], None],
        *,
        now: Now = wall_clock,
    ) -> None:
        self.headroom: Headroom | None = None
        self._client = client
        self._find = find
        self._renew = renew
        self.clock = self._now = listening(now)
        self._lock = asyncio.Lock()
        self._refused: Secret | None = None
        self._next_login = 0
        self._quiet_until: dict[str, int] = {}

    async def account(self) -> Account:
        """The account with a token that holds; raises `NetworkError`."""
        account = self._find()
        if account is None:
            raise SignedOut("bluesky")
        until = account.secret.expires_at
        if account.secret.token and (not until or until - EARLY > self._now.there()):
            return account
        return await self._renewed(account.secret)

    async def ask(self, method: str, nsid: str, **more: Any) -> Answer:
        """The answer of the account's server, which asks the AppView itself; raises `NetworkError`.

        An access token that turns out to be stale is renewed and the call made again, once: it was not carried out.
        After a rate limit nothing is asked by this `method` until the moment that the network named, whoever hit it;
        writing has a limit of its own.
        """
        if (left := self._quiet_until.get(method, 0) - self._now()) > 0:
            raise Limited(left / 1000)
        try:
            account = await self.account()
            try:
                return await self._ask(account, method, nsid, **more)
            except Stale:
                return await self._ask(await self._renewed(account.secret), method, nsid, **more)
        except Limited as limited:
            self._quiet_until[method] = self._now() + round((limited.wait or 0) * 1000)
            raise

    async def measure(self) -> None:
        """Let the clock hear the account's server, by a call that needs no sign-in; whatever it says will do."""
        account = self._find()
        if account is not None:
            with contextlib.suppress(NetworkError):
                await call(self._client, account.host, "GET", "com.atproto.server.describeServer", now=self._now)

    async def _ask(self, account: Account, method: str, nsid: str, **more: Any) -> Answer:
        token = account.secret.token
        answer = await call(self._client, account.host, method, nsid, token=token, now=self._now, **more)
        self.headroom = answer.headroom or self.headroom
        return answer

    async def _renewed(self, used: Secret) -> Account:
        """The account with other tokens than `used`; of several calls at once only the first fetches them."""
        async with self._lock:
            account = self._find()
            if account is None:
                raise SignedOut("bluesky")
            if account.secret != used:
                return account
            if used == self._refused:
                raise SignedOut("bluesky")
            fresh = await self._fetched(account)
            self._renew(fresh)
            return fresh

    async def _fetched(self, account: Account) -> Account:
        if account.secret.refresh:
            try:
                return await refreshed(self._client, account, now=self._now)
            except SignedOut:
                stored = self._find()
                if stored is not None and stored.secret != account.secret:  # another process was quicker
                    return stored
        if account.secret.password:
            return await self._signed_in_again(account)
        self._refused = account.secret
        raise SignedOut("bluesky")

    async def _signed_in_again(self, account: Account) -> Account:
        if self._now() < self._next_login:
            raise SignedOut("bluesky")
        self._next_login = self._now() + LOGIN_EVERY
        who = account.id.removeprefix(PREFIX) or account.handle
        try:
            fresh = await sign_in(self._client, who, account.secret.password, host=account.host, now=self._now)
        except Rejected:
            self._refused = account.secret
            raise
        secret = msgspec.structs.replace(fresh.secret, password=account.secret.password)
        return msgspec.structs.replace(fresh, posts=account.posts, secret=secret)


def _account(session: WireSession, before: Account) -> Account:
    """The account of a session that was made or renewed; it lives on the server that its DID document names."""
    if not session.active:
        raise Rejected(f"Bluesky says that this account is {session.status or 'switched off'}")
    handle = clean_handle(session.handle, 253).lower()
    return msgspec.structs.replace(
        before,
        host=_host(endpoint(session.did_doc)) or before.host,
        id=f"{PREFIX}{session.did}",
        handle=handle if handle != "handle.invalid" else before.handle,
        secret=msgspec.structs.replace(
            before.secret,
            token=session.access_jwt,
            refresh=session.refresh_jwt,
            expires_at=_expires_at(session.access_jwt),
        ),
    )


def _host(url: str) -> str:
    """The host of a server's address, '' where it is none that may be given a token."""
    try:
        parts = urlsplit(url)
        right = bool(parts.hostname) and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        return ""
    return parts.netloc if right and server_address(parts.netloc) == f"{parts.scheme}://{parts.netloc}" else ""


def _expires_at(token: str) -> int:
    """When a JSON Web Token runs out (UTC milliseconds), 0 where it does not say; it is read only, not believed."""
    payload = token.split(".")[1] if token.count(".") == 2 else ""
    try:
        claims = read_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)), _Claims)
    except (binascii.Error, ValueError, Unreadable):
        return 0
    return claims.exp * 1000


class _Claims(msgspec.Struct, frozen=True):
    exp: int = 0
