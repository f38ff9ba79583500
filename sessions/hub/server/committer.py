"""Group commit: events that arrive together are written together, the next write starts as soon as the last ended."""

import asyncio
from collections.abc import Callable, Sequence

import msgspec

from sessions.core.events import AnyEvent
from sessions.files.errors import SaveFailed

Outcome = SaveFailed | None
"""What became of a write: None once it is durable."""


class _Item(msgspec.Struct, frozen=True, eq=False):
    events: tuple[AnyEvent, ...]
    probe: bool
    done: "asyncio.Future[Outcome]"


class Committer:
    """Brings events to the disk in a thread, in the order in which they were put in, many with one sync.

    `write` runs in the thread and blocks until the events are durable or raises `SaveFailed`; with no events it only
    tries whether the disk takes something again. `committed` and `failed` are then called in the event loop, before
    anybody who waits hears of it. After a failure everything that waited is dropped: it was decided upon events that
    do not exist any more.
    """

    def __init__(
        self,
        write: Callable[[Sequence[AnyEvent]], None],
        committed: Callable[[Sequence[AnyEvent]], None],
        failed: Callable[[SaveFailed], None],
    ) -> None:
        self._write = write
        self._committed = committed
        self._failed = failed
        self._queue: list[_Item] = []
        self._wake = asyncio.Event()
        self._written: list[_Item] = []

    @property
    def pending(self) -> list[AnyEvent]:
        """The events that are being written or wait to be, in order: neither durable nor failed yet."""
        return [event for item in (*self._written, *self._queue) for event in item.events]

    def put(self, events: Sequence[AnyEvent], *, probe: bool = False) -> "asyncio.Future[Outcome]":
        """Put events in; the future tells what became of them and of everything put in before.

        Await it through `asyncio.shield`: others may wait for the same one.
        """
        done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        if not events and not probe and not self._queue and not self._written:
            done.set_result(None)
            return done
        self._queue.append(_Item(tuple(events), probe, done))
        self._wake.set()
        return done

    async def run(self) -> None:
        """Commit until cancelled. An error of `write` other than `SaveFailed` is a defect and ends it."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                await self._commit()

    async def drained(self) -> None:
        """Return once everything put in so far is durable or has failed."""
        await asyncio.shield(self.put(()))

    async def _commit(self) -> None:
        batch, self._queue = self._queue, []
        self._written = batch
        events = [event for item in batch for event in item.events]
        outcome: Outcome = None
        try:
            if events or any(item.probe for item in batch):
                await asyncio.to_thread(self._write, events)
        except SaveFailed as error:
            outcome = error
            batch = batch + self._queue
            self._written, self._queue = [], []
            self._failed(error)
        else:
            self._written = []
            self._committed(events)
        finally:
            self._written = []
        for item in batch:
            if not item.done.done():
                item.done.set_result(outcome)
