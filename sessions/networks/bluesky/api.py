"""The calls of Bluesky that a chat needs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import httpx

from sessions.networks.bluesky.posts import COLLECTION
from sessions.networks.bluesky.session import PUBLIC, Asking, call
from sessions.networks.bluesky.wire import (
    WireAuthor,
    WireDid,
    WireFeed,
    WirePost,
    WirePosts,
    WireProfiles,
    WireStored,
    WireThread,
    WireThreadAnswer,
)
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import Missing, Rejected
from sessions.networks.web.forgiving import Lost

T = TypeVar("T")

PAGE = 100
"""Posts on a page of a search (lexicon: at most 100)."""

BATCH = 25
"""Posts or profiles that are asked for at once (lexicons: at most 25)."""

DEPTH = 20
"""Levels of answers to answers that are read of a thread; chats have two or three."""

_OF = "Bluesky"


class BlueskyApi:
    """Bluesky as one account sees it; `on_unread` is called with each post that cannot be read, as JSON has it."""

    def __init__(self, session: Asking, on_unread: Callable[[Any], None] = lambda _post: None) -> None:
        self.session = session
        self._on_unread = on_unread

    async def search(self, tag: str, *, since: str, cursor: str | None = None) -> WirePosts:
        """A page of the posts with this hashtag, newest first, from `since` on (ISO 8601)."""
        params: dict[str, str | int] = {"q": f"#{tag}", "tag": tag, "sort": "latest", "limit": PAGE, "since": since}
        if cursor is not None:
            params["cursor"] = cursor
        return await self._posts("app.bsky.feed.searchPosts", params, WirePosts)

    async def search_indexed(
        self, *, since: str, tags: Sequence[str] = (), root: str | None = None, cursor: str | None = None
    ) -> WirePosts:
        """A page of the posts that the index learnt from `since` on (ISO 8601), whatever their own time, newest first:
        those with any of these hashtags, or those in the thread below `root` (an AT-URI).

        Not every server has this newer search: `NotThere` or `Rejected` then.
        """
        params: dict[str, str | int | list[str]] = {"sort": "recent", "limit": PAGE, "since": since}
        if tags:
            params["hashtags"] = list(tags)
        if root is not None:
            params["threadRootUri"] = root
        if cursor is not None:
            params["cursor"] = cursor
        return (await self.session.ask("GET", "app.bsky.feed.searchPostsV2", params=params)).read(WirePosts, _OF)

    async def feed(self, uri: str, cursor: str | None = None) -> WireFeed:
        """A page of what a feed shows, in the feed's own order; `Missing` where there is no such feed (any more)."""
        params: dict[str, str | int] = {"feed": uri, "limit": PAGE}
        if cursor is not None:
            params["cursor"] = cursor
        return await self._posts("app.bsky.feed.getFeed", params, WireFeed)

    async def thread(self, uri: str) -> WireThread:
        """A post with what answers it; `Missing` where it is gone."""
        params: dict[str, str | int] = {"uri": uri, "depth": DEPTH, "parentHeight": 0}
        return (await self._posts("app.bsky.feed.getPostThread", params, WireThreadAnswer)).thread

    async def posts(self, uris: Sequence[str]) -> tuple[WirePost, ...]:
        """Those of the posts (at most `BATCH`) that are still there."""
        return (await self._posts("app.bsky.feed.getPosts", {"uris": list(uris)}, WirePosts)).posts

    async def did(self, handle: str) -> str | None:
        """Whose handle it is, None where it is nobody's."""
        try:
            answer = await self.session.ask("GET", "com.atproto.identity.resolveHandle", params={"handle": handle})
        except Rejected:  # 400 InvalidRequest: there is no such handle
            return None
        return answer.read(WireDid, _OF).did

    async def stored(self, did: str, rkey: str, collection: str = COLLECTION) -> WireStored | None:
        """The account's own post (or repost) with this record key, None where there is none, for sure."""
        params = {"repo": did, "collection": collection, "rkey": rkey}
        try:
            return (await self.session.ask("GET", "com.atproto.repo.getRecord", params=params)).read(WireStored, _OF)
        except Missing:
            return None

    async def put(self, did: str, rkey: str, record: Mapping[str, Any], collection: str = COLLECTION) -> WireStored:
        """Write a post (or repost) under a key of our own choice; one that stands there already is not touched
        (`Rejected`)."""
        body = {"repo": did, "collection": collection, "rkey": rkey, "record": record, "swapRecord": None}
        return (await self.session.ask("POST", "com.atproto.repo.putRecord", json=body)).read(WireStored, _OF)

    async def _posts(self, nsid: str, params: Mapping[str, Any], kind: type[T]) -> T:
        lost = Lost(WirePost)
        found = (await self.session.ask("GET", nsid, params=params)).read(kind, _OF, lost)
        for value in lost.values:
            self._on_unread(value)
        return found


async def profiles(
    client: httpx.AsyncClient, dids: Sequence[str], *, host: str = PUBLIC, now: Now = wall_clock
) -> tuple[WireAuthor, ...]:
    """Those of the accounts (at most `BATCH`) that are there, asked without a sign-in."""
    params = {"actors": list(dids)}
    answer = await call(client, host, "GET", "app.bsky.actor.getProfiles", now=now, params=params)
    return answer.read(WireProfiles, _OF).profiles
