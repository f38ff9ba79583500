"""A desk that can go on with the chat, in a process of its own, ready to start: `python -m tests.faults.deputy_child`.

Its first line on standard input is a `Work`. It works until the line `stop`. `act` does what can be done where the hub
cannot go on, as soon as it can be done, and is answered with an `Acted`; `follow` goes over to whoever runs the chat,
and is answered with a `Follows`; a number lets it leave once it knows the chat up to there. It tells each `Asked` on a
line of its standard output, and how it ended as a `Heard`.
"""

import asyncio
import os
import random
import sys
from pathlib import Path

import msgspec

from sessions.core.events import AnyEvent, encode_event
from sessions.core.terms.claims import claim_of
from sessions.hub.client.client import Seat
from sessions.hub.client.updates import HubUpdate
from sessions.hub.process.program import Program
from sessions.hub.process.ready import Ready
from sessions.hub.process.spawn import start_detached
from sessions.hub.takeover.succession import DeskSuccession
from tests.faults.desk import Desk, Link
from tests.faults.desk_child import Work
from tests.faults.hub_child import in_a_hurry
from tests.waiting import until

HEIR = Program((sys.executable, "-m", "tests.faults.heir"))


SILENT = 0.6
"""Seconds of silence of the hub after which this desk may go on, where others wait for 10."""


class Acted(msgspec.Struct, tag=True):
    """What came of going on, in words."""

    words: str


class Follows(msgspec.Struct, tag=True):
    """Which hub the desk follows."""

    term: int
    key: str


class Heard(msgspec.Struct, tag=True):
    """What the desk knew when it left, where its copy is, and every event that it ever showed."""

    seq: int
    digest: str
    copy: str
    shown: list[msgspec.Raw]


class Deputy(Desk):
    """A desk that goes on where its hub cannot."""

    succession: DeskSuccession

    async def _linked(self, seat: Seat, session: str) -> Link:
        async def start(copy: Path) -> Ready:
            argv = [str(self.library), "--resume", str(copy), "--take-over", self.name]
            return await asyncio.to_thread(start_detached, HEIR, argv)

        self.shown: dict[bytes, AnyEvent] = {}
        self.succession = DeskSuccession(self._client, seat, session, keeper=self._keeper, start=start, silent=SILENT)
        running = asyncio.create_task(self.succession.run())
        self._open.push_async_callback(_cancelled, running)
        return self.succession

    def _take(self, update: HubUpdate) -> None:
        super()._take(update)
        for event in self.events:
            self.shown[encode_event(event)] = event

    async def act(self) -> str:
        """Take the chat over, or go over to who did, as soon as that can be done."""
        await until(lambda: self.succession.now().can != "none" or len(self.state.takeovers) > 0)
        return await self.succession.act()

    async def follows(self) -> tuple[int, str]:
        """Which hub it follows, once it went over to one that is above, if it heard of any."""
        if self.succession.now().can == "go_over":
            await self.succession.act()
        claim = claim_of(self.state.takeovers)
        return claim.term, claim.key


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait([task])


def tell(what: object) -> None:
    """A line of the output, in one write, so that a kill leaves none in part."""
    os.write(1, msgspec.json.encode(what) + b"\n")


async def main(work: Work) -> None:
    """Work, and go on, until told to leave."""
    choose = random.Random(work.seed)
    async with Deputy(work.name, work.url, work.token, Path(work.library), tell) as desk:
        working = asyncio.create_task(desk.work(choose, 10_000))
        await until(lambda: desk.succession.now().ready and desk.succession.now().others)
        os.write(1, b"ready\n")
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            if line == "act":
                tell(Acted(await desk.act()))
            elif line == "follow":
                tell(Follows(*await desk.follows()))
            elif line == "stop":
                working.cancel()
                await asyncio.wait([working])
                last = await desk.say_last(choose)
                os.write(1, f"stopped {last.seq}\n".encode())
            else:
                await desk.heard(int(line))
                break
    shown = [msgspec.Raw(raw) for raw in desk.shown]
    tell(Heard(desk.state.seq, desk.state.digest(), str(desk.copy), shown))


if __name__ == "__main__":
    given = msgspec.json.decode(sys.stdin.readline(), type=Work)
    os.environ.update(given.env)
    in_a_hurry()
    asyncio.run(main(given))
