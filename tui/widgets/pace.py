"""Time as the desk's keys use it, so that tests can move it by hand."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

BURST = 0.15
"""Seconds: keys closer together than this are typing, not commands."""

GRACE = 2.0
"""Seconds in which a command that all would notice can still be taken back before it is sent."""


class Later(Protocol):
    """Something that will happen, unless it is cancelled before."""

    def cancel(self) -> None: ...


class Pace(Protocol):
    """A monotonic clock in seconds and a way to be called later."""

    def now(self) -> float: ...

    def later(self, seconds: float, call: Callable[[], object]) -> Later: ...

    def pressed(self, at: float) -> float:
        """When a key was pressed, given the time its event carries (seconds, monotonic)."""
        ...

    def rest(self, seconds: float) -> float:
        """Seconds to rest between two drawings that are meant to be so far apart; none where time stands still."""
        ...


class LoopPace:
    """The pace of the running event loop. A key counts from when it was read, however late it is handled."""

    def now(self) -> float:
        return time.monotonic()

    def later(self, seconds: float, call: Callable[[], object]) -> Later:
        return asyncio.get_running_loop().call_later(seconds, call)

    def pressed(self, at: float) -> float:
        return at

    def rest(self, seconds: float) -> float:
        return seconds
