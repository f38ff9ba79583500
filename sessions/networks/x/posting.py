"""Posting on X with a person's account, and learning whether a post went out: X knows no idempotency keys."""

import asyncio
import datetime
import re
from typing import Any

import httpx
import msgspec

from sessions.core.filing.own_posts import EARLIER, plain_words
from sessions.networks.account import Account, SignIns
from sessions.networks.poster import NotSent, Outgoing, PostingRules, Published, Unsure
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.networks.web.errors import Garbled, Limited, NetworkError, Rejected, SignedOut, Unreached
from sessions.networks.web.fetching import open_client
from sessions.networks.web.server_clock import ServerClock
from sessions.networks.x.api import XApi
from sessions.networks.x.posts import post_id, post_url, text_of
from sessions.networks.x.refusals import BadRequest, Duplicate
from sessions.networks.x.rules import RULES
from sessions.networks.x.wire import WireCreated, WirePost

EARLY = 60_000
"""Milliseconds before its end at which a token, good for two hours, is renewed."""

SETTLE = 5.0
"""Seconds before the account's posts are read once more: one that is just being made may not be among them yet."""

PAGES = 20
"""Pages of the account's posts that a look-up reads at most; behind them it could not say that one is not there."""

SAME_TEXT = "X refuses a text that this account has posted a short time before; change a word"

_REFUSALS = (Rejected, SignedOut, Limited, Unreached)
"""After these X has not taken the post, for sure."""

_ADDRESS = re.compile(r"\S+\.\S+")
"""What X may have made a link of, and shows otherwise."""


