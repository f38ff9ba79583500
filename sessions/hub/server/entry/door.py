"""Who may stay connected: a bound for those who have shown no token, for observers and for each seat.

Whoever comes too much pushes out the oldest of their own kind, never somebody of another: connections without a token
cost no desk its place, and a desk that connects while thousands of them do has its turn to show its token.
"""

import ipaddress
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from sessions.hub.server.entry.access import Caller

logger = logging.getLogger(__name__)

RESERVED = 128
"""Open files that are kept for the session, the library and the networks."""

FREE_WITHIN = 10.0
"""Seconds that a connection may last without a whole request upon which something is to be done."""

UNREAD = 10.0
"""Seconds in which whoever is sent something has to take some of it."""

TOLD_EVERY = 60.0
"""Seconds between two lines of the log about connections that were dropped."""


class Line(Protocol):
    """One connection."""

    @property
    def address(self) -> str:
        """Whose it is: see `address_of`."""
        ...

    def overdue(self, now: float) -> str | None:
        """Why it is to be dropped, in words, looked at once a second; `now` is in monotonic seconds."""
        ...

    def abort(self) -> None:
        """Let the socket and what waits to be sent go at once; twice does no harm."""
        ...


class Limits(msgspec.Struct, frozen=True):
    """How many connections there may be: of one address without a token, of all those, of observers, of one seat.

    Whoever calls with a token that invites shares it, and `invited` with all who do.
    """

    waiting_of_address: int = 64
    waiting: int = 256
    observing: int = 256
    of_seat: int = 100
    invited: int = 100

    @classmethod
    def fitting(cls, open_files: int) -> "Limits":
        """Those that leave room among so many open files for the desks and for what the hub itself opens."""
        usual = cls()
        quarter = max(8, (open_files - RESERVED) // 4)
        return cls(
            waiting_of_address=min(usual.waiting_of_address, quarter),
            waiting=min(usual.waiting, quarter),
            observing=min(usual.observing, quarter),
        )


class Door:
    """Counts the connections of a hub and drops those that are too many or wait for too long.

    `monotonic` gives seconds. Use it in one event loop.
    """

    def __init__(self, limits: Limits | None = None, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits or Limits()
        self._monotonic = monotonic
        self._waiting: dict[Line, None] = {}
        self._known: dict[Line, Caller] = {}
        self._dropped: Counter[str] = Counter()
        self._told = -TOLD_EVERY

    def now(self) -> float:
        """Monotonic seconds."""
        return self._monotonic()

    @property
    def lines(self) -> int:
        """How many connections there are."""
        return len(self._waiting) + len(self._known)

    def enter(self, line: Line) -> None:
        """Somebody connected."""
        self._waiting[line] = None
        address = line.address
        self._bound((one for one in self._waiting if one.address == address), self._limits.waiting_of_address)
        self._bound(self._waiting, self._limits.waiting)

    def know(self, line: Line, caller: Caller) -> None:
        """A request came with a valid token; nothing where the connection is gone by now."""
        if self._known.get(line) == caller or (line not in self._known and line not in self._waiting):
            return
        self._waiting.pop(line, None)
        self._known.pop(line, None)
        self._known[line] = caller
        most = self._limits.invited if caller.name is None else self._limits.of_seat
        self._bound((one for one, its in self._known.items() if its == caller), most)
        if caller.scope == "observer":
            self._bound((one for one, its in self._known.items() if its.scope == "observer"), self._limits.observing)

    def leave(self, line: Line) -> None:
        """A connection ended."""
        self._waiting.pop(line, None)
        self._known.pop(line, None)

    def end(self, caller: Caller) -> None:
        """Drop all connections of a caller whose token opens nothing any more."""
        for line in [one for one, its in self._known.items() if its == caller]:
            self._drop(line)

    def shed(self) -> None:
        """Make room where the system has no more: the half that came first of those without a token goes."""
        for line in list(self._waiting)[: (len(self._waiting) + 1) // 2]:
            self._drop(line, "while no more could be open")
        self.tell()

    def look_around(self) -> None:
        """Drop what is overdue, and tell of what was dropped; called every second."""
        now = self.now()
        for line in (*self._waiting, *self._known):
            why = line.overdue(now)
            if why is not None:
                self._drop(line, why)
        self.tell()

    def tell(self) -> None:
        """Say in the log what was dropped, in one line for all of a minute."""
        now = self.now()
        if self._dropped and now - self._told >= TOLD_EVERY:
            self._told = now
            words = ", ".join(f"{count} {why}" for why, count in sorted(self._dropped.items()))
            logger.warning("Connections were dropped: %s. The chat goes on.", words)
            self._dropped.clear()

    def _bound(self, lines: Iterable[Line], most: int) -> None:
        kind = list(lines)
        for line in kind[: max(0, len(kind) - most)]:
            self._drop(line, "that were too many")

    def _drop(self, line: Line, why: str | None = None) -> None:
        self.leave(line)
        if why is not None:
            self._dropped[why] += 1
        line.abort()


def address_of(host: str | None) -> str:
    """Whose connection comes from this IP address: of IPv6 the first 64 bits, of which somebody has all the rest."""
    try:
        address = ipaddress.ip_address((host or "").partition("%")[0])
    except ValueError:
        return host or ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
