"""A desk that goes on with its copy: what it says of what it cannot, and what it never leaves unsaid."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from sessions.core.commands import Note
from sessions.core.events import AnyEvent, HubTakenOver, NoteAdded
from sessions.hub.away.asking import asking
from sessions.hub.client.client import Accepted, HubClient, Invite, Offline
from sessions.hub.process.ready import HubError, Ready
from sessions.hub.protocol.takeover import Deputy, SourceSettings, Standing, TermBegun
from sessions.hub.server.entry.access import digest_of
from sessions.hub.takeover.answering import Answering
from sessions.hub.takeover.succession import DeskSuccession, Start
from sessions.library.copies.copy_keeper import CopyKeeper, keep_copy
from sessions.library.copies.session_copy import SessionCopy
from sessions.library.storage.reading import read_events
from tests.sessions.hub.live import LiveHub, hasty, live_hub
from tests.sessions.hub.peer_stand_in import PeerStandIn
from tests.waiting import until


@dataclass
class Kept:
    """A desk without a screen, and its copy."""

    desk: DeskSuccession
    keeper: CopyKeeper
    following: "asyncio.Task[None] | None" = None
    missed: int = 0
    """How often it was told that the hub does not answer."""

    def listen(self) -> None:
        """Follow the chat from now on."""

        async def follow() -> None:
            async for update in self.desk.follow():
                self.missed += isinstance(update, Offline)
                events = getattr(update, "events", ())
                if events:
                    self.keeper.receive(events)

        self.following = asyncio.create_task(follow())


class Lingering(httpx.AsyncHTTPTransport):
    """A way that takes long to be let go, as one to another home may."""

    def __init__(self) -> None:
        super().__init__()
        self.closing, self.closed = asyncio.Event(), asyncio.Event()

    async def aclose(self) -> None:
        """Waits until it may."""
        self.closing.set()
        await self.closed.wait()
        await super().aclose()


@asynccontextmanager
async def kept(
    live: LiveHub, library: Path, start: Start, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncGenerator[Kept, None]:
    """Ben's desk."""
    client = HubClient(Invite(live.url, live.keys.token), transport=transport, sleep=hasty)
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


async def test_a_desk_whose_copy_went_away_meanwhile_says_that_it_has_none(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SourceSettings()) as live:
        desk = kept(live, tmp_path / "ben", no_hub)
        ben = await desk.__aenter__()
        ben.listen()
        await until(lambda: ben.desk.now().ready)
    await until(lambda: ben.desk.now().can == "take_over")
    assert ben.keeper.place is not None
    ben.keeper.place.unlink()
    assert await ben.desk.act() == "This computer has no copy of the chat to go on with."
    await desk.__aexit__(None, None, None)


async def test_a_desk_follows_the_other_hub_while_the_way_to_the_first_is_let_go(tmp_path: Path) -> None:
    way = Lingering()
    async with live_hub(tmp_path, settings=SourceSettings()) as live:
        desk = kept(live, tmp_path / "ben", no_hub, way)
        ben = await desk.__aenter__()
        ben.listen()
        await until(lambda: ben.desk.now().ready)
    await until(lambda: ben.missed > 0)
    seq = ben.desk.standing().seq + 1
    begun = (TermBegun(seq, 2, "cd" * 32),)
    ben.desk.hear(Standing(live.session.id, 2, "cd" * 32, seq, begun, by="Cy", url="http://127.0.0.1:9"))
    await until(way.closing.is_set)
    missed = ben.missed
    await until(lambda: ben.missed > missed + 3)
    assert ben.following is not None
    assert not ben.following.done()
    assert ben.desk.standing().url == "http://127.0.0.1:9"
    way.closed.set()
    await desk.__aexit__(None, None, None)


