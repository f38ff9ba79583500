"""A desk that is left while its hub starts: the terminal is free at once, and nothing is said that is not known."""

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.hub.client.invite import Invite
from sessions.hub.process.ready import HubError, Ready
from tests.waiting import until
from tui.cli.commands.live import _announce
from tui.cli.desk_session import Starting, _Sitting
from tui.desk.farewells import CLOSED, LEFT, LEFT_OPENING
from tui.shell.config import Config


class Hub:
    """One that starts once `go` is set, or fails then; `waits` are the threads in which it is waited for."""

    def __init__(self, error: HubError | None = None) -> None:
        self.error = error
        self.go = threading.Event()
        self.waits: list[threading.Thread] = []

    def wait(self) -> Invite:
        self.waits.append(threading.current_thread())
        self.go.wait()
        if self.error is not None:
            raise self.error
        return Invite(url="http://127.0.0.1:1", token="t")


@contextlib.contextmanager
def starting(error: HubError | None = None) -> Iterator[Hub]:
    """No thread waits for it afterwards, whatever the test finds."""
    hub = Hub(error)
    try:
        yield hub
    finally:
        hub.go.set()


async def left_while_opening(hub: Hub) -> _Sitting:
    sitting = _Sitting(None, "Ana", None, "", None, None, True, None, starting=Starting(hub.wait, Path("chat.json")))
    async with contextlib.AsyncExitStack() as stack:
        sits_down = asyncio.create_task(sitting.desk_or_error(stack, Config()))
        await until(lambda: hub.waits)
        sits_down.cancel()
        await asyncio.gather(sits_down, return_exceptions=True)
    return sitting


async def ended(hub: Hub) -> None:
    hub.go.set()
    await until(lambda: not hub.waits[0].is_alive())


async def test_a_program_that_is_left_does_not_wait_for_the_hub() -> None:
    with starting() as hub:
        sitting = await left_while_opening(hub)
        assert hub.waits[0].daemon
        assert sitting.farewell(LEFT) == LEFT_OPENING
        assert sitting.farewell(CLOSED) == CLOSED
        await ended(hub)
        assert sitting.farewell(LEFT) == LEFT


async def test_why_the_hub_did_not_start_is_told_to_whoever_left() -> None:
    with starting(HubError("This chat is closed.")) as hub:
        sitting = await left_while_opening(hub)
        await ended(hub)
        with pytest.raises(HubError, match="is closed"):
            sitting.farewell(LEFT)


def test_a_hub_runs_on_whose_ready_line_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        monkeypatch.setattr(sys, "stdout", nobody)
        _announce(Ready("http://127.0.0.1:1", "t", "o", "s", "chat.json"), as_json=True)
        print("and nothing that is printed later fails")
