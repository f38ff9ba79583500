"""Desks in plain lines on a real hub: lines that a test types, and what was read out."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from sessions.hub.client.client import HubClient, Invite
from tests.sessions.hub.live import LiveHub, Patient
from tests.tui.desks import ManualPace
from tests.waiting import until
from tui.plain.live import PlainDesk
from tui.text.outside import clean_line


class Typist:
    """Lines for a `PlainDesk`, as `Terminal` has them."""

    is_typed = True

    def __init__(self) -> None:
        self.read: list[str] = []
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._at = 0

    def put(self, words: str) -> None:
        self.read.append(clean_line(words))

    async def line(self) -> str | None:
        return await self._lines.get()

    def type(self, *lines: str | None) -> None:
        """Type lines; None is the end of the input."""
        for line in lines:
            self._lines.put_nowait(line)

    async def hears(self, words: str) -> str:
        """The next line with these words, behind the last that was waited for."""

        def heard() -> bool:
            return any(words in line for line in self.read[self._at :])

        await until(heard, lambda: f"{words!r} is not in\n" + "\n".join(self.read))
        place = next(i for i, line in enumerate(self.read) if i >= self._at and words in line)
        self._at = place + 1
        return self.read[place]

    async def does(self, line: str, hears: str) -> str:
        """Type a line, and wait for the words of what comes of it."""
        self._at = len(self.read)
        self.type(line)
        return await self.hears(hears)


class PlainInHand(Typist):
    """A typist with the desk and its clock."""

    desk: PlainDesk
    pace: ManualPace
    running: "asyncio.Task[str]"


@asynccontextmanager
async def plain_on(
    live: LiveHub, name: str = "Ben", *, observer: bool = False, **options: Any
) -> AsyncGenerator[PlainInHand, None]:
    """A desk in plain lines that has joined and caught up."""
    token = live.keys.observer_token if observer else live.keys.token
    client = HubClient(Invite(live.url, token), transport=Patient())
    joined = await client.join(name)
    typist = PlainInHand()
    typist.pace = ManualPace()
    typist.desk = PlainDesk(client, joined, typist, pace=typist.pace, **options)
    typist.running = asyncio.create_task(typist.desk.run())
    try:
        await typist.hears("Type help")
        yield typist
        typist.desk.leave("")
        await typist.running
    finally:
        typist.running.cancel()
        await asyncio.gather(typist.running, return_exceptions=True)
        await client.aclose()
