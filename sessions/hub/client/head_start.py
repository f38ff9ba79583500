"""What a desk knows of a session before its hub answers: the session's file, where the hub starts on this computer.

A long file is read and folded while the hub does the same, and need not come to the desk by the hub once more.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from sessions.core.events import AnyEvent
from sessions.core.evolve import fold
from sessions.core.redaction.blanking import still_told
from sessions.core.state import SessionState
from sessions.files.errors import StorageError
from sessions.hub.client.updates import Beat, Ended, Events, HubUpdate
from sessions.library.storage.reading import read_events

logger = logging.getLogger(__name__)

PIECE = 250
"""Events that are folded without giving the event loop back: some milliseconds."""

Follow = Callable[[int], AsyncGenerator[HubUpdate, None]]
"""What happens from behind an event on, by its seq."""


@dataclass(frozen=True)
class HeadStart:
    """The events of a session's file, at least one, and their fold."""

    events: tuple[AnyEvent, ...]
    state: SessionState


async def head_start(file: Path) -> HeadStart | None:
    """What the file has; None where it cannot be read or folded, of which the hub tells."""
    try:
        events = await asyncio.to_thread(read_events, file)
    except StorageError:
        return None
    state = SessionState()
    try:
        for first in range(0, len(events), PIECE):
            fold(events[first : first + PIECE], state)
            await asyncio.sleep(0)
        bare = still_told(state, events)
    except Exception:  # whatever our own fold fails at comes by the hub, event by event
        logger.exception("A defect: a desk begins without what the file has.")
        return None
    return HeadStart(tuple(bare.get(event.seq, event) for event in events), state) if events else None


async def follow_on(follow: Follow, known: HeadStart) -> AsyncGenerator[HubUpdate, None]:
    """As `follow(0)`, but what is known comes in one piece, folded, as soon as the hub is seen to have the same.

    The hub tells the last of these events first. Where it tells another one, or has fewer, all come from it.
    """
    last = known.events[-1]
    beats: list[Beat] = []
    agreed = False
    async with aclosing(follow(last.seq - 1)) as updates:
        async for update in updates:
            if agreed:
                yield update
            elif isinstance(update, Beat) and update.seq >= last.seq:
                beats.append(update)
            elif isinstance(update, Events) and update.events[0] == last:
                agreed = True
                for beat in beats:
                    yield beat
                yield Events(known.events, known.state)
                if update.events[1:]:
                    yield Events(update.events[1:])
            elif isinstance(update, (Beat, Events)):
                break
            else:
                yield update
                agreed = isinstance(update, Ended)
    if not agreed:
        async with aclosing(follow(0)) as updates:
            async for update in updates:
                yield update
