"""Catching up: what was posted under a channel's tags while no hub ran is read, without a desk and without serving."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import msgspec

from sessions.core.channel.months import month_of
from sessions.core.plan import Plan
from sessions.core.state import SessionState
from sessions.hub.process.channel import begin_month, open_channel
from sessions.hub.process.month.source import MonthSource
from sessions.hub.process.opened import AS_IT_IS, Opened, Reading
from sessions.hub.process.runtime import remove_runtime
from sessions.hub.process.starting import note_people
from sessions.hub.server.collector import collect
from sessions.hub.server.service import LiveSession
from sessions.library.channel.months import ChannelMonth, channel_months, drop_idle, is_rehearsal, open_month
from sessions.library.library import Library
from sessions.networks.account import SignIns

OPEN_FOR = 3 * 86_400_000
"""Milliseconds behind its end for which a month waits for a source that cannot be read, before the next one begins."""

TROUBLE_FOR = 60.0
"""Seconds for which a source that fails is tried again before a catch-up does without it."""

_LOOK_EVERY = 1.0
"""Seconds between two looks at how long a source fails by now."""


class SourceRead(msgspec.Struct, frozen=True):
    """How a source fared: its name, its health in words, and whether all was read that there was."""

    name: str
    status: str
    current: bool


class MonthRead(msgspec.Struct, frozen=True):
    """What a catch-up brought into a month (`2026-12`): `posts` by `people` people, `new` of whom nobody knew before.
    `file` is empty where nothing was posted in all the month: it has none.

    `total` are the posts of the month by now; `closed` says that it is over.
    """

    session: str
    month: str
    file: str
    posts: int
    people: int
    new: int
    total: int
    sources: tuple[SourceRead, ...]
    closed: bool

    @property
    def current(self) -> bool:
        """Whether all sources were read."""
        return all(source.current for source in self.sources)


Progress = Callable[[str, int], None]
"""Told as posts come: the month's title, and how many came so far."""


class CatchingUp:
    """Brings a channel up to date. `reading` and the times are for tests.

    A month that is over is closed once all its sources were read, or `hold_for` milliseconds behind its end. A source
    that fails is waited for as long as `trouble_for` seconds.
    """

    def __init__(
        self,
        library: Library,
        plan: Plan,
        sign_ins: SignIns,
        *,
        reading: Reading = AS_IT_IS,
        trouble_for: float = TROUBLE_FOR,
        hold_for: int = OPEN_FOR,
        on_progress: Progress = lambda _month, _posts: None,
    ) -> None:
        self._library = library
        self._plan = plan
        self._sign_ins = sign_ins
        self._reading = reading
        self._trouble_for = trouble_for
        self._hold_for = hold_for
        self._on_progress = on_progress

    async def all_months(self) -> list[MonthRead]:
        """Bring months that are over to their end, and read the present one; what each got.

        Raises `SessionLocked` where another process reads the channel, and what opening a month does.
        """
        done: list[MonthRead] = []
        while (month := await asyncio.to_thread(self.month)) is not None:
            done = [*map(_as_it_is, done), await self._read(month)]
            if not done[-1].closed:
                break
        return done

    async def months_before(self) -> list[MonthRead]:
        """The same, but for the present month, whose file is only made; for the hub that will read it."""
        done: list[MonthRead] = []
        while (month := await asyncio.to_thread(self.month)) is not None:
            if not self._is_over(month):
                break
            done = [*map(_as_it_is, done), await self._read(month)]
            if not done[-1].closed:
                break
        return done

    def month(self) -> ChannelMonth | None:
        """The earliest month that is not closed, begun where none is; None where this one was closed. Blocks.

        The file of a month before it in which nothing was posted goes.
        """
        month = open_month(self._library, self._plan)
        if month is not None:
            return month
        present = month_of(self._reading.now(), self._plan.timezone)
        months = channel_months(self._library, self._plan.series, rehearsal=is_rehearsal(self._plan))
        following = months[-1].month.following if months else present
        if following.first > present.first:
            return None
        begun = begin_month(self._library, self._plan, following, now=self._reading.now)
        for over in months[-1:]:
            drop_idle(over)
        return begun

    def _is_over(self, month: ChannelMonth, by: int = 0) -> bool:
        return self._reading.now() >= month.month.ends_at + by

    async def _read(self, month: ChannelMonth) -> MonthRead:
        opened = await asyncio.to_thread(open_channel, month.path, self._library, self._sign_ins, self._reading)
        try:
            return await self._read_opened(month, opened)
        finally:
            opened.file.close()

    async def _read_opened(self, month: ChannelMonth, opened: Opened) -> MonthRead:
        session = opened.live()
        sources = [source for source in opened.sources if isinstance(source, MonthSource)]
        posts, people = set(session.durable.posts), set(session.durable.people)
        unlisten = session.listen(
            lambda _events: self._on_progress(month.plan.title, len(session.durable.posts) - len(posts))
        )
        async with _at_work(session, sources):
            await _all_read(sources, self._trouble_for)
            unlisten()
            read = all(source.current for source in sources)
            if self._is_over(month, 0 if read else self._hold_for):
                await session.close()
            await session.drained()
        if session.closed.is_set():
            await asyncio.to_thread(session.finish)
            remove_runtime(opened.session_id)
            await asyncio.to_thread(note_people, self._library, opened.session_id, session.log.events())
        state = session.durable
        authors = {seen.post.author.id for post, seen in state.posts.items() if post not in posts}
        return MonthRead(
            session=opened.session_id,
            month=f"{month.month.first:%Y-%m}",
            file=str(month.path),
            posts=len(state.posts) - len(posts),
            people=len(authors),
            new=sum(who not in people and state.people[who].newcomer for who in authors),
            total=len(state.posts),
            sources=tuple(_source_read(state, source) for source in sources),
            closed=session.closed.is_set(),
        )


def _as_it_is(read: MonthRead) -> MonthRead:
    """Without the file of a month that had nothing in it."""
    return read if Path(read.file).exists() else msgspec.structs.replace(read, file="")


def _source_read(state: SessionState, source: MonthSource) -> SourceRead:
    known = state.sources.get(source.name)
    return SourceRead(source.name, "not read" if known is None else known.status, source.current)


@contextlib.asynccontextmanager
async def _at_work(session: LiveSession, sources: Sequence[MonthSource]) -> AsyncIterator[None]:
    """The session saves and its sources read while the body runs."""
    saving, reading = asyncio.create_task(session.run()), asyncio.create_task(collect(session, sources))
    try:
        yield
    finally:
        for task in (reading, saving):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _all_read(sources: Sequence[MonthSource], trouble_for: float) -> None:
    """Return once all sources were read, or those that were not have been in trouble for so many seconds."""
    changed = asyncio.Event()
    for source in sources:
        source.changed = changed
    since: float | None = None
    while not all(source.current for source in sources):
        changed.clear()
        if all(source.current or source.in_trouble for source in sources):
            since = time.monotonic() if since is None else since
            if time.monotonic() - since >= trouble_for:
                return
        else:
            since = None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), min(_LOOK_EVERY, max(trouble_for, 0.01)))
