"""A hashtag on Bluesky without a sign-in: Jetstream, which tells everything that everybody posts; ours is picked out.

It needs some MB a minute, names no handles (they are asked for at the public AppView) and knows no labels of posts.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import msgspec
from httpx_ws import HTTPXWSException, WebSocketUpgradeError, aconnect_ws
from wsproto.utilities import ProtocolError

from sessions.core.decoding import Unreadable
from sessions.core.events import AnyEvent
from sessions.core.plan import Plan
from sessions.core.plan.times import day_time
from sessions.networks.bluesky.api import BATCH, profiles
from sessions.networks.bluesky.facets import tag_key, tags_of, typed_tags
from sessions.networks.bluesky.posts import COLLECTION, carries, post_id, record_to_post, uri_of, web_address
from sessions.networks.bluesky.reading.seen_posts import SeenPosts
from sessions.networks.bluesky.wire import WireAuthor, WireCommit, WireEvent, WireRecord, read_record
from sessions.networks.source import EditedPost, Item, NewPost, RemovedPost, ResumePoint
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.networks.web.errors import Limited, NetworkError, Unavailable
from sessions.networks.web.feed import FIRST_WAIT, Feed
from sessions.networks.web.fetching import fetch, server_address
from sessions.networks.web.forgiving import read_forgiving
from sessions.networks.web.network_source import NetworkSource
from sessions.networks.web.sockets import BoundedSocket

SERVERS = tuple(f"jetstream{number}.us-{coast}.bsky.network" for number in (2, 1) for coast in ("east", "west"))
"""The public ones; each tells the same."""

REWIND = 5_000_000
"""Microseconds before the last event that is heard again after a gap: two servers do not tell at the same time."""

SEQUENCES = 10**15
"""Cursors below it are numbers of version 2, the others microseconds, as in version 1."""

BEHIND = 30_000_000
"""Microseconds behind the present at which it is still catching up."""

LOOK, NOTE = 15.0, 300_000_000
"""Seconds between two looks at which answers are wanted by now, and microseconds after which the place in the stream is
noted although nothing came."""

KEPT, QUIET = 86_400_000_000, 600_000_000
"""Microseconds for which every server keeps what was posted, and for which it may be that nobody at all posts: where
hearing ended longer ago than the former, and the first event that is told is later than the latter, some were lost."""

TRIES = 3
"""Times that handles are asked for, while that may pass, before posts are handed over without."""

_WAITING = 2_000
"""Answers without a hashtag that are kept until it shows whether they answer a question."""

_GONE = ("deleted", "takendown", "suspended", "deactivated")


class JetstreamSource(NetworkSource):
    """The hashtags of a plan as Jetstream tells them. `name` is `bluesky:jetstream`, or has a server behind it."""

    def __init__(
        self,
        name: str,
        plan: Plan,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        super().__init__(name, plan, transport=transport, now=now, sleep=sleep)
        server = name.partition(":")[2].partition(":")[2]
        self.servers = (server,) if server else SERVERS
        self.seen_posts = SeenPosts()

    def on_event(self, event: AnyEvent) -> None:
        """Hear which question is open, whose answers need no hashtag, and which posts the session has."""
        self.seen_posts.on_event(event)
        super().on_event(event)

    def _reader(
        self, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint
    ) -> Callable[[], Coroutine[Any, Any, None]]:
        return _Reading(self, client, feed, resume).run


class _Found(msgspec.Struct, frozen=True):
    """Something of the chat: a post with its record, a new version of one, or, without a record, one that is gone."""

    uri: str
    did: str
    at: int
    record: WireRecord | None = None
    edited: bool = False


class _Reading:
    """One run, and what it has learnt."""

    def __init__(self, source: JetstreamSource, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint) -> None:
        self._client = client
        self._feed = feed
        self._servers = source.servers
        self._question_posts = source.question_posts
        self._seen_posts = source.seen_posts
        self._now = source.now
        self._known = resume.known
        self._keys = {tag_key(tag) for tag in source.plan.hashtags}
        self._since_opened = source.since
        self._opened: int | None = source.now()
        self._cursor = self._noted = _read_cursor(resume.cursor)
        self._turn = 0
        self._found: deque[_Found] = deque()
        self._arrived = asyncio.Event()
        self._versions: set[tuple[str, str, str]] = set()
        self._seen: set[str] = set()
        self._answers: set[str] = set()
        self._undecided: dict[str, _Found] = {}
        self._authors: dict[str, WireAuthor] = {}
        self._failures = 0
        self._zone = source.plan.timezone
        self._ended = 0

    async def run(self) -> None:
        """Read until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._feed.keep("stream", self._stream))
            tasks.create_task(self._feed.keep("handles", self._hand_over, helps=True))
            tasks.create_task(self._feed.keep("answers", self._look, silent=True))

    # The stream

    async def _stream(self) -> float:
        """Hear one connection to its end; the next goes to another server, from a little before where this ended."""
        server = self._servers[self._turn % len(self._servers)]
        self._turn += 1
        await self._measure(server)
        if self._opened is not None and not self._cursor:
            self._cursor = self._noted = self._since_opened(self._opened) * 1000
        self._opened = None
        heard = 0
        socket: BoundedSocket
        error: NetworkError | None = None
        params: dict[str, str | int] = {"wantedCollections": COLLECTION}
        self._ended = self._cursor
        if self._cursor:  # 0 would be the oldest that the server has (jetstream, pkg/server/server.go)
            params["cursor"] = rewound(self._cursor)
        try:
            async with aconnect_ws(
                f"{server_address(server)}/subscribe",
                self._client,
                params=params,
                session_class=BoundedSocket,
            ) as socket:
                while True:
                    self._take(await socket.receive_text())
                    heard += 1
                    if self._now.there() * 1000 - self._cursor > BEHIND:
                        await self._feed.catching_up("stream")
                    elif self._found:
                        await self._feed.well("stream")
                    else:
                        await self._feed.read_through("stream")
        except* WebSocketUpgradeError as refused:
            error = self._refusal(server, refused)
        except* (HTTPXWSException, ProtocolError, httpx.HTTPError, OSError):
            error = Unavailable("the stream broke off")
        if heard:
            return FIRST_WAIT
        raise error or Unavailable("the stream ended")

    async def _measure(self, server: str) -> None:
        """Let the clock hear the server before it is asked for what was told since a moment; whatever it says will do,
        for an upgrade to a socket need not be dated."""
        if not self._now.heard_of:
            with contextlib.suppress(NetworkError):
                await fetch(self._client, "GET", server_address(server), now=self._now)

    def _refusal(self, server: str, group: BaseExceptionGroup[WebSocketUpgradeError]) -> NetworkError:
        first = next(error for error in group.exceptions if isinstance(error, WebSocketUpgradeError))
        status = first.response.status_code
        if status == 429:
            return Limited(60.0)
        if status == 400 and self._cursor:  # a place in the stream that it does not have (any more): go on with now
            self._note_lost(self._cursor, self._now.there() * 1000)
            self._cursor = 0
            return Unavailable(f"{server} does not have what was missed")
        return Unavailable(f"{server} gives no stream ({status})")

    def _take(self, frame: str) -> None:
        """Keep of an event what belongs to the chat."""
        try:
            event = read_forgiving(frame, WireEvent)
        except Unreadable:
            return  # of a kind that this version does not know
        at = min(max(event.time_us, 0), self._now.there() * 1000)
        if self._ended:
            if self._now.there() * 1000 - self._ended > KEPT and at - self._ended > QUIET:
                self._note_lost(self._ended, at)
            self._ended = 0
        self._cursor = max(self._cursor, at)
        if event.commit is not None and event.commit.collection == COLLECTION:
            self._commit(event.did, event.commit, at)
        elif event.identity is not None and event.did in self._authors and event.identity.handle:
            author = self._authors[event.did]
            self._authors[event.did] = msgspec.structs.replace(author, handle=event.identity.handle)
        elif event.account is not None and not event.account.active and event.account.status in _GONE:
            for uri in self._seen_posts.of(event.did):
                self._add(_Found(uri, event.did, at))

    def _note_lost(self, ended: int, begun: int) -> None:
        """Say what nobody told: what lies between these (microseconds)."""
        if ended >= SEQUENCES:
            since, until = (day_time(self._now.ours(at // 1000), self._zone) for at in (ended, begun))
            self._feed.note(
                "stream",
                f"Jetstream keeps a day and a half. What was posted between {since}, and {until}, is missing: "
                'add it by hand, or read it with sources = ["bluesky"] and a sign-in.',
            )

    def _commit(self, did: str, commit: WireCommit, at: int) -> None:
        uri = f"at://{did}/{COLLECTION}/{commit.rkey}"
        ours = uri in self._seen or post_id(uri) in self._known
        version = (did, commit.rkey, commit.rev)
        if version in self._versions:
            return
        if commit.operation == "delete":
            self._undecided.pop(uri, None)
            if ours:
                self._versions.add(version)
                self._add(_Found(uri, did, at))
            return
        record = read_record(commit.record)
        if record is None and self._names_us(commit.record):
            self._feed.could_not_read(post_id(uri), web_address(uri) or uri)
        if record is None or (ours and commit.operation == "create"):
            return
        found = _Found(uri, did, at, record, commit.operation == "update")
        if (
            ours
            or carries((*tags_of(record), *typed_tags(record.text or "")), self._keys)
            or self._answers_question(found)
        ):
            self._versions.add(version)
            self._add(found)
        elif self._answers_us(record):
            self._undecided[uri] = found
            if len(self._undecided) > _WAITING:
                self._undecided.pop(next(iter(self._undecided)))

    def _names_us(self, record: msgspec.Raw) -> bool:
        """Whether one of the hashtags stands somewhere in a record that cannot be read."""
        words = tag_key(bytes(record).decode(errors="replace"))
        return any(f"{before}{key}" in words for key in self._keys for before in '#＃"')

    def _answers_question(self, found: _Found) -> bool:
        reply = found.record.reply if found.record is not None else None
        if reply is None:
            return False
        asked = {uri_of(post) for post in self._question_posts.watched()}
        return reply.root.uri in asked or reply.parent.uri in asked or reply.parent.uri in self._answers

    def _answers_us(self, record: WireRecord) -> bool:
        reply = record.reply
        return reply is not None and any(
            uri in self._seen or post_id(uri) in self._known for uri in (reply.root.uri, reply.parent.uri)
        )

    def _add(self, found: _Found) -> None:
        self._seen.add(found.uri)
        if found.record is not None and found.record.reply is not None and self._answers_question(found):
            self._answers.add(found.uri)
        self._found.append(found)
        self._arrived.set()

    # Handing over

    async def _look(self) -> float:
        """Take what turns out to answer a question, and note now and then how far the stream was heard."""
        for found in list(self._undecided.values()):
            if self._answers_question(found):
                del self._undecided[found.uri]
                self._add(found)
        if not self._found and self._cursor - self._noted > NOTE:
            self._noted = self._cursor
            await self._feed.bring([], str(self._cursor))
        return LOOK

    async def _hand_over(self) -> float:
        """Bring what was found, in order, with the handles of those who wrote it."""
        await self._arrived.wait()
        while self._found:
            batch = list(self._found)[:BATCH]
            await self._learn(batch)
            items = [self._item(found) for found in batch]
            self._noted = max(self._noted, batch[-1].at)
            await self._feed.bring(items, str(self._noted))
            for _ in batch:
                self._found.popleft()
        self._arrived.clear()
        return 0.0

    def _item(self, found: _Found) -> Item:
        if found.record is None:
            return RemovedPost(post_id(found.uri))
        author = self._authors.get(found.did) or WireAuthor(did=found.did)
        post = record_to_post(found.uri, found.record, author, author.labels or (), heard=found.at // 1000)
        return EditedPost(post.id, post.text, post) if found.edited else NewPost(post)

    async def _learn(self, batch: list[_Found]) -> None:
        """Ask for the accounts that are not known yet; after some failures, or one that lasts, posts go without handles
        as long as it fails."""
        unknown = list(
            dict.fromkeys(one.did for one in batch if one.record is not None and one.did not in self._authors)
        )
        if not unknown:
            return
        try:
            found = await profiles(self._client, unknown, now=self._now)
        except NetworkError as error:
            self._failures += 1
            if self._failures < TRIES and not error.lasts:
                raise
            return
        self._failures = 0
        self._authors |= {did: WireAuthor(did=did) for did in unknown} | {author.did: author for author in found}


def rewound(cursor: int) -> int:
    """From where to hear a stream again that was heard up to `cursor`."""
    return cursor if cursor < SEQUENCES else cursor - REWIND


def _read_cursor(cursor: str | None) -> int:
    text = cursor or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
