"""What screens begin and do not wait for: nothing of it is left over where the screen goes at once."""

import ast
import asyncio
import gc
import warnings

import pytest
from textual.app import ComposeResult
from textual.widgets import Static
from textual.worker import WorkerFailed

from tests.paths import ROOT
from tests.waiting import until
from tui.shell.action_screen import ActionScreen
from tui.shell.app import LunchroomApp, Program
from tui.shell.config import Config
from tui.widgets.status_line import StatusLine


class Bare(ActionScreen):
    """A screen with nothing on it but what every screen has."""

    def compose(self) -> ComposeResult:
        yield self.status


class Slow(Static):
    """A part that stays until `may_go`."""

    def __init__(self, may_go: asyncio.Event) -> None:
        super().__init__()
        self._may_go = may_go

    async def on_unmount(self) -> None:
        await self._may_go.wait()


class Leaving(Bare):
    """A screen that is taken away part by part."""

    def __init__(self, may_go: asyncio.Event) -> None:
        super().__init__()
        self._slow = Slow(may_go)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self._slow


async def test_work_that_comes_to_show_something_where_its_screen_goes_ends() -> None:
    learned, looked = asyncio.Event(), asyncio.Event()

    async def show() -> None:
        await learned.wait()
        try:
            screen.query_one(StatusLine)
        finally:
            looked.set()

    screen = Leaving(looked)
    async with LunchroomApp(Bare(), Program("the test", ""), Config()).run_test() as pilot:
        await pilot.app.push_screen(screen)
        work = screen.start(show)
        going = pilot.app.pop_screen()
        await until(lambda: not screen.query(StatusLine))
        learned.set()
        await going
        assert work.error is None


async def test_work_that_misses_a_part_of_a_screen_that_stays_fails() -> None:
    async def show() -> None:
        screen.query_one("#missing")

    screen = Bare()
    with pytest.raises(WorkerFailed):
        async with LunchroomApp(screen, Program("the test", ""), Config()).run_test():
            await screen.start(show).wait()


async def test_work_that_ends_before_its_first_step_leaves_no_coroutine_over() -> None:
    begun: list[str] = []

    async def work() -> None:
        begun.append("work")

    with warnings.catch_warnings(record=True) as left:
        warnings.simplefilter("always")
        screen = Bare()
        async with LunchroomApp(screen, Program("the test", ""), Config()).run_test():
            screen.start(work).cancel()
        gc.collect()
    assert begun == []
    assert [str(one.message) for one in left if "never awaited" in str(one.message)] == []


def test_workers_are_begun_by_that_door_only() -> None:
    beginning = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "run_worker"
    ]
    assert beginning == ["tui/shell/workers.py"]
