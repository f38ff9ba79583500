"""A hashtag on X, read live: the filtered stream, beside it the search, both paid for and within what may be spent."""

import asyncio
import contextlib
import datetime
import unicodedata
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from typing import Any

import httpx
import msgspec

from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.events import (
    AnyEvent,
    LookedUp,
    PostRemoved,
    PostSeen,
    QuestionAsked,
    SpendingAllowed,
    SpendingReserved,
    Undone,
)
from sessions.core.plan import Plan
from sessions.networks.account import Account, SignIns
from sessions.networks.source import Delivery, Item, ResumePoint, SourceError
from sessions.networks.spending import ASKS, Spending
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.networks.web.errors import NetworkError, SignedOut
from sessions.networks.web.feed import LASTING_WAIT, Feed
from sessions.networks.web.network_source import BEFORE_START, NetworkSource
from sessions.networks.x.api import LOOKED_UP, Found, XApi
from sessions.networks.x.ids import given_at, number_of
from sessions.networks.x.posts import Joined, post_id, post_url, tags, to_post
from sessions.networks.x.prices import READING_ENDS
from sessions.networks.x.reading.costs import Costs
from sessions.networks.x.reading.query import query, rule
from sessions.networks.x.reading.seen_posts import SeenPosts
from sessions.networks.x.reading.stream import SILENCE, XStream
from sessions.networks.x.refusals import BadRequest, is_missing
from sessions.networks.x.wire import WireLine, WirePost

PAGES = 100
"""Pages that are read in a row at most, whatever the next one is called."""

WEEK = 7 * 86_400_000
"""Milliseconds back to which the search reaches."""

ENDED = "finished: paid reading ends 15 minutes after the planned end"

_MARGIN = 60_000
"""Milliseconds by which moments in a request keep off the ends of what X takes; both move while it travels."""

_STEP = 50
"""Thousandths of a dollar that are spent before the amount is said by itself, so that not each post is two events; so
much a hub that is killed may forget."""


class Intervals(msgspec.Struct, frozen=True):
    """Seconds between two readings.

    `poll` is for the search by itself, 90 of the 450 that 15 minutes allow; `beside_stream` for the search beside an
    open stream, longer than the half minute that it is behind, so that it fills the gap before the stream; `removed`
    for the look-up of removed posts; `early` for a look whether reading begins; after `silence` a stream is dead.
    """

    poll: float = 10.0
    beside_stream: float = 45.0
    removed: float = 600.0
    early: float = 30.0
    silence: float = SILENCE


INTERVALS = Intervals()
"""Those of a real chat; tests take shorter ones."""


class Asks(NetworkError):
    """The driver has to say whether reading may cost more."""

    lasts = True

    def __init__(self, found: Spending) -> None:
        super().__init__(f"{ASKS}{found.taken_words} {'spent or put aside' if found.reserved else 'spent'}")


class TooEarly(NetworkError):
    """The chat is not near enough for anything to be paid for."""

    def __init__(self, wait: float) -> None:
        self.wait = wait
        super().__init__("waits until 15 minutes before the chat, because reading costs money")


