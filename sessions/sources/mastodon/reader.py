"""A hashtag on a Mastodon server, read live: catch-up without gaps, the newest page again, the stream, the thread."""

import asyncio
from collections.abc import AsyncIterator, Container, Iterable
from functools import partial

import httpx
import httpx_sse
import msgspec

from sessions.accounts.model import Account, SignIns
from sessions.events import AnyEvent
from sessions.plan import Host, Plan
from sessions.sources.base import Delivery, EditedPost, Item, NewPost, RemovedPost, Resume
from sessions.sources.mastodon.api import MastodonApi, base_url, bearer
from sessions.sources.mastodon.posts import SEEN_BY_ALL, post_id, to_post
from sessions.sources.mastodon.wire import WireInstance, WireStatus
from sessions.sources.pace import Now, Sleep, wall_clock
from sessions.sources.web.asked import AskedPosts
from sessions.sources.web.feed import Feed
from sessions.sources.web.fetching import open_client
from sessions.sources.web.streaming import streaming
from sessions.sources.web.times import claimed
from sessions.sources.web.trouble import Missing, Refused, SignedOut, Unavailable

POLL = 12.0
"""Seconds between two looks for what is newer: 75 of the 300 pages that 15 minutes allow, since others read, too."""

POLL_BESIDE_STREAM = 45.0
"""The same beside a stream that has proved itself; never trusting its silence."""

NEWEST = 60.0
"""Seconds between two readings of the newest page: late posts of other servers are sorted in below what was read."""

THREAD = 15.0
"""Seconds between two readings of the open question's thread."""

NO_STREAM = 600.0
"""Seconds before a server is asked again for a stream that it did not give."""

SILENCE = 35.0
"""Seconds without a byte after which a stream is dead: Mastodon sends a comment every 15."""

FIRST_PAGES = 50
"""Pages of 40 that are read backwards at most for what came before the hub did."""

BEFORE_START = 15 * 60_000
"""Milliseconds before the planned start from which posts belong to the chat."""

_CHECKED = 5
"""Posts that may have been removed and are asked for one by one, at each look."""


class MastodonSource:
    """The hashtags of a plan as one server knows them. Raises `SourceError` for a name that is no server's."""

    rehearsal = False
    hosts: tuple[Host, ...] = ()
    regulars: Container[str] = frozenset()

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
        self.name = name
        self.host = name.partition(":")[2].lower()
        base_url(self.host)
        self.plan = plan
        self.sign_ins = sign_ins
        self._transport = transport
        self.now = now
        self._sleep = sleep
        self.asked = AskedPosts("mastodon")
        self._feed: Feed | None = None

    def tell(self, event: AnyEvent) -> None:
        """Hear which question is open: its thread is read too."""
        if self.asked.tell(event) and self._feed is not None:
            self._feed.wake()

    async def read(self, resume: Resume) -> AsyncIterator[Delivery]:
        """Deliver until cancelled."""
        async with open_client(transport=self._transport) as client:
            feed = self._feed = Feed(sleep=self._sleep)
            reading = _Reading(self, client, feed, resume)
            async for delivery in feed.deliveries([reading.run]):
                yield delivery


