"""The channel of a series on this computer: a new month begun, one opened to be read.

Each month is a session of its own. A new one begins with what the one before it knew: from where each source goes on,
and who is known.
"""

import contextlib
from pathlib import Path

from sessions.core.channel.carrying import CARRIED_FOR
from sessions.core.channel.months import CHANNEL, Month, channel_plan
from sessions.core.events import AnyEvent, SessionOpened, SourceChanged
from sessions.core.evolve import fold
from sessions.core.plan import Plan
from sessions.core.state import SessionState
from sessions.files.errors import LibraryError
from sessions.hub.process.opened import AS_IT_IS, Opened, Reading, newcomers_of, session_sources
from sessions.hub.process.runtime import load_runtime
from sessions.hub.protocol.takeover import SourceSettings
from sessions.hub.server import rules
from sessions.hub.server.calls.sign_ins import HubSignIns
from sessions.hub.server.clock import HubClock
from sessions.library.channel.months import (
    ChannelMonth,
    channel_months,
    is_rehearsal,
    known_by_now,
    learnt_since,
    people_event,
)
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile, new_session_id
from sessions.networks.account import SignIns
from sessions.networks.timing import Now, wall_clock


def begin_month(library: Library, plan: Plan, month: Month, *, now: Now = wall_clock) -> ChannelMonth:
    """Begin this month of the channel with the plan of a chat or a month of the series; blocks.

    Raises `StorageError`.
    """
    plan, rehearsal, at = channel_plan(plan, month), is_rehearsal(plan), now()
    months = channel_months(library, plan.series, rehearsal=rehearsal)
    session = new_session_id()
    first = library.earlier_people(plan.series).first
    opened = rules.opening(plan, (), rehearsal=rehearsal, first=first, at=at, kind=CHANNEL)
    events: list[AnyEvent] = [opened]
    before = next((one for one in reversed(months) if one.plan.starts_at < plan.starts_at), None)
    known = None
    since = at - CARRIED_FOR
    if before is not None:
        known, since = fold(read_events(before.path)), before.started
        events += _carried_on(known, at)
    found = known_by_now(library, plan.series, known, at, since=since, rehearsal=rehearsal)
    if found.people:
        events += people_event(fold(events), found, at)
    file = SessionFile.create(library.folder, plan, started=at, session_id=session, holder="a new month", kind=CHANNEL)
    try:
        file.commit(events)
        return ChannelMonth(file.path, session, opened.plan, at, None, len(events))
    finally:
        file.close()


def _carried_on(before: SessionState, at: int) -> list[AnyEvent]:
    """From where the sources go on that were read in the month before."""
    cursors = {name: source.cursor for name, source in before.sources.items() if source.cursor is not None}
    return [
        SourceChanged(seq=seq, at=at, by=None, command=None, source=name, status="not read yet", cursor=cursor)
        for seq, (name, cursor) in enumerate(cursors.items(), start=2)
    ]


def open_channel(path: Path, library: Library, sign_ins: SignIns, reading: Reading = AS_IT_IS) -> Opened:
    """Open a month of a channel to read what it lacks; blocks. Raises `StorageError`, `SourceError`."""
    with contextlib.ExitStack() as undo:
        file = SessionFile.open(path.absolute(), holder="lunchroom catch-up, which is reading what came since")
        undo.callback(file.close)
        events = tuple(file.read_events())
        opened = events[0] if events else None
        if not isinstance(opened, SessionOpened) or opened.kind != CHANNEL:
            raise LibraryError(f"{path} is no month of a channel.")
        record = file.session
        before = load_runtime(record.id)
        settings = before.settings if before is not None else SourceSettings(sources=opened.plan.sources)
        clock = HubClock(last_at=events[-1].at, wall=reading.now)
        learnt = learnt_since(library, events, clock.now_ms())
        if learnt:
            file.commit(learnt)
            events = (*events, *learnt)
        own = HubSignIns(sign_ins)
        sources = session_sources(settings, opened, record.id, library, own, clock, reading=reading)
        newcomers = newcomers_of(
            library, library.earlier_people(opened.plan.series, record.id), record.started, sources
        )
        undo.pop_all()
        return Opened(record.id, file, events, opened.plan, clock, library, newcomers, sources, settings, own)
