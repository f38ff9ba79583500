"""What screens begin and do not wait for: nothing of it is left over where the screen goes at once."""

import ast
import gc
import warnings

from textual.app import ComposeResult

from tests.paths import ROOT
from tui.shell.action_screen import ActionScreen
from tui.shell.app import LunchroomApp, Program
from tui.shell.config import Config


class Bare(ActionScreen):
    """A screen with nothing on it but what every screen has."""

    def compose(self) -> ComposeResult:
        yield self.status


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
