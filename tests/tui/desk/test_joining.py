"""The desk before its hub has answered."""

import asyncio

from tests.tui.screen_text import screen_lines
from tui.apps import joining_app
from tui.desk.empty_panes import COMING, COMING_IN_A_CHANNEL
from tui.desk.farewells import LEFT
from tui.shell.config import Config


async def test_whoever_joins_sees_the_empty_desk_and_may_leave_it() -> None:
    asked = asyncio.Event()

    async def sit_down(_config: Config) -> None:
        asked.set()
        await asyncio.Event().wait()

    app = joining_app("Ana", sit_down)
    async with app.run_test(size=(120, 30)) as pilot:
        await asked.wait()
        words = "\n".join(screen_lines(app))
        assert all(title in words for title in ("Questions", "Answers", "People"))
        assert all(hint[:16] in words for hint in COMING)
        assert "Joining …" in words
        assert "nobody asks" not in words
        await pilot.press("q")
    assert app.return_value == LEFT


async def test_a_channel_that_opens_has_days() -> None:
    asked = asyncio.Event()

    async def sit_down(_config: Config) -> None:
        asked.set()
        await asyncio.Event().wait()

    app = joining_app("Ana", sit_down, opening=True, channel=True)
    async with app.run_test(size=(120, 30)) as pilot:
        await asked.wait()
        words = "\n".join(screen_lines(app))
        assert all(title in words for title in ("Days", "People", "Opening …", COMING_IN_A_CHANNEL[0][:11]))
        assert "Questions" not in words
        await pilot.press("q")
    assert app.return_value == LEFT


async def test_where_there_is_no_desk_the_app_ends() -> None:
    async def sit_down(_config: Config) -> None:
        return None

    assert await joining_app("Ana", sit_down).run_async(headless=True) is None
