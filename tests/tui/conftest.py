"""What holds for all tests of screens."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet

HOPS = 50
"""Turns of the event loop in which a key goes from the app to a widget, up again, and what it led to is drawn."""


@pytest.fixture(autouse=True)
def _no_idling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait in turns of the loop: by itself it naps after every key until the processor is idle."""

    async def turns(_least: float = 0, _most: float = 1) -> None:
        for _ in range(HOPS):
            await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", turns)
    monkeypatch.setattr("textual.pilot.wait_for_idle", turns)


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
        yield
