"""A hashtag on a Mastodon server, read live: catch-up without gaps, the newest page again, the stream, the thread."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import partial
from typing import Any

import httpx
import httpx_sse
import msgspec

from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.events import AnyEvent
from sessions.core.plan import Plan
from sessions.networks.account import Account, SignIns
from sessions.networks.mastodon.api import MastodonApi, base_url, bearer
from sessions.networks.mastodon.intervals import INTERVALS, Intervals
from sessions.networks.mastodon.posts import SEEN_BY_ALL, post_id, to_post
from sessions.networks.mastodon.seen_posts import SeenPosts, StoredPosts
from sessions.networks.mastodon.wire import WireInstance, WireStatus
from sessions.networks.source import Item, ResumePoint
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.networks.web.errors import Rejected, SignedOut, Unavailable
from sessions.networks.web.feed import Feed
from sessions.networks.web.fetching import Answer, raise_for_all
from sessions.networks.web.forgiving import read_forgiving
from sessions.networks.web.network_source import NetworkSource
from sessions.networks.web.streaming import streaming
from sessions.networks.web.times import claimed

FIRST_PAGES = 50
"""Pages of 40 that are read backwards at most for what came before the hub did."""

CATCH_UP_PAGES = 20
"""Pages of 40 that are read in a row of what was missed; all who share a sign-in have 300 in 15 minutes."""

NEWEST_PAGES = 4
"""Pages that are read again at most, back to `LATE`: the busiest recorded minute of any chat had 23 posts."""

LATE = 5 * 60_000
"""Milliseconds by which another server's post may come late and still be found at once."""

WHOLE_PAGES = 20
"""Pages that are read again at most, back to the beginning: the busiest recorded chat had 784 posts."""

_UNSEEN = (
    "This server lists no replies to others under a hashtag: those to questions are found, "
    "those to posts that put no question are not."
)

_CHECKED = 5
"""Posts that may have been removed and are asked for one by one, at each look."""

_SOUGHT = 60_000
"""Milliseconds before a question's post that the server did not have is searched for again."""


class MastodonSource(NetworkSource):
    """The hashtags of a plan as one server knows them. Raises `SourceError` for a name that is no server's."""

    def __init__(
        self,
        name: str,
        plan: Plan,
        sign_ins: SignIns,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
        sleep: Sleep = asyncio.sleep,
        every: Intervals = INTERVALS,
    ) -> None:
        super().__init__(name, plan, transport=transport, now=now, sleep=sleep)
        self.host = name.partition(":")[2].lower()
        base_url(self.host)
        self.sign_ins = sign_ins
        self.every = every
        self.stored = StoredPosts(self.host)

    def on_event(self, event: AnyEvent) -> None:
        """Hear which question is open, whose thread is read too, and which posts the session has."""
        self.stored.on_event(event)
        super().on_event(event)

    def _reader(
        self, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint
    ) -> Callable[[], Coroutine[Any, Any, None]]:
        return _Reading(self, client, feed, resume).run


class _Cursor(msgspec.Struct, frozen=True):
    """From where to go on: the id of the last post read, by hashtag, and when the first reading began (UTC ms)."""

    last: dict[str, str] = {}
    since: int | None = None


