"""What holds for all tests of screens."""

from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.waiting import turns


@pytest.fixture(autouse=True)
def _no_idling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait in turns of the loop: by itself it naps after every key until the processor is idle."""

    async def idle(_least: float = 0, _most: float = 1) -> None:
        await turns()

    monkeypatch.setattr("textual.app.wait_for_idle", idle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", idle)


@pytest.fixture(scope="session", autouse=True)
def _styles_parsed_once() -> Iterator[None]:
    """Share what Textual reads of its and our style sheets: each app would read the same ones again, a sixth of its
    start."""
    read: dict[tuple[object, ...], Any] = {}
    parse = Stylesheet._parse_rules

    def parse_once(self: Stylesheet, css: str, read_from: Any, *rest: Any, **named: Any) -> Any:
        key = (frozenset(self._variables.items()), css, read_from, rest, tuple(sorted(named.items())))
        if key not in read:
            read[key] = parse(self, css, read_from, *rest, **named)
        return read[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr(
            RuleSet, "__hash__", object.__hash__
        )  # the same, but not hundreds of thousands of calls of Python
        yield
