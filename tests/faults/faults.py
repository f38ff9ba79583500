"""Each fault, while two desks work: it happens at moments that come of the round's seed, and is well again after it."""

import asyncio
import os
import random
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from sessions.core.events import AnyEvent, NoteAdded, encode_event
from sessions.library.storage import layout
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from tests.faults import takeovers
from tests.faults.processes import Pool
from tests.faults.rounds import Fault, Outcome, Round, play

HOUR = 3_600_000
"""Milliseconds."""


Play = Callable[[Path, Pool, random.Random], Awaitable[Outcome]]


def _rounds_of(fault: Fault, *, apart: bool = False) -> Play:
    """Rounds with this fault; `apart` is as in `play`."""
    return lambda folder, processes, choose: play(folder, processes, choose, fault, apart=apart)


async def none(_round: Round) -> None:
    """Nothing goes wrong."""


async def hub_killed(one: Round) -> None:
    """SIGKILL of the hub, perhaps twice, perhaps just when it acknowledged something; it comes back on its file."""
    for _ in range(one.choose.choice((1, 1, 2))):
        one.hub.trouble(slow=one.choose.choice((0.0, 0.005, 0.05)))
        await one.pause()
        if one.choose.random() < 0.5:
            await one.acknowledgement()
        await one.hub.kill()
        await one.pause(0, 0.1)
        await one.resume()


async def desk_killed(one: Round) -> None:
    """SIGKILL of a desk, which then is started again and completes its copy."""
    await one.pause()
    await _kill_desk(one)
    await one.sit_apart("Ben", 6)


async def both_killed(one: Round) -> None:
    """SIGKILL of the hub and of a desk, in either order."""
    await one.pause()
    if one.choose.random() < 0.5:
        await _kill_desk(one)
        await one.hub.kill()
    else:
        await one.hub.kill()
        await _kill_desk(one)
    await one.resume()
    await one.sit_apart("Ben", 6)


async def _kill_desk(one: Round) -> None:
    desk = one.processes[-1]
    await desk.kill()
    await desk.done()


async def link_cut(one: Round) -> None:
    """The connections of one desk, or of both, break, and for a while none comes about."""
    for _ in range(one.choose.choice((1, 2, 3))):
        await one.pause()
        ways = one.ways if one.choose.random() < 0.5 else [one.choose.choice(one.ways)]
        for way in ways:
            way.cut()
        await one.pause(0, 0.4)
        for way in ways:
            way.mend()


async def link_delayed(one: Round) -> None:
    """Everything takes up to 60 ms to the hub and as long back."""
    for way in one.ways:
        way.delay = one.choose.uniform(0.005, 0.06)
    await one.pause(0.3, 0.6)


async def link_half_open(one: Round) -> None:
    """One desk's connections stand, and nothing that is said arrives any more, on either side."""
    await one.pause(0, 0.15)
    way = one.choose.choice(one.ways)
    way.mute()
    await one.pause(0.1, 0.5)
    way.mend()


async def requests_repeated(one: Round) -> None:
    """What is posted arrives twice, at once or later; now and then the hub is killed behind that.

    None arrives behind a kill that was sent before it: connections end with the hub that they lead to.
    """
    one.open_ended = True
    for way in one.ways:
        way.repeated = 0.7
    await one.pause(0.2, 0.4)
    if one.choose.random() < 0.3:
        for way in one.ways:
            way.repeated = 0.0
            await way.quiet()
        await one.hub.kill()
        await one.resume()


async def disk_full(one: Round) -> None:
    """The hub's disk takes some bytes more, perhaps a part of a write, then none until there is room again."""
    await one.pause()
    room = one.choose.choice((0, 1, 2, 3, one.choose.randrange(2000)))
    one.hub.trouble(room=room, slow=one.choose.choice((0.0, 0.03)))
    await one.pause(0.1, 0.4)
    one.hub.trouble()


