"""The clock of a desk: its own monotonic one, set by the hub's heartbeats."""

import time
from collections import deque
from collections.abc import Callable

from sessions.hub.client.updates import Beat

_RECENT = 30
"""Heartbeats that are remembered: about a minute, after which a computer's own drift would show."""


class DeskClock:
    """The hub's time on this desk in UTC milliseconds, so that all desks count down together.

    Each heartbeat says what the time was when it left; the later it comes, the more the clock would be behind. So the
    one that came with the least delay sets it. Until the first one the computer's own clock must do.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._ahead: deque[float] = deque(maxlen=_RECENT)

    def beat(self, beat: Beat) -> None:
        """Take a heartbeat in."""
        self._ahead.append(beat.now - beat.received * 1000)

    def now(self) -> int:
        """The hub's time now, in UTC milliseconds."""
        if not self._ahead:
            return time.time_ns() // 1_000_000
        return round(self._monotonic() * 1000 + max(self._ahead))

    def at(self, monotonic: float) -> int:
        """The hub's time at a monotonic second of this desk, in UTC milliseconds; now where none is known yet."""
        return round(monotonic * 1000 + max(self._ahead)) if self._ahead else self.now()
