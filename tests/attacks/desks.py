"""Two desks at work: one writes notes, the other reads them in its stream; how long each waits."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

import msgspec

from sessions.core.commands import Note
from sessions.core.events import NoteAdded
from sessions.hub.client.client import Accepted, Events, HubClient, HubUnreachable, Invite

EVERY = 0.1
"""Seconds between two notes."""


class Waits(msgspec.Struct):
    """Milliseconds: until notes were acknowledged, and until the other desk had them.

    `lost` are those that it never had, `refused` those that a desk gave up to send.
    """

    acknowledged: list[float] = []
    arrived: list[float] = []
    lost: int = 0
    refused: int = 0

    def row(self) -> str:
        """Median, 99th of a hundred and longest of both."""
        return " | ".join(_spread(one) for one in (self.acknowledged, self.arrived))


def _spread(waits: list[float]) -> str:
    if not waits:
        return "-"
    ordered = sorted(waits)
    return f"{ordered[len(ordered) // 2]:.1f} / {ordered[int(len(ordered) * 0.99)]:.1f} / {ordered[-1]:.1f}"


class Desks:
    """What `two_desks` yields."""

    def __init__(self, writer: HubClient) -> None:
        self._writer = writer
        self._sent: dict[str, float] = {}
        self._waits = Waits()
        self._notes = 0
        self.read = asyncio.Event()

    async def work(self, seconds: float) -> Waits:
        """How long both wait while they work for so long."""
        self._waits = Waits()
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self._notes += 1
            text = f"note {self._notes}"
            sent = self._sent[text] = time.monotonic()
            try:
                outcome = await self._writer.command(Note(id=f"{id(self)} {text}", text=text))
            except HubUnreachable:
                self._waits.refused += 1
                continue
            assert isinstance(outcome, Accepted), outcome
            self._waits.acknowledged.append((time.monotonic() - sent) * 1000)
            await asyncio.sleep(EVERY)
        try:
            async with asyncio.timeout(5):
                while self._sent:
                    self.read.clear()
                    await self.read.wait()
        except TimeoutError:
            self._waits.lost = len(self._sent)
            self._sent.clear()
        return self._waits

    def take(self, text: str) -> None:
        """The other desk has this note."""
        sent = self._sent.pop(text, None)
        if sent is not None:
            self._waits.arrived.append((time.monotonic() - sent) * 1000)
            self.read.set()


@asynccontextmanager
async def two_desks(url: str, token: str, names: tuple[str, str] = ("Ana", "Ben")) -> AsyncGenerator[Desks, None]:
    """Two who have joined: the first writes, the second follows."""
    async with desks_of(HubClient(Invite(url, token)), HubClient(Invite(url, token)), names) as desks:
        yield desks


@asynccontextmanager
async def desks_of(
    writer: HubClient, reader: HubClient, names: tuple[str, str] = ("Ana", "Ben")
) -> AsyncGenerator[Desks, None]:
    """The same with these clients, which are closed at the end."""
    await writer.join(names[0])
    await reader.join(names[1])
    desks = Desks(writer)
    online = asyncio.Event()

    async def follow() -> None:
        async with aclosing(reader.follow()) as updates:
            async for update in updates:
                online.set()
                if isinstance(update, Events):
                    for event in update.events:
                        if isinstance(event, NoteAdded):
                            desks.take(event.text)

    following = asyncio.create_task(follow())
    try:
        await online.wait()
        yield desks
    finally:
        following.cancel()
        await asyncio.wait([following])
        await writer.aclose()
        await reader.aclose()
