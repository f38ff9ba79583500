"""Reading the numbers of a series in a thread, which stops when nobody waits for them any more."""

import asyncio
import datetime
from functools import partial

from sessions.library.library import Library
from sessions.reports.series_growth import SeriesGrowth, read_growth
from sessions.words import _

WORDS = _("Reading the chats …")


class _Stopped(Exception):
    """Nobody waits for what is being read any more."""


class _Progress:
    """How far a thread is that reads chats; it ends at its next one when it is `stopped`."""

    def __init__(self) -> None:
        self.stopped = False
        self.words = WORDS

    def update(self, done: int, chats: int) -> None:
        """Take in that so many chats of so many have been read."""
        if self.stopped:
            raise _Stopped
        self.words = _("Reading the chats … {done:,} of {chats:,}").format(done=done, chats=chats)


class GrowthReader:
    """Reads one series of the library at a time, its chats between the dates; a new reading ends the one before."""

    def __init__(
        self, library: Library, *, since: datetime.date | None = None, until: datetime.date | None = None
    ) -> None:
        self._read_growth = partial(read_growth, library, since=since, until=until)
        self._progress = _Progress()

    @property
    def words(self) -> str:
        """How far the reading is."""
        return self._progress.words

    async def read(self, series: str | None) -> SeriesGrowth | None:
        """The numbers of the series; None where the reading was stopped. Raises `StorageError`."""
        self.stop()
        progress = self._progress = _Progress()
        try:
            return await asyncio.to_thread(partial(self._read_growth, series=series, progress=progress.update))
        except _Stopped:
            return None

    def stop(self) -> None:
        """Let a reading that goes on end at its next chat."""
        self._progress.stopped = True
