"""The calls of Mastodon's API that a chat needs, with every refusal in words."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal
from urllib.parse import quote

import httpx
import msgspec

from sessions.core.decoding import Unreadable
from sessions.networks.account import Account
from sessions.networks.mastodon.wire import (
    WireAccount,
    WireConfiguration,
    WireContext,
    WireError,
    WireInstance,
    WireInstance1,
    WireStatus,
    WireStatusRules,
    WireUrls,
    read_statuses,
)
from sessions.networks.source import SourceError
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import Garbled, Limited, Missing, Rejected, SignedOut, Unavailable
from sessions.networks.web.fetching import Answer, fetch, is_server, server_address
from sessions.networks.web.forgiving import Lost, read_forgiving
from sessions.networks.web.limits import Headroom

PAGE = 40
"""Posts on a page; no server gives more (docs.joinmastodon.org/methods/timelines)."""


def base_url(host: str) -> str:
    """`server_address` of `host`; raises `SourceError` where that is no server's name."""
    if not is_server(host):
        raise SourceError("mastodon: name the server behind it, such as mastodon:mastodon.social")
    return server_address(host)


def hashtag_problem(tag: str) -> str | None:
    """Why a Mastodon server cannot have this hashtag, None where it can (app/models/tag.rb, HASHTAG_NAME_PAT).

    Asked for one, it would answer with an empty page for ever.
    """
    fit = all(one in "_·\u30fb\u200c" or unicodedata.category(one)[0] in "LMN" for one in tag)
    if tag and fit and not tag.isdecimal():
        return None
    return f"#{tag} cannot be a hashtag: letters, digits and _ only, and one letter at least"


