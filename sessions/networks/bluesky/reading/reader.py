"""A hashtag on Bluesky, read live with a sign-in: search again and again, the open question's thread, what is gone.

Where the server has the newer search (`searchPostsV2`), which goes by when its index learnt of a post, four of five
searches are made by that: one request for all hashtags, and nothing is missed for having come late. The fifth is made
by the older one, so that a newer search that finds less than it should costs a minute and no post.
"""

import asyncio
import datetime
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from typing import Any

import httpx
import msgspec

from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.events import AnyEvent
from sessions.core.plan import Plan
from sessions.core.posts import Post
from sessions.networks.account import Account, SignIns
from sessions.networks.bluesky.api import BATCH, BlueskyApi
from sessions.networks.bluesky.facets import tag_key
from sessions.networks.bluesky.posts import carries, post_id, to_post, uri_of, web_address
from sessions.networks.bluesky.reading.seen_posts import SeenPosts
from sessions.networks.bluesky.session import Asking, Session
from sessions.networks.bluesky.wire import WirePost, WireThread
from sessions.networks.source import EditedPost, Item, NewPost, RemovedPost, ResumePoint
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.networks.web.errors import Limited, Missing, NetworkError, NotThere, Rejected
from sessions.networks.web.feed import Feed
from sessions.networks.web.network_source import NetworkSource
from sessions.networks.web.times import claimed

POLL = 12.0
"""Seconds between two searches: with two hashtags 50 requests of the 3,000 that 5 minutes allow an address."""

OVERLAP, WIDE_OVERLAP, WIDE_EVERY = 120_000, 600_000, 5
"""Milliseconds before the newest post that each search, and each fifth one, reads again.

A search has no `since_id` and its index lags by seconds, sometimes minutes; a post is sorted in by its own time.
"""

THREAD = 15.0
"""Seconds between two readings of the open question's thread."""

CHECK, CHECKED = 60.0, 4
"""Seconds between two looks at which posts are gone, and how many `BATCH`es are asked for then: the newest, and others
in turn."""

SURE = 30_000
"""Milliseconds for which a post must be missing before it counts as removed: servers do not all learn at once."""

NOT_THERE_FOR = 600_000
"""Milliseconds for which a server is not asked again for the newer search after it said that it has none."""

PAGES = 200
"""Pages of 100 that are read at most for what came since the last search: 20,000 posts, if nobody read for weeks."""


