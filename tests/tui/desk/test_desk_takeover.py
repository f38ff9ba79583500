"""Taking the chat over, on the desk: it is offered in words, can be taken back, and goes on from this computer."""

import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from sessions.core.commands import Note
from sessions.hub.client.client import Beat, HubClient, Invite
from sessions.hub.client.going_on import Reach
from sessions.hub.process.runtime import load_runtime
from sessions.hub.protocol.takeover import SourceSettings
from sessions.hub.takeover.own_reading import OwnReading
from sessions.hub.takeover.succession import DeskSuccession
from sessions.library.copies.copy_keeper import keep_copy
from sessions.library.copies.session_copy import SessionCopy
from sessions.networks.account import Account, InMemorySignIns
from tests.sessions.hub.live import LiveHub, live_hub
from tests.sessions.hub.takeover_child import start_with
from tests.tui.desks import DeskInHand, ManualPace, desk_app
from tests.waiting import patience, until
from tui.desk.actions.elsewhere.reach import lacking, with_sources
from tui.desk.presence.telling import REST

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent like this on Windows")


@asynccontextmanager
async def bens_desk(
    live: LiveHub, library: Path, reading: OwnReading | None = None
) -> AsyncGenerator[DeskInHand, None]:
    """A desk that keeps a copy and can go on with it."""
    client = HubClient(Invite(live.url, live.keys.token))
    seat = await client.join("Ben")
    session = (await client.session()).id
    pace = ManualPace()
    async with keep_copy(SessionCopy(library, session)) as keeper:
        start = start_with(library, "Ben")
        successor = DeskSuccession(client, seat, session, keeper=keeper, start=start, reading=reading, silent=0.2)
        app = desk_app(client, seat, pace=pace, config=Path("none.toml"), keeper=keeper, successor=successor)
        try:
            async with app.run_test(size=(120, 30), notifications=True) as pilot:
                desk = DeskInHand(app, pilot, pace)
                await desk.until(lambda: len(app.screen_stack) > 1)
                await desk.until(lambda: successor.now().ready)
                yield desk
        finally:
            runtime = load_runtime(session)
            if runtime is not None:
                os.kill(runtime.pid, signal.SIGKILL)
            await client.aclose()


async def told_of_ben(session: str) -> None:
    """The hub that goes on tells others where Ben is."""
    runtime = load_runtime(session)
    assert runtime is not None
    cy = HubClient(Invite(runtime.url, runtime.keys.token))
    await cy.join("Cy")
    following = cy.follow()
    async with patience():
        while not (isinstance(update := await anext(following), Beat) and update.others):
            pass
    assert [one.name for one in update.others] == ["Ben"]
    await following.aclose()
    await cy.aclose()


async def test_the_key_is_offered_can_be_taken_back_and_goes_on(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    async with AsyncExitStack() as hub:
        live = await hub.enter_async_context(live_hub(there, settings=SourceSettings()))
        async with bens_desk(live, here) as ben:
            await ben.press("T")
            await ben.sees("If it died, this one could go on.")
            await hub.aclose()
            await ben.sees("T goes on from here: the chat's computer has been silent")
            await ben.sees("! offline since ")
            await ben.until(lambda: "the chat goes on there" not in ben.lines()[0], lambda: ben.lines()[0])
            await ben.press("T")
            await ben.sees("Taking the chat over … u takes it back")
            await ben.press("u")
            await ben.sees("Taken back; nothing was sent.")
            await ben.press("T", "enter")
            await ben.knows(lambda model: [event.by for event in model.state.takeovers] == ["Ben"])
            await ben.knows(lambda model: model.offline is None)
            assert await ben.screen.sent(Note(id="n1", text="still here"))
            await ben.wait(REST)
            await told_of_ben(ben.screen.session_id)
            await ben.press("l")
            await ben.sees("took the chat over: it goes on from that desk's computer")


async def test_the_key_says_with_which_networks_whose_computer_could_go_on(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    sign_ins = InMemorySignIns([Account("x", "x.com")])
    sources = ("mastodon:school.example", "x")
    async with live_hub(there, settings=SourceSettings(sources)) as live:
        cy = await live.join("Cy")
        told = {"url": "", "ticket": "", "key": "", "reads": ["mastodon:school.example"]}
        assert (await cy.http.post("/v1/deputies", json=told)).status_code == 200
        async with bens_desk(live, here, OwnReading(sign_ins)) as ben:
            await until(lambda: any(one.name == "Ben" and one.reads for one in live.keys.deputies))
            await ben.press("T")
            await ben.sees("If it died, this one (x; mastodon if public) and Cy's (mastodon; not x) could go on.")
            sign_ins.forget("x")
            await until(lambda: any(one.name == "Ben" and one.reads == () for one in live.keys.deputies))


def test_many_networks_are_named_in_a_line_that_is_read_in_passing() -> None:
    servers = tuple(f"mastodon:{name}.example" for name in "abcde")
    assert with_sources(Reach("Ben", servers[:4], (), (servers[4], "x"))) == (
        " (mastodon:a.example, mastodon:b.example, mastodon:c.example, 1 more; not mastodon:e.example, x)"
    )
    assert with_sources(Reach("Ben", ("x" * 300,))) == f" ({'x' * 31}…)"
    assert lacking(Reach("Ben", servers[:4], (), servers[4:])) == " (not mastodon:e.example)"
    assert lacking(Reach("Ben", servers)) == lacking(None) == ""
    assert with_sources(Reach("Ben")) == with_sources(None) == ""