class MastodonApi:
    """One server, asked over `client`; `headroom` is what it last said of its limit.

    While the server wants to be left alone every call raises `Limited` and asks nothing, whichever call hit the limit.
    `on_unread` is called with each post of a page that cannot be read, as JSON has it.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        host: str,
        *,
        now: Now = wall_clock,
        on_unread: Callable[[Any], None] = lambda _status: None,
    ) -> None:
        self.host = host
        self._on_unread = on_unread
        self.headroom: Headroom | None = None
        self._client = client
        self._url = base_url(host)
        self._now = now
        self._closed_until = 0

    async def instance(self) -> WireInstance:
        """The server itself; one that is no Mastodon server is `Rejected`."""
        try:
            return (await self._ask("GET", "/api/v2/instance")).read(WireInstance, self.host)
        except (Missing, Garbled):  # older than 4.0, or of another make that has not all of it
            return await self._old_instance()

    async def tag_page(self, tag: str, account: Account | None, **between: str) -> list[WireStatus]:
        """A page of the hashtag's timeline, newest first; `min_id`, `max_id` as in the guidelines on pagination."""
        problem = hashtag_problem(tag)
        if problem is not None:
            raise Rejected(problem)
        path = f"/api/v1/timelines/tag/{quote(tag, safe='')}"
        try:
            answer = await self._ask("GET", path, account, params={"limit": PAGE, **between})
        except Missing:  # some servers say so of a hashtag that nobody has used
            return []
        return self._statuses(answer.read(list[msgspec.Raw], self.host))

    async def status(self, status_id: str, account: Account | None) -> WireStatus:
        """One post by the server's own id; `Missing` where it is gone or not for our eyes."""
        return (await self._ask("GET", _status_path(status_id), account)).read(WireStatus, self.host)

    async def fate(self, status_id: str, account: Account | None) -> WireStatus | Literal["gone"] | None:
        """What became of a post: as it is now, or that the server says that it is gone; None where that is not told.

        A proxy's page that nothing is there does not count.
        """
        answer = await self._answer("GET", _status_path(status_id), account)
        if answer.status in (404, 410):
            return "gone" if _said(answer.body) else None
        try:
            return answer.read(WireStatus, self.host) if answer.ok else None
        except Garbled:
            return None

    async def may_post(self, account: Account) -> bool:
        """Whether the token has the right to post, learnt by a post without words, which no server takes; true also
        where the server does not say."""
        try:
            body = {"status": "", "visibility": "direct"}
            answer = await self._answer("POST", "/api/v1/statuses", account, json=body)
        except (Limited, Unavailable):
            return True
        return answer.status not in (401, 403)

    async def thread(self, status_id: str, account: Account | None) -> list[WireStatus]:
        """What answers a post and its answers; to nobody in particular a server gives 60 at most (methods/statuses)."""
        answer = await self._ask("GET", f"{_status_path(status_id)}/context", account)
        return self._statuses(answer.read(WireContext, self.host).descendants)

    async def own_id(self, uri: str, account: Account | None) -> str | None:
        """The server's own id of the post with this uri, None where it cannot be learnt.

        The uri of a server's own post ends in it; others are searched for, which needs an account.
        """
        try:
            status = await self.status(uri.rstrip("/").rpartition("/")[2], account)
            if status.uri == uri:
                return status.id
        except (Rejected, SignedOut, Garbled):
            pass  # no post of this server: the search tells
        return None if account is None else await self.find(uri, account)

    async def find(self, uri: str, account: Account) -> str | None:
        """The server's own id of the post with this uri; the server fetches it where it has to."""
        params = {"q": uri, "type": "statuses", "resolve": "true", "limit": "1"}
        answer = await self._ask("GET", "/api/v2/search", account, params=params)
        return next((one.id for one in answer.read(_Found, self.host).statuses if one.uri == uri), None)

    async def me(self, account: Account) -> WireAccount:
        """Whose token it is; `SignedOut` where it is nobody's."""
        return (await self._ask("GET", "/api/v1/accounts/verify_credentials", account)).read(WireAccount, self.host)

    async def search(self, words: str, account: Account, *, offset: int = 0) -> list[WireStatus]:
        """Posts that the server finds for these words, as far as it searches in texts and the account may."""
        params = {"q": words, "type": "statuses", "limit": str(PAGE), "offset": str(offset)}
        answer = await self._ask("GET", "/api/v2/search", account, params=params)
        return self._statuses(answer.read(_FoundRaw, self.host).statuses)

    async def account_id(self, handle: str, account: Account | None) -> str:
        """The server's own id of who goes by this handle; `Missing` where it knows nobody of it.

        Somebody of another server whom this one has never met is fetched from there for who is signed in.
        """
        try:
            answer = await self._ask("GET", "/api/v1/accounts/lookup", account, params={"acct": handle})
            return answer.read(WireAccount, self.host).id
        except Missing:
            if account is None or "@" not in handle:
                raise Missing(f"{self.host} knows nobody called @{handle}") from None
        params = {"q": f"@{handle}", "type": "accounts", "resolve": "true", "limit": "1"}
        found = (await self._ask("GET", "/api/v2/search", account, params=params)).read(_FoundAccounts, self.host)
        if not found.accounts:
            raise Missing(f"{self.host} knows nobody called @{handle}")
        return found.accounts[0].id

    async def posts_of(self, account_id: str, account: Account | None, **between: str) -> list[WireStatus]:
        """A page of what somebody posted, without what they boosted, newest first; `max_id` as for `tag_page`."""
        path = f"/api/v1/accounts/{quote(account_id, safe='')}/statuses"
        params = {"limit": PAGE, "exclude_reblogs": "true", **between}
        answer = await self._ask("GET", path, account, params=params)
        return self._statuses(answer.read(list[msgspec.Raw], self.host))

    async def latest_of(self, account_id: str, account: Account) -> list[WireStatus]:
        """The latest posts of an account, newest first."""
        path = f"/api/v1/accounts/{quote(account_id, safe='')}/statuses"
        answer = await self._ask("GET", path, account, params={"limit": PAGE})
        return self._statuses(answer.read(list[msgspec.Raw], self.host))

    async def post(self, body: Mapping[str, Any], account: Account, key: str) -> WireStatus:
        """Post, with `key` as the idempotency key, which Mastodon remembers for an hour."""
        answer = await self._ask("POST", "/api/v1/statuses", account, json=body, headers={"Idempotency-Key": key})
        return answer.read(WireStatus, self.host)

    async def boost(self, status_id: str, account: Account) -> WireStatus:
        """Boost a post by the server's own id; one that is boosted already gives the same boost."""
        path = f"{_status_path(status_id)}/reblog"
        return (await self._ask("POST", path, account, json={"visibility": "public"})).read(WireStatus, self.host)

    async def _ask(self, method: str, path: str, account: Account | None = None, **request: Any) -> Answer:
        answer = await self._answer(method, path, account, **request)
        if not answer.ok:
            raise self.refusal(answer.status, answer.body)
        return answer

    async def _answer(
        self,
        method: str,
        path: str,
        account: Account | None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Answer:
        closed_for = self._closed_until - self._now()
        if closed_for > 0:
            raise Limited(closed_for / 1000)
        headers = {**bearer(account), "Accept": "application/json", **(headers or {})}
        try:
            answer = await fetch(self._client, method, self._url + path, now=self._now, headers=headers, **more)
        except Limited as limited:
            self._closed_until = self._now() + round((limited.wait or 0) * 1000)
            raise
        self.headroom = answer.headroom or self.headroom
        return answer

    def _statuses(self, raws: Iterable[msgspec.Raw]) -> list[WireStatus]:
        lost = Lost(WireStatus)
        try:
            found = read_statuses(raws, lost)
        except Unreadable:
            raise Garbled(f"{self.host} answers with something else than expected") from None
        for value in lost.values:
            self._on_unread(value)
        return found

    def refusal(self, status: int, body: bytes) -> Rejected | SignedOut:
        """What an answer of failure means; by its status, because its words are in the language of the account."""
        if status == 401:
            return SignedOut(f"mastodon {self.host}")
        said = _said(body)
        if status in (404, 410):
            return Missing(said or f"{self.host} does not have it")
        return Rejected(said or f"{self.host} answers {status}")

    async def _old_instance(self) -> WireInstance:
        try:
            old = (await self._ask("GET", "/api/v1/instance")).read(WireInstance1, self.host)
        except (Missing, Garbled):
            raise self._no_mastodon() from None
        rules = old.configuration.statuses if old.configuration else WireStatusRules()
        if old.max_toot_chars:
            rules = msgspec.structs.replace(rules, max_characters=old.max_toot_chars)
        configuration = WireConfiguration(WireUrls(old.urls.get("streaming_api", "")), rules)
        return WireInstance(domain=old.uri, version=old.version, configuration=configuration)

    def _no_mastodon(self) -> Rejected:
        return Rejected(f"{self.host} is no Mastodon server; check the name in the plan's sources")


class _Found(msgspec.Struct, frozen=True):
    statuses: tuple[WireStatus, ...] = ()


class _FoundRaw(msgspec.Struct, frozen=True):
    statuses: tuple[msgspec.Raw, ...] = ()


class _FoundAccounts(msgspec.Struct, frozen=True):
    accounts: tuple[WireAccount, ...] = ()


def _status_path(status_id: str) -> str:
    return f"/api/v1/statuses/{quote(status_id, safe='')}"


def bearer(account: Account | None) -> dict[str, str]:
    """The header that says who asks."""
    return {} if account is None else {"Authorization": f"Bearer {account.secret.token}"}


def _said(body: bytes) -> str:
    try:
        return read_forgiving(body, WireError).error
    except Unreadable:
        return ""
