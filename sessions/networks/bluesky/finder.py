"""Looking up on Bluesky: a person without a sign-in, at the AppView for all; hashtags and words with one."""

import httpx

from sessions.core.posts import Post
from sessions.networks.account import SignIns
from sessions.networks.bluesky.facets import tag_key
from sessions.networks.bluesky.posts import carries, to_post
from sessions.networks.bluesky.session import PUBLIC, Session, call
from sessions.networks.bluesky.wire import WireFeed, WirePost, WirePosts
from sessions.networks.finder import PAGE, FoundPage, Query
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import Missing, Rejected, SignedOut
from sessions.networks.web.fetching import Answer, open_client
from sessions.networks.web.forgiving import Lost

_OF = "Bluesky"


class BlueskyFinder:
    """Asks through the account's server where somebody is signed in; as `Finder`."""

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
        self._session = Session(self._client, lambda: sign_ins.find(source), sign_ins.renew, now=now)

    async def find(self, query: Query, place: str | None = None) -> FoundPage:
        """As `Finder`."""
        if query.looks_for == "person":
            return await self._of_person(query.text, place)
        if self._sign_ins.find(self._source) is None:
            raise SignedOut("bluesky")
        params: dict[str, str | int] = {"q": query.words, "sort": "latest", "limit": PAGE}
        if query.looks_for == "tag":
            params["tag"] = query.text
        if place is not None:
            params["cursor"] = place
        answer = await self._session.ask("GET", "app.bsky.feed.searchPosts", params=params)
        page = answer.read(WirePosts, _OF, Lost(WirePost))
        posts = self._posts(page.posts)
        if query.looks_for == "tag":  # a search also finds the hashtag as a part of another one
            posts = tuple(post for post in posts if carries(post.tags, {tag_key(query.text)}))
        return FoundPage(posts, page.cursor if page.posts else None)

    async def aclose(self) -> None:
        """As `Finder`."""
        await self._client.aclose()

    async def _of_person(self, handle: str, place: str | None) -> FoundPage:
        params: dict[str, str | int] = {"actor": handle, "filter": "posts_and_author_threads", "limit": PAGE}
        if place is not None:
            params["cursor"] = place
        try:
            feed = (await self._feed(params)).read(WireFeed, _OF, Lost(WirePost))
        except Rejected as error:  # 400 InvalidRequest: profile not found
            raise Missing(f"@{handle}: {error.status.removeprefix('refused: ')}") from None
        own = [one.post for one in feed.feed if not one.kind]
        return FoundPage(self._posts(own), feed.cursor if feed.feed else None)

    async def _feed(self, params: dict[str, str | int]) -> Answer:
        if self._sign_ins.find(self._source) is not None:
            return await self._session.ask("GET", "app.bsky.feed.getAuthorFeed", params=params)
        return await call(self._client, PUBLIC, "GET", "app.bsky.feed.getAuthorFeed", now=self._now, params=params)

    def _posts(self, views: "list[WirePost] | tuple[WirePost, ...]") -> tuple[Post, ...]:
        found = (to_post(view, now=self._now()) for view in views)
        return tuple(post for post in found if post is not None)
