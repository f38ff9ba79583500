"""A desk that goes on with its copy: what it says of what it cannot, and what it never leaves unsaid."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sessions.core.commands import Note
from sessions.core.events import HubTakenOver
from sessions.hub.client.client import Accepted, HubClient, Invite
from sessions.hub.process.serve import Ready
from sessions.hub.process.starting import HubError
from sessions.hub.protocol.takeover import SourceSettings, Standing, TermBegun
from sessions.hub.takeover.succession import DeskSuccession, Start
from sessions.library.copies.copy_keeper import CopyKeeper, keep_copy
from sessions.library.copies.session_copy import SessionCopy
from tests.sessions.hub.live import LiveHub, live_hub
from tests.waiting import until


@dataclass
class Kept:
    """A desk without a screen, and its copy."""

    desk: DeskSuccession
    keeper: CopyKeeper
    following: "asyncio.Task[None] | None" = None

    def listen(self) -> None:
        """Follow the chat from now on."""

        async def follow() -> None:
            async for update in self.desk.follow():
                events = getattr(update, "events", ())
                if events:
                    self.keeper.receive(events)

        self.following = asyncio.create_task(follow())


@asynccontextmanager
async def kept(live: LiveHub, library: Path, start: Start) -> AsyncGenerator[Kept, None]:
    """Ben's desk."""
    client = HubClient(Invite(live.url, live.keys.token))
    seat = await client.join("Ben")
    async with keep_copy(SessionCopy(library, live.session.id)) as keeper:
        made = Kept(DeskSuccession(client, seat, live.session.id, keeper=keeper, start=start, silent=0.05), keeper)
        running = asyncio.create_task(made.desk.run())
        try:
            yield made
        finally:
            for task in filter(None, (running, made.following)):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await client.aclose()


async def no_hub(_copy: Path) -> Ready:
    """No hub can be started."""
    raise HubError("The port is taken.")


async def some_hub(_copy: Path) -> Ready:
    """A hub is started, of which no more is asked."""
    return Ready("http://127.0.0.1:9", "", "", "", "")


async def test_a_hub_that_answers_is_not_taken_over(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SourceSettings()) as live, kept(live, tmp_path / "ben", no_hub) as ben:
        ben.listen()
        await until(lambda: ben.desk.now().ready)
        assert ben.desk.now().can == "none"
        assert await ben.desk.act() == "The chat's hub answers: there is nothing to take over."


async def test_a_takeover_that_fails_is_told_and_can_be_tried_again(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SourceSettings()) as live:
        desk = kept(live, tmp_path / "ben", no_hub)
        ben = await desk.__aenter__()
        ben.listen()
        await until(lambda: ben.desk.now().ready)
    await until(lambda: ben.desk.now().can == "take_over")
    for _ in range(2):
        assert await ben.desk.act() == "The chat could not be taken over: The port is taken."
        assert ben.desk.now().can == "take_over"
    await desk.__aexit__(None, None, None)


async def test_what_was_acknowledged_and_never_came_is_said_to_be_only_there(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SourceSettings()) as live:
        desk = kept(live, tmp_path / "ben", some_hub)
        ben = await desk.__aenter__()
        ben.listen()
        await until(lambda: ben.desk.now().ready)
        assert ben.following is not None
        ben.following.cancel()  # its stream is slow: the answer is quicker
        assert isinstance(await ben.desk.command(Note(id="n1", text="quick")), Accepted)
    ben.listen()
    await until(lambda: ben.desk.now().can == "take_over")
    assert await ben.desk.act() == (
        "You took the chat over: it goes on from this computer. What you did last was saved on the computer that is "
        "away, and is only there: do it again."
    )
    await desk.__aexit__(None, None, None)


async def test_only_what_fits_its_own_history_is_believed(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SourceSettings()) as live, kept(live, tmp_path / "ben", no_hub) as ben:
        ben.listen()
        await until(lambda: ben.desk.now().ready)
        await ben.desk.command(Note(id="n1", text="only here"))
        await until(lambda: ben.desk.standing().seq == live.session.durable.seq)
        key, seq = "cd" * 32, live.session.durable.seq
        begun = (TermBegun(seq, 2, key),)
        good = Standing(live.session.id, 2, key, seq, begun, by="Cy", url="http://127.0.0.1:9")
        for wrong in (
            Standing("aaaaaa", 2, key, seq, begun, url="http://127.0.0.1:9"),
            Standing(live.session.id, 2, key, seq, begun),
            Standing(live.session.id, 3, key, seq, begun, url="http://127.0.0.1:9"),
            Standing(live.session.id, 1, "", seq, url="http://127.0.0.1:9"),
        ):
            ben.desk.hear(wrong)
            assert ben.desk.now().can == "none"
        ben.desk.hear(good)
        now = ben.desk.now()
        assert (now.can, now.by, now.only_here) == ("go_over", "Cy", 1)
        assert not [event for event in live.session.log.events() if isinstance(event, HubTakenOver)]
