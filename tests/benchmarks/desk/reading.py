"""Finding when a key's effect or a post first stood on a terminal's screen."""

import re
import statistics
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tests.benchmarks.desk.screen import Screen

_CURSOR = re.compile(r"▌[^│]*k(\d{7})")
"""The bar before the row under the cursor, and that row's serial."""

_SERIAL = re.compile(r"k(\d{7})")
_FOUND = re.compile(r"[\d,]+ found|nothing found|[\d,]+ of [\d,]+")


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
    """All that a terminal was sent, as what its screen showed after each piece."""

    def __init__(self, chunks: Sequence[tuple[float, bytes]]) -> None:
        self._cursor: list[tuple[float, int]] = []
        self._newest: list[tuple[int, float]] = []
        self._found: list[tuple[float, str]] = []
        screen = Screen()
        for at, data in chunks:
            for y in screen.feed(data):
                self._look(at, screen.line(y))

    def _look(self, at: float, line: str) -> None:
        for serial in map(int, _SERIAL.findall(line)):
            if not self._newest or serial > self._newest[-1][0]:
                self._newest.append((serial, at))
        if (under := _CURSOR.search(line)) is not None:
            serial = int(under[1])
            if not self._cursor or serial != self._cursor[-1][1]:
                self._cursor.append((at, serial))
        if (found := _FOUND.search(line)) is not None:
            self._found.append((at, found[0]))

    def key_delays(self, keys: Sequence[Pressed]) -> dict[tuple[str, str], list[float]]:
        """Seconds from each key to the piece of output with its effect, by part and effect; lost ones are left out.

        What is found is told in several pieces, of which the first counts; where it is as much as before, the first
        that wrote on its line.
        """
        delays: dict[tuple[str, str], list[float]] = {}
        for place, key in enumerate(keys):
            until = keys[place + 1].at if place + 1 < len(keys) else key.at + 20
            effect: float | None = None
            if key.effect == "move":
                after = bisect_left(self._cursor, (key.at,))
                effect = self._cursor[after][0] if after < len(self._cursor) else None
                until += 5
            elif key.effect == "find":
                effect = self._first_found(key.at, until)
            if effect is not None and key.at <= effect <= until:
                delays.setdefault((key.part, key.effect), []).append(effect - key.at)
        return delays

    def _first_found(self, begin: float, until: float) -> float | None:
        first = bisect_left(self._found, (begin,))
        told = self._found[first : bisect_left(self._found, (until,))]
        before = self._found[first - 1][1] if first else ""
        return next((at for at, words in told if words != before), told[0][0] if told else None)

    def post_delays(self, posted: dict[int, float], first: int, end: int, begin: float, until: float) -> list[float]:
        """Seconds from a post's arrival at the hub to the piece of output in which it, or a later one, first stands.

        `posted` has the monotonic second of each serial; those that came between `begin` and `until` count.
        """
        delays = []
        for number in range(first, end):
            at = posted.get(number)
            if at is None or not begin <= at <= until:
                continue
            place = bisect_left(self._newest, (number,))
            if place < len(self._newest):
                delays.append(self._newest[place][1] - at)
        return delays