@pytest.mark.parametrize("wrong", ["another hub", "a gap"])
async def test_events_that_do_not_go_on_from_its_own_are_not_taken(tmp_path: Path, wrong: str) -> None:
    """Whoever is asked may have gone over to another hub since it said what it has."""
    async with live_hub(tmp_path, settings=SourceSettings()) as live:
        desk = kept(live, tmp_path / "ben", some_hub)
        ben = await desk.__aenter__()
        ben.listen()
        await until(lambda: ben.desk.now().ready and ben.desk.standing().seq == live.session.durable.seq)
        seq, session = live.session.durable.seq, live.session.id
        said = Standing(session, 1, "", seq + 1)
        other = HubTakenOver(seq=seq + 1, at=0, by="Cy", command=None, term=2, key="cd" * 32)
        gap = NoteAdded(seq=seq + 3, at=0, by="Cy", command="n9", text="far ahead")
        sent: list[AnyEvent] = []
        asked = next(asking(seat.token) for seat in live.hub.access.keys.admitted if seat.name == "Ben")
        cys = Answering(lambda: said, lambda _told: None, lambda: sent, lambda: [digest_of(asked)])
        await cys.open()
        live.hub.access.keep_deputy(Deputy("Cy", cys.url))
        await until(lambda: ben.desk.now().others == ("Cy",))
    await until(lambda: ben.desk.now().can == "take_over")
    sent.append(other if wrong == "another hub" else gap)
    assert await ben.desk.act() == (
        "You took the chat over: it goes on from this computer. Cy has more of it, which could not be fetched: it does "
        "not go on from the copy here."
    )
    saved = read_events(ben.keeper.place or tmp_path)
    assert [event.seq for event in saved] == list(range(1, seq + 1))
    await cys.aclose()
    await desk.__aexit__(None, None, None)


async def test_that_a_longer_copy_could_not_be_fetched_is_told(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SourceSettings()) as live:
        desk = kept(live, tmp_path / "ben", some_hub)
        ben = await desk.__aenter__()
        ben.listen()
        await until(lambda: ben.desk.now().ready and ben.desk.standing().seq == live.session.durable.seq)
        said = Standing(live.session.id, 1, "", live.session.durable.seq + 1)
        asked = next(asking(seat.token) for seat in live.hub.access.keys.admitted if seat.name == "Ben")
        cys = PeerStandIn(asked, b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n", pieces=[b"{"], standing=said)
        await cys.open()
        live.hub.access.keep_deputy(Deputy("Cy", cys.url))
        await until(lambda: ben.desk.now().others == ("Cy",))
    await until(lambda: ben.desk.now().can == "take_over")
    assert await ben.desk.act() == (
        "You took the chat over: it goes on from this computer. Cy has more of it, which could not be fetched: it "
        "stopped coming."
    )
    await cys.aclose()
    await desk.__aexit__(None, None, None)


async def test_what_goes_wrong_in_going_over_is_told(tmp_path: Path) -> None:
    async def lost(copy: Path) -> Ready:
        await asyncio.to_thread(copy.write_bytes, b"no file of ours")
        return await some_hub(copy)

    async with live_hub(tmp_path, settings=SourceSettings()) as live:
        desk = kept(live, tmp_path / "ben", lost)
        ben = await desk.__aenter__()
        ben.listen()
        await until(lambda: ben.desk.now().ready)
    await until(lambda: ben.desk.now().can == "take_over")
    assert (await ben.desk.act()).startswith("Not all of that could be done: ")
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
        "away, and is only there: do it again, a post only if it is not public yet."
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
            Standing(live.session.id, 2, key, seq, begun, url="http://[::"),
            Standing(live.session.id, 2, key, seq, begun, url="http://127.0.0.1:99999"),
            Standing(live.session.id, 3, key, seq, begun, url="http://127.0.0.1:9"),
            Standing(live.session.id, 1, "", seq, url="http://127.0.0.1:9"),
        ):
            ben.desk.hear(wrong)
            assert ben.desk.now().can == "none"
        ben.desk.hear(good)
        now = ben.desk.now()
        assert (now.can, now.by, now.only_here) == ("go_over", "Cy", 1)
        assert not [event for event in live.session.log.events() if isinstance(event, HubTakenOver)]