async def file_limit(one: Round) -> None:
    """The system itself lets the hub's file grow only so far, and takes a part of a write (Linux)."""
    if sys.platform != "linux":
        return await disk_full(one)
    import resource

    await one.pause()
    size = one.hub.file.stat().st_size + one.choose.randrange(1500)
    hard = resource.prlimit(one.hub.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(one.hub.pid, resource.RLIMIT_FSIZE, (size, hard))
    await one.pause(0.1, 0.4)
    resource.prlimit(one.hub.pid, resource.RLIMIT_FSIZE, (hard, hard))
    return None


async def read_only(one: Round) -> None:
    """Nothing can be written any more, nor taken back; perhaps the hub is killed while it is so.

    Where this account is not that of root, who may write everywhere, a hub that was killed finds a file that cannot be
    written, and has to say so.
    """
    await one.pause()
    one.hub.trouble(broken=["open", "write", "truncate", "sync"])
    await one.pause(0.1, 0.4)
    if one.choose.random() < 0.4:
        await one.hub.kill()
        one.hub.file.chmod(0o400)
        hub = await one.pool.hub()
        began = await hub.begin(one.folder, "--resume", str(one.hub.file))
        if began and sys.platform != "win32" and os.geteuid() != 0:
            one.problems.append("a hub began on a file that cannot be written")
        await hub.kill()
        one.hub.file.chmod(0o600)
        await one.resume()
    else:
        one.hub.trouble()


async def sync_fails(one: Round) -> None:
    """What is written does not reach the disk; perhaps it cannot be taken back either, or the hub is killed then."""
    await one.pause()
    broken = one.choose.choice((["sync"], ["sync", "truncate"], ["sync", "truncate", "write"]))
    one.hub.trouble(broken=broken, slow=one.choose.choice((0.0, 0.03)))
    if await _perhaps_killed(one):
        one.open_ended = "truncate" in broken
    one.hub.trouble()


async def _perhaps_killed(one: Round) -> bool:
    """Some time passes, and perhaps the hub is killed; whether it was."""
    await one.pause(0.1, 0.4)
    killed = one.choose.random() < 0.3
    if killed:
        await one.hub.kill()
        await one.resume()
    return killed


async def copy_fails(one: Round) -> None:
    """The disk of one desk's copy is full, or fails, for a while."""
    await one.pause(0, 0.2)
    if one.choose.random() < 0.5:
        one.disk.room = one.choose.randrange(1500)
    else:
        one.disk.broken = set(one.choose.choice((["sync"], ["write"], ["sync", "truncate"], ["open", "write"])))
    await one.pause(0.1, 0.4)
    one.disk.room, one.disk.broken = None, set()


async def clock_jumps(one: Round) -> None:
    """The hub's computer is set an hour forward or back, or there and back; perhaps it is killed in between."""
    shift = one.choose.choice((HOUR, -HOUR))
    await one.pause()
    one.hub.trouble(clock=shift)
    await one.pause()
    if one.choose.random() < 0.3:
        await one.hub.kill()
        await one.resume()
    elif one.choose.random() < 0.5:
        one.hub.trouble(clock=0)
        await one.pause(0, 0.1)


async def hub_sleeps(one: Round) -> None:
    """The hub's process stands still."""
    await one.pause()
    one.hub.send(signal.SIGSTOP)
    await one.pause(0.2, 1.0)
    one.hub.send(signal.SIGCONT)


async def desk_sleeps(one: Round) -> None:
    """A desk's process stands still, and its connection may be gone when it wakes up."""
    await one.pause()
    one.processes[-1].send(signal.SIGSTOP)
    await one.pause(0.2, 0.8)
    if one.choose.random() < 0.5:
        one.ways[-1].cut()
    one.processes[-1].send(signal.SIGCONT)
    one.ways[-1].mend()


async def last_write_torn(one: Round) -> None:
    """The hub is killed in a write: torn at each of its bytes the file is mended, and from one the hub goes on."""
    await one.pause(0.1, 0.3)
    await one.hub.kill()
    events = read_events(one.hub.file)
    torn = _with_a_write(one, events)
    whole = one.hub.file.read_bytes()
    written = len(torn) - (len(whole) - len(layout.TAIL))
    start = len(torn) - written
    trial = one.folder / "torn" / one.hub.file.name
    trial.parent.mkdir()
    for length in range(written):
        trial.write_bytes(_torn(whole, torn, start, length))
        with SessionFile.open(trial) as file:
            if file.read_events()[: len(events)] != events:
                one.problems.append(f"torn at byte {length} of the last write, acknowledged events were lost")
    shutil.rmtree(trial.parent)
    one.hub.file.write_bytes(_torn(whole, torn, start, one.choose.randrange(written)))
    await one.resume()


def _with_a_write(one: Round, events: list[AnyEvent]) -> bytes:
    """The file with two events more, which nobody was acknowledged."""
    last = events[-1]
    more = [
        NoteAdded(
            seq=last.seq + place, at=last.at, by="Ana", command=f"torn-{place}", text="é" * one.choose.choice((1, 9))
        )
        for place in (1, 2)
    ]
    data = one.hub.file.read_bytes()
    return data[: -len(layout.TAIL)] + layout.appended([(e.seq, encode_event(e)) for e in more], first=False)


def _torn(whole: bytes, torn: bytes, start: int, length: int) -> bytes:
    """The file as it is when only so many bytes of the last write came to it: the rest is as it was."""
    return torn[: start + length] + whole[start + length :]


async def two_hubs(one: Round) -> None:
    """A second hub is started on the file of one that runs, or two at once on that of one that was killed."""
    await one.pause()
    if one.choose.random() < 0.5:
        second = await one.pool.hub()
        if await second.begin(one.folder, "--resume", str(one.hub.file)):
            one.problems.append("a second hub began on the file of one that runs")
        elif await second.ended() != 1:
            one.problems.append("a second hub was not refused in words")
        return
    file = one.hub.file
    await one.hub.kill()
    hubs = [await one.pool.hub() for _ in range(2)]
    began = await asyncio.gather(*(hub.begin(one.folder, "--resume", str(file)) for hub in hubs))
    if sorted(began) != [False, True]:
        one.problems.append(f"of two hubs that began at once, those ran: {began}")
    one.hub = hubs[began.index(True)]


async def terminal(one: Round) -> None:
    """A real desk in a terminal joins, commands, is killed or its hub is, and its copy is a part of the chat."""
    if sys.platform == "win32":
        return
    from tests.e2e.terminal import Terminal, home
    from tests.faults.judging import Copy

    env = home(one.folder / "cy", os.environ)
    way = await one.way()
    invite = f"lunchroom://{way.url.removeprefix('http://')}#{one.hub.ready['token']}"

    def sit() -> Terminal:
        desk = Terminal(["join", "--name", "Cy"], env)
        desk.wait_for("Paste the host's invite")
        desk.press(invite, "\r")
        desk.wait_for("Questions 6")
        return desk

    def greets(desk: Terminal) -> None:
        desk.wait_for(lambda text: "asks" in text or "greets" in text)
        desk.press("t")

    desk = await asyncio.to_thread(sit)
    try:
        await asyncio.to_thread(greets, desk)
        killed = one.choose.random() < 0.5
        if killed:
            await one.pause()
            desk.child.kill(signal.SIGKILL)
        else:
            await one.hub.kill()
            await one.resume()
            last = await one.desks[0].say_last(one.choose)
            copy = Path(env["LUNCHROOM_LIBRARY"]) / one.hub.file.name
            reading = asyncio.create_task(asyncio.to_thread(desk.wait_for, lambda _text: _ends(copy) >= last.seq))
            await reading
    finally:
        await asyncio.to_thread(desk.close)
    copy = Path(env["LUNCHROOM_LIBRARY"]) / one.hub.file.name
    if copy.exists():
        with SessionFile.open(copy):  # as the next command would mend it
            pass
        one.copies.append(Copy("the desk in a terminal", copy))
    elif not killed:
        one.problems.append("the desk in a terminal kept no copy")


def _ends(copy: Path) -> int:
    return len(read_events(copy)) if copy.exists() else 0


FAULTS: Mapping[str, Play] = {
    "none": _rounds_of(none),
    "hub_killed": _rounds_of(hub_killed),
    "desk_killed": _rounds_of(desk_killed, apart=True),
    "both_killed": _rounds_of(both_killed, apart=True),
    "link_cut": _rounds_of(link_cut),
    "link_delayed": _rounds_of(link_delayed),
    "link_half_open": _rounds_of(link_half_open),
    "requests_repeated": _rounds_of(requests_repeated),
    "disk_full": _rounds_of(disk_full),
    "file_limit": _rounds_of(file_limit),
    "read_only": _rounds_of(read_only),
    "sync_fails": _rounds_of(sync_fails),
    "copy_fails": _rounds_of(copy_fails),
    "clock_jumps": _rounds_of(clock_jumps),
    "hub_sleeps": _rounds_of(hub_sleeps),
    "desk_sleeps": _rounds_of(desk_sleeps, apart=True),
    "last_write_torn": _rounds_of(last_write_torn),
    "two_hubs": _rounds_of(two_hubs),
    "terminal": _rounds_of(terminal),
    "taken_over": takeovers.killed,
    "taken_over_by_both": takeovers.both_at_once,
    "taken_over_asleep": takeovers.asleep,
}
"""The faults by their names."""
