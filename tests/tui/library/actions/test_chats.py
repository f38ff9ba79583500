"""What is done with one chat, without a screen: which dialogs ask first, what becomes of the files, what is said."""

from dataclasses import replace
from pathlib import Path

import pytest

from sessions.library.removals import read_removals
from sessions.library.storage.reading import read_events, read_session
from tests.tui.libraries import damage, save_chat
from tests.tui.library.library_stand_in import stand_in_on
from tui.dialogs.confirm import ConfirmDialog
from tui.library.actions.chats import ChatActions
from tui.library.rename_chat import RenameDialog
from tui.library.requests import GrowthRequested, SavedChatRequested


async def test_opening_asks_for_the_replay_of_a_saved_chat_and_for_the_desk_of_a_running_one(tmp_path: Path) -> None:
    path = save_chat(tmp_path, 0, title="Stations")
    with stand_in_on(tmp_path) as (port, store, folder):
        actions = ChatActions(port, store, folder)
        chat = port.point("Stations")
        actions.open()
        (request,) = port.requested
        assert isinstance(request, SavedChatRequested)
        assert request.path == path
        port.current = replace(chat, state="running")
        actions.open()
        assert port.results == [chat.id]


async def test_growth_is_that_of_the_chats_series(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, title="Stations", series="exits")
    with stand_in_on(tmp_path) as (port, store, folder):
        port.point("Stations")
        ChatActions(port, store, folder).show_growth()
        (request,) = port.requested
        assert isinstance(request, GrowthRequested)
        assert request.series == "exits"


async def test_nothing_is_done_where_no_chat_is_under_the_cursor(tmp_path: Path) -> None:
    with stand_in_on(tmp_path) as (port, store, folder):
        actions = ChatActions(port, store, folder)
        for action in (actions.open, actions.show_growth, actions.rename, actions.delete):
            action()
        assert (port.requested, port.results, port.work, port.said) == ([], [], [], [])


@pytest.mark.parametrize("agreed", [True, False, None])
async def test_a_damaged_chat_is_rescued_once_that_is_agreed_to(tmp_path: Path, agreed: bool | None) -> None:
    path = damage(save_chat(tmp_path, 0))
    spoiled = path.read_bytes()
    with stand_in_on(tmp_path) as (port, store, folder):
        port.point(path.name)
        port.answers = [agreed]
        ChatActions(port, store, folder).open()
        await port.finish()
        assert isinstance(port.dialogs[0], ConfirmDialog)
        if agreed:
            assert port.said == [f"Rescued 5 events. The damaged file is {path.name}.damaged-1."]
            assert len(read_events(path)) == 5
        else:
            assert port.said == []
            assert path.read_bytes() == spoiled


async def test_a_chat_of_which_nothing_can_be_read_is_left_alone_without_asking(tmp_path: Path) -> None:
    path = save_chat(tmp_path, 0)
    path.write_bytes(b"\x00" * 500)
    with stand_in_on(tmp_path) as (port, store, folder):
        port.point(path.name)
        ChatActions(port, store, folder).open()
        await port.finish()
        assert port.warned == ["Nothing in it can be read. It stays; a copy of it may be whole."]


async def test_a_title_is_changed_and_changed_back(tmp_path: Path) -> None:
    path = save_chat(tmp_path, 0, title="Stations")
    with stand_in_on(tmp_path) as (port, store, folder):
        actions = ChatActions(port, store, folder)
        chat = port.point("Stations")
        port.answers = ["Stations that work"]
        actions.rename()
        await port.finish()
        assert isinstance(port.dialogs[0], RenameDialog)
        assert port.said == ["The title is now Stations that work. <undo_chat> takes it back."]
        assert read_session(path).title == "Stations that work"
        assert port.shown[-1] == ["Stations that work"], "the list shows it at once"
        actions.undo()
        await port.finish()
        assert port.said[-1] == "The title is Stations again."
        assert port.gone_to == [chat.id]
        assert read_session(path).title == "Stations"


async def test_a_deleted_chat_comes_back(tmp_path: Path) -> None:
    path = save_chat(tmp_path, 0, title="Stations")
    before = path.read_bytes()
    with stand_in_on(tmp_path) as (port, store, folder):
        actions = ChatActions(port, store, folder)
        port.point("Stations")
        port.answers = [False, True]
        actions.delete()
        await port.work[-1].wait()
        assert path.exists(), "somebody thought better of it"
        actions.delete()
        await port.finish()
        assert not path.exists()
        assert port.shown[-1] == []
        assert port.said == ["Deleted Stations. <undo_chat> brings it back."]
        actions.undo()
        await port.finish()
        assert path.read_bytes() == before
        assert port.said[-1] == "Stations is back."
        actions.undo()
        await port.finish()
        assert port.said[-1] == "There is nothing to undo."


async def test_before_it_is_deleted_the_rule_of_its_plan_is_told_and_a_note_of_it_stays(tmp_path: Path) -> None:
    rule = "Gov. Code 552"
    save_chat(tmp_path, 0, title="Stations", keep_years=7, records=rule)
    save_chat(tmp_path, 1, title="Practice", rehearsal=True)
    with stand_in_on(tmp_path) as (port, store, folder):
        actions = ChatActions(port, store, folder)
        for title in ("Stations", "Practice"):
            port.point(title)
            port.answers = [True]
            actions.delete()
            await port.work[-1].wait()
        asked = [dialog.words.plain for dialog in port.dialogs if isinstance(dialog, ConfirmDialog)]
        assert f"names a rule for its records: {rule}." in asked[0]
        assert "to be kept for 7 years, until 2032-12-01." in asked[0]
        assert "rule" not in asked[1]
        assert [(note.series, note.act) for note in read_removals(tmp_path)] == [("navasotaisd", "delete")]
        actions.undo()
        actions.undo()
        await port.finish()
        assert read_removals(tmp_path) == [], "it is back"


async def test_another_copy_that_is_listed_in_its_place_is_told(tmp_path: Path) -> None:
    path = save_chat(tmp_path, 0, title="Stations")
    (tmp_path / "copy of it.json").write_bytes(path.read_bytes())
    with stand_in_on(tmp_path) as (port, store, folder):
        port.point("Stations")
        port.answers = [True]
        ChatActions(port, store, folder).delete()
        await port.finish()
        assert port.said[-1].endswith("Another copy is listed now.")


@pytest.mark.parametrize(
    ("state", "action", "words"),
    [
        ("running", "rename_chat", "This chat is running: its title can be changed when it is over."),
        ("running", "delete_chat", "This chat is running. `lunchroom end` closes it; then it can be deleted."),
        (
            "damaged",
            "rename_chat",
            "Damaged: rescue it first (<open_chat>), then its title can be changed.",
        ),
    ],
)
async def test_what_cannot_be_done_now_is_said_and_no_dialog_opens(
    tmp_path: Path, state: str, action: str, words: str
) -> None:
    save_chat(tmp_path, 0, title="Stations")
    with stand_in_on(tmp_path) as (port, store, folder):
        port.current = replace(port.point("Stations"), state=state)  # type: ignore[arg-type] # one of the states
        ChatActions(port, store, folder).handlers()[action]()
        assert port.warned == [words]
        assert port.work == []


async def test_a_file_that_has_gone_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = save_chat(tmp_path, 0, title="Stations")
    with stand_in_on(tmp_path) as (port, store, folder):
        actions = ChatActions(port, store, folder)
        port.point("Stations")
        path.unlink()
        port.answers = [True]
        actions.delete()
        await port.finish()
        assert len(port.warned) == 1
        assert port.said == []
        assert not store.can_undo
