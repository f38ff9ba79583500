"""Waiting in chat time."""

import asyncio

import pytest

from sessions.rehearsal.pace import Pace


async def test_a_cancellation_that_comes_while_a_wait_is_woken_is_not_swallowed() -> None:
    ending, go_on = asyncio.Event(), asyncio.Event()

    async def slow_to_end(_seconds: float) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ending.set()
            await go_on.wait()

    wake = asyncio.Event()
    waiting = asyncio.create_task(Pace(1.0, sleep=slow_to_end).until(60_000, wake))
    await asyncio.sleep(0)
    wake.set()
    await ending.wait()
    waiting.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
