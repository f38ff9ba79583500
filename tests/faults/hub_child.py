"""A hub whose disk and clock fail on request, ready to start: `python -m tests.faults.hub_child`.

Its first line on standard input is a `Start`, each later one a `Trouble`.
"""

import os
import sys
import threading
import time

import msgspec

from sessions.hub.process import starting
from sessions.hub.process import succession as hub_side
from sessions.hub.server.clock import HubClock, wall_ms
from sessions.hub.takeover import succession as desk_side
from sessions.library.storage import session_file
from tests.sessions.hub import serve_child
from tests.sessions.library.building import FaultyDisk


class Start(msgspec.Struct):
    """With which arguments of `serve_child` the hub starts, in which environment."""

    argv: list[str]
    env: dict[str, str]


class Trouble(msgspec.Struct):
    """How disk and clock are from now on: as `FaultyDisk` has it, each write takes `slow` seconds, and the clock is off
    by so many milliseconds."""

    room: int | None = None
    broken: list[str] = []
    slow: float = 0.0
    clock: int = 0


class SlowDisk(FaultyDisk):
    """One that fails, and is slow, on request."""

    slow = 0.0

    def write(self, handle: int, data: bytes | memoryview, offset: int) -> int:
        time.sleep(self.slow)
        return super().write(handle, data, offset)


class ShiftedClock(HubClock):
    """A hub's clock by a wall clock that somebody sets."""

    shift = 0

    def __init__(self, last_at: int = 0) -> None:
        super().__init__(wall=lambda: wall_ms() + ShiftedClock.shift, last_at=last_at)


def in_a_hurry() -> None:
    """Let takeovers be as quick as a round: what is asked every two seconds is asked every 0.2, and so on."""
    hub_side.ASK_EVERY, hub_side.ASLEEP = 0.2, 0.4
    desk_side.ASK_EVERY = 0.2


def main() -> int:
    """The exit code."""
    disk = SlowDisk()
    start = msgspec.json.decode(sys.stdin.readline(), type=Start)
    os.environ.update(start.env)
    # The hub makes its disk and its clock itself, and nobody else is to give it others.
    for module, name, made in (
        (session_file, "Disk", lambda: disk),
        (starting, "Disk", lambda: disk),
        (starting, "HubClock", ShiftedClock),
    ):
        setattr(module, name, made)
    in_a_hurry()

    def obey() -> None:
        for line in sys.stdin:
            trouble = msgspec.json.decode(line, type=Trouble)
            disk.room, disk.broken, disk.slow = trouble.room, set(trouble.broken), trouble.slow
            ShiftedClock.shift = trouble.clock

    threading.Thread(target=obey, daemon=True).start()
    return serve_child.main(*start.argv)


if __name__ == "__main__":
    sys.exit(main())
