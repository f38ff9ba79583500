"""Several readers of one network side by side (a stream, a poll, the open thread), as one stream of deliveries."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from contextvars import ContextVar
from typing import Any

import msgspec
from msgspec.structs import replace

from sessions.core.cleaning import clean_name
from sessions.files.backoff import backoff
from sessions.networks.source import Delivery, EditedPost, Item, NewPost, Tried
from sessions.networks.timing import Sleep, wall_clock
from sessions.networks.web.errors import Limited, NetworkError, spoken
from sessions.networks.web.limits import Headroom
from sessions.networks.web.server_clock import ServerClock

FIRST_WAIT, LONGEST_WAIT = 1.0, 15.0
"""Seconds between tries of a reader that fails, as `backoff` takes them: reading goes on so soon after an outage."""

SILENT_WAIT = 60.0
"""Seconds that the tries of a silent reader are apart at most: another brings the same meanwhile."""

LASTING_WAIT = 300.0
"""Seconds before what will not pass by waiting is tried again, unless `Feed.wake` says that something changed."""

TRY_EVERY = 2_000
"""Milliseconds between two tries that somebody asks for: a key may be held down."""

_DETAILS, _COUNTED, _WORDS = 20, 99, 200
"""Posts that could not be read: how many are named, the latest of them, how many are counted, and the characters of a
name."""

_QUEUED = 64
"""Deliveries that may wait for the hub before the readers wait for it, too."""

_OK, _BUSY, _WAITING, _STUCK = range(4)

_own_bell: ContextVar[asyncio.Event | None] = ContextVar("own_bell", default=None)
"""The bell of the reader in whose tasks this runs: who wakes the others is awake."""


class _Health(msgspec.Struct, frozen=True):
    rank: int
    words: str


class _Wait(msgspec.Struct, frozen=True):
    """Until when a reader that failed waits (our clock), what ends that, and whether the network asked for it."""

    until: int
    bell: asyncio.Event
    asked_for: bool


class Feed:
    """What the readers of a source bring and how they fare; use it in one event loop.

    The status of each delivery is that of the reader that fares worst, and when all is well how much of the network's
    limit is left where that is little. What the readers bring is dated by the server's clock, and leaves by ours.
    """

    def __init__(self, *, sleep: Sleep = asyncio.sleep, clock: ServerClock | None = None) -> None:
        self._sleep = sleep
        self._clock = clock or ServerClock(wall_clock)
        self._queue: asyncio.Queue[Delivery] = asyncio.Queue(_QUEUED)
        self._parts: dict[str, _Health] = {}
        self._remarks: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._waits: dict[str, _Wait] = {}
        self._asked_at: int | None = None
        self._unread: dict[str, str] = {}
        self._headroom: Headroom | None = None
        self._said = ""
        self._kept = False
        self._behind: set[str] = set()
        self._more: set[str] = set()
        self._told_current = False
        self._called: str | None = None
        self._bells: set[asyncio.Event] = set()

    @property
    def status(self) -> str:
        """How the source fares, in words."""
        worst = max(self._parts.values(), key=lambda part: part.rank, default=_Health(_OK, "ok"))
        if worst.rank != _OK:
            return worst.words
        words = ["ok"]
        if self._headroom is not None and self._headroom.low:
            words.append(f"{self._headroom.remaining} of {self._headroom.limit} requests left")
        elif self._remarks:
            words += self._remarks.values()
        if self._clock.wrong:
            words.append(f"clock {self._off} {'ahead' if self._clock.ahead > 0 else 'behind'}")
        if self._unread:
            words.append(_count_words(len(self._unread)))
        return ", ".join(words)

    @property
    def details(self) -> tuple[str, ...]:
        """What there is no room for in `status`: a clock that is wrong, what is never seen here, and the latest posts
        that could not be read."""
        way = "ahead of" if self._clock.ahead > 0 else "behind"
        clock = [f"The clock of the hub's computer is {self._off} {way} the network's. Set it right."]
        told = list(self._unread.values())[-_DETAILS:]
        lost = (f"Could not be read: {one}" for one in told)
        return (*(clock if self._clock.wrong else ()), *self._notes.values(), *lost)

    @property
    def next_try(self) -> int | None:
        """When the first of the readers that failed tries again (our clock, UTC milliseconds); None where none did.

        It may be past: then it is being tried.
        """
        return min((wait.until for wait in self._waits.values()), default=None)

    def try_now(self) -> Tried | None:
        """Let the readers that failed try again now, but for those that the network asked to wait."""
        if not self._waits:
            return None
        free = [wait for wait in self._waits.values() if not wait.asked_for]
        now = self._clock()
        if free and (self._asked_at is None or now - self._asked_at >= TRY_EVERY):
            self._asked_at = now
            for wait in free:
                wait.bell.set()
        return "now" if free else "later"

    @property
    def _off(self) -> str:
        return spoken(abs(self._clock.ahead) / 1000)

    def could_not_read(self, post: str, words: str) -> None:
        """Count a post that makes no sense, once, until it does; `post` is its id, `words` tell people which it is."""
        if len(self._unread) <= _COUNTED:
            self._unread.setdefault(post, clean_name(words, _WORDS))

    def note_headroom(self, headroom: Headroom | None) -> None:
        """Remember what an answer said about the limit; one that says nothing changes nothing."""
        self._headroom = headroom or self._headroom

    def name_server(self, called: str) -> None:
        """Tell with all that follows what the server calls itself, empty where it is of the network's own make."""
        self._called = called

    async def bring(self, items: Sequence[Item], cursor: str | None = None) -> None:
        """Hand over what was read, and from where to go on behind it."""
        timed = tuple(map(self._by_our_clock, items))
        for item in items:
            self._unread.pop(item.post.id if isinstance(item, NewPost) else item.id, None)
        self._said = self.status
        await self._deliver(timed, cursor)

    def _by_our_clock(self, item: Item) -> Item:
        post = item.post if isinstance(item, (NewPost, EditedPost)) else None
        if post is None or not self._clock.ahead:
            return item
        return replace(item, post=replace(post, posted_at=self._clock.ours(post.posted_at)))

    async def catching_up(self, part: str, count: int | None = None) -> None:
        """Say that the reader `part` fetches what was missed, `count` posts so far."""
        await self._say(part, _Health(_BUSY, "catching up" if count is None else f"catching up ({count})"))

    def has_more(self, part: str) -> None:
        """The reader `part` did what it should and has not read all yet: its next step goes on."""
        self._more.add(part)

    async def read_through(self, part: str) -> None:
        """The reader `part` has brought all that there was, unless it said that there is more."""
        if part not in self._more:
            self._behind.discard(part)
        self._more.discard(part)
        await self.well(part)
        if not self._behind and not self._told_current:
            await self._deliver()

    async def well(self, part: str) -> None:
        """Say that the reader `part` does what it should."""
        await self._say(part, _Health(_OK, "ok"))

    def remark(self, part: str, words: str | None) -> None:
        """Say beside the next `ok` what the reader `part` cannot do, where another does the same; None: nothing."""
        if words is None:
            self._remarks.pop(part, None)
        else:
            self._remarks[part] = words

    def note(self, part: str, words: str) -> None:
        """Tell among the details of all that follows what the reader `part` cannot see, whatever it does."""
        self._notes[part] = words

    async def keep(
        self,
        part: str,
        step: Callable[[], Awaitable[float]],
        *,
        first_wait: float = FIRST_WAIT,
        silent: bool = False,
        helps: bool = False,
    ) -> None:
        """Do `step` again and again; it gives the seconds until it is to be done next.

        A `NetworkError` is said as the part's health and waited out; `silent` is for a reader beside which another
        does the same more slowly, so that its troubles are nobody's business, and one that `helps` brings what another
        one finds: neither is waited for before all is read. `wake` ends every wait but that of a rate
        limit, also one that has not begun because `step` still runs.
        """
        failures = 0
        longest = SILENT_WAIT if silent else LONGEST_WAIT
        bell = asyncio.Event()
        _own_bell.set(bell)
        self._bells.add(bell)
        if not silent and not helps:
            self._kept = True
            self._behind.add(part)
        try:
            while True:
                bell.clear()
                limited = False
                try:
                    wait = await step()
                except NetworkError as error:
                    failures += 1
                    if not silent:
                        await self._say(part, _Health(_STUCK if error.lasts else _WAITING, error.status))
                    wait = LASTING_WAIT if error.lasts else backoff(failures, first_wait, longest)
                    if error.wait is not None:
                        wait = max(error.wait, wait)
                    limited = isinstance(error, Limited)
                    if not silent:
                        until = self._clock() + round(wait * 1000)
                        self._waits[part] = _Wait(until, bell, error.wait is not None)
                else:
                    failures = 0
                    self._waits.pop(part, None)
                    if not silent:
                        await self.read_through(part)
                await (self._sleep(wait) if limited else self._until_rung(bell, wait))
        finally:
            self._bells.discard(bell)
            self._waits.pop(part, None)

    async def pause(self, seconds: float) -> None:
        """Wait, or less where `wake` is called."""
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            await self._until_rung(bell, seconds)
        finally:
            self._bells.discard(bell)

    def wake(self) -> None:
        """Let every reader that waits go on at once, but for the one that calls: a sign-in came, a question was asked.

        One that is at work goes on once more when it is done, for it may have begun before that was so.
        """
        own = _own_bell.get()
        for bell in self._bells:
            if bell is not own:
                bell.set()

    async def deliveries(
        self, readers: Sequence[Callable[[], Coroutine[Any, Any, None]]]
    ) -> AsyncGenerator[Delivery, None]:
        """Run the readers until all have ended or one raises, and give what they brought; then raise what it raised.

        Close it (`contextlib.aclosing`) before what the readers use: until then they go on.
        """
        running = {asyncio.create_task(reader()) for reader in readers}
        getting = asyncio.create_task(self._queue.get())
        ended: set[asyncio.Task[None]] = set()
        try:
            while running and not any(task.exception() for task in ended):
                await asyncio.wait({getting, *running}, return_when=asyncio.FIRST_COMPLETED)
                if getting.done():
                    yield getting.result()
                    getting = asyncio.create_task(self._queue.get())
                ended |= {task for task in running if task.done()}
                running -= ended
            await asyncio.sleep(0)  # the task that gets takes what is queued
            while getting.done():
                yield getting.result()
                getting = asyncio.create_task(self._queue.get())
                await asyncio.sleep(0)
            for task in ended:
                task.result()
        finally:
            for other in (getting, *running):
                other.cancel()
            await asyncio.gather(getting, *running, return_exceptions=True)

    async def _until_rung(self, bell: asyncio.Event, seconds: float) -> None:
        ringing = asyncio.ensure_future(bell.wait())
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        try:
            await asyncio.wait({ringing, sleeping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ringing.cancel()
            sleeping.cancel()
            await asyncio.wait({ringing, sleeping})

    async def _say(self, part: str, health: _Health) -> None:
        self._parts[part] = health
        status = self.status
        if status != self._said:
            self._said = status
            await self._deliver()

    async def _deliver(self, items: tuple[Item, ...] = (), cursor: str | None = None) -> None:
        current = self._told_current = self._kept and not self._behind
        told = Delivery(items, self._said, cursor, details=self.details, called=self._called, current=current)
        await self._queue.put(told)


def _count_words(count: int) -> str:
    if count > _COUNTED:
        return f"more than {_COUNTED} posts could not be read"
    return "1 post could not be read" if count == 1 else f"{count} posts could not be read"
