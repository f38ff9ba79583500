"""A round: a hub, two desks that work, one fault meanwhile, and the judgement."""

import asyncio
import contextlib
import random
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Protocol

from tests.faults.desk import Asked, Desk
from tests.faults.desk_child import Work
from tests.faults.judging import Copy, Knowledge, problems
from tests.faults.processes import DeskProcess, Hub, Pool
from tests.faults.way import Way, a_way
from tests.sessions.library.building import FaultyDisk
from tests.waiting import until

COMMANDS = 14
"""How much each desk asks for in a round."""


class Outcome(Protocol):
    """What came of a round: what does not hold, and what desks asked for."""

    problems: list[str]
    asked: dict[str, Asked]


class Round:
    """A hub and two desks at it: Ana's in this process, Ben's in this one too, or in one of its own for what kills it.

    `problems` is what a fault found by itself.
    """

    def __init__(self, folder: Path, processes: Pool, choose: random.Random) -> None:
        self.folder = folder
        self.pool = processes
        self.choose = choose
        self.hub: Hub
        self.ways: list[Way] = []
        self.desks: list[Desk] = []
        self.processes: list[DeskProcess] = []
        self.asked: dict[str, Asked] = {}
        self.copies: list[Copy] = []
        self.knowledge: list[Knowledge] = []
        self.problems: list[str] = []
        self.open_ended = False
        """As `objections` has it."""
        self.disk = FaultyDisk()
        """Under the copy of Ana's desk."""
        self._open = AsyncExitStack()
        self._acknowledged = asyncio.Event()

    async def pause(self, least: float = 0.0, most: float = 0.3) -> None:
        """Some time."""
        await asyncio.sleep(self.choose.uniform(least, most))

    def note(self, asked: Asked) -> None:
        """Somebody asked for something, or was answered."""
        self.asked[asked.command.id] = asked
        if asked.outcome == "accepted":
            self._acknowledged.set()

    async def acknowledgement(self) -> None:
        """Return when the next command is acknowledged, or soon where none is."""
        self._acknowledged.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.3):
                await self._acknowledged.wait()

    async def start(self, *options: str) -> None:
        """A hub for a new chat, or with `--resume` for the one there is."""
        hub = await self.pool.hub()
        assert await hub.begin(self.folder, *options), "the hub did not start"
        self.hub = hub

    async def resume(self) -> None:
        """The hub comes back on its file."""
        await self.start("--resume", str(self.hub.file))

    async def way(self) -> Way:
        """One more way to the hub."""
        way = await self._open.enter_async_context(a_way(self.hub.port, self.choose))
        self.ways.append(way)
        return way

    async def sit(self, name: str) -> Desk:
        """A desk in this process."""
        way = await self.way()
        library = self.folder / name
        disk = self.disk if name == "Ana" else None
        desk = Desk(name, way.url, self.hub.ready["token"], library, self.note, disk)
        await self._open.enter_async_context(desk)
        self.desks.append(desk)
        return desk

    async def sit_apart(self, name: str, count: int = COMMANDS) -> DeskProcess:
        """A desk in a process of its own, which has begun to work."""
        way = await self.way()
        process = await self.pool.desk()
        seed = f"{self.choose.getrandbits(64):x}"
        env = {"HOME": str(self.folder)}
        process.begin(Work(name, way.url, self.hub.ready["token"], str(self.folder / name), seed, count, env))
        self.processes.append(process)
        return process

    async def well_again(self) -> None:
        """Return once everybody was acknowledged something after the fault and knows all of it."""
        for way in self.ways:
            way.mend()
        for way in self.ways:
            await way.quiet()
        asked = [await desk.say_last(self.choose) for desk in self.desks]
        seq = max([one.seq for one in (*asked, *self.asked.values())], default=0)
        for process in self.processes:
            if process.process.returncode is None:
                left = await process.leave(seq)
                self.knowledge.append(Knowledge("a desk of its own", left.seq, left.digest))
                self.copies.append(Copy("a desk of its own", Path(left.copy), seq))
            for one in process.asked.values():
                self.note(one)
        seq = max([one.seq for one in self.asked.values()], default=0)
        for desk in self.desks:
            await desk.heard(seq)
        await self._open.aclose()
        for desk in self.desks:
            self.knowledge.append(Knowledge(desk.name, desk.state.seq, desk.state.digest()))
            assert desk.copy is not None, f"{desk.name} has no copy: {desk.trouble}"
            self.copies.append(Copy(desk.name, desk.copy, seq))

    async def judge(self) -> list[str]:
        """Stop the hub, and say what does not hold."""
        self.hub.send(signal.SIGCONT)
        self.hub.send(signal.SIGTERM)
        code = await self.hub.ended()
        if code != 0:
            self.problems.append(f"the hub ended with {code}")
        asked = list(self.asked.values())
        self.problems += await asyncio.to_thread(
            problems, self.hub.file, asked, self.copies, self.knowledge, open_ended=self.open_ended
        )
        return self.problems

    async def aclose(self) -> None:
        """Leave nothing open."""
        for process in (*self.processes, self.hub):
            process.send(signal.SIGCONT)
        await self._open.aclose()


Fault = Callable[[Round], Awaitable[None]]
"""Goes wrong while two desks work, and is well again when it returns."""


@asynccontextmanager
async def a_round(folder: Path, processes: Pool, choose: random.Random) -> AsyncGenerator[Round, None]:
    """A round in which the hub runs."""
    one = Round(folder, processes, choose)
    try:
        await one.start()
        yield one
    finally:
        await one.aclose()


async def play(
    folder: Path, processes: Pool, choose: random.Random, fault: Fault, *, apart: bool = False, count: int = COMMANDS
) -> Round:
    """What came of a round with this fault; `apart` puts the second desk into a process of its own."""
    async with a_round(folder, processes, choose) as one:
        ana = await one.sit("Ana")
        work = [asyncio.create_task(ana.work(random.Random(choose.getrandbits(64)), count))]
        if apart:
            ben = await one.sit_apart("Ben", count)
            await until(lambda: ben.asked or ben.process.returncode is not None)
        else:
            other = await one.sit("Ben")
            work.append(asyncio.create_task(other.work(random.Random(choose.getrandbits(64)), count)))
        try:
            await fault(one)
            await asyncio.gather(*work)
            for process in one.processes:
                await process.done()
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
        await one.well_again()
        await one.judge()
    return one
