"""Rounds in which the hub's computer dies or sleeps, and the chat goes on from the copies of the desks.

The hub is in Ana's home; Ben and Cy have desks in homes of their own, which can go on with it.
"""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from sessions.core.events import AnyEvent, HubTakenOver, UnknownEvent, encode_event
from sessions.core.evolve import fold
from sessions.core.reunion import reunite
from sessions.core.terms.claims import claim_of
from sessions.files.errors import SessionLocked
from sessions.hub.process.runtime import Runtime
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from tests.faults.deputy_child import SILENT, Heard
from tests.faults.desk import Asked
from tests.faults.desk_child import Work
from tests.faults.judging import of_file
from tests.faults.one_copy import objections
from tests.faults.processes import DeputyProcess, Hub, Pool
from tests.waiting import patience, until

NAMES = ("Ben", "Cy")


class Street:
    """The hub in Ana's home, and the desks of Ben and Cy in theirs."""

    def __init__(self, folder: Path, processes: Pool, choose: random.Random) -> None:
        self.folder = folder
        self.pool = processes
        self.choose = choose
        self.hub: Hub
        self.desks: dict[str, DeputyProcess] = {}
        self.lost_at = 0
        """When the hub's computer was lost (ns of the clock that nobody sets)."""
        self.problems: list[str] = []

    async def move_in(self) -> None:
        """The hub runs, and both desks work and could go on."""
        self.hub = await self.pool.hub()
        assert await self.hub.begin(self.folder / "Ana"), "the hub did not start"
        for name in NAMES:
            home = self.folder / name
            desk = await self.pool.deputy()
            env = {"HOME": str(home), "LUNCHROOM_RUNTIME": str(home / "run")}
            seed, library = f"{self.choose.getrandbits(64):x}", str(home / "library")
            desk.begin(Work(name, self.hub.ready["url"], self.hub.ready["token"], library, seed, 0, env))
            self.desks[name] = desk
        await until(lambda: all(desk.ready for desk in self.desks.values()), lambda: "the desks could not go on")

    async def pause(self, least: float = 0.0, most: float = 0.3) -> None:
        """Some time."""
        await asyncio.sleep(self.choose.uniform(least, most))

    @property
    def asked(self) -> dict[str, Asked]:
        """All that both desks asked for."""
        return {id_: asked for desk in self.desks.values() for id_, asked in desk.asked.items()}

    async def go_on(self, *names: str) -> None:
        """These press the key, all at once."""
        for name in names:
            self.desks[name].say(b"act")
        await until(lambda: all(self.desks[name].acted for name in names), lambda: "nobody went on")

    async def agree(self) -> None:
        """Return once both follow the hub that is above the others; whose desk has something that is not there needs a
        key for that."""
        desks = self.desks.values()
        async with patience():
            while True:
                for desk in desks:
                    desk.follows = None
                    desk.say(b"follow")
                await until(lambda: all(desk.follows is not None for desk in desks))
                claims = {(desk.follows.term, desk.follows.key) for desk in desks if desk.follows is not None}
                if claims == {max(_claim(read_events(path)) for path in self.files())}:
                    return
                await asyncio.sleep(0.05)

    async def leave(self) -> dict[str, Heard]:
        """Both desks stop, and leave once each knows what the other did last."""
        for desk in self.desks.values():
            desk.say(b"stop")
        await until(
            lambda: all(desk.last for desk in self.desks.values()), lambda: "a desk is not acknowledged any more"
        )
        seq = max(desk.last for desk in self.desks.values())
        return {name: await desk.leave(seq) for name, desk in self.desks.items()}

    def files(self) -> list[Path]:
        """Every file of the chat in the homes of those who went on, also what was put aside."""
        found = (path for name in NAMES for path in (self.folder / name / "library").glob("2*.json*"))
        return [path for path in found if path.suffix not in (".lock", ".holder", ".new")]

    def signal_hubs(self, number: signal.Signals) -> None:
        """Send this to every hub that a desk started."""
        for name in NAMES:
            for path in (self.folder / name / "run").glob("??????.json"):
                pid = msgspec.json.decode(path.read_bytes(), type=Runtime).pid
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)

    async def stop_all(self) -> None:
        """Let every hub that a desk started end in order."""
        self.signal_hubs(signal.SIGTERM)
        for path in self.files():
            if path.suffix == ".json":
                await until(partial(_is_free, path), lambda: "a hub does not end")


def _is_free(path: Path) -> bool:
    try:
        with SessionFile.open(path):
            return True
    except SessionLocked:
        return False


class Played(msgspec.Struct):
    """What came of a round."""

    problems: list[str]
    asked: dict[str, Asked]