class XSource(NetworkSource):
    """The hashtags of a plan on X. Raises `SourceError` for a name with something behind it."""

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
        if name != "x":
            raise SourceError("x: write it without anything behind it")
        super().__init__(name, plan, transport=transport, now=now, sleep=sleep)
        self.sign_ins = sign_ins
        self.every = every
        self.costs = Costs(_thousandths(plan.ceiling))
        self.stored: dict[str, None] = {}
        self.begins_at = plan.starts_at - BEFORE_START
        self._allowed: dict[int, int] = {}

    def on_event(self, event: AnyEvent) -> None:
        """Hear what the session has, what reading may cost and which question is open: its answers are read too."""
        news = self.question_posts.on_event(event)
        if isinstance(event, PostSeen) and event.post.id.startswith("x:"):
            self.stored[event.post.id.partition(":")[2]] = None
            self.costs.remember(event.post, self.now.theirs(event.at))
        elif isinstance(event, (LookedUp, SpendingReserved)):
            news = self._look_up(event) or news
        elif isinstance(event, PostRemoved):
            self.stored.pop(event.post.partition(":")[2], None)
        elif isinstance(event, QuestionAsked) and event.at < self.begins_at:
            self.begins_at, news = event.at, True
        elif (isinstance(event, SpendingAllowed) and event.source == self.name) or isinstance(event, Undone):
            news = self._allow(event) or news
        if news:
            self.wake()

    def _look_up(self, event: LookedUp | SpendingReserved) -> bool:
        """A desk looks something up, or did: what it may cost or did cost counts here. Whether reading can go on that
        could not before."""
        if event.source != self.name:
            return False
        could_not = self.costs.is_used_up
        self.costs.reserved.pop(event.key, None)
        if isinstance(event, LookedUp):
            self.costs.elsewhere += event.spent
        elif event.most:
            self.costs.reserved[event.key] = event.most
        return could_not and not self.costs.is_used_up

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """Deliver until the paid reading ends, or until cancelled; each delivery tells what was spent."""
        self.costs.spent = max(self.costs.spent, resume.spent)
        said, status = -_STEP, None
        async with contextlib.aclosing(super().read(resume)) as deliveries:
            async for delivery in deliveries:
                spent = self.costs.spent
                if spent - said >= _STEP or delivery.cursor is not None or delivery.status != status:
                    said, status = spent, delivery.status
                    delivery = msgspec.structs.replace(delivery, spent=spent)
                yield delivery
        yield Delivery(status=ENDED, spent=self.costs.spent, details=self._feed.details if self._feed else ())

    def _reader(
        self, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint
    ) -> Callable[[], Coroutine[Any, Any, None]]:
        return _Reading(self, client, feed, resume).run

    def _allow(self, event: SpendingAllowed | Undone) -> bool:
        if isinstance(event, Undone):
            if self._allowed.pop(event.undoes, None) is None:
                return False
        else:
            self._allowed[event.seq] = _thousandths(event.ceiling)
        before = self.costs.ceiling
        self.costs.ceiling = next(reversed(self._allowed.values()), _thousandths(self.plan.ceiling))
        return self.costs.ceiling != before


class _Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """From where to go on: behind which post, when the first reading began (UTC milliseconds), and whether all was read
    until paid reading ended."""

    since_id: str | None = None
    since: int | None = None
    ended: bool = False


