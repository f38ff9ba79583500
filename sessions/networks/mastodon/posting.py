"""Posting with an account of a Mastodon server, and learning whether a post went out."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx

from sessions.core.filing.own_posts import EARLIER, plain_words
from sessions.networks.account import Account
from sessions.networks.mastodon.api import MastodonApi
from sessions.networks.mastodon.posts import mentioned, post_id, web_address
from sessions.networks.mastodon.wire import WireStatus
from sessions.networks.poster import NotSent, Outgoing, PostingRules, Published, Unsure
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.networks.web.errors import Limited, NetworkError, Rejected, SignedOut, Unavailable, Unreached
from sessions.networks.web.fetching import open_client
from sessions.networks.web.html_text import html_to_text
from sessions.networks.web.server_clock import ServerClock
from sessions.networks.web.times import claimed

SETTLE = 5.0
"""Seconds before a server is asked again whether a post is out: it may still be at it."""

_REFUSALS = (Rejected, SignedOut, Limited, Unreached)
"""After these the server has not taken the post, for sure."""


class MastodonPoster:
    """Posts with one account, publicly: what an account's own settings make of a post may never reach the hashtag."""

    def __init__(
        self,
        account: Account,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._account = account
        self._client = open_client(transport=transport)
        self._now = ServerClock(now)
        self._api = MastodonApi(self._client, account.host, now=self._now)
        self._sleep = sleep

    @property
    def account(self) -> Account:
        """As `Poster`."""
        return self._account

    async def rules(self) -> PostingRules:
        """How this server counts; as `Poster`."""
        try:
            server = await self._api.instance()
        except NetworkError as error:
            raise NotSent(f"{self._account.host}: {error.status}") from None
        said = server.configuration.statuses
        return PostingRules(
            unit="characters", most=said.max_characters, url=said.characters_reserved_per_url, called=server.called
        )

    async def send(self, post: Outgoing) -> Published:
        """Post it; as `Poster`. Mastodon gives the same post for the same key within an hour."""
        if post.how == "boost":
            return await self._taken(self._api.boost(await self._own(post.of, "that is shared"), self._account))
        body = {"status": post.text, "visibility": "public", "language": post.language}
        if post.reply_to is not None:
            body["in_reply_to_id"] = await self._own(post.reply_to, "that this one answers")
        if post.how == "quote":
            await self._need_quotes()
            body["quoted_status_id"] = await self._own(post.of, "that is quoted")
        return await self._taken(self._api.post(body, self._account, post.key))

    async def _taken(self, sending: Awaitable[WireStatus]) -> Published:
        try:
            return _published(await sending)
        except _REFUSALS as error:
            raise NotSent(f"{self._account.host}: {error.status}") from None
        except Unavailable as error:
            raise Unsure(f"{self._account.host}: {error.status}") from None

    async def look_up(self, post: Outgoing) -> Published | None:
        """The post among the account's latest, by its words and its time; as `Poster`.

        It is asked twice, because a request without an answer may still be at work there. The key makes a second try
        harmless on Mastodon for an hour; other servers ignore it, and which do is not known of any.
        """
        try:
            mine = (await self._api.me(self._account)).id
            found = await self._among_latest(mine, post)
            if found is None:
                await self._sleep(SETTLE)
                found = await self._among_latest(mine, post)
        except NetworkError as error:
            raise Unsure(f"{self._account.host}: {error.status}") from None
        return found

    async def aclose(self) -> None:
        """As `Poster`."""
        await self._client.aclose()

    async def _need_quotes(self) -> None:
        """Raise where the server would leave the quote out and post the words alone."""
        try:
            server = await self._api.instance()
        except NetworkError as error:
            raise NotSent(f"{self._account.host}: {error.status}") from None
        if not server.quotes:
            raise NotSent(f"{self._account.host} cannot quote a post. Share it as a new post")

    async def _own(self, post: str, which: str) -> str:
        """The server's own id of a post."""
        try:
            found = await self._api.own_id(post.partition(":")[2], self._account)
        except NetworkError as error:
            raise NotSent(f"{self._account.host}: {error.status}") from None
        if found is None:
            raise NotSent(f"{self._account.host} does not have the post {which}")
        return found

    async def _among_latest(self, account_id: str, post: Outgoing) -> Published | None:
        latest = await self._api.latest_of(account_id, self._account)
        is_it = _like(post, self._now)
        return next((_published(status) for status in latest if is_it(status)), None)


def _like(post: Outgoing, clock: ServerClock) -> Callable[[WireStatus], bool]:
    if post.how == "boost":
        return lambda status: isinstance(status.reblog, dict) and status.reblog.get("uri") == post.of.partition(":")[2]
    words = plain_words(post.text) or post.text.strip()
    begun = clock.theirs(post.begun)

    def is_it(status: WireStatus) -> bool:
        if status.reblog is not None or claimed(status.created_at, clock.there()) < begun - EARLIER:
            return False
        if (status.in_reply_to_id is None) is not (post.reply_to is None):
            return False
        text = html_to_text(status.content or "", mentioned(status))
        return (plain_words(text) or text) == words

    return is_it


def _published(status: WireStatus) -> Published:
    return Published(post_id(status.uri), web_address(status.url))