class _Reading:
    """One run of the readers."""

    def __init__(self, source: MastodonSource, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint) -> None:
        self._api = MastodonApi(client, source.host, now=source.now, on_unread=self._unread)
        self._client = client
        self._feed = feed
        self._name = source.name
        self._sign_ins = source.sign_ins
        self._question_posts = source.question_posts
        self._now = source.now
        self._since_opened = source.since
        self._every = source.every
        self._stored = resume.known
        self._stored_posts = source.stored
        self._recalled: set[str] = set()
        self._tags = tuple(dict.fromkeys(source.plan.hashtags))
        cursor = _read_cursor(resume.cursor)
        self._began = source.now() if cursor.since is None else cursor.since
        self._last = dict(cursor.last)
        self._instance: WireInstance | None = None
        self._known = SeenPosts()
        self._sought: dict[str, int] = {}
        self._turn = 0
        self._newest_due: dict[str, int] = {}
        self._whole_due: dict[str, int] = {}
        self._turns = {tag: asyncio.Lock() for tag in self._tags}
        self._proved: set[str] = set()

    async def run(self) -> None:
        """Read until cancelled."""
        keep = self._feed.keep
        async with asyncio.TaskGroup() as tasks:
            for tag in self._tags:
                tasks.create_task(keep(f"poll {tag}", partial(self._poll, tag)))
                tasks.create_task(keep(f"stream {tag}", partial(self._stream, tag), silent=True))
            tasks.create_task(keep("thread", self._threads, silent=True))

    # The readers; each gives the seconds until it is to be called again

    async def _poll(self, tag: str) -> float:
        await self._server()
        async with self._turns[tag]:
            through = await self._read_on(tag)
            if through and self._now() >= self._newest_due.get(tag, 0):
                await self._newest(tag)
        self._feed.note_headroom(self._api.headroom)
        if not through:
            self._feed.has_more(f"poll {tag}")
            return self._every.catching_up
        if tag in self._proved:
            return min(self._every.beside_stream, self._every.newest)
        return self._every.poll * max(1.0, len(self._tags) / 2)

    async def _read_on(self, tag: str) -> bool:
        """What is newer than what was read; whether that was all of it."""
        return await (self._catch_up(tag) if tag in self._last else self._first_pages(tag))

    async def _all_read(self) -> bool:
        """Read on in all hashtags that can be read; whether that was all of them."""
        through = True
        for tag in self._tags:
            try:
                async with self._turns[tag]:
                    through = await self._read_on(tag) and through
            except Rejected:  # as the poll of this hashtag says
                continue
        return through

    async def _catch_up(self, tag: str) -> bool:
        """All that is newer than what was read, oldest first and so without gaps; whether that was all of it."""
        count = 0
        for _ in range(CATCH_UP_PAGES):
            last = self._last[tag]
            page = await self._api.tag_page(tag, self._account, min_id=last)
            if not page or page[0].id == last:
                return True
            if count:
                await self._feed.catching_up(f"poll {tag}", count)
            count += len(page)
            await self._bring(reversed(page), tag, {tag: page[0].id})
            if any(status.id == last for status in page):  # a server that does not know `min_id`
                return True
        return False

    async def _first_pages(self, tag: str) -> bool:
        """Everything since the chat began; the timeline can be entered at its newest end only."""
        pages, _ = await self._pages(tag, self._since, FIRST_PAGES, say=True)
        if pages:
            await self._bring(reversed(pages), tag, {tag: pages[0].id})
        self._newest_due[tag] = self._now() + round(self._every.newest * 1000)
        self._whole_due[tag] = self._now() + round(self._every.whole * 1000)
        return True

    async def _newest(self, tag: str) -> None:
        """Read the newest pages again: late posts of other servers are sorted in below, and others are gone.

        Now and then all of the chat is, because people also edit and remove what they wrote long before.
        """
        whole = self._now() >= self._whole_due.get(tag, 0)
        since, most = (self._since, WHOLE_PAGES) if whole else (self._now.there() - LATE, NEWEST_PAGES)
        pages, since = await self._pages(tag, since, most)
        await self._bring(reversed(pages), tag)
        await self._notice_removed(tag, {one.uri for one in pages}, since)
        self._newest_due[tag] = self._now() + round(self._every.newest * 1000)
        if whole:
            self._whole_due[tag] = self._now() + round(self._every.whole * 1000)

    async def _pages(self, tag: str, since: int, most: int, *, say: bool = False) -> tuple[list[WireStatus], int]:
        """The newest pages, newest first, down to the first that holds nothing of `since` (UTC milliseconds) or later,
        and the moment since which they are all that there is.

        The whole page has to be older: some servers sort by arrival, and there an old post may stand among new ones.
        """
        found: list[WireStatus] = []
        between: dict[str, str] = {}
        for _ in range(most):
            page = await self._api.tag_page(tag, self._account, **between)
            if not page or page[-1].id == between.get("max_id"):
                return found, 0
            if found and say:
                await self._feed.catching_up(f"poll {tag}", len(found))
            found += page
            if all(self._claimed(one) < since for one in page):
                break
            between = {"max_id": page[-1].id}
        return found, min(map(self._claimed, found))

    async def _threads(self) -> float:
        for asked in await self._threads_now():
            uri = asked.partition(":")[2]
            status_id = self._known.id(uri) or await self._look_for(uri)
            if status_id is None:
                continue
            try:
                answers = await self._api.thread(status_id, self._account)
            except Rejected:  # the question was removed, or is not for us; there may be another
                continue
            fresh = any(self._known.id(one.uri) is None for one in self._shown(answers))
            if fresh and not await self._all_read():
                return self._every.catching_up  # what the thread and the hashtag have in common comes in its order
            await self._bring(answers, asked)
            await self._notice_removed(asked, {one.uri for one in answers}, 0)
        return self._every.thread

    async def _threads_now(self) -> list[str]:
        """The posts whose threads to read: of the questions that people answer now, and on a server that shows answers
        nowhere else one earlier question's in turn."""
        watched, earlier = self._question_posts.watched(), self._question_posts.earlier()
        if not earlier or not (await self._server()).gotosocial:
            return watched
        self._turn += 1
        return [*watched, earlier[self._turn % len(earlier)]]

    async def _stream(self, tag: str) -> float:
        account = self._account
        server = await self._server()
        if account is None or server.gotosocial or not server.configuration.urls.streaming:
            return self._every.no_stream
        url = f"{_web(server.configuration.urls.streaming)}/api/v1/streaming/hashtag"
        silence = self._every.silence
        try:
            async with streaming(
                self._client, "GET", url, params={"tag": tag}, headers=bearer(account), silence=silence
            ) as response:
                await self._read_stream(response, tag)
        finally:
            if tag in self._proved:
                self._proved.discard(tag)
                self._feed.wake()  # the poll, which has slowed down beside the stream
        raise Unavailable("the stream ended")

    async def _read_stream(self, response: httpx.Response, tag: str) -> None:
        headers = {name.lower(): value for name, value in response.headers.items()}
        self._now.heard(headers)
        raise_for_all(Answer(response.status_code, headers, b""), self._now.there())
        if response.status_code != 200:
            raise self._api.refusal(response.status_code, b"")
        async with self._turns[tag]:  # what came before this moment; what comes from now on waits in the stream
            while not await self._read_on(tag):
                await self._feed.pause(self._every.catching_up)
        try:
            async for event in httpx_sse.EventSource(response).aiter_sse():
                await self._streamed(event, tag)
        except httpx_sse.SSEError:
            raise Unavailable("the stream is none") from None

    async def _streamed(self, event: httpx_sse.ServerSentEvent, tag: str) -> None:
        if event.event in ("update", "status.update", "status_update"):
            try:
                status = read_forgiving(event.data, WireStatus)
            except Unreadable:
                return  # of a kind that this version does not know; the poll brings what it can read
            self._proved.add(tag)
            await self._bring([status], tag)
        elif event.event == "delete":
            uri = self._known.uri(event.data)
            if uri is not None:
                await self._feed.bring([self._known.removed(uri)])

    # What they share

    @property
    def _account(self) -> Account | None:
        return self._sign_ins.find(self._name)

    @property
    def _since(self) -> int:
        """From when on posts belong to the chat, by the server's clock."""
        return self._since_opened(self._began)

    def _claimed(self, status: WireStatus) -> int:
        return claimed(status.created_at, self._now.there())

    async def _server(self) -> WireInstance:
        """The server, asked once; raises `Rejected` or `SignedOut` where it gives its hashtags to nobody like us.

        A server that shows them to nobody may still show them to some of its own accounts, so an account is tried.
        Where only its own people's posts or only the others' are closed, what is open is read.
        """
        if self._instance is None:
            self._instance = await self._api.instance()
            self._feed.name_server(self._instance.called)
            if self._instance.gotosocial:
                self._feed.note("thread", _UNSEEN)
        access = self._instance.configuration.timelines_access.hashtag_feeds
        if access.local == access.remote == "disabled" and self._account is None:
            raise Rejected(f"{self._api.host} shows nobody its hashtags")
        if self._account is None and "authenticated" in (access.local, access.remote):
            raise SignedOut(self._name.replace(":", " "))
        return self._instance

    async def _bring(self, statuses: Iterable[WireStatus], where: str, read: Mapping[str, str] | None = None) -> None:
        """Hand over what is new of the statuses, and then note by hashtag the id as far as which was `read`."""
        home = (await self._server()).home
        seen = self._shown(statuses)
        for status in seen:
            self._known.name(status.id, status.uri)
        for status in seen:
            await self._learn_others(status)
        items: list[Item] = []
        for status in seen:
            post = to_post(status, home, now=self._now.there(), uri_of=self._known.uri)
            item = self._known.item(status, post, where, stored=post.id in self._stored)
            items += [item] if item is not None else []
        if items or read is not None:
            cursor = None if read is None else _write_cursor({**self._last, **read}, self._began)
            await self._feed.bring(items, cursor)
            self._last.update(read or {})

    def _unread(self, status: Any) -> None:
        """Count a post of the chat that cannot be read."""
        known = status if isinstance(status, dict) else {}
        names = [known.get(key) for key in ("uri", "url", "id")]
        name = next((str(one) for one in names if isinstance(one, (str, int))), None)
        at = known.get("created_at")
        if name is None or known.get("visibility", "public") not in ("public", "unlisted", None):
            return
        if not isinstance(at, str) or claimed(at, self._now.there()) >= self._since:
            address = known.get("url")
            self._feed.could_not_read(post_id(name), address if isinstance(address, str) else name)

    def _shown(self, statuses: Iterable[WireStatus]) -> list[WireStatus]:
        """Those of the chat that are for everybody's eyes."""
        return [
            one
            for one in statuses
            if one.reblog is None and one.visibility in SEEN_BY_ALL and self._claimed(one) >= self._since
        ]

    async def _learn_others(self, status: WireStatus) -> None:
        """Learn the uris of the posts that this one answers and quotes: the server gives only its own ids.

        Raises `Unavailable`, so that the page is read again, unless that has not helped before.
        """
        for other in self._known.wanted(status):
            try:
                found = await self._api.status(other, self._account)
            except (Rejected, SignedOut):
                self._known.nameless(other)
            except Unavailable:
                if not self._known.failed(other):
                    raise
            else:
                self._known.name(other, found.uri)

    async def _look_for(self, uri: str) -> str | None:
        """The server's own id of a post that was read before the hub came back, or on another server."""
        now = self._now()
        if now - self._sought.get(uri, now - _SOUGHT) < _SOUGHT:
            return None
        self._sought[uri] = now
        try:
            found = await self._api.own_id(uri, self._account)
        except (Rejected, SignedOut):
            return None
        if found is not None:
            self._known.name(found, uri)
        return found

    async def _notice_removed(self, where: str, here: set[str], since: int) -> None:
        """Ask for posts that are not any more where they should be, those from before this reading among them."""
        if where not in self._recalled:
            self._recalled.add(where)
            for post in self._stored_posts.listed(where):
                self._known.recall(where, post.uri, post.status_id, self._now.theirs(post.posted_at))
        for uri in self._known.missing(where, here, since)[-_CHECKED:]:
            status_id = self._known.id(uri)
            found = await self._api.fate(status_id, self._account) if status_id is not None else None
            if found == "gone":
                await self._feed.bring([self._known.removed(uri)])
                continue
            if found is not None:  # its hashtag was edited out
                await self._bring([found], where)
            self._known.elsewhere(where, uri)


_cursors = JsonReader(_Cursor)


def _read_cursor(cursor: str | None) -> _Cursor:
    try:
        return _cursors.read(cursor or "{}")
    except Unreadable:  # of another version of this reader: it starts again, and what is known is passed over
        return _Cursor()


def _write_cursor(last: dict[str, str], since: int) -> str:
    return msgspec.json.encode(_Cursor(last, since), order="sorted").decode()


def _web(url: str) -> str:
    """The address of a streaming server for requests: it is given for web sockets."""
    return url.replace("wss://", "https://", 1).replace("ws://", "http://", 1).rstrip("/")
