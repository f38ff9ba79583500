"""The calls of X's API that a chat needs, with every refusal in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import msgspec

from sessions.core.decoding import Unreadable
from sessions.networks.account import Account
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import Garbled, Limited, SignedOut
from sessions.networks.web.fetching import Answer, fetch
from sessions.networks.web.forgiving import Lost
from sessions.networks.web.limits import Headroom, wait_of
from sessions.networks.x.account import HOST
from sessions.networks.x.refusals import BadRequest, is_duplicate_rule, refusal, told_by
from sessions.networks.x.wire import (
    WireCreated,
    WireCreation,
    WireIncludes,
    WirePage,
    WirePost,
    WireProblem,
    WireRule,
    WireRules,
    WireToken,
    read_posts,
)

BASE = f"https://{HOST}/2"
"""Where the API is."""

STREAM = f"{BASE}/tweets/search/stream"
RULES = f"{STREAM}/rules"
_SEARCH = f"{BASE}/tweets/search/recent"

_FIELDS = "created_at,conversation_id,entities,possibly_sensitive"


class Spelling(msgspec.Struct, frozen=True):
    """How X is asked for what a post holds: `fields` by the parameter `name`, and `expansions`, which are paid for."""

    name: str
    fields: str
    expansions: tuple[str, ...] = ()


SPELLINGS = (
    Spelling("tweet.fields", f"{_FIELDS},author_id,referenced_tweets,edit_history_tweet_ids,note_tweet"),
    Spelling("post.fields", f"{_FIELDS},note_post", ("referenced_posts", "edit_history_post_ids")),
)
"""The same under its old and its new names; X says of neither how long it takes them. In its description 2.167 who
wrote, what a post answers and its older versions are no fields of it: they come with the posts that they name.
"""

_AUTHORS = {"user.fields": "username,name"}

LOOKED_UP = 100
"""Posts that one look-up takes."""

_LATEST = 100
"""Posts of an account on a page; `start_time` keeps those that are read, and paid for, to a few."""


class Found(msgspec.Struct, frozen=True):
    """Posts of one answer with what X bills for beside them; `newest` and `next` as a search pages, `problems` are of
    what was left out, `unread` the ids of posts that cannot be read."""

    posts: Sequence[WirePost] = ()
    includes: WireIncludes = WireIncludes()
    newest: str | None = None
    next: str | None = None
    problems: Sequence[WireProblem] = ()
    unread: Sequence[str] = ()


class XApi:
    """X, asked over `client`; `headroom` is what it last said of the limit of its search.

    While a call is over its limit, it raises `Limited` without asking; the others have limits of their own.
    """

    def __init__(self, client: httpx.AsyncClient, *, now: Now = wall_clock) -> None:
        self.headroom: Headroom | None = None
        self._client = client
        self._now = now
        self._closed_until: dict[str, int] = {}
        self._spellings: dict[str, int] = {}

    async def search(self, query: str, account: Account | None, *, most: int, **place: str) -> Found:
        """A page of at most `most` posts of the last seven days, newest first.

        `place` is `since_id` or `start_time`, and `next_token`. It ends half a minute before now, as X has it.
        """
        params = {"query": query, "max_results": str(most), **place}
        answer = await self._spelled(_SEARCH, account, params, authors=True)
        self.headroom = answer.headroom or self.headroom
        page = answer.read(WirePage, "X")
        if page.data is None and page.meta is None:
            raise told_by(page.errors) if page.errors else Garbled("X answers with something else than expected")
        return _found(page)

    async def look_up(self, ids: Sequence[str], account: Account | None) -> Found:
        """The posts with these ids, at most `LOOKED_UP`, without authors; a problem for each that is not there."""
        answer = await self._spelled(f"{BASE}/tweets", account, {"ids": ",".join(ids)})
        return _found(answer.read(WirePage, "X"))

    async def latest_of(self, user_id: str, account: Account, **place: str) -> Found:
        """A page of the latest posts of the account's own timeline; `place` is `start_time` and `pagination_token`."""
        params = {"max_results": str(_LATEST), **place}
        answer = await self._spelled(f"{BASE}/users/{user_id}/tweets", account, params)
        return _found(answer.read(WirePage, "X"))

    async def post(self, body: Mapping[str, Any], account: Account) -> WireCreated:
        """Post; never repeated here."""
        return (await self._ask("POST", f"{BASE}/tweets", account, json=body)).read(WireCreation, "X").data

    async def repost(self, user_id: str, x_id: str, account: Account) -> None:
        """Repost a post as this user; never repeated here."""
        await self._ask("POST", f"{BASE}/users/{user_id}/retweets", account, json={"tweet_id": x_id})

    async def rules(self, account: Account | None) -> Sequence[WireRule]:
        """The rules of the app's stream, whoever made them; free."""
        return (await self._ask("GET", RULES, account)).read(WireRules, "X").data or ()

    async def add_rule(self, value: str, tag: str, account: Account | None) -> None:
        """Let the stream bring what `value` matches; that it has such a rule already is well."""
        answer = await self._ask("POST", RULES, account, json={"add": [{"value": value, "tag": tag}]})
        problems = [one for one in answer.read(WireRules, "X").errors or () if not is_duplicate_rule(one)]
        if problems:
            raise told_by(problems)

    async def delete_rules(self, ids: Sequence[str], account: Account | None) -> None:
        """Take rules out of the stream; those that are gone already are well."""
        await self._ask("POST", RULES, account, json={"delete": {"ids": list(ids)}})

    async def refresh(self, account: Account) -> WireToken:
        """The next token of a person; each refresh token is good once. Raises `SignedOut` where X takes it no more."""
        secret = account.secret
        form = {"grant_type": "refresh_token", "refresh_token": secret.refresh, "client_id": secret.client_id}
        app = (secret.client_id, secret.client_secret) if secret.client_secret else None
        try:
            answer = await self._ask("POST", f"{BASE}/oauth2/token", None, data=form, auth=app)
        except BadRequest:
            raise SignedOut("x") from None
        return answer.read(WireToken, "X")

    def fields(self, url: str, *, authors: bool) -> Mapping[str, str]:
        """The parameters that ask for what posts hold, as `url` takes them; with their `authors`, who cost more."""
        spelling = SPELLINGS[self._spellings.get(url, 0)]
        expansions = (*(("author_id",) if authors else ()), *spelling.expansions)
        expanded = {"expansions": ",".join(expansions)} if expansions else {}
        return {spelling.name: spelling.fields, **expanded, **(_AUTHORS if authors else {})}

    def other_fields(self, url: str) -> None:
        """Take the other names for `url` from now on."""
        self._spellings[url] = 1 - self._spellings.get(url, 0)

    def check(self, url: str, answer: Answer, there: int) -> None:
        """Raise what an answer of failure means, and remember how long X wants to be left alone there; it came at
        `there` by X's clock."""
        if answer.ok:
            return
        error = refusal(answer.status, answer.body, wait_of(answer.headers, there))
        if isinstance(error, Limited):
            self._closed_until[url] = self._now() + round((error.wait or 0) * 1000)
        raise error

    def need_open(self, url: str) -> None:
        """Raise `Limited` while X wants to be left alone there."""
        closed_for = self._closed_until.get(url, 0) - self._now()
        if closed_for > 0:
            raise Limited(closed_for / 1000)

    async def _spelled(
        self, url: str, account: Account | None, params: Mapping[str, str], *, authors: bool = False
    ) -> Answer:
        try:
            return await self._ask("GET", url, account, params={**params, **self.fields(url, authors=authors)})
        except BadRequest as first:
            if not misspelled(first):
                raise
            self.other_fields(url)
            try:
                return await self._ask("GET", url, account, params={**params, **self.fields(url, authors=authors)})
            except BadRequest as second:
                if misspelled(second):  # it was not the names
                    self.other_fields(url)
                raise

    async def _ask(self, method: str, url: str, account: Account | None, **request: Any) -> Answer:
        self.need_open(url)
        return await fetch(
            self._client,
            method,
            url,
            now=self._now,
            check=lambda answer, there: self.check(url, answer, there),
            headers=bearer(account),
            **request,
        )


def misspelled(error: BadRequest) -> bool:
    """Whether X takes offence at the names of the fields."""
    return bool(error.names & {"tweet.fields", "post.fields", "expansions"})


def bearer(account: Account | None) -> dict[str, str]:
    """The header that says who asks."""
    return {} if account is None else {"Authorization": f"Bearer {account.secret.token}"}


def _found(page: WirePage) -> Found:
    lost = Lost(WirePost)
    try:
        posts = read_posts(page.data or (), lost)
    except Unreadable:
        raise Garbled("X answers with something else than expected") from None
    unread = [str(one["id"]) for one in lost.values if isinstance(one, dict) and isinstance(one.get("id"), (str, int))]
    meta = page.meta
    return Found(
        posts, page.includes, meta.newest_id if meta else None, meta.next_token if meta else None, page.errors or (),
        unread,
    )  # fmt: skip
