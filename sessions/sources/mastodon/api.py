"""The calls of Mastodon's API that a chat needs, with every refusal in words."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from sessions.accounts.model import Account
from sessions.sources.base import SourceError
from sessions.sources.mastodon.wire import (
    WireAccount,
    WireConfiguration,
    WireContext,
    WireError,
    WireInstance,
    WireInstance1,
    WireStatus,
    WireStatusRules,
    WireUrls,
)
from sessions.sources.pace import Now, wall_clock
from sessions.sources.web.fetching import Answer, fetch
from sessions.sources.web.limits import Headroom
from sessions.sources.web.trouble import Missing, Refused, SignedOut, Unavailable

PAGE = 40
"""Posts on a page; no server gives more (docs.joinmastodon.org/methods/timelines)."""

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def base_url(host: str) -> str:
    """The address of the server `host` (`mastodon.social`, a port behind it where it has one); raises `SourceError`.

    Only a server on this very computer is spoken to without TLS.
    """
    parts = urlsplit(f"//{host}")
    try:
        right = bool(parts.hostname) and parts.netloc == host and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        right = False
    if not right or any(character.isspace() for character in host):
        raise SourceError("mastodon: name the server behind it, such as mastodon:mastodon.social")
    scheme = "http" if host.rsplit(":", 1)[0] in _LOOPBACK or host in _LOOPBACK else "https"
    return f"{scheme}://{host}"


class MastodonApi:
    """One server, asked over `client`; `headroom` is what it last said of its limit."""

    def __init__(self, client: httpx.AsyncClient, host: str, *, now: Now = wall_clock) -> None:
        self.host = host
        self.headroom: Headroom | None = None
        self._client = client
        self._url = base_url(host)
        self._now = now

    async def instance(self) -> WireInstance:
        """The server itself; one that is no Mastodon server is `Refused`."""
        try:
            answer = await self._ask("GET", "/api/v2/instance")
            if answer.ok:
                return answer.read(WireInstance, self.host)
        except Missing:
            return await self._old_instance()
        except Unavailable as trouble:
            if "something else" not in trouble.status:
                raise
        raise self._no_mastodon()

    async def tag_page(self, tag: str, account: Account | None, **between: str) -> list[WireStatus]:
        """A page of the hashtag's timeline, newest first; `min_id`, `max_id` as in the guidelines on pagination."""
        path = f"/api/v1/timelines/tag/{quote(tag, safe='')}"
        try:
            answer = await self._ask("GET", path, account, params={"limit": PAGE, **between})
        except Missing:  # some servers say so of a hashtag that nobody has used
            return []
        return answer.read(list[WireStatus], self.host)

    async def status(self, status_id: str, account: Account | None) -> WireStatus:
        """One post by the server's own id; `Missing` where it is gone or not for our eyes."""
        answer = await self._ask("GET", f"/api/v1/statuses/{quote(status_id, safe='')}", account)
        return answer.read(WireStatus, self.host)

    async def context(self, status_id: str, account: Account | None) -> WireContext:
        """The thread around a post."""
        answer = await self._ask("GET", f"/api/v1/statuses/{quote(status_id, safe='')}/context", account)
        return answer.read(WireContext, self.host)

    async def find(self, uri: str, account: Account) -> str | None:
        """The server's own id of the post with this uri; the server fetches it where it has to."""
        params = {"q": uri, "type": "statuses", "resolve": "true", "limit": "1"}
        answer = await self._ask("GET", "/api/v2/search", account, params=params)
        return next((one.id for one in answer.read(_Found, self.host).statuses if one.uri == uri), None)

    async def me(self, account: Account) -> WireAccount:
        """Whose token it is; `SignedOut` where it is nobody's."""
        return (await self._ask("GET", "/api/v1/accounts/verify_credentials", account)).read(WireAccount, self.host)

    async def latest_of(self, account_id: str, account: Account) -> list[WireStatus]:
        """The latest posts of an account, newest first."""
        path = f"/api/v1/accounts/{quote(account_id, safe='')}/statuses"
        answer = await self._ask("GET", path, account, params={"limit": PAGE})
        return answer.read(list[WireStatus], self.host)

    async def post(self, body: Mapping[str, Any], account: Account, key: str) -> WireStatus:
        """Post, with `key` as the idempotency key, which Mastodon remembers for an hour."""
        answer = await self._ask("POST", "/api/v1/statuses", account, json=body, headers={"Idempotency-Key": key})
        return answer.read(WireStatus, self.host)

    async def _ask(
        self,
        method: str,
        path: str,
        account: Account | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Answer:
        answer = await fetch(
            self._client,
            method,
            self._url + path,
            now=self._now,
            headers={**bearer(account), "Accept": "application/json", **(headers or {})},
            **more,
        )
        self.headroom = answer.headroom or self.headroom
        if not answer.ok:
            raise self.refusal(answer.status, answer.body)
        return answer

    def refusal(self, status: int, body: bytes) -> Refused | SignedOut:
        """What an answer of failure means; by its status, because its words are in the language of the account."""
        if status == 401:
            return SignedOut(f"mastodon {self.host}")
        said = _said(body)
        if status in (404, 410):
            return Missing(said or f"{self.host} does not have it")
        return Refused(said or f"{self.host} answers {status}")

    async def _old_instance(self) -> WireInstance:
        try:
            old = (await self._ask("GET", "/api/v1/instance")).read(WireInstance1, self.host)
        except (Missing, Unavailable):
            raise self._no_mastodon() from None
        rules = old.configuration.statuses if old.configuration else WireStatusRules(old.max_toot_chars or 500)
        configuration = WireConfiguration(WireUrls(old.urls.get("streaming_api", "")), rules)
        return WireInstance(domain=old.uri, version=old.version, configuration=configuration)

    def _no_mastodon(self) -> Refused:
        return Refused(f"{self.host} is no Mastodon server; check the name in the plan's sources")


class _Found(msgspec.Struct, frozen=True):
    statuses: tuple[WireStatus, ...] = ()


def bearer(account: Account | None) -> dict[str, str]:
    """The header that says who asks."""
    return {} if account is None else {"Authorization": f"Bearer {account.secret.token}"}


def _said(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=WireError).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
