"""The library screen on real files: what is listed, in which order, and what the keys do to the files."""

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.command import CommandPalette
from textual.widgets import Button, Input, OptionList

from sessions.library.library import Library
from sessions.library.storage.reading import read_events, read_session
from sessions.library.storage.session_file import SessionFile
from sessions.library.trash import TRASH_FOLDER, Trash
from tests.benchmarks.library import a_chat as a_benchmark_chat
from tests.sessions.library.building import new_file
from tests.tui.libraries import LibraryInHand, damage, library_on, save_chat
from tests.tui.pane_apps import HOSTILE
from tests.tui.pictures import SIZES, Picture, picture
from tui.apps import library_app
from tui.dialogs.confirm import ConfirmDialog
from tui.library.chat_list import ChatHeadings, ChatList
from tui.library.chat_store import ChatStore
from tui.library.keys import LIBRARY
from tui.library.screen import LibraryScreen
from tui.replay.screen import ReplayScreen
from tui.shell.palette import NOT_OFFERED


def three(folder: Path) -> dict[str, Path]:
    """Three chats by their titles, oldest first."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "Stations": save_chat(folder, 0, title="Stations", people=5, minutes=30),
        "Exit tickets": save_chat(folder, 1, title="Exit tickets", people=9, series="exits"),
        "Reading": save_chat(folder, 2, title="Reading", people=2),
    }


async def confirm(hand: LibraryInHand) -> None:
    """Press the button that does it."""
    await hand.until(lambda: isinstance(hand.app.screen, ConfirmDialog) and isinstance(hand.app.focused, Button))
    await hand.press("right")
    await hand.until(lambda: isinstance(hand.app.focused, Button) and hand.app.focused.id == "yes")
    await hand.press("enter")


async def test_every_number_of_a_chat_is_in_its_line(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, title="Stations", people=5, minutes=75)
    async with library_on(tmp_path, (80, 24)) as hand:
        await hand.sees("1 saved chat in ")
        line = next(line for line in hand.lines() if "Stations" in line)
        assert re.search(r"2025-12-01 Stations +navasotaisd +75 min +5 +3 +5 +0$", line), line
        headings = hand.lines()[1].split()
        assert headings == ["Date▾", "Title", "Series", "Length", "People", "New", "Answers", "Stars"]


async def test_any_column_sorts_by_its_key_and_by_a_click_on_its_heading(tmp_path: Path) -> None:
    three(tmp_path)
    async with library_on(tmp_path) as hand:
        assert hand.titles == ["Reading", "Exit tickets", "Stations"], "newest first"
        await hand.press("5")
        assert hand.titles == ["Exit tickets", "Stations", "Reading"], "most people first"
        assert hand.status == "Sorted by people: most first."
        await hand.press("5")
        assert hand.status == "Sorted by people: fewest first."
        assert hand.titles == ["Reading", "Stations", "Exit tickets"]
        headings = hand.screen.query_one(ChatHeadings)
        await hand.pilot.click(headings, offset=(hand.lines()[1].index("Title"), 0))
        assert hand.titles == ["Exit tickets", "Reading", "Stations"]
        assert hand.status == "Sorted by title: A to Z."
        await hand.press("s")
        await hand.sees("Sort by")
        await hand.press("4", "enter")
        await hand.until(lambda: hand.titles[-1] == "Stations")


async def test_the_cursor_stays_with_its_chat_when_the_list_changes(tmp_path: Path) -> None:
    three(tmp_path)
    async with library_on(tmp_path) as hand:
        await hand.press("down")
        assert hand.cursor == "Exit tickets"
        await hand.press("2")
        assert hand.cursor == "Exit tickets"
        for week in range(3, 8):
            save_chat(tmp_path, week, title=f"A later chat {week}")
        await hand.until(lambda: len(hand.titles) == 8)
        assert hand.cursor == "Exit tickets"


async def test_typing_shows_only_chats_with_these_words(tmp_path: Path) -> None:
    three(tmp_path)
    async with library_on(tmp_path) as hand:
        await hand.press("slash", *"xits 2025")
        await hand.until(lambda: hand.titles == ["Exit tickets"])
        await hand.sees("1 of 3 saved chats")
        await hand.press("q")
        await hand.sees("No saved chat goes by these words")
        await hand.press("backspace", "enter", "x")
        await hand.until(lambda: isinstance(hand.app.screen, ConfirmDialog))
        await hand.press("escape", "escape")
        await hand.until(lambda: len(hand.titles) == 3)


async def test_a_deleted_chat_comes_back_until_one_leaves(tmp_path: Path) -> None:
    paths = three(tmp_path)
    before = paths["Reading"].read_bytes()
    async with library_on(tmp_path) as hand:
        await hand.press("x")
        await hand.until(lambda: isinstance(hand.app.screen, ConfirmDialog))
        await hand.press("enter")
        await hand.until(lambda: hand.app.screen is hand.screen)
        assert paths["Reading"].exists(), "the button in focus is the harmless one"
        for _ in range(2):
            await hand.press("delete")
            await confirm(hand)
            await hand.until(lambda: "Deleted" in hand.status)
            hand.screen.say("")
        assert hand.titles == ["Stations"]
        await hand.press("u")
        await hand.until(lambda: hand.status == "Exit tickets is back.")
        await hand.press("u")
        await hand.until(lambda: hand.status == "Reading is back.")
        assert hand.cursor == "Reading"
        assert paths["Reading"].read_bytes() == before
        await hand.press("u")
        await hand.until(lambda: "nothing to undo" in hand.status)
        await hand.press("x")
        await confirm(hand)
        await hand.until(lambda: "Deleted" in hand.status)
    assert not paths["Reading"].exists()
    assert not (tmp_path / TRASH_FOLDER).exists()


async def test_a_title_is_changed_in_the_file_and_back(tmp_path: Path) -> None:
    path = three(tmp_path)["Reading"]
    async with library_on(tmp_path) as hand:
        await hand.press("e")
        await hand.until(lambda: isinstance(hand.app.focused, Input))
        await hand.press(*" aloud", "enter")
        await hand.until(lambda: "The title is now Reading aloud" in hand.status)
        assert hand.cursor == "Reading aloud"
        assert read_session(path).title == "Reading aloud"
        await hand.press("u")
        await hand.until(lambda: hand.cursor == "Reading")
        assert read_session(path).title == "Reading"


async def test_a_damaged_chat_is_listed_with_what_can_be_rescued_and_enter_rescues_it(tmp_path: Path) -> None:
    path = damage(three(tmp_path)["Reading"])
    spoiled = path.read_bytes()
    async with library_on(tmp_path) as hand:
        await hand.press("slash", *"damaged", "enter")
        await hand.until(lambda: hand.titles == [path.name])
        await hand.sees("damaged: 5 events can be rescued")
        await hand.press("enter")
        await confirm(hand)
        await hand.until(lambda: "Rescued 5 events" in hand.status)
        assert len(read_events(path)) == 5
        assert (tmp_path / f"{path.name}.damaged-1").read_bytes() == spoiled
        await hand.press("escape")
        await hand.until(lambda: "Reading" in hand.titles)


async def test_a_file_of_which_nothing_can_be_read_is_told_so(tmp_path: Path) -> None:
    path = three(tmp_path)["Reading"]
    path.write_bytes(b"\x00" * 500)
    async with library_on(tmp_path) as hand:
        await hand.press("slash", *"damaged", "enter", "enter")
        await hand.until(lambda: "Nothing in it can be read" in hand.status)


async def test_two_copies_of_a_chat_are_one_line(tmp_path: Path) -> None:
    path = three(tmp_path)["Reading"]
    shutil.copy(path, tmp_path / "copy of reading.json")
    async with library_on(tmp_path) as hand:
        assert sorted(hand.titles) == ["Exit tickets", "Reading", "Stations"]


async def test_rehearsals_and_unfinished_chats_are_marked(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, title="Rehearsed", rehearsal=True)
    save_chat(tmp_path, 1, title="Broken off", minutes=0)
    async with library_on(tmp_path) as hand:
        lines = hand.lines()
        assert any("rehearsal" in line and "Rehearsed" in line for line in lines)
        assert any("interrupted" in line and "Broken off" in line for line in lines)
    async with library_on(tmp_path, (80, 24)) as hand:
        assert any(line.startswith(" ~ 2025-12-01 Rehearsed") for line in hand.lines())
        assert any(line.startswith("▌! 2025-12-08 Broken off") for line in hand.lines())


async def test_a_chat_that_somebody_writes_is_not_deleted(tmp_path: Path) -> None:
    with new_file(tmp_path, 3) as file:
        async with library_on(tmp_path) as hand:
            await hand.press("x")
            await confirm(hand)
            await hand.until(lambda: "already open in Ana's chat" in hand.status)
            assert file.path.exists()


async def test_the_recap_is_written_where_one_says_and_shown_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    three(tmp_path / "chats")
    async with library_on(tmp_path / "chats") as hand:
        await hand.press("r")
        await hand.sees("Recap of Reading")
        await hand.pilot.click("#look")
        await hand.sees("# Reading")
        await hand.press("escape")
        await hand.sees("Recap of Reading")
        await hand.press("down", "enter")
        await hand.until(lambda: hand.app.screen.query_one(Input).value.endswith("navasotaisd.html"))
        await hand.pilot.click("#write")
        await hand.sees("The recap is written")
        written = tmp_path / "here" / "recap-2025-12-15-navasotaisd.html"
        assert "<title>" in written.read_text("utf-8")
        await hand.press("enter")
        await hand.until(lambda: "The recap is in" in hand.status)
        written.write_text("mine", "utf-8")
        await hand.press("r")
        await hand.sees("Recap of Reading")
        await hand.press("down", "enter")
        await hand.pilot.click("#write")
        await hand.sees("Overwrite this file?")
        await hand.press("escape")
        assert written.read_text("utf-8") == "mine"


async def test_keys_move_in_the_list_again_after_it_was_empty(tmp_path: Path) -> None:
    path = three(tmp_path)["Reading"]
    async with library_on(tmp_path) as hand:
        await hand.press("slash", *"nothing has this")
        await hand.sees("No saved chat goes by these words")
        await hand.press("escape")
        await hand.until(lambda: isinstance(hand.app.focused, ChatList))
        await hand.press("slash", *"reading", "enter")
        await hand.until(lambda: hand.titles == ["Reading"])
        await hand.press("x")
        await confirm(hand)
        await hand.until(lambda: hand.titles == [])
        await hand.press("u")
        await hand.until(lambda: hand.titles == ["Reading"] and isinstance(hand.app.focused, ChatList))
        assert path.exists()


async def test_a_recap_without_a_files_name_is_not_written(tmp_path: Path) -> None:
    three(tmp_path)
    async with library_on(tmp_path) as hand:
        await hand.press("r")
        await hand.sees("Recap of Reading")
        hand.app.screen.query_one(Input).value = str(tmp_path)
        await hand.pilot.click("#write")
        await hand.sees("Give the file a name.")
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_enter_and_a_double_click_replay_a_chat_and_leaving_comes_back_to_it(tmp_path: Path) -> None:
    three(tmp_path)
    async with library_on(tmp_path) as hand:
        await hand.press("down", "enter")
        await hand.until(lambda: isinstance(hand.app.screen, ReplayScreen))
        await hand.sees("Exit tickets")
        await hand.press("q")
        await hand.until(lambda: hand.app.screen is hand.screen)
        assert hand.cursor == "Exit tickets"
        await hand.pilot.click(ChatList, offset=(20, 2), times=2)
        await hand.until(lambda: isinstance(hand.app.screen, ReplayScreen))
        await hand.press("q")
        await hand.until(lambda: hand.app.screen is hand.screen)
        assert hand.cursor == "Stations"


async def test_words_that_must_not_stay_are_blanked_out_of_a_saved_chat_and_of_what_copies_it(tmp_path: Path) -> None:
    path = save_chat(tmp_path, 0, title="Stations")
    aside = tmp_path / f"{path.name}.damaged-1"
    aside.write_bytes(path.read_bytes())
    mine = tmp_path / "mine.txt"
    mine.write_text("teacher1 said A1: station 1, a long sentence of hers", encoding="utf-8")
    async with library_on(tmp_path) as hand:
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, ReplayScreen))
        desk = hand.app.screen
        assert isinstance(desk, ReplayScreen)
        desk.playing.seek(desk.saved.replay.length)
        await hand.until(lambda: desk.drawn)
        await hand.press("X")
        await hand.sees("Blank this post out?")
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is desk)
        assert b"A1: station 1" in path.read_bytes()
        post = desk.panes.answers.cursor
        await hand.press("X")
        await confirm(hand)
        await hand.sees("Its words are gone from 2 files.")
        assert post is not None
        assert desk.model.state.text(post) == ""
        assert not any("A1: station 1" in line for line in hand.lines())
        assert b"A1: station 1" not in path.read_bytes()
        assert b"A1: station 1" not in aside.read_bytes()
        assert b"A1: station 0" in path.read_bytes()
        await hand.press("H", "n")
        await hand.sees("nothing can be changed")


async def test_words_of_a_chat_that_somebody_writes_are_not_blanked_out(tmp_path: Path) -> None:
    path = save_chat(tmp_path, 0, title="Stations")
    async with library_on(tmp_path) as hand:
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, ReplayScreen))
        desk = hand.app.screen
        assert isinstance(desk, ReplayScreen)
        desk.playing.seek(desk.saved.replay.length)
        await hand.until(lambda: desk.drawn)
        with SessionFile.open(path, holder="the hub of another program"):
            await hand.press("X")
            await confirm(hand)
            await hand.sees("the hub of another program")
        assert b"A1: station 1" in path.read_bytes()


async def test_titles_from_outside_are_shown_as_they_are(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, title=HOSTILE.replace("\ud83d", ""), series="[/b]")
    async with library_on(tmp_path, (160, 48)) as hand:
        await hand.sees("[@click=app.exit]press me[/] [Q1] [/b] $text")
        for key in ("x", "r", "e"):
            await hand.press(key)
            await hand.until(lambda: hand.app.screen is not hand.screen)
            await hand.press("escape")
            await hand.until(lambda: hand.app.screen is hand.screen)
        assert not any("\x1b" in line for line in hand.lines())


async def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    async with library_on(tmp_path) as hand:
        await hand.sees("`lunchroom demo` is a rehearsal")
        await hand.press("enter", "x", "e", "r", "down", "1")
        assert hand.app.screen is hand.screen


async def test_on_the_first_run_the_list_is_empty_and_makes_no_folder(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats", make=False)
    with Trash(library) as trash:
        app = library_app(ChatStore(library, trash), config=tmp_path / "no-config.toml", every=0.05)
        async with app.run_test() as pilot:
            hand = LibraryInHand(app, pilot, library.folder)
            await hand.sees("`lunchroom demo` is a rehearsal")
            assert not library.folder.exists()
            save_chat(Library(library.folder).folder, 0, title="Stations")
            await hand.until(lambda: hand.titles == ["Stations"])


async def test_a_thousand_chats_are_listed_and_sorted_at_once(tmp_path: Path) -> None:
    for number in range(1000):
        a_benchmark_chat(tmp_path, number, 3)
    async with library_on(tmp_path) as hand:
        await hand.sees("1,000 saved chats")
        await hand.press("end")
        assert hand.cursor == "Chat 0"
        started = time.process_time()
        for column in "12345678":
            hand.screen.run(f"sort_{column}")
        assert time.process_time() - started < 4, "half a second each, on a slow machine"
        assert hand.cursor == "Chat 0"


async def test_help_and_palette_have_every_action(tmp_path: Path) -> None:
    async with library_on(tmp_path, (100, 120)) as hand:
        await hand.press("question_mark")
        await hand.sees("All keys")
        shown = "\n".join(hand.lines())
        for action in LIBRARY.actions:
            assert action.title in shown, action.name
        assert all(group in shown for group in LIBRARY.groups)
        await hand.press("escape", "ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        options = hand.app.screen.query_one(OptionList)
        await hand.until(lambda: options.option_count >= len(LIBRARY.actions) - len(NOT_OFFERED) + 1)
        prompts = [str(options.get_option_at_index(place).prompt) for place in range(options.option_count)]
        for action in LIBRARY.actions:
            if action.name not in NOT_OFFERED:
                assert any(prompt.startswith(action.title) for prompt in prompts), action.name


def test_every_action_of_the_table_is_there_and_has_a_key_of_its_own(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with Trash(library) as trash:
        assert LibraryScreen(ChatStore(library, trash)).actions.table is LIBRARY
    keys = [key for action in LIBRARY.actions for key in action.key.split(",")]
    assert len(keys) == len(set(keys))


async def test_the_footer_fits_eighty_columns(tmp_path: Path) -> None:
    async with library_on(tmp_path, (80, 24)) as hand:
        await hand.sees("? Help")
        footer = hand.lines()[-1]
        for action in LIBRARY.actions:
            assert not action.footer or f" {action.footer}" in footer, action.name
        assert "^p All actions" in footer


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_library_looks_as_it_did(
    tmp_path: Path, size: tuple[int, int], snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ids = iter(f"aaaaa{letter}" for letter in "bcdefgh")
    monkeypatch.setattr("sessions.library.storage.session_file.new_session_id", lambda: next(ids))
    folder = Path("chats")
    three(folder)
    save_chat(folder, 3, title="Rehearsed", rehearsal=True)
    save_chat(folder, 4, title="Broken off by a storm that took the line down for the whole evening", minutes=0)
    damage(save_chat(folder, 5, title="Spoiled"))
    os.utime(folder)
    assert Library(folder).folder == folder
    async with library_on(folder, size) as hand:
        await hand.press("down")
        await hand.sees("was not closed")
        assert await picture(hand.pilot) == snapshot(extension_class=Picture)
