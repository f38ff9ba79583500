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
from sessions.core.state import SessionState
from sessions.files.errors import StorageError
from sessions.library.library import Library, Saved
from sessions.library.storage.reading import Head, read_events, read_head


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


def latest_plan(library: Library, series: str) -> Plan | None:
    """The plan of the series' latest chat or month that is no rehearsal; None without any. Blocks."""
    found = [head for _, head in _series(library, series, rehearsal=False)]
    return max(found, key=lambda head: head.opened.at).opened.plan if found else None


def posts_before(library: Library, opened: SessionOpened, session: str) -> frozenset[str] | None:
    """The ids of the posts in the month before that of this session of a channel, None where none is saved; blocks."""
    plan = opened.plan
    months = channel_months(library, plan.series, rehearsal=opened.rehearsal)
    before = [one for one in months if one.plan.starts_at < plan.starts_at and one.session != session]
    if not before:
        return None
    with contextlib.suppress(StorageError):  # what is read twice then is in two months, and nothing is lost
        return frozenset(event.post.id for event in read_events(before[-1].path) if isinstance(event, PostSeen))
    return frozenset()


def known_by_now(
    library: Library, series: str, before: SessionState | None, at: int, *, since: int, rehearsal: bool = False
) -> Carried:
    """Whom the series knows at this moment (UTC milliseconds), by `before`, a month of its channel, and by the chats
    that began after `since`; blocks."""
    chats = []
    for path in _chats_since(library, series, since, rehearsal=rehearsal):
        with contextlib.suppress(StorageError):  # deleted or damaged meanwhile
            chats.append(fold(read_events(path)))
    return carried(before, chats, at)


def _chats_since(library: Library, series: str, since: int, *, rehearsal: bool) -> list[Path]:
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
    if not _chats_since(library, opened.plan.series, since, rehearsal=opened.rehearsal):
        return []  # a month of many posts need not be folded once more
    state = fold(events)
    found = known_by_now(library, opened.plan.series, state, at, since=since, rehearsal=opened.rehearsal)
    return people_event(state, differing(state, found), at)


def _series(library: Library, series: str, *, rehearsal: bool) -> Iterator[tuple[Saved, Head]]:
    """What is saved of a series and can be read."""
    for saved in library.saved_chats():
        if saved.series == series and not saved.damaged and saved.rehearsal == rehearsal:
            with contextlib.suppress(StorageError):  # deleted or damaged meanwhile
                yield saved, read_head(saved.path)
