"""Two computers on two networks of their own: namespaces of Linux, joined by a cable that a test can pull."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sessions.core.events import NoteAdded
from sessions.library.storage.reading import read_events
from tests.paths import ROOT
from tests.sessions.hub.elsewhere import needs_iroh
from tests.waiting import PATIENCE

pytestmark = needs_iroh

HUB, DESK = f"lunchroom-h{os.getpid()}", f"lunchroom-d{os.getpid()}"
CABLE = (f"lh{os.getpid()}"[-15:], f"ld{os.getpid()}"[-15:])


def ip(*words: str) -> None:
    """Run `ip`; fails where it does."""
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


@pytest.fixture
def networks() -> Iterator[None]:
    """The two namespaces with a cable between them; skips where they cannot be made."""
    if sys.platform != "linux" or shutil.which("ip") is None:
        pytest.skip("there is no `ip` of iproute2")
    try:
        for name in (HUB, DESK):
            ip("netns", "add", name)
        ip("link", "add", CABLE[0], "type", "veth", "peer", "name", CABLE[1])
        for number, (name, end) in enumerate(zip((HUB, DESK), CABLE, strict=True), 1):
            ip("link", "set", end, "netns", name)
            ip("-n", name, "addr", "add", f"10.77.0.{number}/24", "dev", end)
            for device in (end, "lo"):
                ip("-n", name, "link", "set", device, "up")
    except (OSError, subprocess.CalledProcessError) as error:
        _remove()
        pytest.skip(f"no network namespaces can be made: {getattr(error, 'stderr', error)}")
    yield
    _remove()


def _remove() -> None:
    for name in (HUB, DESK):
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


@asynccontextmanager
async def process(network: str, module: str, *arguments: str) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    """A module of the tests in a network."""
    running = await asyncio.create_subprocess_exec(
        "ip", "netns", "exec", network, sys.executable, "-m", module, *arguments,
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def says(running: asyncio.subprocess.Process, line: str) -> None:
    """Return once it says this line."""
    assert running.stdout is not None
    async with asyncio.timeout(2 * PATIENCE):
        while (heard := (await running.stdout.readline()).decode().strip()) != line:
            assert heard or not running.stdout.at_eof(), f"it ended before it said {line!r}"


async def test_a_desk_on_another_network_joins_and_comes_back_when_the_cable_does(
    tmp_path: Path, networks: None
) -> None:
    async with process(HUB, "tests.sessions.hub.serve_child", str(tmp_path / "library"), "--away", "yes") as hub:
        assert hub.stdout is not None
        async with asyncio.timeout(PATIENCE):
            ready = json.loads(await hub.stdout.readline())
        async with process(DESK, "tests.sessions.hub.away_child", "Ben") as desk:
            assert desk.stdin is not None
            desk.stdin.write(ready["invites"]["moderator"].encode() + b"\n")
            await says(desk, "joined Ben")
            await says(desk, "note Ben 1")
            ip("-n", DESK, "link", "set", CABLE[1], "down")
            await says(desk, "offline")
            ip("-n", DESK, "link", "set", CABLE[1], "up")
            await says(desk, "online")
            await says(desk, "note Ben 2")
        hub.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert await hub.wait() == 0
    notes = [event.text for event in read_events(Path(ready["file"])) if isinstance(event, NoteAdded)]
    assert notes == ["Ben 1", "Ben 2"]