class _Reading:
    """One run of the readers."""

    def __init__(self, source: XSource, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint) -> None:
        self._source = source
        self._now = source.now
        self._every = source.every
        self._costs = source.costs
        self._feed = feed
        self._api = XApi(client, now=source.now)
        self._stream = XStream(self._api, client, now=source.now, silence=source.every.silence)
        self._known = SeenPosts(source.stored)
        self._tags = frozenset(_plain(tag) for tag in source.plan.hashtags)
        cursor = _read_cursor(resume.cursor)
        self._since = cursor.since
        self._since_id = cursor.since_id
        self._ended = cursor.ended
        self._stale = False
        self._threads = True
        self._checked = False
        self._checking = asyncio.Lock()
        self._look_up_due = 0
        self._between: dict[str, str] | None = None
        self._searched = asyncio.Event()

    async def run(self) -> None:
        """Read until paid reading ends; where nobody read as it ended, what came until then once."""
        ends_at = self._source.plan.ends_at + READING_ENDS
        late = min(self._now(), self._now.there()) >= ends_at
        if late and self._since is not None and not self._ended:
            self._ended = await self._read_the_end(ends_at)
        async with asyncio.TaskGroup() as tasks:
            readers = [
                tasks.create_task(self._feed.keep("search", self._search)),
                tasks.create_task(self._feed.keep("stream", self._follow, silent=True)),
                tasks.create_task(self._feed.keep("removed", self._removed, silent=True)),
            ]
            while (left := ends_at - min(self._now(), self._now.there())) > 0:
                await self._feed.pause(min(left / 1000, self._every.early))
            for reader in readers:
                reader.cancel()
        self._ended = self._ended or not late
        if self._since is not None:
            await self._feed.bring([], _write_cursor(self._since_id, self._since, ended=self._ended))
            self._look_up_due = 0
            try:
                await self._removed()
            except NetworkError:
                return  # who asks for the last time what was removed has nobody left to say it to

    async def _read_the_end(self, ends_at: int) -> bool:
        """Read once what came between the last search and the end of paid reading; whether that was all of it."""
        since, reach = given_at(self._since_id or "") or self._since or 0, self._now.there() - WEEK + _MARGIN
        if ends_at <= since:
            return True
        if ends_at <= reach:
            words = "X tells what was posted in the last seven days: the end of the chat is missing."
            self._feed.note("search", words)
            return False
        self._between = {"start_time": _iso(max(since, reach)), "end_time": _iso(ends_at)}
        with contextlib.suppress(NetworkError):  # told by the note
            while await self._search() == 0.0:
                pass
            return True
        self._feed.note("search", "X could not be asked for the end of the chat: it is when the hub is started again.")
        return False

    # The readers; each gives the seconds until it is to be called again

    async def _search(self) -> float:
        try:
            return await self._search_once()
        finally:
            self._searched.set()

    async def _search_once(self) -> float:
        account = await self._ready()
        if self._since is None:
            self._since = min(self._source.begins_at, self._now.theirs(min(self._source.begins_at, self._now())))
        found: list[tuple[WirePost, Joined]] = []
        newest: str | None = None
        token: dict[str, str] = {}
        place = self._place()
        asked = query(self._source.plan.hashtags, self._conversations if self._threads else ())
        try:
            for _ in range(PAGES):
                self._need_money()
                page = await self._api.search(asked, account, most=self._costs.page, **place, **token)
                found += self._paid(page)
                newest = newest or page.newest
                if not page.next:
                    break
                token = {"next_token": page.next}
                await self._feed.catching_up("search", len(found))
        except NetworkError as error:
            await self._bring(reversed(found))  # what was paid for; the same is free when it is read again today
            if isinstance(error, BadRequest) and self._does_without(error, place):
                self._feed.has_more("search")
                return 0.0
            raise
        moved = newest is not None and number_of(newest) > number_of(self._since_id or "")
        if moved:
            self._since_id, self._stale = newest, False
        await self._bring(reversed(found), _write_cursor(self._since_id, self._since) if moved else None)
        self._feed.note_headroom(self._api.headroom)
        return self._every.beside_stream if self._stream.open else self._every.poll

    async def _follow(self) -> float:
        """The stream; where it cannot be had the search does the same, half a minute later.

        It begins when the search has told what was missed, so that what is new comes behind that.
        """
        await self._searched.wait()
        wait = self._stream.due()
        if wait > 0:  # woken by what does not concern it
            return wait
        try:
            account = await self._ready()
        except NetworkError as error:  # said by the search
            return error.wait or LASTING_WAIT
        try:
            await self._stream.prepare(rule(self._source.plan.hashtags), account)
            await self._stream.run(account, self._on_open, self._on_post)
        except NetworkError as error:
            if isinstance(error, Asks):
                self._feed.wake()  # the search, which says so
            refused = error.lasts and not isinstance(error, (Asks, SignedOut))
            words = f"half a minute late: {error.status.removeprefix('refused: ')}" if refused else None
            self._feed.remark("stream", words)
            return self._stream.wait(error)
        return 0.0

    def _on_open(self) -> None:
        self._feed.remark("stream", None)
        self._feed.wake()  # the search, for what came before this moment

    async def _on_post(self, line: WireLine) -> None:
        if line.data is not None:
            await self._bring(self._paid(Found([line.data], line.includes)))
            self._need_money()

    async def _removed(self) -> float:
        """Look posts up that were paid for today, because that is free: X tells of removed posts in no other way."""
        account = await self._ready()
        if self._now() < self._look_up_due:  # woken by what does not concern it
            return (self._look_up_due - self._now()) / 1000
        self._look_up_due = self._now() + round(self._every.removed * 1000)
        now = self._now.there()
        ids = [one for one in self._known.latest() if self._costs.paid(one, now)][:LOOKED_UP]
        if ids:
            found = await self._api.look_up(ids, account)
            self._costs.count([*(post.id for post in found.posts), *found.unread], found.includes, now)
            here = {post.id for post in found.posts}
            gone = [str(one.resource_id) for one in found.problems if is_missing(one)]
            items = [self._known.removed(one) for one in gone if one in ids and one not in here]
            await self._bring_items([item for item in items if item is not None])
        return self._every.removed

    # What they share

    async def _ready(self) -> Account:
        """The sign-in to read with, when it is time and may cost something; raises what is in the way."""
        account = self._source.sign_ins.find(self._source.name)
        if account is None:
            raise SignedOut("x")
        async with self._checking:
            if not self._checked:
                await self._check(account)
                self._checked = True
        early = self._early
        if early > 0:
            raise TooEarly(min(early / 1000, self._every.early))
        self._need_money()
        return account

    @property
    def _early(self) -> int:
        """Milliseconds until paid reading begins; that is when either clock says so."""
        return self._source.begins_at - max(self._now(), self._now.there())

    async def _check(self, account: Account) -> None:
        """Ask for what is free: it tells early whether the sign-in works, and at once what X's clock shows."""
        try:
            await self._api.rules(account)
        except NetworkError:
            if self._early > 0:
                raise

    def _need_money(self) -> None:
        if self._costs.is_used_up:
            raise Asks(self._costs.spending)

    @property
    def _conversations(self) -> list[str]:
        return [post.partition(":")[2] for post in self._source.question_posts.watched()]

    def _place(self) -> dict[str, str]:
        """From where to search: behind the last post, or from when, where that one is older than the search reaches."""
        if self._between is not None:
            return self._between
        now = self._now.there()
        given = given_at(self._since_id or "")
        if self._since_id is not None and given is not None and given > now - WEEK + _MARGIN and not self._stale:
            return {"since_id": self._since_id}
        since = max(self._since or 0, given or 0)
        return {"start_time": _iso(min(max(since, now - WEEK + _MARGIN), now - _MARGIN))}

    def _does_without(self, error: BadRequest, place: dict[str, str]) -> bool:
        """Leave out at the next try what X took offence at, where that is worth one."""
        if "since_id" in place and "since_id" in error.names:
            self._stale = True
            return True
        if self._threads and self._conversations and "query" in error.names:
            self._threads = False
            return True
        return False

    def _paid(self, found: Found) -> list[tuple[WirePost, Joined]]:
        """The posts of an answer, when it is counted what they cost."""
        self._costs.count([*(post.id for post in found.posts), *found.unread], found.includes, self._now.there())
        for x_id in found.unread:
            self._feed.could_not_read(post_id(x_id), post_url(x_id) or f"post {x_id}")
        joined = Joined(found.includes)
        return [(post, joined) for post in found.posts]

    async def _bring(self, found: Iterable[tuple[WirePost, Joined]], cursor: str | None = None) -> None:
        items: list[Item] = []
        for wire, joined in found:
            if self._belongs(wire):
                post = to_post(wire, joined, now=self._now.there(), first_of=self._known.first_of)
                item = self._known.item(wire, post)
                items += [] if item is None else [item]
        await self._bring_items(items, cursor)

    async def _bring_items(self, items: Sequence[Item], cursor: str | None = None) -> None:
        if items or cursor is not None:
            await self._feed.bring(items, cursor)

    def _belongs(self, wire: WirePost) -> bool:
        """Whether it has a hashtag of the chat or answers its question: rules also match what a post quotes."""
        return bool(self._tags & {_plain(tag) for tag in tags(wire)}) or wire.conversation_id in self._conversations


_cursors = JsonReader(_Cursor)


def _read_cursor(cursor: str | None) -> _Cursor:
    try:
        return _cursors.read(cursor or "{}")
    except Unreadable:  # of another version of this reader: it starts again, and what is known is passed over
        return _Cursor()


def _write_cursor(since_id: str | None, since: int | None, *, ended: bool = False) -> str:
    return msgspec.json.encode(_Cursor(since_id, since, ended)).decode()


def _plain(tag: str) -> str:
    return unicodedata.normalize("NFC", tag).casefold()


def _iso(at: int) -> str:
    return datetime.datetime.fromtimestamp(at // 1000, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _thousandths(dollars: float) -> int:
    return round(dollars * 1000)
