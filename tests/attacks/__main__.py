"""How long two desks wait while somebody attacks the hub, beside how long they wait without.

    python -m tests.attacks [NAME ...] [--seconds 10] [--fuzzed 10000]

First desks at the hub's computer, attacked over its own address, then desks in other homes, attacked over iroh by
strangers, and without.

Hub, attackers and desks are processes of this computer and speak over its loopback; nothing else is contacted. Take the
rows beside the one without an attack: the milliseconds are this machine's. Ends with 1 where a request was answered
500, or the log grew by more than a few lines. The attackers have no token, the observers' invite, or (stalling,
fuzzing) a moderator's seat.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from sessions.hub.away.endpoint import new_secret, unavailable
from sessions.hub.away.relay import NONE
from sessions.hub.client.away import AwayLink, AwayTransport
from sessions.hub.client.client import HubClient, Invite
from tests.attacks.attackers import ATTACKS, AWAY, Target
from tests.attacks.desks import Desks, Waits, desks_of, two_desks
from tests.attacks.fuzz import fuzzed
from tests.paths import ROOT

LONGEST_LOG = 16_384
"""Bytes that the hub's log may grow by during one attack."""

USUAL_FILES = 1024
"""Files that the hub may have open when it begins."""

SETTLE = 1.0
"""Seconds that an attack runs before the desks are timed."""


def _usual_files() -> None:
    """Let this process have the files open that most systems allow unless asked for more."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (USUAL_FILES, hard))


@asynccontextmanager
async def a_process(
    *arguments: str, errors: Path, prepare: Callable[[], None] | None = None
) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    """A Python process of this folder; killed at the end if it did not end by itself."""
    with errors.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=file,
            preexec_fn=prepare,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _answer(process: asyncio.subprocess.Process) -> dict[str, str]:
    assert process.stdout is not None
    line = await process.stdout.readline()
    answer: dict[str, str] = json.loads(line or b"{}")
    return answer


async def _attacked(name: str, target: Target, folder: Path, work: "asyncio.Future[Waits]") -> Counter[str]:
    """What was answered to an attack that runs until the desks' work is done."""
    async with a_process("-m", "tests.attacks.attackers", name, errors=folder / f"{name}.log") as attacker:
        assert attacker.stdin is not None
        attacker.stdin.write(msgspec.json.encode(target) + b"\n")
        await attacker.stdin.drain()
        await work
        attacker.stdin.write(b"\n")
        await attacker.stdin.drain()
        return Counter({status: int(count) for status, count in (await _answer(attacker)).items()})


async def _run(names: Sequence[str], seconds: float, fuzz: int, folder: Path) -> int:
    log = folder / "hub.log"
    away_too = not unavailable() and any(name in AWAY for name in names)
    usual = None if sys.platform == "win32" else _usual_files
    serving = ("-m", "tests.sessions.hub.serve_child", str(folder / "library"), "--away", "yes")
    async with a_process(*serving, errors=log, prepare=usual) as hub:
        ready = await _answer(hub)
        port = int(ready["url"].rpartition(":")[2])
        seated = HubClient(Invite(ready["url"], ready["token"]))
        seat = (await seated.join("Mallory")).token
        invites = [(await seated.invite_away("moderator")).invite for _ in range(2)] if away_too else []
        await seated.aclose()
        ticket = Invite.parse(invites[0]).ticket if invites else ""
        target = Target(port, ready["observer_token"], seat, ticket)
        print("milliseconds: median / 99th of a hundred / longest")
        print("attack | acknowledged | on the other desk | lost, not sent | answers to the attack")
        async with two_desks(ready["url"], ready["token"]) as desks:
            here = [name for name in names if name in ATTACKS]
            failed = await _rows("none", here, desks, target, seconds, folder)
        if invites:
            there = [name for name in names if name in AWAY]
            async with desks_of(*map(_elsewhere, invites), ("Cleo", "Dan")) as desks:
                failed |= await _rows("none, two homes", there, desks, target, seconds, folder)
        if fuzz:
            statuses = await fuzzed(port, (target.seat, target.seat, target.observer_token), fuzz, seed=1)
            print(f"{fuzz} fuzzed requests: {dict(statuses.most_common())}")
            failed |= statuses[500] > 0
    return int(failed)


async def _rows(none: str, names: Sequence[str], desks: Desks, target: Target, seconds: float, folder: Path) -> bool:
    """Print how long these desks wait without an attack, called `none`, and beside each; whether one was too much."""
    log = folder / "hub.log"
    failed = False
    await desks.work(2)  # what is done once
    plain = await desks.work(seconds)
    print(f"{none} | {plain.row()} | {plain.lost}, {plain.refused} |", flush=True)
    for name in names:
        before = _logged(log)
        work = asyncio.ensure_future(_after(SETTLE, desks.work(seconds)))
        answers = await _attacked(name, target, folder, work)
        waits = await work
        grown = _logged(log) - before
        said = ", ".join(f"{status} {count}" for status, count in answers.most_common())
        print(f"{name} | {waits.row()} | {waits.lost}, {waits.refused} | {said}; log {grown:+} bytes", flush=True)
        failed |= "500" in answers or grown > LONGEST_LOG or waits.lost > 0 or waits.refused > 0
    return failed


def _elsewhere(invite: str) -> HubClient:
    """A desk in another home."""
    parsed = Invite.parse(invite)
    return HubClient(parsed, transport=AwayTransport(AwayLink(parsed.ticket, new_secret(), NONE)))


def _logged(log: Path) -> int:
    """Bytes in the log but for what a hub says while it is being tested."""
    return sum(len(line) for line in log.read_bytes().splitlines() if not line.startswith(b"DEBUG"))


async def _after(seconds: float, work: Awaitable[Waits]) -> Waits:
    await asyncio.sleep(seconds)
    return await work


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    every = [*ATTACKS, *AWAY]
    parser.add_argument("names", nargs="*", choices=[[], *every], metavar="NAME", help=", ".join(every))
    parser.add_argument("--seconds", type=float, default=10.0, help="for which the desks work beside each attack")
    parser.add_argument("--fuzzed", type=int, default=10_000, help="requests made of a seed at the end")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_run(given.names or every, given.seconds, given.fuzzed, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
