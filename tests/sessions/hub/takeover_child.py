"""A moderator's desk without a screen, in a process of its own: `takeover_child.py NAME LIBRARY [OPTION...]`.

The invite is the first line of its standard input; then a line is `do` (what the desk's key does), `note WORDS`, or
`leave`. It says in lines of JSON what it hears: `{"joined"}`, `{"online"}`, `{"offline"}`, `{"rewound"}`, each event
under `"event"`, what can be done under `"can"` and what came of the key under `"did"`.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sessions.core.commands import Note
from sessions.core.events import encode_event
from sessions.files.errors import SaveFailed
from sessions.hub.away.endpoint import new_secret
from sessions.hub.away.relay import NONE
from sessions.hub.client.away import AwayLink, AwayTransport
from sessions.hub.client.client import Beat, Ended, Events, HubClient, HubUnreachable, Invite, Offline, Online
from sessions.hub.client.updates import Rewound
from sessions.hub.process.program import Program
from sessions.hub.process.ready import Ready
from sessions.hub.process.spawn import start_detached
from sessions.hub.takeover.own_way import OwnWay
from sessions.hub.takeover.succession import DeskSuccession
from sessions.library.copies.copy_keeper import keep_copy
from sessions.library.copies.session_copy import SessionCopy

SERVE = Program((sys.executable, "-m", "tests.sessions.hub.serve_child"))


def say(**told: Any) -> None:
    """One line of what it hears."""
    print(json.dumps(told), flush=True)


class Child:
    """The desk."""

    def __init__(self, client: HubClient, desk: DeskSuccession, keeper: Any) -> None:
        self.client = client
        self.desk = desk
        self.keeper = keeper
        self.notes = 0

    async def follow(self) -> None:
        """Until the chat ends."""
        async for update in self.desk.follow():
            match update:
                case Online():
                    say(online=self.client.invite.ticket or self.client.invite.url)
                case Offline():
                    say(offline=update.why)
                case Rewound():
                    await self.keeper.rewind(update.seq)
                    say(rewound=update.seq)
                case Beat():
                    say(beat=update.seq, trouble=update.trouble)
                case Events():
                    self.keeper.receive(update.events)
                    for event in update.events:
                        say(event=json.loads(encode_event(event)))
                case Ended():
                    say(ended=update.why)
                    return

    async def look(self) -> None:
        """Tell whenever something else can be done."""
        told = None
        while True:
            now = self.desk.now()
            if (now.can, now.others, now.ready, now.only_here) != told:
                told = now.can, now.others, now.ready, now.only_here
                say(can=now.can, others=now.others, ready=now.ready, only_here=now.only_here)
            await asyncio.sleep(0.02)

    async def listen(self, name: str, lines: asyncio.StreamReader) -> None:
        """Do what is asked for until it is to leave."""
        while line := (await lines.readline()).decode():
            word, _, rest = line.strip().partition(" ")
            if word == "leave":
                return
            if word == "do":
                say(did=await self.desk.act())
            if word == "note":
                self.notes += 1
                try:
                    answer: Any = await self.desk.command(Note(id=f"{name}-{rest}-{self.notes}", text=rest))
                    say(answered=type(answer).__name__, note=rest)
                except HubUnreachable:
                    say(answered="HubUnreachable", note=rest)


def start_with(library: Path, name: str) -> Callable[[Path], Awaitable[Ready]]:
    """What starts the hub with which the moderator of this name goes on."""

    async def start(copy: Path) -> Ready:
        argv = [str(library), "--resume", str(copy), "--take-over", name]
        return await asyncio.to_thread(start_detached, SERVE, argv)

    return start


async def main(name: str, library: str) -> None:
    """Until told to leave."""
    logging.basicConfig(level=logging.WARNING)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    invite = Invite.parse((await reader.readline()).decode())
    secret = new_secret()
    way = OwnWay(lambda: secret, lambda: NONE)
    transport = AwayTransport(AwayLink(invite.ticket, b"", NONE, shared=way.endpoint)) if invite.ticket else None
    client = HubClient(invite, transport=transport, silence=5.0)  # 12 in earnest
    seat = await client.join(name)
    session = (await client.session()).id
    say(joined=seat.name)

    async with keep_copy(SessionCopy(Path(library), session, holder=name)) as keeper:
        desk = DeskSuccession(
            client, seat, session, keeper=keeper, start=start_with(Path(library), name), way=way, silent=0.5
        )
        child = Child(client, desk, keeper)
        desk.notify_with(lambda words: say(told=words))
        tasks = [asyncio.create_task(one) for one in (desk.run(), child.follow(), child.look())]
        await child.listen(name, reader)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        for task in tasks:
            if not task.cancelled() and task.exception() is not None:
                raise task.exception() or SaveFailed("")
    await client.aclose()
    await way.aclose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