class _Reading:
    """One run of the readers, and what they have learnt in it."""

    def __init__(self, source: MastodonSource, client: httpx.AsyncClient, feed: Feed, resume: Resume) -> None:
        self._api = MastodonApi(client, source.host, now=source.now)
        self._client = client
        self._feed = feed
        self._name = source.name
        self._sign_ins = source.sign_ins
        self._asked = source.asked
        self._now = source.now
        self._known = resume.known
        self._tags = source.plan.hashtags
        self._last = _read_cursor(resume.cursor)
        self._since = min(source.plan.starts_at - BEFORE_START, source.now())
        self._instance: WireInstance | None = None
        self._uris: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._versions: dict[str, str] = {}
        self._places: dict[str, dict[str, int]] = {}
        self._proved = False

    async def run(self) -> None:
        """Read until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for tag in self._tags:
                tasks.create_task(self._feed.keep(f"poll {tag}", partial(self._poll, tag)))
                tasks.create_task(self._feed.keep(f"newest {tag}", partial(self._newest, tag), silent=True))
                tasks.create_task(self._feed.keep(f"stream {tag}", partial(self._stream, tag), silent=True))
            tasks.create_task(self._feed.keep("thread", self._thread, silent=True))

    # The readers; each gives the seconds until it is to be called again

    async def _poll(self, tag: str) -> float:
        await self._server()
        if tag not in self._last:
            await self._first_pages(tag)
        else:
            count = 0
            while page := await self._api.tag_page(tag, self._account, min_id=self._last[tag]):
                newest = page[0].id
                if newest == self._last[tag]:
                    break  # a server that does not know `min_id`
                count += len(page)
                if count > len(page):
                    await self._feed.catching_up(f"poll {tag}", count)
                self._last[tag] = newest
                await self._bring(reversed(page), tag, cursor=True)
        self._feed.note_headroom(self._api.headroom)
        return POLL_BESIDE_STREAM if self._proved else POLL * max(1.0, len(self._tags) / 2)

    async def _first_pages(self, tag: str) -> None:
        """Everything since the chat began; the timeline can be entered at its newest end only."""
        found: list[WireStatus] = []
        newest: str | None = None
        between: dict[str, str] = {}
        for _ in range(FIRST_PAGES):
            page = await self._api.tag_page(tag, self._account, **between)
            if not page or page[-1].id == between.get("max_id"):
                break
            newest = newest or page[0].id
            found += [one for one in page if claimed(one.created_at, self._now()) >= self._since]
            if claimed(page[-1].created_at, self._now()) < self._since:
                break
            between = {"max_id": page[-1].id}
            await self._feed.catching_up(f"poll {tag}", len(found))
        if newest is not None:
            self._last[tag] = newest
            await self._bring(reversed(found), tag, cursor=True)

    async def _newest(self, tag: str) -> float:
        if tag in self._last:
            page = await self._api.tag_page(tag, self._account)
            fresh = [one for one in page if claimed(one.created_at, self._now()) >= self._since]
            await self._bring(reversed(fresh), tag)
            oldest = min((claimed(one.created_at, self._now()) for one in page), default=0)
            await self._notice_removed(tag, {one.uri for one in page}, oldest)
        return NEWEST

    async def _thread(self) -> float:
        for asked in self._asked.watched():
            uri = asked.partition(":")[2]
            status_id = self._ids.get(uri) or await self._look_for(uri)
            if status_id is None:
                continue
            answers = (await self._api.context(status_id, self._account)).descendants
            await self._bring(answers, asked)
            await self._notice_removed(asked, {one.uri for one in answers}, 0)
        return THREAD

    async def _stream(self, tag: str) -> float:
        account = self._account
        server = await self._server()
        if account is None or server.gotosocial or not server.configuration.urls.streaming:
            return NO_STREAM
        url = f"{_web(server.configuration.urls.streaming)}/api/v1/streaming/hashtag"
        async with streaming(
            self._client, "GET", url, params={"tag": tag}, headers=bearer(account), silence=SILENCE
        ) as response:
            if response.status_code != 200:
                raise self._api.refusal(response.status_code, b"")
            self._feed.wake()  # what came between the last poll and this moment
            try:
                async for event in httpx_sse.EventSource(response).aiter_sse():
                    await self._streamed(event, tag)
            except httpx_sse.SSEError:
                raise Unavailable("the stream is none") from None
        raise Unavailable("the stream ended")

    async def _streamed(self, event: httpx_sse.ServerSentEvent, tag: str) -> None:
        if event.event in ("update", "status.update", "status_update"):
            try:
                status = msgspec.json.decode(event.data, type=WireStatus)
            except msgspec.DecodeError:
                return  # of a kind that this version does not know; the poll brings what it can read
            self._proved = True
            await self._bring([status], tag)
        elif event.event == "delete" and event.data in self._uris:
            await self._feed.bring([RemovedPost(post_id(self._uris[event.data]))])

    # What they share

    @property
    def _account(self) -> Account | None:
        return self._sign_ins.find(self._name)

    async def _server(self) -> WireInstance:
        """The server, asked once; raises `Refused` or `SignedOut` where it gives its hashtags to nobody like us."""
        if self._instance is None:
            self._instance = await self._api.instance()
        access = self._instance.configuration.timelines_access.hashtag_feeds
        if "disabled" in (access.local, access.remote):
            raise Refused(f"{self._api.host} shows nobody its hashtags")
        if self._account is None and "authenticated" in (access.local, access.remote):
            raise SignedOut(self._name.replace(":", " "))
        return self._instance

    async def _bring(self, statuses: Iterable[WireStatus], where: str, *, cursor: bool = False) -> None:
        seen = [one for one in statuses if one.reblog is None and one.visibility in SEEN_BY_ALL]
        for status in seen:
            self._uris[status.id] = status.uri
            self._ids[status.uri] = status.id
        for status in seen:
            await self._learn_parent(status)
        items = [item for status in seen if (item := self._item(status, where)) is not None]
        if items or cursor:
            await self._feed.bring(items, _write_cursor(self._last) if cursor else None)

    def _item(self, status: WireStatus, where: str) -> Item | None:
        """What is new about the status, if anything is."""
        post = to_post(status, self._api.host, now=self._now(), uri_of=self._uris.get)
        self._places.setdefault(where, {})[status.uri] = post.posted_at
        before = self._versions.get(status.uri)
        version = self._versions[status.uri] = status.edited_at or ""
        if before is None:
            edited = bool(version) and post.id in self._known
            return EditedPost(post.id, post.text, post) if edited else NewPost(post)
        return EditedPost(post.id, post.text, post) if version != before else None

    async def _learn_parent(self, status: WireStatus) -> None:
        """Learn the uri of the post that this one answers: the server gives only its own id."""
        parent = status.in_reply_to_id
        if parent is None or parent in self._uris:
            return
        try:
            found = await self._api.status(parent, self._account)
        except (Refused, SignedOut):  # gone, or not for us: the answer stands by itself
            self._uris[parent] = ""
        else:
            self._uris[parent] = found.uri
            self._ids[found.uri] = parent

    async def _look_for(self, uri: str) -> str | None:
        account = self._account
        if account is None:
            return None
        try:
            found = await self._api.find(uri, account)
        except (Refused, SignedOut):
            return None
        if found is not None:
            self._ids[uri] = found
            self._uris[found] = uri
        return found

    async def _notice_removed(self, where: str, here: set[str], oldest: int) -> None:
        """Ask for posts that were seen in this place, newer than its `oldest`, and are not in it any more."""
        places = self._places.get(where, {})
        gone = [uri for uri, posted_at in places.items() if uri not in here and posted_at > oldest]
        for uri in gone[-_CHECKED:]:
            try:
                await self._api.status(self._ids[uri], self._account)
            except Missing:
                await self._feed.bring([RemovedPost(post_id(uri))])
            places.pop(uri)  # still there under another hashtag, or gone: either way not to be asked for again


_cursors = msgspec.json.Decoder(dict[str, str])


def _read_cursor(cursor: str | None) -> dict[str, str]:
    """The id of the last post that was read, by hashtag."""
    try:
        return _cursors.decode(cursor or "{}")
    except msgspec.DecodeError:  # of another version of this reader: it starts again, and what is known is passed over
        return {}


def _write_cursor(last: dict[str, str]) -> str:
    return msgspec.json.encode(last, order="sorted").decode()


def _web(url: str) -> str:
    """The address of a streaming server for requests: it is given for web sockets."""
    return url.replace("wss://", "https://", 1).replace("ws://", "http://", 1).rstrip("/")
