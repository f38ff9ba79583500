"""A screen below another is laid out, and does what waits for that, whatever comes in between."""

from textual.app import App, ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widgets import Label

from tests.tui.pictures import complete, under_way
from tests.waiting import until
from tui.widgets.lines.layered import Layered


class Below(Layered, Screen[None]):
    def compose(self) -> ComposeResult:
        yield Label("below")


class Above(Layered, ModalScreen[None]):
    def compose(self) -> ComposeResult:
        yield Label("above")


async def test_what_waits_for_a_layout_is_done_where_a_dialog_that_opens_has_it_laid_out_before() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        below, done = Below(), list[str]()
        await app.push_screen(below)
        await app.push_screen(Above())
        await complete(pilot)
        drawn = below._update_timer
        drawn._interval = 3600.0  # it sleeps until after the test, as it does for 17 ms
        drawn.resume()
        await until(lambda: not drawn._active.is_set())
        below._layout_required = True  # as a widget's request leaves it while the timer sleeps
        below._callbacks.append((lambda: done.append("behind it"), below))
        drawn.resume()
        below._screen_resized(below.size)  # as a dialog does that learns its size
        await until(lambda: not any(under_way(app)), lambda: f"{[*under_way(app)]}")
        assert done == ["behind it"]
