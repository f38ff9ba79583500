"""Telling people elsewhere from two desks, over real sockets: shown first, never twice, and no address anywhere."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sessions.core import events as e
from sessions.core.commands import BeginAnnouncing
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, LiveHub, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.palette import choose_action
from tests.tui.plain_desks import plain_on
from tests.tui.posting_desk import AWAKE, Clock
from tests.tui.services import SECRET, Service, listening
from tui.desk.dialogs.previews.announce_dialog import AnnounceDialog
from tui.desk.sending.commands import command_id

QUESTION = "Q1: What about station 1?\n#navasotaisd"


@pytest.fixture(scope="module")
def channel() -> Iterator[Service]:
    with listening() as found:
        yield found


@pytest.fixture
def service(channel: Service) -> Service:
    channel.heard.clear()
    channel.answers.clear()
    return channel


@asynccontextmanager
async def a_chat(
    folder: Path, service: Service, clock: Clock | None = None, source: Feed | None = None
) -> AsyncGenerator[tuple[LiveHub, DeskInHand, Clock], None]:
    """Ana's computer has the address of the plan; Q1 is open."""
    clock = clock or Clock()
    plan = a_plan(announce=("staff",), script={"thanks": "Thank you."})
    live_ = live_hub(folder / "hub", plan=plan, sources=[source or Feed()], clock=clock.hub.clock())
    mine = {"addresses": lambda: {"staff": service.address("staff")}, "earlier": folder}
    async with live_ as live, desk_on(live, clock=clock.desk, **mine) as ana:
        await ana.press("n", "enter")
        await ana.knows(lambda model: model.state.open == "q1")
        yield live, ana, clock


def saved_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def preview(desk: DeskInHand, *keys: str) -> AnnounceDialog:
    for key in keys:
        await desk.press(key)
        if key == "A":
            await desk.until(lambda: desk.app.screen is not desk.screen, lambda: "\n".join(desk.lines()))
    await desk.until(lambda: isinstance(desk.app.screen, AnnounceDialog), lambda: "\n".join(desk.lines()))
    dialog = desk.app.screen
    assert isinstance(dialog, AnnounceDialog)
    await desk.until(lambda: dialog.waking.at is not None)
    await desk.wait(AWAKE)
    return dialog


async def test_a_question_is_offered_shown_and_told_once_and_both_desks_know(tmp_path: Path, service: Service) -> None:
    async with (
        a_chat(tmp_path, service) as (live, ana, clock),
        desk_on(live, "Ben", clock=clock.desk, addresses=lambda: {"staff": service.address("ben")}) as ben,
    ):
        await ana.sees("Tell staff Q1? Press A, Esc if not.")
        await ben.sees("Tell staff Q1?")
        await preview(ana, "A", "enter")
        await ana.sees("Q1: What about station 1?")
        await ana.sees("Tell staff")
        assert service.told == []
        await ana.press("enter")
        await ana.sees("Q1: staff is told")
        assert service.told == [("staff", QUESTION)]
        await ben.sees("Ana told staff Q1")
        await ben.until(lambda: not ben.screen.panes.notice.display)
        await preview(ben, "A", "enter")
        await ben.sees("told 7:09 by Ana")
        await ben.press("enter")
        await ben.sees("Choose at least one address.")
        await ben.press("escape")
    saved = saved_in(tmp_path)
    assert b"announcing_done" in saved
    assert SECRET.encode() not in saved
    assert len(service.told) == 1


async def test_enter_held_too_long_tells_nobody(tmp_path: Path, service: Service) -> None:
    async with a_chat(tmp_path, service) as (_, ana, _clock):
        await ana.press("A")
        await ana.until(lambda: ana.app.screen is not ana.screen)
        await ana.press("enter")
        await ana.until(lambda: isinstance(ana.app.screen, AnnounceDialog) and ana.app.screen.waking.at is not None)
        await ana.pilot.press("enter")
        await ana.sees("That was too soon")
        assert service.told == []


async def test_what_failed_is_told_so_and_told_again_only_by_a_checked_box(tmp_path: Path, service: Service) -> None:
    service.answers = [500]
    async with a_chat(tmp_path, service) as (_, ana, _clock):
        await preview(ana, "A", "enter")
        await ana.press("enter")
        await ana.sees("Q1: staff not told: it was refused")
        await preview(ana, "A", "enter")
        await ana.sees("not told by you: it was refused")
        await ana.sees("Choose at least one address.")
        await ana.press("space", "tab", "tab", "enter")
        await ana.sees("Q1: staff is told")
        assert len(service.told) == 2


async def test_what_somebody_began_and_left_is_asked_about_before_it_is_told_anew(
    tmp_path: Path, service: Service
) -> None:
    async with a_chat(tmp_path, service) as (live, ana, _clock):
        begin = BeginAnnouncing(id=command_id(), key="key-00000001", to="staff", subject="q1", text="Q1")
        await live.session.command(begin, "Ana")
        await ana.knows(lambda model: bool(model.state.announcements))
        await ana.press("A")
        await ana.until(lambda: ana.app.screen is not ana.screen)
        await ana.press("enter")
        await ana.sees("began at 7:09 to tell staff Q1. Look there: is it there?")
        await ana.press("down", "down")
        dialog = await preview(ana, "enter")
        assert dialog.addresses[0].standing == "not told by you: it was not there"
        assert service.told == []


async def test_a_rehearsal_tells_nobody_and_is_marked_so(tmp_path: Path, service: Service) -> None:
    async with a_chat(tmp_path, service, source=Feed(rehearsal=True)) as (live, ana, _clock):
        await ana.sees("(rehearsal: nothing is sent)")
        await preview(ana, "A", "enter")
        await ana.press("enter")
        await ana.sees("Q1: staff rehearsed, nothing was sent")
        assert [type(one) for one in live.session.durable.acts][-2:] == [e.AnnouncingBegun, e.AnnouncingDone]
        assert service.told == []


async def test_the_recap_is_told_at_the_end_with_its_address(tmp_path: Path, service: Service) -> None:
    async with a_chat(tmp_path, service) as (_, ana, _clock):
        await choose_action(ana.pilot, ana.until, "end the chat", "End the chat")
        await ana.sees("Tell staff where the recap is")
        await ana.type("A")
        dialog = await preview(ana, "enter")
        await ana.sees("Write where the recap is: its address")
        assert dialog.focused is not None
        await ana.type(*"https://blog.example.org/1")
        await ana.click("Tell staff")
        await ana.sees("Recap: staff is told")
        assert service.told == [("staff", "Stations that work: https://blog.example.org/1")]


async def test_the_reminder_is_told_in_plain_words(tmp_path: Path, service: Service) -> None:
    clock = Clock(-30)
    plan = a_plan(announce=("staff", "list"))
    hub = live_hub(tmp_path / "hub", plan=plan, sources=[Feed()], clock=clock.hub.clock())
    mine = {"addresses": lambda: {"staff": service.address("staff")}, "library": tmp_path}
    async with hub as live, plain_on(live, "Ana", clock=clock.desk, **mine) as ana:
        await ana.does("announce rem", "list: no address: write it below [announce] of config.toml")
        await ana.hears("Goes out: You are invited: Stations that work")
        await ana.does("yes", "Reminder: staff is told")
        await ana.does("announce reminder", "staff: told 6:30 by you")
        await ana.hears("2. copy it")
        ana.type("cancel")
        await ana.does("announce 1", "There is no Q1 here.")
    assert [to for to, _ in service.told] == ["staff"]
