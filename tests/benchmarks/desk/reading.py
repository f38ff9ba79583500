"""Finding in what a terminal was sent when a key's effect or a post first stood on the screen."""

import re
import statistics
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

_CURSOR = re.compile(rb"\xe2\x96\x8c(?:(?!\xe2\x94\x82|\n|\xe2\x96\x8c)[\x00-\xff])*?k(\d{7})")
"""The bar before the row under the cursor, and that row's serial."""

_SERIAL = re.compile(rb"k(\d{7})")
_FOUND = re.compile(rb"[\d,]+ found|nothing found|[\d,]+ of [\d,]+")
_STARRED = re.compile(rb"You (?:starred|took|unstarred|removed)|taken back")


class Pressed(NamedTuple):
    """A key that was pressed: in which part of the run, what it does, and when (monotonic seconds)."""

    part: str
    effect: str
    at: float


class Spread(NamedTuple):
    """How long things took, in milliseconds."""

    count: int
    median: float
    p99: float
    most: float


def spread(seconds: Sequence[float]) -> Spread | None:
    """Median, 99th percentile and maximum of what took so many seconds each; None of nothing."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    return Spread(len(ordered), statistics.median(ordered) * 1000, p99 * 1000, ordered[-1] * 1000)


class Output:
    """All that a terminal was sent."""

    def __init__(self, chunks: Sequence[tuple[float, bytes]]) -> None:
        self._times = [at for at, _ in chunks]
        self._ends: list[int] = []
        end = 0
        for _, data in chunks:
            end += len(data)
            self._ends.append(end)
        self._sent = b"".join(data for _, data in chunks)

    def _when(self, place: int) -> float:
        return self._times[bisect_left(self._ends, place)]

    def _stood(self, pattern: re.Pattern[bytes]) -> list[tuple[float, bytes]]:
        return [(self._when(match.end()), match[match.lastindex or 0]) for match in pattern.finditer(self._sent)]

    def key_delays(self, keys: Sequence[Pressed]) -> dict[tuple[str, str], list[float]]:
        """Seconds from each key to the piece of output with its effect, by part and effect; lost ones are left out."""
        shown = {"move": self._stood(_CURSOR), "find": self._stood(_FOUND), "star": self._stood(_STARRED)}
        delays: dict[tuple[str, str], list[float]] = {}
        for place, key in enumerate(keys):
            seen = shown.get(key.effect)
            if seen is None:
                continue
            first = bisect_left(seen, (key.at,))
            before = seen[first - 1][1] if first else None
            differs = key.effect == "move"
            effect = next((at for at, what in seen[first:] if not differs or what != before), None)
            until = keys[place + 1].at if place + 1 < len(keys) else key.at + 20
            if effect is not None and effect <= until + 5:
                delays.setdefault((key.part, key.effect), []).append(effect - key.at)
        return delays

    def post_delays(self, posted: dict[int, float], first: int, end: int, begin: float, until: float) -> list[float]:
        """Seconds from a post's arrival at the hub to the piece of output in which it, or a later one, first stands.

        `posted` has the monotonic second of each serial; those that came between `begin` and `until` count.
        """
        newest: list[tuple[int, float]] = []
        for match in _SERIAL.finditer(self._sent):
            number = int(match[1])
            if not newest or number > newest[-1][0]:
                newest.append((number, self._when(match.end())))
        delays = []
        for number in range(first, end):
            at = posted.get(number)
            if at is None or not begin <= at <= until:
                continue
            place = bisect_left(newest, (number,))
            if place < len(newest):
                delays.append(newest[place][1] - at)
        return delays
