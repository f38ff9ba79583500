"""The playback clock: where a replay stands, from the time that it is told. Nothing in it moves by itself.

`now` is seconds of any monotonic clock, a position is milliseconds of session time since the session was opened.
"""

from typing import Self

import msgspec
from msgspec.structs import replace

SPEEDS = (0.5, 1.0, 2.0, 4.0, 10.0, 20.0, 30.0, 60.0)
"""How many times as fast as it was."""

LONG_SPEEDS = (300.0, 1200.0, 3600.0)
"""Beyond these for a chat of days: at the highest a day takes 24 seconds."""

DAYS_LONG = 86_400_000
"""Milliseconds from which on a chat is one of days."""

SKIP = 10_000
"""Milliseconds of session time that one press goes back or forward."""

REACTION = 2.0
"""Seconds within which a second press of "previous" means the one before."""


class Playback(msgspec.Struct, frozen=True):
    """A replay of `length` milliseconds; each change gives another `Playback`.

    `at` is the position at the moment `since` (seconds); from then on it moves if `playing`, and stops at the end.
    """

    length: int
    at: int = 0
    since: float = 0.0
    speed: float = 1.0
    playing: bool = False

    def position(self, now: float) -> int:
        """Where it stands."""
        moved = max(0.0, now - self.since) * 1000 * self.speed if self.playing else 0.0
        return min(self.length, self.at + int(moved))

    @property
    def speeds(self) -> tuple[float, ...]:
        """The speeds at which a replay of this length can play."""
        return SPEEDS + LONG_SPEEDS if self.length > DAYS_LONG else SPEEDS

    def running(self, now: float) -> bool:
        """Whether it moves; at the end nothing does."""
        return self.playing and self.position(now) < self.length

    @property
    def slack(self) -> int:
        """Milliseconds of session time that pass within `REACTION`, for "previous" pressed while it plays."""
        return int(REACTION * 1000 * self.speed) if self.playing else 0

    def play(self, now: float) -> Self:
        """Go on from where it stands; at the end from the start again."""
        position = self.position(now)
        return replace(self, at=0 if position >= self.length else position, since=now, playing=True)

    def pause(self, now: float) -> Self:
        """Stand still."""
        return replace(self, at=self.position(now), since=now, playing=False)

    def toggle(self, now: float) -> Self:
        """Pause if it moves, else play."""
        return self.pause(now) if self.running(now) else self.play(now)

    def faster(self, now: float) -> Self:
        """The next higher speed; the highest stays."""
        return self._at_speed(min((speed for speed in self.speeds if speed > self.speed), default=self.speeds[-1]), now)

    def slower(self, now: float) -> Self:
        """The next lower speed; the lowest stays."""
        return self._at_speed(max((speed for speed in self.speeds if speed < self.speed), default=SPEEDS[0]), now)

    def to(self, position: int, now: float) -> Self:
        """Stand at the position, at the start or the end where it lies beyond; whether it plays stays as it is."""
        return replace(self, at=max(0, min(self.length, position)), since=now)

    def by(self, milliseconds: int, now: float) -> Self:
        """Go so far forward, back where it is negative."""
        return self.to(self.position(now) + milliseconds, now)

    def _at_speed(self, speed: float, now: float) -> Self:
        return replace(self, at=self.position(now), since=now, speed=speed)
