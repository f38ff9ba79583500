"""Exchanging saved chats from the desk: asked where something lacks, never in the way of the live chat."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Static

from sessions.hub.client.client import HubClient, Invite
from sessions.hub.client.exchange import LibraryExchange
from sessions.library.incoming.staging import Staging
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import rebuild_people
from tests.sessions.hub.live import Feed, LiveHub, Patient, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.libraries import save_chat
from tests.tui.palette import choose_action
from tui.desk.actions.elsewhere.exchange import ExchangeActions
from tui.dialogs.ask import WAKING, AskDialog


def chats(folder: Path) -> set[str]:
    """The ids of the closed chats of a library."""
    return {chat.id for chat in Library(folder).saved_chats() if chat.ended is not None}


def write_note(folder: Path, handle: str, text: str) -> None:
    rebuild_people(Library(folder))
    PeopleFile(folder).change(lambda people: people.find(handle).write({"notes": text}))


@asynccontextmanager
async def two_libraries(tmp_path: Path) -> AsyncGenerator[tuple[LiveHub, Feed, Path, Path], None]:
    """Ana's hub with two saved chats, and Ben's library with another one."""
    ana, ben = tmp_path / "ana", tmp_path / "ben"
    ana.mkdir()
    ben.mkdir()
    save_chat(ana, -3)
    save_chat(ana, -2)
    save_chat(ben, -1)
    feed = Feed()
    async with live_hub(ana, sources=[feed]) as live:
        await live.join("Ana")
        yield live, feed, ana, ben


def asked(desk: DeskInHand) -> bool:
    return isinstance(desk.app.screen, AskDialog)


async def reads(desk: DeskInHand, words: str) -> None:
    """Return once the dialog says so, wherever its lines break."""

    def said() -> str:
        return " ".join(str(line.content) for line in desk.app.screen.query(".words").results(Static))

    await desk.until(lambda: asked(desk) and words in said(), said)


async def agree(ben: DeskInHand) -> None:
    """Press Enter once the dialog takes it."""

    def awake() -> bool:
        ben.pace.advance(WAKING)
        return asked(ben) and isinstance(ben.focused(), Button)

    await ben.until(awake)
    await ben.pilot.press("enter")


async def test_enter_exchanges_and_the_desk_tells_what_came_of_it(tmp_path: Path) -> None:
    async with two_libraries(tmp_path) as (live, _, ana, ben_library), desk_on(live, "Ben", library=ben_library) as ben:
        await reads(ben, "Ana's computer has 2 chats of #navasotaisd that are not here, and lacks 1 of yours.")
        await reads(ben, "and what is noted about people?")
        await agree(ben)
        await ben.until(lambda: "Exchanged: " in ben.status, lambda: ben.status)
        assert ben.status == "Exchanged: 2 chats came here, 1 went there, and notes about people."
        assert chats(ana) == chats(ben_library)
        assert len(chats(ana)) == 3
        ben.screen.run("exchange")
        await ben.until(lambda: "Both computers have the same chats of #navasotaisd" in ben.status)


async def test_escape_sends_and_fetches_nothing_and_it_can_be_done_later_with_the_mouse(tmp_path: Path) -> None:
    async with two_libraries(tmp_path) as (live, _, ana, ben_library), desk_on(live, "Ben", library=ben_library) as ben:
        write_note(ben_library, "teacher0", "Asks good questions.")
        before = {folder: chats(folder) for folder in (ana, ben_library)}
        await ben.until(lambda: asked(ben))
        await ben.pilot.press("escape")
        await ben.until(lambda: not asked(ben))
        assert {folder: chats(folder) for folder in (ana, ben_library)} == before
        assert not (ana / "people.json").exists()
        await choose_action(ben.pilot, ben.until, "exchange saved", "Exchange saved chats")
        await ben.until(lambda: asked(ben) and isinstance(ben.focused(), Button))
        await ben.pilot.click("#yes")
        await ben.until(lambda: "Exchanged: " in ben.status, lambda: ben.status)
        assert chats(ana) == chats(ben_library)
        assert PeopleFile(ana).read().find("teacher0").notes == "Asks good questions."


async def test_an_enter_that_was_meant_for_the_desk_agrees_to_nothing(tmp_path: Path) -> None:
    async with two_libraries(tmp_path) as (live, _, ana, ben_library), desk_on(live, "Ben", library=ben_library) as ben:
        await ben.until(lambda: asked(ben))
        await ben.pilot.press("enter")
        await ben.pilot.pause()
        assert asked(ben)
        assert len(chats(ana)) == 2


async def test_the_live_chat_goes_on_beside_it(tmp_path: Path) -> None:
    async with (
        two_libraries(tmp_path) as (live, feed, _, ben_library),
        desk_on(live, "Ben", library=ben_library) as ben,
    ):
        await ben.until(lambda: asked(ben))
        post = feed.post("A1: while the dialog is open")
        await ben.knows(lambda model: post in model.state.posts)
        await agree(ben)
        other = feed.post("A1: meanwhile")
        await ben.knows(lambda model: other in model.state.posts)
        await ben.until(lambda: "Exchanged: " in ben.status, lambda: ben.status)


async def test_nothing_is_asked_where_nothing_lacks(tmp_path: Path) -> None:
    async with two_libraries(tmp_path) as (live, feed, ana, _), desk_on(live, "Ben", library=ana) as ben:
        ben.screen.run("exchange")
        await ben.until(lambda: "Both computers have the same" in ben.status or "already" in ben.status)
        await ben.until(lambda: not any(worker.name == "exchange" for worker in ben.app.workers))
        assert not asked(ben)
        post = feed.post("A1: on")
        await ben.knows(lambda model: post in model.state.posts)


async def test_only_different_notes_are_asked_for_too(tmp_path: Path) -> None:
    async with two_libraries(tmp_path) as (live, _, ana, ben_library):
        for path in ben_library.glob("*.json"):
            path.unlink()
        for path in ana.glob("*-navasotaisd-*.json"):
            if path != live.file.path:
                (ben_library / path.name).write_bytes(path.read_bytes())
        rebuild_people(Library(ben_library))
        write_note(ana, "teacher0", "Asks good questions.")
        async with desk_on(live, "Ben", library=ben_library) as ben:
            await reads(ben, "have the same chats, but not the same notes about people.")
            await agree(ben)
            await ben.until(lambda: ben.status == "Exchanged: notes about people.")
            assert PeopleFile(ben_library).read().find("teacher0").notes == "Asks good questions."


async def test_it_does_not_come_over_a_dialog_in_which_somebody_writes(tmp_path: Path) -> None:
    async with two_libraries(tmp_path) as (live, _, _, ben_library), desk_on(live, "Ben") as ben:
        await ben.press("m")
        client = HubClient(Invite(live.url, live.keys.token), transport=Patient())
        try:
            await client.join("Ben")
            await ExchangeActions(ben.screen, LibraryExchange(client, ben_library)).offer()
        finally:
            await client.aclose()
        await ben.pilot.press(*"slow")
        assert ben.app.screen.query_one(Input).value == "slow"
        assert "Ctrl+P, Exchange saved chats" in ben.status


@pytest.mark.parametrize("observer", [False, True], ids=["the chat's own desk", "an observer"])
async def test_a_desk_without_a_library_says_why_it_exchanges_nothing(tmp_path: Path, observer: bool) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, observer=observer) as ana:
        ana.screen.run("exchange")
        assert ("only moderators" if observer else "has all chats that are saved here") in ana.status


async def test_a_busy_library_there_is_one_line_and_it_can_be_tried_again(tmp_path: Path) -> None:
    async with two_libraries(tmp_path) as (live, _, ana, ben_library), desk_on(live, "Ben", library=ben_library) as ben:
        with Staging(Library(ana)):
            await agree(ben)
            await ben.until(lambda: "Not all were taken: " in ben.status, lambda: ben.status)
        assert len(chats(ben_library)) == 3
        ben.screen.run("exchange")
        await reads(ben, "lacks 1 of your chats of #navasotaisd")
        await ben.until(lambda: isinstance(ben.focused(), Button))
        await ben.press("enter")
        await ben.until(lambda: "Exchanged: 1 chat went there" in ben.status, lambda: ben.status)
        assert chats(ana) == chats(ben_library)


async def test_a_hub_that_goes_away_before_the_yes_is_one_line(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        live, _, _, ben_library = await stack.enter_async_context(two_libraries(tmp_path))
        async with desk_on(live, "Ben", library=ben_library) as ben:
            await ben.until(lambda: asked(ben))
            await stack.aclose()
            await agree(ben)
            await ben.until(lambda: "0 of 3 exchanged; Ctrl+P goes on later. " in ben.status, lambda: ben.status)
            assert len(chats(ben_library)) == 1
            ben.screen.run("exchange")
            await ben.until(lambda: "Saved chats are not exchanged: " in ben.status, lambda: ben.status)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_question_fits_the_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with (
        two_libraries(tmp_path) as (live, _, _, ben_library),
        desk_on(live, "Ben", library=ben_library, size=size) as ben,
    ):
        await ben.until(lambda: asked(ben))
        await ben.sees("Not now")
        ben.pace.advance(WAKING)
        await ben.until(lambda: isinstance(ben.focused(), Button))
        frame = ben.app.screen.query_one(".frame")
        assert frame.region.height < size[1]
        assert frame.max_scroll_y == 0
