"""Hubs and desks as processes, started ahead of their use: most of a start is reading the product's code."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections import deque
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import msgspec

from tests.faults.deputy_child import Acted, Follows, Heard
from tests.faults.desk import Asked
from tests.faults.desk_child import Left, Work
from tests.faults.hub_child import Start, Trouble
from tests.paths import ROOT
from tests.waiting import patience

SPARE = {"tests.faults.hub_child": 2, "tests.faults.desk_child": 1, "tests.faults.deputy_child": 2}
"""How many of each wait to be used."""


class Child:
    """A process that takes lines and gives lines."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def say(self, line: Any) -> None:
        """A line on its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write((line if isinstance(line, bytes) else msgspec.json.encode(line)) + b"\n")

    async def line(self) -> bytes:
        """The next line of its standard output, empty where it has ended."""
        assert self.process.stdout is not None
        async with patience():
            return await self.process.stdout.readline()

    def send(self, number: signal.Signals) -> None:
        """A signal, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    async def ended(self) -> int:
        """Its exit code."""
        async with patience():
            return await self.process.wait()

    async def kill(self) -> None:
        """SIGKILL."""
        self.send(signal.SIGKILL)
        await self.ended()


class Hub(Child):
    """A hub in a process of its own."""

    ready: dict[str, str]

    async def begin(self, folder: Path, *options: str) -> bool:
        """Serve with the library in `folder`; whether it got so far."""
        env = {"LUNCHROOM_RUNTIME": str(folder / "run"), "HOME": str(folder)}
        self.say(Start([str(folder / "library"), *options], env))
        line = await self.line()
        if line:
            self.ready = json.loads(line)
        return bool(line)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.ready["url"].rpartition(":")[2])

    @property
    def file(self) -> Path:
        """The session's file."""
        return Path(self.ready["file"])

    def trouble(self, **how: Any) -> None:
        """Let disk and clock be so from now on."""
        self.say(Trouble(**how))


class DeskProcess(Child):
    """A desk in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        super().__init__(process)
        self.asked: dict[str, Asked] = {}
        self.left: Left | None = None
        self._done = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None

    def begin(self, work: Work) -> None:
        """Work; what it asks for is in `asked` by the ids of its commands."""
        self.say(work)
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            if line == b"done\n":
                self._done.set()
            elif line.startswith(b'{"seq"'):
                self.left = msgspec.json.decode(line, type=Left)
            elif line.endswith(b"\n"):
                asked = msgspec.json.decode(line, type=Asked)
                self.asked[asked.command.id] = asked
        self._done.set()

    async def done(self) -> None:
        """Return once it has asked for all it was to, or has ended."""
        async with patience():
            await self._done.wait()

    async def leave(self, seq: int) -> Left:
        """Let it leave once it knows the chat up to `seq`."""
        self.say(str(seq).encode())
        await self.ended()
        assert self._reading is not None
        await self._reading
        assert self.left is not None, "the desk failed"
        return self.left


class DeputyProcess(Child):
    """A desk in a process of its own that can go on with the chat."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        super().__init__(process)
        self.asked: dict[str, Asked] = {}
        self.heard: Heard | None = None
        self.follows: Follows | None = None
        self.acted = ""
        self.last = 0
        """The seq of the last that it was acknowledged, once it stopped."""
        self.ready = False
        self._reading: asyncio.Task[None] | None = None

    def begin(self, work: Work) -> None:
        """Work; what it asks for is in `asked` by the ids of its commands."""
        self.say(work)
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            if line == b"ready\n":
                self.ready = True
            elif line.startswith(b"stopped"):
                self.last = int(line.split()[1])
            elif line.startswith(b'{"type":"Acted"'):
                self.acted = msgspec.json.decode(line, type=Acted).words or "went over"
            elif line.startswith(b'{"type":"Follows"'):
                self.follows = msgspec.json.decode(line, type=Follows)
            elif line.startswith(b'{"type":"Heard"'):
                self.heard = msgspec.json.decode(line, type=Heard)
            elif line.endswith(b"\n"):
                asked = msgspec.json.decode(line, type=Asked)
                self.asked[asked.command.id] = asked

    async def leave(self, seq: int) -> Heard:
        """Let it leave once it knows the chat up to `seq`."""
        self.say(str(seq).encode())
        await self.ended()
        assert self._reading is not None
        await self._reading
        assert self.heard is not None, "the desk failed"
        return self.heard


class Pool:
    """What `pool` yields: processes that wait to be told what to do."""

    def __init__(self, errors: Path) -> None:
        self._errors = errors.open("ab")
        self._spare: dict[str, deque[asyncio.subprocess.Process]] = {module: deque() for module in SPARE}
        self._all: list[asyncio.subprocess.Process] = []

    async def hub(self) -> Hub:
        """A hub that has not begun."""
        return Hub(await self._take("tests.faults.hub_child"))

    async def desk(self) -> DeskProcess:
        """A desk that has not begun."""
        return DeskProcess(await self._take("tests.faults.desk_child"))

    async def deputy(self) -> DeputyProcess:
        """A desk that can go on, and has not begun."""
        return DeputyProcess(await self._take("tests.faults.deputy_child"))

    async def _take(self, module: str) -> asyncio.subprocess.Process:
        process = self._spare[module].popleft() if self._spare[module] else await self._start(module)
        while len(self._spare[module]) < SPARE[module]:
            self._spare[module].append(await self._start(module))
        return process

    async def _start(self, module: str) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=self._errors,
            limit=16 * 1024 * 1024,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._all.append(process)
        return process

    async def end(self) -> None:
        """Kill all that still run."""
        for process in self._all:
            if process.returncode is None:
                process.kill()
                await process.wait()
        self._errors.close()

    async def end_used(self) -> None:
        """Kill what was used and still runs."""
        spare = {id(process) for waiting in self._spare.values() for process in waiting}
        for process in self._all:
            if process.returncode is None and id(process) not in spare:
                process.kill()
                await process.wait()
        self._all = [process for process in self._all if process.returncode is None]


@contextlib.asynccontextmanager
async def pool(errors: Path) -> AsyncGenerator[Pool, None]:
    """Processes ahead of their use; their standard error goes to the file `errors`."""
    processes = Pool(errors)
    try:
        yield processes
    finally:
        await processes.end()
