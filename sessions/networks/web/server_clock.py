"""A server's clock beside ours, as its answers tell it: people's computers are minutes off, and nobody says so.

What a server dates is compared with what it dates, and what we note with what we note; only here one is made the other.
"""

import email.utils
import time
from collections import deque
from collections.abc import Callable, Mapping

from sessions.networks.timing import Now

ALIKE = 2_000
"""Milliseconds by which two clocks may differ and count as one: `Date` is in whole seconds, and answers travel."""

WRONG = 30_000
"""Milliseconds from which on a person is told; a proxy may have kept the answer for a while."""

DAY = 86_400_000
"""Milliseconds from which on a difference is not believed: a wrong date, on whichever side, is no wrong clock."""

_RECENT = 20
"""Answers that are remembered: the one that was the shortest time on its way tells best."""


def dated(headers: Mapping[str, str]) -> int | None:
    """When an answer was made by its server's clock (UTC milliseconds); None where its headers (lower-case names) do
    not say it. `Age` is what a cache says that it has kept it for (RFC 9111, 5.1)."""
    try:
        moment = email.utils.parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, OverflowError):
        return None
    age = headers.get("age", "").strip()
    return round((moment + (int(age) if age.isascii() and age.isdecimal() and len(age) < 8 else 0)) * 1000)


class ServerClock:
    """A `Now` of ours that also knows the server's, once `heard` was given an answer of it; until then both are one.

    What an answer says is at most what the server's clock shows now, and less by the time that it was on its way or in
    a cache; so the latest of several is right. They are compared by a clock that nobody sets (`monotonic`, in seconds).
    """

    def __init__(self, now: Now, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.heard_of = False
        self.ahead = 0
        self._now = now
        self._monotonic = monotonic
        self._said: deque[float] = deque(maxlen=_RECENT)

    def __call__(self) -> int:
        """The time by our clock, in UTC milliseconds."""
        return self._now()

    def there(self) -> int:
        """The time by the server's clock, in UTC milliseconds."""
        return self._now() - self.ahead

    def ours(self, at: int) -> int:
        """The moment `at` of the server's clock, by ours."""
        return at + self.ahead

    def theirs(self, at: int) -> int:
        """The moment `at` of our clock, by the server's."""
        return at - self.ahead

    def heard(self, headers: Mapping[str, str]) -> None:
        """Take in the headers (lower-case names) of an answer at the moment at which they have come.

        `ahead` is by how many milliseconds our clock is ahead of the server's from then on.
        """
        there = dated(headers)
        if there is None:
            return
        ticks = self._monotonic() * 1000
        self._said.append(there - ticks)
        ahead = round(self._now() - ticks - max(self._said))
        self.heard_of = True
        if abs(ahead) >= DAY:
            self.ahead = 0
        elif abs(ahead - self.ahead) > ALIKE:
            self.ahead = ahead

    @property
    def wrong(self) -> bool:
        """Whether a person should set our clock right."""
        return abs(self.ahead) >= WRONG


def listening(now: Now) -> ServerClock:
    """The clock that hears answers: `now` itself where it is one, else one that forgets what it heard."""
    return now if isinstance(now, ServerClock) else ServerClock(now)
