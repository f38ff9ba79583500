"""A custom feed of Bluesky, read live: what it shows belongs to the chat, hashtag or not.

A feed has an order of its own, which need not be that of time, and a cursor that says nothing. So each look reads from
the top until nothing new comes, and every fifth one goes deeper; a cursor that comes again ends it. Answers to the open
question and removed posts are read as by search.
"""

from collections.abc import Callable, Coroutine
from typing import Any

import httpx

from sessions.core.posts import Post
from sessions.networks.account import Account
from sessions.networks.bluesky.posts import PREFIX
from sessions.networks.bluesky.reading.reader import POLL, WIDE_EVERY, BlueskySource, Reading
from sessions.networks.bluesky.session import OpenSession, Session
from sessions.networks.source import ResumePoint
from sessions.networks.web.errors import Missing, Rejected, SignedOut
from sessions.networks.web.feed import Feed

PAGES, QUIET_PAGES = 50, 2
"""Pages of 100 that one look reads at most, and after how many without anything of the chat it ends."""

WIDE_PAGES = 10
"""Pages that every fifth look reads at least, as far as there are any: a feed may put what is new anywhere."""

NETWORK = PREFIX.removesuffix(":")


class FeedSource(BlueskySource):
    """What a feed shows, asked with the moderator's sign-in where there is one. The name has the feed's AT-URI."""

    def _reader(
        self, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint
    ) -> Callable[[], Coroutine[Any, Any, None]]:
        def find() -> Account | None:
            return self.sign_ins.find(NETWORK)

        own = Session(client, find, self.sign_ins.renew, now=self.now)
        return _FeedReading(self, client, feed, resume, OpenSession(client, own, find, now=self.now)).run


class _FeedReading(Reading):
    """One run: of the readers of a hashtag the one that finds looks into the feed instead."""

    def __init__(
        self, source: FeedSource, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint, session: OpenSession
    ) -> None:
        super().__init__(source, client, feed, resume, session)
        self._uri = source.name.partition(":feed:")[2]
        self._signed_in = source.sign_ins
        feed.name_server(f"feed {self._uri.rpartition('/')[2]}")

    async def _find(self) -> float:
        """Look what the feed shows now."""
        try:
            found = await self._shown()
        except Missing:
            raise Rejected("this feed is gone, or its address is wrong") from None
        except SignedOut:
            if self._signed_in.find(NETWORK) is not None:
                raise
            raise Rejected("this feed is only for who is signed in: lunchroom login bluesky") from None
        await self._bring(found)
        self._feed.note_headroom(self._api.session.headroom)
        self._searches += 1
        return POLL

    async def _shown(self) -> list[tuple[Post, str]]:
        """What belongs to the chat of as many pages as are worth reading. A repost is the post that it repeats."""
        await self._resolve()
        deep = WIDE_PAGES if self._searches % WIDE_EVERY == 0 else 0
        begin = self._since_opened(self._opened)
        found: dict[str, tuple[Post, str]] = {}
        cursors: set[str] = set()
        cursor: str | None = None
        quiet = 0
        for page_number in range(1, PAGES + 1):
            page = await self._api.feed(self._uri, cursor)
            posts = [one for one in self._posts([item.post for item in page.feed]) if one[0].posted_at >= begin]
            fresh = [one for one in posts if one[0].id not in found and not self._knows(one[0])]
            found |= {post.id: (post, cid) for post, cid in posts}
            quiet = 0 if fresh else quiet + 1
            cursor = page.cursor
            if not page.feed or cursor is None or cursor in cursors or (quiet >= QUIET_PAGES and page_number >= deep):
                break
            cursors.add(cursor)
            if fresh and page_number > 1:
                await self._feed.catching_up("search", len(found))
        return list(found.values())

    def _knows(self, post: Post) -> bool:
        return post.id in self._known or post.id in self._versions

    async def _resolve(self) -> None:
        """Put the DID where the address has a handle: only that is asked for."""
        who, _, rest = self._uri.removeprefix("at://").partition("/")
        if not who.startswith("did:"):
            did = await self._api.did(who)
            if did is None:
                raise Missing(who)
            self._uri = f"at://{did}/{rest}"
