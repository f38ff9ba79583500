"""Homes with computers of their own, all on this machine: a hub, and desks without a screen that can go on with it.

Each home has its own library and its own folder of running chats; processes are what dies, sleeps and comes back.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import msgspec

from sessions.core.events import AnyEvent
from sessions.hub.process.runtime import Runtime
from sessions.library.storage.reading import read_events
from tests.paths import ROOT
from tests.waiting import patience, until


class Told:
    """A process that says in lines of JSON what happens to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[dict[str, Any]] = []
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while (line := await self.process.stdout.readline()).endswith(b"\n"):  # a kill may tear the last one
            self.lines.append(json.loads(line))

    def signal(self, number: signal.Signals) -> None:
        """Kill it, let it sleep, wake it."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    async def ended(self) -> int:
        """Its exit code, once it ended."""
        async with patience():
            return await self.process.wait()

    async def aclose(self) -> None:
        """Let it end, however it is."""
        if self.process.returncode is None:
            self.signal(signal.SIGKILL)
            await self.process.wait()
        await self._reading


class Hub(Told):
    """A hub in the foreground; `ready` is its first line."""

    @property
    def ready(self) -> dict[str, Any]:
        """Where it is."""
        return self.lines[0]


class Desk(Told):
    """A moderator's desk without a screen."""

    def do(self, line: str) -> None:
        """What its moderator does."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")

    def last(self, key: str) -> Any:
        """What it said last under this key; None where it never did."""
        return next((line[key] for line in reversed(self.lines) if key in line), None)

    def events(self) -> list[dict[str, Any]]:
        """The events of the session as it shows it."""
        shown: list[dict[str, Any]] = []
        for line in self.lines:
            if "event" in line:
                shown.append(line["event"])
            if "rewound" in line:
                shown = [event for event in shown if event["seq"] <= line["rewound"]]
        return shown

    def notes(self) -> list[str]:
        """The notes in it."""
        return [event["text"] for event in self.events() if event["type"] == "note_added"]

    def term(self) -> int:
        """The term of the hub that it follows, as far as it heard."""
        return max((event["term"] for event in self.events() if event["type"] == "hub_taken_over"), default=1)

    @property
    def live(self) -> bool:
        """Whether its hub answers."""
        heard = (line for line in reversed(self.lines) if "online" in line or "offline" in line)
        return "online" in next(heard, {})

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for it."""
        await until(holds, lambda: "\n".join(map(str, self.lines[-12:])))


class Home:
    """One computer; `network` is what its programs are started with, to be on a network of their own."""

    def __init__(self, folder: Path, network: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.network = network
        self.library = folder / "library"
        self.library.mkdir(parents=True)
        self.runtime = folder / "running"

    @property
    def env(self) -> dict[str, str]:
        """Where its programs keep what runs."""
        return {**os.environ, "LUNCHROOM_RUNTIME": str(self.runtime)}

    def file(self) -> Path:
        """The one session file of its library."""
        (found,) = self.library.glob("*.json")
        return found

    def saved(self) -> list[AnyEvent]:
        """The events in it."""
        return read_events(self.file())

    def runtimes(self) -> list[Runtime]:
        """The hubs that were started here."""
        return [msgspec.json.decode(path.read_bytes(), type=Runtime) for path in self.runtime.glob("??????.json")]


class Street:
    """All homes of a test, and what runs in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told: list[Told] = []
        self.homes: dict[str, Home] = {}

    def home(self, name: str, *network: str) -> Home:
        """The home of this name, on a network of its own if it is asked for first with one."""
        if name not in self.homes:
            self.homes[name] = Home(self._folder / name, network)
        return self.homes[name]

    async def hub(self, name: str, *options: str, ready: bool = True) -> Hub:
        """The hub of a new session, or with `--resume` of an old one, at this home."""
        home = self.home(name)
        command = ("-m", "tests.sessions.hub.serve_child", str(home.library), *options)
        hub = Hub(await self._start(home, *command))
        self._told.append(hub)
        if ready:
            await until(lambda: hub.lines, lambda: self.errors(name))
        return hub

    async def desk(self, name: str, invite: str) -> Desk:
        """The desk of the moderator of this name in their own home; once it could go on with the session."""
        home = self.home(name)
        desk = Desk(await self._start(home, "-m", "tests.sessions.hub.takeover_child", name, str(home.library)))
        self._told.append(desk)
        desk.do(invite)
        await until(lambda: desk.last("ready") and desk.live, lambda: f"{desk.lines[-9:]} {self.errors(name)}")
        return desk

    async def _start(self, home: Home, *command: str) -> asyncio.subprocess.Process:
        with (home.folder / "errors").open("ab") as errors:
            return await asyncio.create_subprocess_exec(
                *home.network,
                sys.executable,
                *command,
                cwd=ROOT,
                env=home.env,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                limit=16 * 1024 * 1024,
            )

    def errors(self, name: str) -> str:
        """What the programs of a home said of what went wrong."""
        logs = [self.home(name).folder / "errors", *self.home(name).runtime.glob("logs/*.log")]
        return "\n".join(log.read_text()[-3000:] for log in logs if log.exists())

    async def aclose(self) -> None:
        """End all, also the hubs that desks started."""
        for told in self._told:
            await told.aclose()
        for home in self.homes.values():
            for runtime in home.runtimes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(runtime.pid, signal.SIGKILL)


@contextlib.asynccontextmanager
async def street(folder: Path) -> AsyncGenerator[Street, None]:
    """Homes for one test."""
    made = Street(folder)
    try:
        yield made
    finally:
        await made.aclose()
