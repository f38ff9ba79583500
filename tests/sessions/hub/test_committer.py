"""Group commit: one order, one write for what arrives together, and a failure that takes all of it back."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from sessions.core.events import AnyEvent
from sessions.files.errors import SaveFailed
from sessions.hub.server.committer import Committer
from tests.sessions.library.building import note
from tests.waiting import PATIENCE


class Disk:
    """A disk that writes only when it is let to, and fails on request."""

    def __init__(self) -> None:
        self.writes: list[list[int]] = []
        self.fails = False
        self.go = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)

    def write(self, events: Sequence[AnyEvent]) -> None:
        self.begun.release()
        assert self.go.acquire(timeout=PATIENCE)
        if self.fails:
            raise SaveFailed("the disk is full")
        self.writes.append([event.seq for event in events])


@asynccontextmanager
async def committing(disk: Disk, told: list[str]) -> AsyncGenerator[Committer, None]:
    committer = Committer(
        disk.write, lambda events: told.append(f"committed {len(events)}"), lambda error: told.append(error.reason)
    )
    running = asyncio.create_task(committer.run())
    try:
        yield committer
    finally:
        running.cancel()
        await asyncio.wait([running])


async def test_what_arrives_during_a_write_goes_into_the_next_one_together() -> None:
    disk, told = Disk(), list[str]()
    async with committing(disk, told) as committer:
        first = committer.put([note(2)])
        await asyncio.to_thread(disk.begun.acquire)
        later = [committer.put([note(seq)]) for seq in (3, 4, 5)]
        assert not first.done()
        disk.go.release()
        assert await first is None
        assert not any(done.done() for done in later)
        disk.go.release()
        assert await asyncio.gather(*later) == [None, None, None]
    assert disk.writes == [[2], [3, 4, 5]]
    assert told == ["committed 1", "committed 3"]


async def test_who_waits_for_nothing_new_waits_for_what_is_pending() -> None:
    disk = Disk()
    async with committing(disk, []) as committer:
        assert committer.put(()).done()
        pending, behind = committer.put([note(2)]), committer.put(())
        await asyncio.to_thread(disk.begun.acquire)
        assert not behind.done()
        disk.go.release()
        assert (await pending, await behind) == (None, None)
        assert committer.put(()).done()


async def test_a_failed_write_drops_all_that_was_decided_upon_it() -> None:
    disk, told = Disk(), list[str]()
    async with committing(disk, told) as committer:
        first = committer.put([note(2)])
        await asyncio.to_thread(disk.begun.acquire)
        second = committer.put([note(3)])
        disk.fails = True
        disk.go.release()
        outcomes = [await first, await second]
        assert [outcome.reason for outcome in outcomes if outcome] == ["the disk is full"] * 2
        disk.fails = False
        disk.go.release()
        assert await committer.put([note(2)]) is None
    assert disk.writes == [[2]]
    assert told == ["the disk is full", "committed 1"]


async def test_who_gave_up_waiting_does_not_stop_the_others() -> None:
    disk = Disk()
    async with committing(disk, []) as committer:
        done = committer.put([note(2)])
        impatient = asyncio.ensure_future(asyncio.wait_for(asyncio.shield(done), 0))
        await asyncio.wait([impatient])
        disk.go.release()
        assert await done is None
        assert isinstance(impatient.exception(), TimeoutError)
