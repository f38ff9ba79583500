"""Keys that were meant for what is gone do nothing; those of a hand that gives commands always act."""

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList

from tui.shell.action_screen import ActionScreen, KeyedApp
from tui.shell.key_origins import KeyOrigins
from tui.widgets.pace import BURST


def key(letter: str) -> events.Key:
    return events.Key("enter", "\r") if letter == "\r" else events.Key(letter, letter)


def stray(origins: KeyOrigins, screen: Screen[object], letters: str, at: float) -> list[bool]:
    """Whether each of these letters, read at once, is stray when it comes to the screen."""
    return [origins.is_stray(key(letter), screen, at) for letter in letters]


async def test_what_comes_up_from_a_dialog_that_is_gone_is_stray() -> None:
    async with App[None]().run_test():
        origins, desk, dialog = KeyOrigins(), ActionScreen(), ModalScreen[object]()
        closes, behind = key("u"), key("n")
        assert not origins.is_stray(closes, dialog, 1.0)
        assert not origins.is_stray(behind, dialog, 1.0)
        assert not origins.is_stray(closes, dialog, 1.0), "it comes up while the dialog is there"
        assert origins.is_stray(behind, desk, 1.0), "it comes up and the dialog is gone"


async def test_the_rest_of_a_word_is_stray_on_the_screen_below_and_the_next_command_is_not() -> None:
    async with App[None]().run_test():
        origins, desk, dialog = KeyOrigins(), ActionScreen(), ModalScreen[object]()
        assert stray(origins, dialog, "u", 1.0) == [False]
        assert stray(origins, desk, "nz", 1.0) == [True, True]
        assert stray(origins, desk, "z", 1.0 + 0.9 * BURST) == [True]
        assert stray(origins, desk, "z", 1.0 + 1.8 * BURST) == [True], "it goes on from letter to letter"
        assert stray(origins, desk, "n", 1.0 + 3 * BURST) == [False]


async def test_what_is_typed_ahead_into_a_dialog_is_taken() -> None:
    async with App[None]().run_test():
        origins, desk, dialog = KeyOrigins(), ActionScreen(), ModalScreen[object]()
        assert stray(origins, desk, "i", 1.0) == [False]
        assert stray(origins, dialog, "hello", 1.0) == [False] * 5


async def test_letters_behind_enter_in_a_field_are_not_added_to_what_it_sends() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        dialog = ModalScreen[object]()
        await app.push_screen(dialog)
        await dialog.mount(Input())
        dialog.query_one(Input).focus()
        await pilot.pause()
        origins = KeyOrigins()
        assert stray(origins, dialog, "hi\rnz", 1.0) == [False, False, False, True, True]
        assert stray(origins, dialog, "o", 2.0) == [False]


async def test_a_screen_that_is_being_left_takes_no_key() -> None:
    async with App[None]().run_test():
        origins, desk = KeyOrigins(), ActionScreen()
        desk.leaving = True
        assert stray(origins, desk, "n", 1.0) == [True]


class FindingScreen(ActionScreen):
    """A screen with a list, and a line to type in."""

    def compose(self) -> ComposeResult:
        yield OptionList("one")
        with Horizontal(id="line"):
            yield Input()


async def test_letters_behind_the_end_of_a_line_beside_the_panes_are_stray() -> None:
    app = KeyedApp()
    async with app.run_test() as pilot:
        screen = FindingScreen()
        await app.push_screen(screen)
        line = screen.query_one(Input)
        for keeps_focus in (False, True):
            screen.query_one("#line").display = True
            line.focus()
            await pilot.pause()
            origins = KeyOrigins()
            assert stray(origins, screen, "hi", 1.0) == [False, False]
            assert not origins.is_stray(events.Key("escape", None), screen, 1.0)
            screen.query_one("#line").display = False
            if not keeps_focus:
                screen.query_one(OptionList).focus()
                await pilot.pause()
            assert stray(origins, screen, "nz\r", 1.0 + 0.5 * BURST) == [True, True, True]
            assert stray(origins, screen, "n", 2.0) == [False]
