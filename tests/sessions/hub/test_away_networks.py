"""Two computers on two networks of their own: a cable that is pulled, another address, sleep, a hub that is killed."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.core.events import NoteAdded
from sessions.library.storage.reading import read_events
from tests.sessions.hub.elsewhere import needs_iroh
from tests.sessions.hub.networks import Line, Network, beyond, process, says, two_networks
from tests.waiting import PATIENCE

pytestmark = needs_iroh

SILENCE = "3"
"""Seconds after which these desks take a connection for lost; four times as long in earnest."""

LONG = bool(os.environ.get("LUNCHROOM_LONG_CUTS"))
"""Cuts of 30 and a sleep of 60 seconds, and desks as patient as in earnest; by hand, since it takes minutes."""


@pytest.fixture
def networks() -> Iterator[tuple[Network, Network]]:
    """That of the hub and that of the desk, with a cable between them."""
    with two_networks() as both:
        yield both


async def ready(hub: asyncio.subprocess.Process) -> dict[str, dict[str, str]]:
    """The line that a hub says once it answers."""
    assert hub.stdout is not None
    async with asyncio.timeout(PATIENCE):
        line: dict[str, dict[str, str]] = json.loads(await hub.stdout.readline())
    return line


async def writes(desk: asyncio.subprocess.Process, words: str) -> None:
    """Type a line at a desk."""
    assert desk.stdin is not None
    desk.stdin.write(words.encode() + b"\n")
    await desk.stdin.drain()


async def writes_and_hears(desk: asyncio.subprocess.Process, words: str) -> None:
    """Write a note there; return once it came back by the stream."""
    await writes(desk, words)
    await says(desk, f"note {words}")


async def test_a_desk_on_another_network_comes_back_by_itself_whatever_happens_on_the_way(
    tmp_path: Path, networks: tuple[Network, Network]
) -> None:
    at_hub, at_desk = networks
    serving = ("tests.sessions.hub.serve_child", str(tmp_path / "library"))
    silence = "12" if LONG else SILENCE
    async with process(at_desk, "tests.sessions.hub.away_child", "Ben", silence) as ben:
        async with process(at_hub, *serving, "--away", "yes") as hub:
            said = await ready(hub)
            invite, file = said["invites"]["moderator"], str(said["file"])
            await writes(ben, invite)
            await says(ben, "joined Ben")
            await writes_and_hears(ben, "here")

            at_desk.pull()
            await says(ben, "offline")
            if LONG:
                await asyncio.sleep(30)
            at_desk.plug()
            await says(ben, "online")
            await writes_and_hears(ben, "plugged in")

            for network, words in ((at_hub, "the hub moved"), (at_desk, "the desk moved")):
                network.move(f"{network.address}9")
                await writes_and_hears(ben, words)  # by the connection that there was, or another one

            async with process(at_hub, "tests.sessions.hub.away_child", "Ana", silence) as ana:
                host = str(said["url"]).removeprefix("http://")
                await writes(ana, f"lunchroom://{host}#{said['token']}")
                await says(ana, "note the desk moved")
                ben.send_signal(signal.SIGSTOP)
                for number in range(3):
                    await writes_and_hears(ana, f"while Ben slept {number}")
                if LONG:
                    await asyncio.sleep(60)
                ben.send_signal(signal.SIGCONT)
                await says(ben, "note while Ben slept 2")
            await writes_and_hears(ben, "awake")

            hub.kill()
            await hub.wait()
        await says(ben, "offline")
        async with process(at_hub, *serving, "--resume", file) as hub:
            await ready(hub)
            await says(ben, "online")
            await writes_and_hears(ben, "over")
            hub.send_signal(signal.SIGTERM)
            async with asyncio.timeout(PATIENCE):
                assert await hub.wait() == 0
    notes = [event.text for event in read_events(Path(file)) if isinstance(event, NoteAdded)]
    slept = [f"while Ben slept {number}" for number in range(3)]
    assert notes == ["here", "plugged in", "the hub moved", "the desk moved", *slept, "awake", "over"]


async def test_over_a_slow_line_that_loses_some_of_it_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    line = Line(delay=0.1, loss=0.05)
    with two_networks(apart=True) as networks:
        async with (
            beyond(line, networks, str(tmp_path / "library")) as said,
            process(networks[1], "tests.sessions.hub.away_child", "Ben", "12") as ben,
        ):
            await writes(ben, said["there"])
            await says(ben, "joined Ben")
            words = [f"slowly {number}" for number in range(8)]
            for one in words:
                await writes_and_hears(ben, one)
    assert [event.text for event in read_events(Path(said["file"])) if isinstance(event, NoteAdded)] == words
