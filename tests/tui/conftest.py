"""What holds for all tests of screens."""

import asyncio

import pytest

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