class BlueskySource(NetworkSource):
    """The hashtags of a plan as the account that is signed in finds them."""

    def __init__(
        self,
        name: str,
        plan: Plan,
        sign_ins: SignIns,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        super().__init__(name, plan, transport=transport, now=now, sleep=sleep)
        self.sign_ins = sign_ins
        self.seen_posts = SeenPosts()

    def on_event(self, event: AnyEvent) -> None:
        """Hear which question is open, whose thread is read too, and which posts the session has."""
        self.seen_posts.on_event(event)
        super().on_event(event)

    def _reader(
        self, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint
    ) -> Callable[[], Coroutine[Any, Any, None]]:
        return Reading(self, client, feed, resume).run


class Reading:
    """One run of the readers, and what they have learnt in it. `session` asks; by itself with the source's sign-in."""

    def __init__(
        self,
        source: BlueskySource,
        client: httpx.AsyncClient,
        feed: Feed,
        resume: ResumePoint,
        session: Asking | None = None,
    ) -> None:
        def find() -> Account | None:
            return source.sign_ins.find(source.name)

        session = session or Session(client, find, source.sign_ins.renew, now=source.now)
        self._api = BlueskyApi(session, self._unread)
        self._feed = feed
        self._question_posts = source.question_posts
        self._seen_posts = source.seen_posts
        self._now = source.now
        self._known = resume.known
        self._tags = source.plan.hashtags
        self._keys = {tag_key(tag) for tag in self._tags}
        self._last = _read_cursor(resume.cursor)
        self._since_opened = source.since
        self._opened = source.now()
        self._searches = 0
        self._indexed = 0
        self._old_search_until = 0
        self._checks = 0
        self._versions: dict[str, tuple[str, str | None]] = {}
        self._missing: dict[str, int] = {}

    async def run(self) -> None:
        """Read until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._feed.keep("search", self._find))
            tasks.create_task(self._feed.keep("thread", self._thread, silent=True))
            tasks.create_task(self._feed.keep("removed", self._check, silent=True))

    # The readers; each gives the seconds until it is to be called again

    async def _find(self) -> float:
        """Look for what is newer under each hashtag; a hashtag that fails takes nothing from the others."""
        if self._tags and self._searches % WIDE_EVERY and (newer := await self._by_index()) is not None:
            await self._bring(newer, cursor=True)
            self._feed.note_headroom(self._api.session.headroom)
            self._searches += 1
            return POLL
        unmeasured, before = not self._now.heard_of, dict(self._last)
        overlap = OVERLAP if self._searches % WIDE_EVERY else WIDE_OVERLAP
        found: list[tuple[Post, str]] = []
        error: NetworkError | None = None
        for tag in self._tags:
            try:
                found += await self._newer(tag, overlap)
            except NetworkError as stopped:
                error = stopped
                if isinstance(stopped, Limited):
                    break
            if unmeasured and self._now.ahead:  # it was asked by a clock that turns out to be wrong
                self._last = before
                self._feed.has_more("search")
                return 0.0
        await self._bring(found, cursor=True)
        self._feed.note_headroom(self._api.session.headroom)
        if error is not None:
            raise error
        self._searches += 1
        return POLL

    async def _by_index(self) -> list[tuple[Post, str]] | None:
        """What the index learnt since a little before the newest that it gave before, by the newer search; None where
        the server has none."""
        begin = self._since_opened(self._opened)
        since = max((self._indexed or min(self._last.values(), default=0)) - OVERLAP, begin)
        views = await self._all_indexed("search", since, tags=self._tags)
        if views is None:
            return None
        self._note_indexed(views)
        found = [one for one in self._posts(views) if one[0].posted_at >= begin and carries(one[0].tags, self._keys)]
        for tag in self._tags:
            posted = [post.posted_at for post, _ in found if carries(post.tags, {tag_key(tag)})]
            self._last[tag] = max(self._last.get(tag, 0), 0, *posted)
        return found

    async def _all_indexed(
        self, reader: str, since: int, *, tags: Sequence[str] = (), root: str | None = None
    ) -> list[WirePost] | None:
        """All pages of the newer search; None where the server has none."""
        if self._now() < self._old_search_until:
            return None
        found: list[WirePost] = []
        cursor: str | None = None
        for _ in range(PAGES):
            try:
                page = await self._api.search_indexed(since=_iso(since), tags=tags, root=root, cursor=cursor)
            except (NotThere, Rejected):
                self._old_search_until = self._now() + NOT_THERE_FOR
                return None
            found += page.posts
            if not page.posts or page.cursor in (None, cursor):
                break
            cursor = page.cursor
            await self._feed.catching_up(reader, len(found))
        return found

    def _note_indexed(self, views: Iterable[WirePost]) -> None:
        now = self._now.there()
        self._indexed = max([self._indexed, *(claimed(view.indexed_at, now) for view in views if view.indexed_at)])

    async def _newer(self, tag: str, overlap: int) -> list[tuple[Post, str]]:
        """The posts with the hashtag since a little before the newest that was found before."""
        since = max(self._last.get(tag, 0) - overlap, self._since_opened(self._opened))
        found: list[tuple[Post, str]] = []
        cursor: str | None = None
        for _ in range(PAGES):
            page = await self._api.search(tag, since=_iso(since), cursor=cursor)
            self._note_indexed(page.posts)
            posts = list(self._posts(page.posts))
            found += [one for one in posts if one[0].posted_at >= since and carries(one[0].tags, self._keys)]
            older = bool(posts) and all(post.posted_at < since for post, _ in posts)
            if not page.posts or older or page.cursor in (None, cursor):
                break
            cursor = page.cursor
            await self._feed.catching_up("search", len(found))
        if found:
            self._last[tag] = max(self._last.get(tag, 0), *(post.posted_at for post, _ in found))
        return found

    async def _thread(self) -> float:
        """Read what answers the open question, hashtag or not."""
        for asked in self._question_posts.watched():
            try:
                thread = await self._api.thread(uri_of(asked))
            except Missing:
                await self._missed([uri_of(asked)])
                continue
            if thread.kind.endswith("#notFoundPost"):
                await self._missed([uri_of(asked)])
            answers = list(_answers(thread))
            since = self._since_opened(self._opened)
            answers += await self._all_indexed("thread", since, root=uri_of(asked)) or ()
            await self._bring(list(self._posts(answers)))
        return THREAD

    async def _check(self) -> float:
        """Ask for posts that the session has; of those that are gone the network says nothing by itself."""
        for batch in self._batches():
            here = await self._api.posts(batch)
            await self._bring([one for one in self._posts(here) if one[0].id in self._known])
            there = {view.uri for view in here}
            for uri in there:
                self._missing.pop(uri, None)
            await self._missed([uri for uri in batch if uri not in there])
        return CHECK

    # What they share

    def _batches(self) -> list[list[str]]:
        """What to ask for now: what was missing the last time, the newest, and some of the older ones in turn."""
        self._missing = {uri: at for uri, at in self._missing.items() if uri in self._seen_posts}
        rest = [uri for uri in self._seen_posts.newest_first() if uri not in self._missing]
        first, older = [*self._missing, *rest][:BATCH], [*self._missing, *rest][BATCH:]
        turns = [older[start : start + BATCH] for start in range(0, len(older), BATCH)]
        chosen = [turns[(self._checks + step) % len(turns)] for step in range(min(CHECKED - 1, len(turns)))]
        self._checks += len(chosen)
        return [batch for batch in (first, *chosen) if batch]

    async def _missed(self, uris: Iterable[str]) -> None:
        """These are not there; twice in a row, some time apart, means that they were removed."""
        now = self._now()
        gone = [uri for uri in uris if now - self._missing.setdefault(uri, now) >= SURE]
        if gone:
            await self._feed.bring([RemovedPost(post_id(uri)) for uri in gone])

    def _posts(self, views: Iterable[WirePost]) -> Iterator[tuple[Post, str]]:
        """The posts with their versions (cid); malformed ones are counted."""
        for view in views:
            post = to_post(view, now=self._now.there())
            if post is not None:
                yield post, view.cid
            else:
                self._unread({"uri": view.uri, "indexedAt": view.indexed_at})

    def _unread(self, view: Any) -> None:
        """Count a post of the chat that cannot be read."""
        uri, at = (view.get(key) for key in ("uri", "indexedAt")) if isinstance(view, dict) else (None, None)
        if not isinstance(uri, str):
            return
        if not isinstance(at, str) or claimed(at, self._now.there()) >= self._since_opened(self._opened):
            self._feed.could_not_read(post_id(uri), web_address(uri) or uri)

    async def _bring(self, found: Iterable[tuple[Post, str]], *, cursor: bool = False) -> None:
        once = {post.id: (post, cid) for post, cid in found}
        inorder = sorted(once.values(), key=lambda one: (one[0].posted_at, one[0].id))
        items = [item for post, cid in inorder if (item := self._item(post, cid)) is not None]
        if items:
            await self._feed.bring(items, _write_cursor(self._last) if cursor else None)

    def _item(self, post: Post, cid: str) -> Item | None:
        """What is new about the post, if anything is: Bluesky has no edits, but labels come later."""
        before = self._versions.get(post.id)
        version = self._versions[post.id] = (cid, post.warning)
        if before is None:
            return None if post.id in self._known else NewPost(post)
        return EditedPost(post.id, post.text, post) if version != before else None


def _answers(thread: WireThread) -> Iterator[WirePost]:
    """The posts below the first one, however deep; what is gone or blocked has none."""
    left = [*(thread.replies or ())]
    while left:
        reply = left.pop()
        if reply.post is not None:
            yield reply.post
        left += reply.replies or ()


def _iso(at: int) -> str:
    moment = datetime.datetime.fromtimestamp(at / 1000, datetime.UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


_cursors = JsonReader(dict[str, int])


def _read_cursor(cursor: str | None) -> dict[str, int]:
    """The time (UTC milliseconds) of the newest post that was found, by hashtag."""
    try:
        return _cursors.read(cursor or "{}")
    except Unreadable:  # of another version of this reader: it starts again, and what is known is passed over
        return {}


def _write_cursor(last: dict[str, int]) -> str:
    return msgspec.json.encode(last, order="sorted").decode()
