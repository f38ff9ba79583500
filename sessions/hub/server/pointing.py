"""Who was pointed at, so that both moderators know which desk is whose: "this is you"."""

import secrets
from collections.abc import Callable

from sessions.core.events import Scope
from sessions.hub.protocol.stream import Pointed

SHOWN = 6_000
"""Milliseconds for which a desk is told: longer than a stream takes to come back after a short break."""


class Pointing:
    """Remembers for some seconds at whom somebody pointed; `now_ms` is the hub's clock."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._last: dict[tuple[Scope, str], tuple[int, Pointed]] = {}

    def point(self, scope: Scope, name: str, by: str) -> None:
        """The moderator `by` points at the desk of this seat."""
        now = self._now_ms()
        self._last = {seat: kept for seat, kept in self._last.items() if now - kept[0] < SHOWN}
        self._last[scope, name] = now, Pointed(secrets.token_hex(4), by)

    def at(self, scope: Scope, name: str | None) -> Pointed | None:
        """Who points at the desk of this seat now."""
        if name is None:
            return None
        at, pointed = self._last.get((scope, name), (0, None))
        return pointed if pointed is not None and self._now_ms() - at < SHOWN else None
