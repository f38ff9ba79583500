"""What all dialogs share."""

from textual.app import App
from textual.content import Content
from textual.screen import Screen

from tui.dialogs.choose import Choice, ChooseDialog


async def test_escape_before_a_dialog_stands_closes_it() -> None:
    results: list[str | None] = []
    app = App[None]()
    async with app.run_test() as pilot:
        dialog = ChooseDialog("Which posts?", [Choice("all", Content("All posts"), "all")])
        desk = Screen[None]()
        app.push_screen(desk)
        app.push_screen(dialog, results.append)
        assert not dialog.is_mounted
        dialog.action_cancel()
        dialog.action_cancel()
        await pilot.pause()
        assert results == [None]
        assert app.screen is desk
