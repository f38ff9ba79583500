"""At which pane moderators are and what they write: in memory alone, and gone by itself."""

from collections.abc import Callable

from sessions.hub.protocol.presence import AtDesk, PresenceRequest

KEPT = 30_000
"""Milliseconds of silence after which nothing is known of a desk any more."""

AT_ONCE = 20
"""Times that one moderator may tell without a pause."""

ONE_EVERY = 500
"""Milliseconds after which they may tell once more."""


class Whereabouts:
    """What each moderator told last; of two desks under one name the last word counts. All times are the hub's.

    Nothing of it is an event, and observers are not told.
    """

    def __init__(self) -> None:
        self._told: dict[str, tuple[int, AtDesk]] = {}
        self._full_at: dict[str, int] = {}

    def wait(self, name: str, now: int) -> int:
        """Milliseconds until this moderator may tell something; 0 where they may, which counts as having done so."""
        full_at = max(now, self._full_at.get(name, now)) + ONE_EVERY
        wait = full_at - now - AT_ONCE * ONE_EVERY
        if wait <= 0:
            self._full_at[name] = full_at
        return max(0, wait)

    def tell(self, name: str, where: PresenceRequest, now: int) -> bool:
        """A moderator tells where they are; whether that is news to the others."""
        before, told = self._of(name, now), AtDesk(name, where.pane, where.claim)
        self._told[name] = now, told
        return told != before

    def forget(self, name: str) -> None:
        """Nobody has this name any more."""
        self._told.pop(name, None)
        self._full_at.pop(name, None)

    def seen_by(self, name: str, now: int, here: Callable[[str], bool]) -> tuple[AtDesk, ...]:
        """The others who told where they are and are `here`, in the order of their names."""
        found = (self._of(other, now) for other in sorted(self._told) if other != name and here(other))
        return tuple(one for one in found if one is not None)

    def _of(self, name: str, now: int) -> AtDesk | None:
        at, told = self._told.get(name, (0, None))
        return told if told is not None and now - at < KEPT else None
