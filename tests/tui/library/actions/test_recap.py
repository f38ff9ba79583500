"""The recap of a saved chat, without a screen."""

from dataclasses import replace
from pathlib import Path

from tests.tui.libraries import damage, save_chat
from tests.tui.library.library_stand_in import stand_in_on
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.recap_chat import RecapDialog, TextPage
from tui.dialogs.recap_file import RecapWish
from tui.dialogs.show_text import ShowTextDialog
from tui.library.actions.recap import RecapActions


async def test_it_is_looked_at_then_written_and_over_another_file_only_when_that_is_agreed_to(tmp_path: Path) -> None:
    save_chat(tmp_path / "chats", 0, title="Stations")
    file = tmp_path / "recap.md"
    file.write_text("mine", "utf-8")
    wish = RecapWish("markdown", file)
    writing = replace(wish, write=True)
    with stand_in_on(tmp_path / "chats") as (port, store, _):
        port.point("Stations")
        port.answers = [wish, None, writing, False, writing, True, None]
        RecapActions(port, store).make_recap()
        await port.finish()
        kinds = [type(dialog) for dialog in port.dialogs]
        assert kinds[:4] == [RecapDialog, TextPage, RecapDialog, ConfirmDialog]
        assert kinds[4:] == [RecapDialog, ConfirmDialog, ShowTextDialog]
        assert port.said[-1] == f"The recap is in {file}."
        assert file.read_text("utf-8").startswith("# Stations")


async def test_it_begins_with_a_file_in_the_current_folder_under_date_and_series(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, title="Stations", series="Exit tickets")
    with stand_in_on(tmp_path) as (port, store, _):
        port.point("Stations")
        port.answers = [None]
        RecapActions(port, store).make_recap()
        await port.finish()
        (dialog,) = port.dialogs
        assert isinstance(dialog, RecapDialog)
        assert dialog.wish.path == Path.cwd() / "recap-2025-12-01-exit-tickets.md"


async def test_a_folder_that_cannot_be_written_to_is_told_and_one_can_choose_again(tmp_path: Path) -> None:
    save_chat(tmp_path / "chats", 0, title="Stations")
    with stand_in_on(tmp_path / "chats") as (port, store, _):
        port.point("Stations")
        port.answers = [RecapWish("markdown", tmp_path / "nowhere" / "recap.md", write=True), None]
        RecapActions(port, store).make_recap()
        await port.finish()
        assert len(port.warned) == 1
        assert port.warned[0].startswith("No recap was made: ")


async def test_of_a_damaged_chat_there_is_none(tmp_path: Path) -> None:
    path = damage(save_chat(tmp_path, 0))
    with stand_in_on(tmp_path) as (port, store, _):
        port.point(path.name)
        RecapActions(port, store).make_recap()
        assert port.warned == ["This chat is damaged: rescue it first (<open_chat>)."]
        assert port.work == []
