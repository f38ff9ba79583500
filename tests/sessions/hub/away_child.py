"""A desk as a process, at the hub's computer or in another home: `away_child.py NAME SILENCE`.

The first line of its standard input is the invite, each further one a note that it writes. It says in lines what it
hears: `joined NAME`, `online`, `offline`, `note WORDS`. A connection counts as lost after SILENCE seconds without a
word.
"""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

from sessions.core.commands import Note
from sessions.core.events import NoteAdded
from sessions.hub.away.endpoint import new_secret
from sessions.hub.away.relay import NONE
from sessions.hub.client.away import AwayLink, AwayTransport
from sessions.hub.client.client import Ended, Events, HubClient, HubUnreachable, Invite, Offline, Online


class Desk:
    """Writes, follows and says."""

    def __init__(self, name: str, silence: float) -> None:
        self._name = name
        invite = Invite.parse(sys.stdin.readline())
        way = AwayTransport(AwayLink(invite.ticket, new_secret(), NONE)) if invite.ticket else None
        self._client = HubClient(invite, transport=way, silence=silence)
        self._working: set[asyncio.Task[None]] = set()

    async def work(self) -> None:
        """Until the chat ends."""
        print("joined", (await self._client.join(self._name)).name, flush=True)
        self._begin(self._write_lines())
        async for update in self._client.follow():
            match update:
                case Online():
                    print("online", flush=True)
                case Offline():
                    print("offline", flush=True)
                case Events():
                    for event in update.events:
                        if isinstance(event, NoteAdded):
                            print("note", event.text, flush=True)
                case Ended():
                    break
        await self._client.aclose()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._working.add(task := asyncio.create_task(work))
        task.add_done_callback(self._working.discard)

    async def _write_lines(self) -> None:
        while line := await asyncio.to_thread(sys.stdin.readline):
            await self._write(line.strip())

    async def _write(self, text: str) -> None:
        """Once, however often it has to be sent."""
        while True:
            try:
                await self._client.command(Note(id=f"{self._name} {text}", text=text))
            except HubUnreachable:
                continue
            return


if __name__ == "__main__":
    asyncio.run(Desk(sys.argv[1], float(sys.argv[2])).work())
