"""Runs the sources of a session, each in a task of its own, so that none can stop the hub or another."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing

from sessions.core.events import AnyEvent
from sessions.files.backoff import backoff
from sessions.hub.server.service import LiveSession
from sessions.networks.source import Delivery, Source

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds between two tries of a source that fails, as `backoff` takes them."""


async def collect(
    session: LiveSession, sources: Sequence[Source], *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Bring what the sources deliver into the session until all have nothing more to bring; to be cancelled."""
    past = session.log.events()
    working = [source for source in sources if _tell(source, past)]

    def on_events(events: Sequence[AnyEvent]) -> None:
        for source in tuple(working):
            if not _tell(source, events):
                working.remove(source)

    unlisten = session.listen(on_events)
    try:
        async with asyncio.TaskGroup() as tasks:
            for source in sources:
                tasks.create_task(_run(session, source, sleep))
    finally:
        unlisten()


def _tell(source: Source, events: Sequence[AnyEvent]) -> bool:
    try:
        for event in events:
            source.on_event(event)
    except Exception:  # a source is foreign to the hub, whatever it raises may not stop the session
        logger.exception("The source %r does not hear any more what happens in the chat.", source.name)
        return False
    return True


async def _run(session: LiveSession, source: Source, sleep: Callable[[float], Awaitable[None]]) -> None:
    failures = 0
    while True:
        try:
            async with aclosing(source.read(session.resume_point(source.name))) as deliveries:
                async for delivery in deliveries:
                    await session.deliver(source.name, delivery)
                    if delivery.items:  # a word on how it fares does not show that it can read
                        failures = 0
            return
        except Exception:  # whatever a network or its reader does, the session goes on without it and tries again
            logger.exception("The source %r failed.", source.name)
        await session.deliver(source.name, Delivery(status="not answering, trying again"))
        failures += 1
        await sleep(backoff(failures, FIRST_WAIT, LONGEST_WAIT))
