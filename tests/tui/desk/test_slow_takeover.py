"""A slow chat's computer is gone after days: another moderator's goes on, and what is due and new is told rightly."""

import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from sessions.core.commands import Ask, Note
from sessions.core.events import ModeratorLeft
from sessions.core.plan import Plan, instant
from sessions.core.plan.days import on_days, opening_days
from sessions.core.posts import Filed
from sessions.core.zones import local_time, zone_or_utc
from sessions.hub.client.client import HubClient, Invite
from sessions.hub.process.runtime import load_runtime
from sessions.hub.protocol.takeover import SourceSettings
from sessions.hub.server.clock import wall_ms
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.core.test_slow_clock import DAY, HOUR, SCRIPT
from tests.sessions.hub.live import Patient, live_hub
from tests.tui.desk.test_desk_takeover import bens_desk
from tests.tui.desks import DeskInHand, ManualPace, desk_app

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent like this on Windows")


def of_these_days() -> Plan:
    """A question a day since two days and two hours ago."""
    starts = local_time(wall_ms() - 2 * DAY - 2 * HOUR, zone_or_utc("UTC")).replace(tzinfo=None, microsecond=0)
    plan = a_plan(5, script=SCRIPT, starts=starts, starts_at=instant(starts, "UTC"), timezone="UTC", sources=())
    return on_days(plan, opening_days(starts, [None] * 5))


def two_days(plan: Plan) -> Chat:
    """Ana asked two questions, Ben noted something on the first day, and people answered both."""
    chat = Chat(plan, at=plan.starts_at)
    chat.do(Ask, question="q1", seen=None)
    chat.post("A1: early", handle="maria", newcomer=True)
    chat.at += HOUR
    chat.do(Note, "Ben", text="until tomorrow")
    chat.hear(ModeratorLeft, name="Ben", scope="moderator")
    chat.at += HOUR
    chat.post("A1: later", handle="jo", newcomer=True)
    chat.at = plan.questions[1].opens_at
    chat.do(Ask, question="q2", seen="q1")
    chat.hear(ModeratorLeft, name="Ana", scope="moderator")
    chat.post("A2: yes", handle="maria", filed=Filed("q2", "label"))
    return chat


async def test_a_chat_of_days_is_taken_over_with_what_is_due_what_is_new_and_what_can_be_undone(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    plan = of_these_days()
    chat = two_days(plan)
    with SessionFile.create(there, plan, started=chat.events[0].at) as file:
        file.commit(chat.events)
    async with AsyncExitStack() as hub:
        live = await hub.enter_async_context(live_hub(there, path=file.path, settings=SourceSettings()))
        async with bens_desk(live, here) as ben:
            await ben.sees(": 2 posts, 1 answers Q1, 1 answers Q2, 1 new person.")
            await ben.sees("Q3 is due, and Ana is away. Take over asking? Press d")
            await hub.aclose()
            await ben.sees("T goes on from here: the chat's computer has been silent")
            await ben.press("T", "enter")
            await ben.knows(lambda model: [event.by for event in model.state.takeovers] == ["Ben"])
            await ben.knows(lambda model: model.offline is None)
            before = ben.model.state.timer
            await ben.press("d", "enter")
            await ben.sees("Ben asks")
            await ben.sees("Q3 is due. Ask it?")
            await ben.press("n")
            ben.pace.advance(3)
            await ben.knows(lambda model: model.state.open == "q3")
            timer = ben.model.state.timer
            assert timer is not None
            assert abs(timer.started + timer.seconds * 1000 - plan.questions[3].opens_at) <= 1000
            await ben.sees("Q4 opens ")
            await ben.press("u")
            await ben.knows(lambda model: model.state.open == "q2")
            assert ben.model.state.timer == before
            await ben.sees("Q3 is due. Ask it?")
            await anas_desk_is_told_of_days(live.session.id)
            kept = read_events(next(here.glob("*.json")))
            assert kept[: len(chat.events)] == chat.events
            assert kept[: len(read_events(file.path))] == read_events(file.path)


async def anas_desk_is_told_of_days(session: str) -> None:
    """Ana sits down where the chat goes on."""
    runtime = load_runtime(session)
    assert runtime is not None
    client = HubClient(Invite(runtime.url, runtime.keys.token), transport=Patient())
    seat = await client.join("Ana")
    pace = ManualPace()
    app = desk_app(client, seat, pace=pace, config=Path("none.toml"))
    try:
        async with app.run_test(size=(120, 30)) as pilot:
            ana = DeskInHand(app, pilot, pace)
            await ana.until(lambda: len(app.screen_stack) > 1)
            await ana.sees(": 1 post, 1 answers Q2.")
            await ana.sees("Ben asks")
    finally:
        await client.aclose()
