"""The clock and the waiting that sources and posters are handed, so that tests can hand in their own."""

import time
from collections.abc import Awaitable, Callable

Now = Callable[[], int]
"""The clock on the wall, in UTC milliseconds."""

Sleep = Callable[[float], Awaitable[None]]
"""Waits for so many seconds."""


def wall_clock() -> int:
    """The time in UTC milliseconds."""
    return time.time_ns() // 1_000_000