class XPoster:
    """Posts with one account. The token that it renews goes to `sign_ins`, where others may have renewed it, too."""

    def __init__(
        self,
        account: Account,
        sign_ins: SignIns | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._account = account
        self._sign_ins = sign_ins
        self._client = open_client(transport=transport)
        self._now = ServerClock(now)
        self._api = XApi(self._client, now=self._now)
        self._sleep = sleep
        self._renewing = asyncio.Lock()

    @property
    def account(self) -> Account:
        """As `Poster`."""
        return self._account

    async def rules(self) -> PostingRules:
        """As `Poster`; the same for all accounts that pay for no more."""
        return RULES

    async def send(self, post: Outgoing) -> Published:
        """Post it; as `Poster`. That X has had the text already means that an earlier try went out, if it is found."""
        body: dict[str, Any] = {"text": post.text}
        if post.reply_to is not None:
            body["reply"] = {"in_reply_to_tweet_id": post.reply_to.partition(":")[2]}
        try:
            account = await self._fresh()
        except NetworkError as error:  # the post itself was not on its way yet
            raise NotSent(f"X: {error.status}") from None
        if post.how == "boost":
            return await self._repost(post, account)
        try:
            created = await self._post(body, account)
        except Duplicate:
            return await self._had_before(post)
        except _REFUSALS as error:
            raise NotSent(_why(error, post)) from None
        except NetworkError as error:
            raise Unsure(f"X: {error.status}") from None
        return self._published(created.id, created.id)

    async def look_up(self, post: Outgoing) -> Published | None:
        """The post among all that the account posted since it was begun, by its words; as `Poster`.

        Each of those that is read costs a tenth of a cent where the account owns the app, else as any post.

        X is asked twice, because a request without an answer may still be at work there.
        """
        try:
            found = await self._among_latest(post)
            if found is None:
                await self._sleep(SETTLE)
                found = await self._among_latest(post)
        except NetworkError as error:
            raise Unsure(f"X: {error.status}") from None
        return found

    async def aclose(self) -> None:
        """As `Poster`."""
        await self._client.aclose()

    async def _repost(self, post: Outgoing, account: Account) -> Published:
        try:
            try:
                await self._api.repost(account.id.partition(":")[2], post.of.partition(":")[2], account)
            except SignedOut:
                if not account.secret.refresh:
                    raise
                account = await self._unworn(account.secret.token)
                await self._api.repost(account.id.partition(":")[2], post.of.partition(":")[2], account)
        except _REFUSALS as error:
            raise NotSent(_why(error, post)) from None
        except NetworkError as error:
            raise Unsure(f"X: {error.status}") from None
        return self._reposted(post)

    def _reposted(self, post: Outgoing) -> Published:
        """X gives a repost no address of its own; its id here is nobody else's."""
        x_id = post.of.partition(":")[2]
        return Published(f"{post_id(x_id)}/by/{self._account.id.partition(':')[2]}", post_url(x_id))

    async def _post(self, body: dict[str, Any], account: Account) -> WireCreated:
        try:
            return await self._api.post(body, account)
        except SignedOut:  # before the time that X gave, or by a clock that is wrong: not posted, for sure
            if not account.secret.refresh:
                raise
        return await self._api.post(body, await self._unworn(account.secret.token))

    async def _unworn(self, worn: str) -> Account:
        """The account with another token than this; whatever fails is `SignedOut`, because nothing was posted."""
        try:
            return await self._fresh(worn)
        except NetworkError:
            raise SignedOut("x") from None

    async def _had_before(self, post: Outgoing) -> Published:
        found = await self.look_up(post)
        if found is None:
            raise NotSent(SAME_TEXT)
        return found

    async def _among_latest(self, post: Outgoing) -> Published | None:
        unmeasured = not self._now.heard_of
        try:
            found = await self._among_those_since(post)
        except BadRequest:
            if not (unmeasured and self._now.ahead):
                raise
            found = None
        if unmeasured and self._now.ahead:  # it was asked by a clock that turns out to be wrong
            found = await self._among_those_since(post)
        return found

    async def _among_those_since(self, post: Outgoing) -> Published | None:
        account = await self._fresh()
        since = datetime.datetime.fromtimestamp((self._now.theirs(post.begun) - EARLIER) // 1000, datetime.UTC)
        place = {"start_time": since.strftime("%Y-%m-%dT%H:%M:%SZ")}
        for _ in range(PAGES):
            found = await self._api.latest_of(account.id.partition(":")[2], account, **place)
            mine = next((one for one in found.posts if _is_it(one, post)), None)
            if mine is not None and post.how == "boost":
                return self._reposted(post)
            if mine is not None:
                return self._published(mine.first_id, mine.id)
            if not found.next:
                return None
            place["pagination_token"] = found.next
        raise Garbled("X gives page after page of the account's posts")

    def _published(self, first_id: str, version: str) -> Published:
        return Published(post_id(first_id), post_url(version, self._account.handle))

    async def _fresh(self, worn: str = "") -> Account:
        """The account with a token that holds and is not `worn`; raises `SignedOut` where there will be none."""
        async with self._renewing:
            kept = self._sign_ins.find(self._account.source) if self._sign_ins is not None else None
            if kept is not None and kept.id == self._account.id:
                self._account = kept
            secret = self._account.secret
            if secret.token != worn and (not secret.expires_at or secret.expires_at - EARLY > self._now.there()):
                return self._account
            if not secret.refresh:
                raise SignedOut("x")
            token = await self._api.refresh(self._account)
            secret = msgspec.structs.replace(
                secret,
                token=token.access_token,
                refresh=token.refresh_token or secret.refresh,
                expires_at=self._now.there() + token.expires_in * 1000,
            )
            self._account = msgspec.structs.replace(self._account, secret=secret)
            if self._sign_ins is not None:
                self._sign_ins.renew(self._account)
            return self._account


def _why(error: NetworkError, post: Outgoing) -> str:
    if isinstance(error, Rejected) and post.reply_to is not None:
        return f"X: {error.status}. X lets an app answer only people who mentioned its account; post it by itself."
    return f"X: {error.status}"


def _is_it(wire: WirePost, post: Outgoing) -> bool:
    """Whether this is the post; the search for it began at its beginning, so its words are enough."""
    if post.how == "boost":
        return wire.referenced("retweeted") == post.of.partition(":")[2]
    answers = wire.referenced("replied_to")
    wanted = None if post.reply_to is None else post.reply_to.partition(":")[2]
    return (answers is None) is (wanted is None) and _words(text_of(wire)) == _words(post.text)


def _words(text: str) -> str:
    """The words without what X changes; of a text that is nothing but addresses, all of it."""
    return plain_words(_ADDRESS.sub(" ", text)) or text.strip()
