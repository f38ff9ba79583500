"""Random keys, clicks, pastes and resizes at a desk in short; `python -m tests.random_keys` makes more of them.

What was found by them has a test of its own below.
"""

import asyncio
from pathlib import Path

import pytest
from rich.segment import Segment
from textual import events
from textual.command import CommandList
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import Static, TextArea

from tests.random_keys.painted import Painted, painted_terminals
from tests.random_keys.walk import Walk
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import desk_on
from tests.tui.pictures import complete
from tests.waiting import until
from tui.desk.dialogs.opened_post import OpenedPost
from tui.desk.joining import JoiningScreen
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.app import LunchroomApp, Program
from tui.shell.config import Config
from tui.shell.palette import ActionPalette
from tui.widgets.lines.lean_compositor import LeanUpdate
from tui.widgets.lines.terminal_image import Part


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_pressed_the_desk_lives_and_shows_the_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("SSH_CONNECTION", "no clipboard of this computer")
    monkeypatch.chdir(tmp_path)
    walk = Walk(tmp_path, 80, seed, every=40)
    await walk.go()
    assert walk.looks >= 2


async def test_a_double_click_closes_the_palette_or_a_dialog_and_not_the_desk_below(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("ctrl+p")
        await ana.until(lambda: isinstance(ana.app.screen, ActionPalette) and ana.app.screen.is_mounted)
        await ana.pilot.click(offset=(1, 28), times=3)
        await ana.until(lambda: ana.app.screen is ana.screen)
        dialog = ConfirmDialog("End?", Content("It ends."), "End")
        await ana.app.push_screen(dialog)
        dialog.dismiss(True)
        dialog.dismiss(True)
        await ana.wait(0.1)
        assert ana.app.screen is ana.screen
        await ana.press("n")
        assert "Asking Q1" in ana.status


async def test_keys_of_the_palette_and_of_a_post_may_come_before_it_stands_and_after_it_went(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        feed.post("A1: \x1b[31mred", name="mastodon:1")
        await ana.until(lambda: ana.screen.panes.answers.cursor == "mastodon:1")
        for _ in range(2):
            ana.app.action_command_palette()
            ana.app.screen.dismiss()
            await ana.until(lambda: ana.app.screen is ana.screen)
        ana.screen.opening.open("mastodon:1")
        ana.screen.opening.open("mastodon:1")
        await ana.until(lambda: isinstance(ana.app.screen, OpenedPost) and ana.app.screen.is_mounted)
        ana.app.screen.dismiss()
        ana.screen.opening.open("mastodon:1")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.press("c")
        await ana.sees("␛[31mred")


async def test_a_palette_that_is_taken_away_does_not_say_that_nothing_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ActionPalette, "_NO_MATCHES_COUNTDOWN", 0.001)
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("ctrl+p")
        await ana.until(lambda: bool(ana.app.screen.query(CommandList)))
        await ana.app.screen.query_one(CommandList).remove()
        ana.app.screen._start_no_matches_countdown("nothing is called so")
        await complete(ana.pilot)
        assert isinstance(ana.app.screen, ActionPalette)


async def test_what_was_drawn_for_the_size_before_is_drawn_again_for_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(Painted, "write", lambda _painted, data: sent.append(data))
    with painted_terminals():
        async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ana:
            parts = [Part(3, 0, Strip([Segment("where the terminal has cut it")]))]
            for size, times in ((Size(100, 30), 1), (Size(80, 24), 2), (Size(80, 24), 2)):
                ana.app._display(ana.screen, LeanUpdate(parts, size))
                assert "".join(sent).count("terminal") == times


@pytest.mark.parametrize("key", ["", "question_mark"], ids=["desk", "dialog"])
async def test_a_window_that_went_small_and_is_back_before_anybody_looked_is_drawn_again(
    tmp_path: Path, key: str
) -> None:
    with painted_terminals():
        async with live_hub(tmp_path) as live, desk_on(live, size=(100, 30)) as ana:
            if key:
                await ana.press(key)
                await ana.until(lambda: ana.app.screen is not ana.screen)
            await ana.complete()
            painted = ana.app._driver
            assert isinstance(painted, Painted)
            await ana.until(lambda: painted.all_drawn)
            painted.blank(100, 30)  # what the terminal cut while it was small
            for size in (Size(20, 5), Size(100, 30)):
                ana.app.post_message(events.Resize(size, size))
            await ana.until(lambda: painted.all_drawn)


async def test_a_dialog_that_was_busy_while_the_desk_learned_its_size_learns_its_own(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(100, 30)) as ana:
        await ana.press("question_mark")
        await ana.until(lambda: ana.app.screen is not ana.screen)
        await ana.complete()
        dialog, done = ana.app.screen, asyncio.Event()
        dialog.call_next(done.wait)
        ana.app.post_message(events.Resize(Size(80, 24), Size(80, 24)))
        await until(lambda: ana.screen._fitted == (80, 24))
        done.set()
        await until(lambda: dialog._compositor.size == (80, 24))


async def test_the_terminal_of_a_walk_draws_an_emoji_of_several_characters_in_two_cells() -> None:
    app = LunchroomApp(JoiningScreen("Ana"), Program("The desk", ""), Config())
    painted = Painted(app, size=(20, 5))
    painted.write("\x1b[1;1H👩🏾\u200d🏫 é")
    assert [cell[0] for cell in painted.cells()[0][:5]] == ["👩", "", " ", "é", "\ue000"]


async def test_what_is_clicked_while_all_screens_are_gone_does_nothing() -> None:
    app = LunchroomApp(JoiningScreen("Ana"), Program("The desk", ""), Config())
    assert not app.screen_stack
    await app.on_event(events.MouseDown(None, 4, 3, 0, 0, 1, False, False, False))
    await app.on_event(events.Key("n", "n"))


async def test_what_is_pasted_into_a_field_steers_no_terminal(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(120, 40)) as ana:
        await ana.press("i")
        await ana.until(lambda: bool(ana.app.screen.query(TextArea)))
        area = ana.app.screen.query_one(TextArea)
        area.focus()
        ana.app.post_message(events.Paste("A1:\tred \x1b[31mred\rA2: \ud83d \u202evil"))
        await ana.until(lambda: "A2" in area.text)
        assert area.text == "A1:\tred ␛[31mred\nA2: \ufffd vil"


async def test_under_two_dialogs_the_desk_is_drawn_too(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(120, 70)) as ana:
        await ana.press("m")
        await ana.press("ctrl+p")
        await ana.until(lambda: isinstance(ana.app.screen, ActionPalette))
        for number in range(20):
            feed.post("A1 we rotate every twelve minutes", f"t{number:02}")
            if number in (14, 16, 19):
                async with asyncio.timeout(30):
                    await ana.sees(f"T{number:02} @t{number:02}")


async def test_under_three_dialogs_the_desk_and_the_lowest_of_them_are_drawn_too(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(120, 46)) as ana:
        dialogs = [ConfirmDialog("Sure?", Content("\n" * lines), "Yes") for lines in (14, 8, 1)]
        for dialog in dialogs:
            await ana.app.push_screen(dialog)
        for number in range(3):
            async with asyncio.timeout(30):
                for place, dialog in enumerate(dialogs):
                    dialog.query_one(".title", Static).update(f"dialog {place} {number}")
                    await ana.sees(f"dialog {place} {number}")
                feed.post("A1 we rotate every twelve minutes", f"t{number}")
                await ana.sees(f"T{number} @t{number}")


async def test_a_click_beside_the_palette_where_the_window_has_ended_meanwhile_does_nothing(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ana:
        await ana.press("ctrl+p")
        await ana.until(lambda: isinstance(ana.app.screen, ActionPalette) and ana.app.screen.is_mounted)
        palette = ana.app.screen
        palette.post_message(events.Click(palette, 90, 30, 0, 0, 1, False, False, False, 90, 30))
        await ana.wait(0.1)
        assert ana.app.screen is palette
