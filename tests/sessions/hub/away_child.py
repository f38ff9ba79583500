"""A desk in another home as a process: `away_child.py NAME`, the invite on its standard input.

Says in lines what it hears: `joined NAME`, `online`, `offline`, `note WORDS`. Each time that it is online it writes a
note, `NAME 1`, `NAME 2` and so on.
"""

import asyncio
import sys

from sessions.core.commands import Note
from sessions.core.events import NoteAdded
from sessions.hub.away.endpoint import new_secret
from sessions.hub.away.relay import NONE
from sessions.hub.client.away import AwayLink, AwayTransport
from sessions.hub.client.client import Ended, Events, HubClient, Invite, Offline, Online


async def main(name: str) -> None:
    """Until the chat ends."""
    invite = Invite.parse(sys.stdin.readline())
    client = HubClient(invite, transport=AwayTransport(AwayLink(invite.ticket, new_secret(), NONE)))
    print("joined", (await client.join(name)).name, flush=True)
    times = 0
    notes: set[asyncio.Task[object]] = set()
    async for update in client.follow():
        match update:
            case Online():
                print("online", flush=True)
                times += 1
                notes.add(asyncio.create_task(client.command(Note(id=f"{name}-{times}", text=f"{name} {times}"))))
            case Offline():
                print("offline", flush=True)
            case Events():
                for event in update.events:
                    if isinstance(event, NoteAdded):
                        print("note", event.text, flush=True)
            case Ended():
                break
    await client.aclose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
