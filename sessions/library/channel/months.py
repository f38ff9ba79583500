"""The months of a series' channel in the library: which goes on, and what each has from the one before."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sessions.core.channel.carrying import CARRIED_FOR, Carried, carried, differing
from sessions.core.channel.months import Month, month_of_plan
from sessions.core.events import AnyEvent, PeopleCarried, PostSeen, SessionOpened
from sessions.core.evolve import fold
from sessions.core.plan import Plan
from sessions.core.plan.words import PRACTICE
from sessions.core.state import SessionState
from sessions.files.errors import StorageError
from sessions.files.lock import WriterLock
from sessions.library.library import Library, Saved
from sessions.library.storage.reading import Head, read_events, read_head

DAY = 86_400_000
"""Milliseconds."""


class ChannelMonth(msgspec.Struct, frozen=True):
    """A month of a channel that is saved; `plan` is its own, `ended` when it was closed (UTC milliseconds)."""

    path: Path
    session: str
    plan: Plan
    started: int
    ended: int | None
    events: int

    @property
    def month(self) -> Month:
        """Which month it is."""
        return month_of_plan(self.plan)


def is_rehearsal(plan: Plan) -> bool:
    """Whether a channel with this plan is none of real people."""
    return any(spec.partition(":")[0] == PRACTICE for spec in plan.sources)


def channel_months(library: Library, series: str, *, rehearsal: bool) -> list[ChannelMonth]:
    """The months of the channel of a series, the earliest first; of several files of one the longest. Blocks."""
    best: dict[int, ChannelMonth] = {}
    for saved, head in _series(library, series, rehearsal=rehearsal):
        if not saved.channel:
            continue
        plan = head.opened.plan
        one = ChannelMonth(saved.path, saved.id, plan, saved.started, head.ended, head.events)
        known = best.get(plan.starts_at)
        if known is None or (known.ended is not None, one.events) > (one.ended is not None, known.events):
            best[plan.starts_at] = one
    return [best[at] for at in sorted(best)]


def open_month(library: Library, plan: Plan) -> ChannelMonth | None:
    """The earliest month of the channel that is not closed; blocks."""
    months = channel_months(library, plan.series, rehearsal=is_rehearsal(plan))
    return next((one for one in months if one.ended is None), None)


def latest_plan(library: Library, series: str) -> Plan | None:
    """The plan of the series' latest chat or month that is no rehearsal; None without any. Blocks."""
    found = [head for _, head in _series(library, series, rehearsal=False)]
    return max(found, key=lambda head: head.opened.at).opened.plan if found else None


class Elsewhere(msgspec.Struct, frozen=True):
    """The ids of posts that a month of a channel does not take: those of the month before, and of the chats of its
    series. `goes_on` is whether a month before is saved. `earlier` are the files of months and chats before that one;
    what only they have was posted before `until` (UTC milliseconds)."""

    posts: frozenset[str]
    goes_on: bool
    earlier: tuple[Path, ...] = ()
    until: int = 0


def posts_elsewhere(library: Library, opened: SessionOpened, session: str) -> Elsewhere:
    """What stands elsewhere of what the sources of this month can bring; blocks, some milliseconds a file."""
    plan = opened.plan
    months = channel_months(library, plan.series, rehearsal=opened.rehearsal)
    months = [one for one in months if one.plan.starts_at < plan.starts_at and one.session != session]
    begins = months[-1].plan.starts_at if months else plan.starts_at
    chats = chats_since(library, plan.series, 0, opened.rehearsal)
    recent = chats_since(library, plan.series, begins - DAY, opened.rehearsal)
    paths = [one.path for one in months]
    earlier = (*paths[:-1], *(path for path in chats if path not in recent))
    return Elsewhere(posts_in([*paths[-1:], *recent]), goes_on=bool(months), earlier=earlier, until=plan.starts_at)


def posts_of_chats(library: Library, series: str, *, since: int, rehearsal: bool) -> frozenset[str]:
    """The ids of the posts of a series' chats that began after that moment (UTC milliseconds); blocks."""
    return posts_in(chats_since(library, series, since, rehearsal))


def posts_in(paths: Sequence[Path]) -> frozenset[str]:
    """The ids of the posts in these files, as far as they can be read; blocks."""
    posts: set[str] = set()
    for path in paths:
        with contextlib.suppress(StorageError):  # what is read twice then is in two files, and nothing is lost
            posts |= {event.post.id for event in read_events(path) if isinstance(event, PostSeen)}
    return frozenset(posts)


def known_by_now(
    library: Library, series: str, before: SessionState | None, at: int, *, since: int, rehearsal: bool = False
) -> Carried:
    """Whom the series knows at this moment (UTC milliseconds), by `before`, a month of its channel, and by the chats
    that began after `since`; blocks."""
    chats = []
    for path in chats_since(library, series, since, rehearsal):
        with contextlib.suppress(StorageError):  # deleted or damaged meanwhile
            chats.append(fold(read_events(path)))
    return carried(before, chats, at)


def chats_since(library: Library, series: str, since: int, rehearsal: bool) -> list[Path]:
    """The chats of a series, no months of its channel, that began after that moment (UTC milliseconds). Blocks."""
    found = (saved for saved, _ in _series(library, series, rehearsal=rehearsal))
    return [saved.path for saved in found if not saved.channel and saved.started > since]


def people_event(state: SessionState, found: Carried | None, at: int) -> list[AnyEvent]:
    """The event by which a month in this state learns what was `found`; none where nothing was."""
    if found is None:
        return []
    return [
        PeopleCarried(
            seq=state.seq + 1,
            at=max(at, state.at),
            by=None,
            command=None,
            people=found.people,
            last_chat=found.last_chat,
        )
    ]


def learnt_since(library: Library, events: Sequence[AnyEvent], at: int) -> list[AnyEvent]:
    """What a month of a channel has not heard of the chats of its series; blocks."""
    opened = events[0]
    if not isinstance(opened, SessionOpened):
        return []
    since = max((event.at for event in events if isinstance(event, PeopleCarried)), default=at - CARRIED_FOR)
    if not chats_since(library, opened.plan.series, since, opened.rehearsal):
        return []  # a month of many posts need not be folded once more
    state = fold(events)
    found = known_by_now(library, opened.plan.series, state, at, since=since, rehearsal=opened.rehearsal)
    return people_event(state, differing(state, found), at)


def drop_idle(month: ChannelMonth) -> None:
    """Take the file of a month away that is over and in which nothing was posted and nobody did anything; blocks.

    What the following month needs of it stands there. A file that somebody has open is left.
    """
    if month.ended is None:
        return
    with contextlib.suppress(StorageError, OSError):  # it is only in the way
        lock = WriterLock(month.path, "a lunchroom command that takes an empty month away")
        try:
            state = fold(read_events(month.path))  # once nobody can write to it any more
            if not (state.posts or state.acts):
                month.path.unlink()
        finally:
            lock.release()


def _series(library: Library, series: str, *, rehearsal: bool) -> Iterator[tuple[Saved, Head]]:
    """What is saved of a series and can be read."""
    for saved in library.saved_chats():
        if saved.series == series and not saved.damaged and saved.rehearsal == rehearsal:
            with contextlib.suppress(StorageError):  # deleted or damaged meanwhile
                yield saved, read_head(saved.path)