async def killed(folder: Path, processes: Pool, choose: random.Random) -> Played:
    """The hub's computer dies, and one of the two goes on; perhaps it comes back."""
    return await _played(folder, processes, choose, [choose.choice(NAMES)], asleep=False)


async def both_at_once(folder: Path, processes: Pool, choose: random.Random) -> Played:
    """The hub's computer dies, and both go on at once; one of them stays."""
    return await _played(folder, processes, choose, NAMES, asleep=False)


async def asleep(folder: Path, processes: Pool, choose: random.Random) -> Played:
    """The hub's computer sleeps, one of the two goes on, and it wakes up."""
    return await _played(folder, processes, choose, [choose.choice(NAMES)], asleep=True)


async def _played(
    folder: Path, processes: Pool, choose: random.Random, takers: Sequence[str], *, asleep: bool
) -> Played:
    street = Street(folder, processes, choose)
    try:
        await street.move_in()
        await street.pause(0.1, 0.5)
        if asleep:
            street.hub.send(signal.SIGSTOP)
        else:
            await street.hub.kill()
        street.lost_at = time.monotonic_ns()
        await street.go_on(*takers)
        await street.pause()
        await _comes_back(street, asleep=asleep)
        await street.pause()
        await street.agree()
        heard = await street.leave()
        await street.stop_all()
        street.problems += await asyncio.to_thread(_judged, street, heard, both=len(takers) > 1)
    finally:
        street.signal_hubs(signal.SIGKILL)
    return Played(street.problems, street.asked)


async def _comes_back(street: Street, *, asleep: bool) -> None:
    """The hub that was gone is there again, and has to step down by itself."""
    if asleep:
        street.hub.send(signal.SIGCONT)
        await street.hub.ended()
    elif street.choose.random() < 0.5:
        back = await street.pool.hub()
        await back.begin(street.folder / "Ana", "--resume", str(street.hub.file))
        await back.ended()  # before it was ready, or as soon as it heard


def _judged(street: Street, heard: dict[str, Heard], *, both: bool) -> list[str]:
    found: list[str] = []
    histories = {path: read_events(path) for path in street.files()}
    for path, events in histories.items():
        found += of_file(path.name, path, events) if path.suffix == ".json" else []
    path = max(histories, key=lambda path: (path.suffix == ".json", _claim(histories[path]), len(histories[path])))
    chat = histories[path]
    raw = {encode_event(event) for event in chat}
    everywhere = {encode_event(event) for events in histories.values() for event in events}
    for name, desk in heard.items():
        if fold(chat[: desk.seq]).digest() != desk.digest:
            found.append(f"{name} shows another chat than the one that goes on, up to {desk.seq}")
        missing = [bytes(one) for one in desk.shown if bytes(one) not in (everywhere if both else raw)]
        found += [f"{name} was shown {one.decode()}, which is in no file" for one in missing]
    # what the old hub had sent is still read, and nobody goes on before it was silent for longer
    until_then = street.lost_at + int(SILENT * 0.9e9)
    before = [one for one in street.asked.values() if one.answered is not None and one.answered < until_then]
    since = [one for one in street.asked.values() if one not in before]
    found += objections(read_events(street.hub.file), before)
    if both:
        found += _of_both(chat, list(histories.values()), since)
    else:
        found += objections(chat, since)
    return found


def _claim(events: Sequence[AnyEvent]) -> tuple[int, str]:
    claim = claim_of([event for event in events if isinstance(event, HubTakenOver)])
    return (claim.term, claim.key)


def _of_both(chat: Sequence[AnyEvent], histories: Sequence[Sequence[AnyEvent]], asked: Sequence[Asked]) -> list[str]:
    """What both acknowledged is in one of the two, once; and all of it is in the chat once the other is merged."""
    found: list[str] = []
    merged: list[AnyEvent] = list(chat)
    for history in histories:
        merged += reunite(merged, history, merged[-1].at).events
    saved = [{_command(event) for event in history} for history in (chat, *histories)]
    after = [event.command for event in merged if not isinstance(event, UnknownEvent)]
    notes = {id_ for id_ in after if id_ is not None and after.count(id_) > 1}
    found += [f"{id_} is there {after.count(id_)} times after merging" for id_ in notes if "-last-" in id_]
    for one in asked:
        done = one.outcome == "accepted" and type(one.command).__name__ == "Note"
        if done and not any(one.command.id in commands for commands in saved):
            found.append(f"{one.command} was acknowledged, and is in no file")
        elif done and one.command.id not in after:
            found.append(f"{one.command} is not in the chat once the other file is merged")
    return found


def _command(event: AnyEvent) -> str | None:
    return None if isinstance(event, UnknownEvent) else event.command
