"""How tests wait for what another task, thread or process does: by condition, as long as it takes.

The limits are for what never comes. They cost a passing test nothing, so they are wide enough for a machine on which
everything takes ten times as long. What has to be quick is held against `slowness()`.
"""

import asyncio
import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds after which what a test waits for counts as never coming."""

EVERY = 0.005
"""Seconds between two looks at a condition that tells nobody when it changes."""


def patience() -> asyncio.Timeout:
    """`async with patience():` fails with TimeoutError where what it waits for never comes."""
    return asyncio.timeout(PATIENCE)


HOPS = 50
"""Turns of the event loop in which a key goes from the app to a widget, up again, and what it led to is drawn."""


async def turns() -> None:
    """Return after so many turns of the event loop."""
    for _ in range(HOPS):
        await asyncio.sleep(0)


async def until(holds: Callable[[], object], tell: Callable[[], str] = lambda: "") -> None:
    """Return once that holds, looked at again and again; if it never does, fail with what `tell` says."""
    try:
        async with patience():
            while not holds():  # noqa: ASYNC110 - nothing tells when it changes
                await asyncio.sleep(EVERY)
    except TimeoutError:
        raise AssertionError(tell() or "what the test waits for never came") from None


def block_until(holds: Callable[[], object], tell: Callable[[], str] = lambda: "") -> None:
    """The same for tests without an event loop."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, tell() or "what the test waits for never came"
        time.sleep(EVERY)


def slowness() -> float:
    """How many times longer work takes at this moment than on a processor of one's own, at least 1."""
    begun, used = time.perf_counter(), time.process_time()
    while time.process_time() - used < 0.02:
        pass
    return max(1.0, (time.perf_counter() - begun) / (time.process_time() - used))
