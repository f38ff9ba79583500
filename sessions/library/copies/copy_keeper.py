"""Keeping a copy beside a desk: writes in a thread what the desk receives, and never keeps the desk waiting."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path

from sessions.core.events import AnyEvent
from sessions.files.errors import SaveFailed, SessionLocked, StorageError
from sessions.library.copies.session_copy import CopyDiffers, SessionCopy

RETRY = 5.0
"""Seconds until a copy that could not be written is tried again."""

_TRIES = 20

REST = 4
"""After a write, this many times as long goes to the desk: one in a long chat with somebody forgotten takes a while."""

Notify = Callable[[str, bool], None]
"""Takes a sentence for the moderator, and whether it is of trouble."""


class CopyKeeper:
    """Takes the events that a desk receives, in one event loop; `keep_copy` makes one and runs it.

    Whatever goes wrong with the copy is said in one sentence, once, and the desk goes on. Where the library holds the
    file already, because the hub or another desk of this account writes it there, nothing is kept and nothing said,
    until `again`.
    """

    def __init__(self, copy: SessionCopy, *, retry: float = RETRY) -> None:
        self._copy = copy
        self._retry = retry
        self._waiting: list[AnyEvent] = []
        self._wake = asyncio.Event()
        self._notify: Notify = lambda _words, _trouble: None
        self._ending = asyncio.Event()
        self._over = False
        self._resting = False
        self._writing = asyncio.Lock()
        self.trouble = ""
        """What keeps the copy from being written, in words; empty if nothing does."""

    @property
    def path(self) -> Path | None:
        """Where the copy lies, None where there is none."""
        return self._copy.path

    @property
    def place(self) -> Path | None:
        """Where the chat's file lies in this library, whoever writes it; None while nothing is known of the chat."""
        return self._copy.place

    def notify_with(self, notify: Notify) -> None:
        """Call `notify`, in the event loop, when the copy cannot be written and when it can be again."""
        self._notify = notify

    def receive(self, events: Sequence[AnyEvent]) -> None:
        """Take in what the desk receives, from the first event on; returns at once."""
        if not self._over:
            self._waiting += events
            self._wake.set()

    async def rest(self, more: Sequence[AnyEvent] = ()) -> None:
        """Save all that came, and `more`, and let others write the file, until `again`.

        The file is read anew for that, so that what was lost of it on the disk is there again.
        """
        self._waiting += more
        async with self._writing:
            await asyncio.to_thread(self._copy.close)
            await self._write()
            self._resting = True
            await asyncio.to_thread(self._copy.close)

    def again(self) -> None:
        """Write what came meanwhile, and what comes, if nobody else writes the file."""
        self._resting = False
        self._wake.set()

    async def rewind(self, seq: int) -> Path | None:
        """As `SessionCopy.rewind`, with what came before; what cannot be put aside now is told as trouble."""
        async with self._writing:
            await self._write()
            for _ in range(_TRIES):
                try:
                    aside = await asyncio.to_thread(self._copy.rewind, seq)
                except SessionLocked:  # a hub that stops has not let go of it yet
                    await asyncio.sleep(self._retry / _TRIES)
                except StorageError as error:
                    self._say(f"Your copy is not saved. {error}")
                    return None
                else:
                    self._resting = False
                    return aside
        return None

    def end(self) -> None:
        """Nothing more will come: `run` saves what waits and returns."""
        self._ending.set()
        self._wake.set()

    def last_words(self) -> str:
        """The sentence about the copy to leave the desk with; empty where this desk keeps none."""
        if self.trouble:
            return self.trouble
        if self.path is None or self._resting:
            return ""
        if self._copy.whole:
            return f"Your copy of the chat is saved in {self.path}. {self._copy.unnoted}".rstrip()
        return f"Your copy of the chat so far is saved in {self.path}. The next `lunchroom join` completes it."

    async def run(self) -> None:
        """Write until `end`, or until it is of no use."""
        try:
            while not self._over:
                await _until(self._wake, self._retry)
                self._wake.clear()
                self._over = self._ending.is_set()
                begun = time.monotonic()
                async with self._writing:
                    if not self._resting:
                        await self._write()
                if not self._over:
                    await _until(self._ending, REST * (time.monotonic() - begun))
        finally:
            await asyncio.to_thread(self._copy.close)

    async def _write(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            await asyncio.to_thread(self._copy.take, batch)
        except SessionLocked:
            self._resting = True
        except CopyDiffers as error:
            self._over = True
            self._say(f"You get no copy of this chat: {error}.")
        except SaveFailed as error:
            self._say(f"Your copy is not saved: {error.reason}.")
        except StorageError as error:
            self._say(f"Your copy is not saved. {error}")
        else:
            self._over = self._over or self._copy.whole
            self._say("")

    def _say(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self._notify(trouble or "Your copy of the chat is saved again.", bool(trouble))


async def _until(happens: asyncio.Event, seconds: float) -> None:
    """Return when that happens, at the latest after so many seconds."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await happens.wait()


@contextlib.asynccontextmanager
async def keep_copy(copy: SessionCopy, *, retry: float = RETRY) -> AsyncGenerator[CopyKeeper, None]:
    """A keeper at work; at the end all that came is saved, and others may write the file."""
    keeper = CopyKeeper(copy, retry=retry)
    running = asyncio.create_task(keeper.run())
    try:
        yield keeper
    finally:
        keeper.end()
        await running
