"""The hub's clock: one for all desks, and one that never goes back."""

import time
from collections.abc import Callable


def wall_ms() -> int:
    """The computer's idea of the time in UTC milliseconds; people and time servers set it."""
    return time.time_ns() // 1_000_000


def monotonic_ms() -> int:
    """Milliseconds since some moment; nobody sets them back."""
    return time.monotonic_ns() // 1_000_000


class HubClock:
    """UTC milliseconds that never decrease, not across restarts either.

    A wall clock that is set back is absorbed: the time goes on by the monotonic clock until the wall has caught up. A
    jump forward is accepted, for it may be the correction of a wrong clock or the end of a computer's sleep.
    `last_at` is the `at` of the last stored event; the clock starts there or at the wall's time, whichever is later.
    """

    def __init__(
        self,
        wall: Callable[[], int] = wall_ms,
        monotonic: Callable[[], int] = monotonic_ms,
        last_at: int = 0,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._ticked = monotonic()
        self._now = max(wall(), last_at)

    def now_ms(self) -> int:
        """The time of the session in UTC milliseconds."""
        ticked = self._monotonic()
        self._now = max(self._now + max(0, ticked - self._ticked), self._wall())
        self._ticked = ticked
        return self._now

    def not_before(self, at: int) -> None:
        """Go on from `at` (UTC milliseconds) where that is later than now; for events read from a file."""
        self._now = max(self.now_ms(), at)
