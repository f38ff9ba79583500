"""Looking up on a Mastodon server: a hashtag or a person without a sign-in where it allows that, words with one."""

import httpx

from sessions.core.posts import Post
from sessions.networks.account import Account, SignIns
from sessions.networks.finder import FoundPage, Query
from sessions.networks.mastodon.api import PAGE, MastodonApi
from sessions.networks.mastodon.posts import SEEN_BY_ALL, to_post
from sessions.networks.mastodon.wire import WireStatus
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import SignedOut
from sessions.networks.web.fetching import open_client


class MastodonFinder:
    """Asks one server, with the account there where somebody is signed in; as `Finder`."""

    def __init__(
        self,
        source: str,
        sign_ins: SignIns,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
    ) -> None:
        self._source = source
        self._sign_ins = sign_ins
        self._client = open_client(transport=transport)
        self._now = now
        self._api = MastodonApi(self._client, source.partition(":")[2].lower(), now=now)
        self._home = ""

    async def find(self, query: Query, place: str | None = None) -> FoundPage:
        """As `Finder`."""
        account = self._sign_ins.find(self._source)
        if not self._home:
            self._home = (await self._api.instance()).home or self._api.host
        if query.looks_for == "words":
            return await self._words(query.text, account, int(place or 0))
        between = {} if place is None else {"max_id": place}
        if query.looks_for == "tag":
            page = await self._api.tag_page(query.text, account, **between)
        else:
            page = await self._api.posts_of(await self._api.account_id(query.text, account), account, **between)
        return FoundPage(self._posts(page), page[-1].id if len(page) >= PAGE else None)

    async def aclose(self) -> None:
        """As `Finder`."""
        await self._client.aclose()

    async def _words(self, words: str, account: Account | None, offset: int) -> FoundPage:
        if account is None:
            raise SignedOut(f"mastodon {self._api.host}")
        page = await self._api.search(words, account, offset=offset)
        return FoundPage(self._posts(page), str(offset + len(page)) if len(page) >= PAGE else None)

    def _posts(self, page: list[WireStatus]) -> tuple[Post, ...]:
        """Those that are for everybody's eyes."""
        return tuple(
            to_post(one, self._home, now=self._now(), uri_of=lambda _id: None)
            for one in page
            if one.reblog is None and one.visibility in SEEN_BY_ALL
        )
