"""How two desks in two homes fare on a slow line.

    python -m tests.benchmarks.two_homes [--events 20000] [--keys 30]

Prints how long a key takes from one desk to the other's screen (real terminals; the desk that presses is beyond a line
with 300 ms one way that loses 2 % each way, the other at the hub's computer), and how long a desk takes to have a chat
of so many events over 1 Mbit/s: first events, a note of its own acknowledged meanwhile, all of them, and the bytes that
passed; once in gzip and once without. Root and `ip` of iproute2 are needed, for the networks are namespaces.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sessions.core import events as e
from sessions.core.commands import Note
from sessions.core.posts import Author, Post
from sessions.hub.away.endpoint import new_secret
from sessions.hub.away.relay import NONE
from sessions.hub.client.away import AwayLink, AwayTransport
from sessions.hub.client.client import Beat, Events, HubClient, Invite
from sessions.hub.server import rules
from sessions.library.storage.session_file import SessionFile
from tests.e2e.terminal import Terminal, home, knows_desks
from tests.paths import TESTS
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.networks import Line, Network, beyond, process, two_networks

MBIT = 125_000.0
"""Bytes a second."""


def long_chat(folder: Path, count: int) -> Path:
    """A session file with so many events, of posts as people wrote them."""
    lines = itertools.cycle(
        json.loads(line) for path in sorted((TESTS / "chats").glob("*.jsonl")) for line in path.read_text().splitlines()
    )
    file = SessionFile.create(folder, a_plan(), started=START)
    with file:
        file.commit([rules.opening(a_plan(), (), rehearsal=False, first=False, at=START)])
        for first in range(2, count + 1, 1000):
            batch = [_seen(seq, next(lines)) for seq in range(first, min(first + 1000, count + 1))]
            file.commit(batch)
        return file.path


def _seen(seq: int, line: dict[str, str]) -> e.PostSeen:
    handle = line.get("handle", "somebody")
    at = START + seq * 100
    author = Author(f"mastodon:@{handle}", handle)
    post = Post(f"mastodon:{110_000_000_000_000_000 + seq * 7919}", author, line["text"], at)
    return e.PostSeen(seq=seq, at=at, by=None, command=None, post=post, kind="answer", filed=None, newcomer=False)


async def catch_up(count: int, *, gzip: bool) -> None:
    """Print how a desk gets a long chat over 1 Mbit/s."""
    with two_networks(apart=True) as networks, tempfile.TemporaryDirectory() as folder:
        file = long_chat(Path(folder), count)
        line = Line(delay=0.02, rate=MBIT)
        how = "gzip" if gzip else "plain"
        async with (
            beyond(line, networks, folder, "--resume", str(file)) as ready,
            process(networks[1], "tests.benchmarks.two_homes", "--desk", how) as desk,
        ):
            assert desk.stdin is not None
            assert desk.stdout is not None
            desk.stdin.write(ready["there"].encode() + b"\n")
            told = json.loads(await desk.stdout.readline())
    words = "in gzip" if gzip else "without"
    print(f"{words}: {json.dumps(told)}; {line.passed / 1e6:.2f} MB passed", flush=True)


async def be_a_desk(*, gzip: bool) -> None:
    """The desk of `catch_up`, in its network."""
    invite = Invite.parse(sys.stdin.readline())
    client = HubClient(invite, transport=AwayTransport(AwayLink(invite.ticket, new_secret(), NONE)))
    if not gzip:
        client._http.headers["Accept-Encoding"] = "identity"
    await client.join("Ben")
    begun = time.monotonic()
    told: dict[str, float] = {}
    has, wanted = 0, None

    async def writes() -> None:
        await asyncio.sleep(1)
        asked = time.monotonic()
        await client.command(Note(id="n1", text="while it comes"))
        told["note acknowledged after s"] = round(time.monotonic() - asked, 2)

    writing = asyncio.create_task(writes())
    async for update in client.follow():
        if isinstance(update, Events):
            told.setdefault("first events after s", round(time.monotonic() - begun, 2))
            has = update.events[-1].seq
        elif isinstance(update, Beat):
            wanted = wanted or update.seq
        if wanted is not None and has >= wanted:
            told["all after s"] = round(time.monotonic() - begun, 2)
            break
    await writing
    print(json.dumps(told), flush=True)
    await client.aclose()


async def keys(count: int, delay: float, loss: float) -> None:
    """Print how long a key takes from a desk beyond the line to the screen of one at the hub's computer."""
    with two_networks(apart=True) as networks, tempfile.TemporaryDirectory() as folder:
        line = Line(delay, loss)
        async with beyond(line, networks, str(Path(folder) / "library")) as ready:
            waits = await asyncio.to_thread(_press, networks, ready, Path(folder), count)
    waits.sort()
    at = f"{delay * 1000:.0f} ms one way, {loss:.0%} lost"
    middle, late = statistics.median(waits), waits[int(len(waits) * 0.95)]
    print(f"key to the other screen, {at}: p50 {middle:.3f} s, p95 {late:.3f} s, most {waits[-1]:.3f} s", flush=True)


def _press(networks: tuple[Network, Network], ready: dict[str, str], folder: Path, count: int) -> list[float]:
    at_hub, at_desk = networks
    desks = []
    host = ready["url"].removeprefix("http://")
    for name, network, invite in (
        ("Ana", at_hub, f"lunchroom://{host}#{ready['token']}"), ("Ben", at_desk, ready["there"]),
    ):  # fmt: skip
        env = _account(folder / name)
        argv = network.argv(sys.executable, "-m", "tui")
        desks.append(Terminal(["join", "-", "--name", name], env, program=argv))
        desks[-1].wait_for("Paste the host's invite")
        desks[-1].press(invite + "\r")
        desks[-1].wait_for("Ana asks")
    ana, ben = desks
    ben.press("d")
    ben.wait_for("Taking over")
    ben.press("\r")
    ben.wait_for("Ben asks")
    ben.press("n")
    ben.wait_for("Asking Q1")
    ben.press("\r")
    for desk in desks:
        desk.wait_for("Q1 of")
    waits = []
    for number in range(count):
        held = number % 2 == 0
        ben.press(" ")
        pressed = time.monotonic()
        ana.wait_for(_says_held if held else _runs)
        waits.append(time.monotonic() - pressed)
        ben.wait_for(_says_held if held else _runs)
    for desk in desks:
        desk.child.close(force=True)
    return waits


def _says_held(screen: str) -> bool:
    return "held" in screen.casefold()


def _runs(screen: str) -> bool:
    return not _says_held(screen)


def _account(folder: Path) -> dict[str, str]:
    """An account with files of its own and no relay."""
    env = dict(home(folder, os.environ))
    for variable, place in (("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")):
        env[variable] = str(folder / place)
        (folder / place / "lunchroom").mkdir(parents=True, exist_ok=True)
    knows_desks(folder / "config" / "lunchroom")
    (folder / "config" / "lunchroom" / "config.toml").write_text('[away]\nrelay = "none"\n', encoding="utf-8")
    return env


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.two_homes", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--keys", type=int, default=30)
    parser.add_argument("--desk", choices=("gzip", "plain"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.desk:
        asyncio.run(be_a_desk(gzip=given.desk == "gzip"))
        return
    with contextlib.suppress(KeyboardInterrupt):
        for gzip in (True, False):
            asyncio.run(catch_up(given.events, gzip=gzip))
        for delay, loss in ((0.0, 0.0), (0.3, 0.02)):
            asyncio.run(keys(given.keys, delay, loss))


if __name__ == "__main__":
    main()
