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
    """What each desk of a moderator told last: of several under one name counts where something is written, else the
    last word. All times are the hub's.

    Nothing of it is an event, and observers are not told.
    """

    def __init__(self) -> None:
        self._told: dict[str, dict[str, tuple[int, AtDesk]]] = {}
        self._full_at: dict[str, int] = {}

    def wait(self, name: str, now: int) -> int:
        """Milliseconds until this moderator may tell something; 0 where they may, which counts as having done so."""
        full_at = max(now, self._full_at.get(name, now)) + ONE_EVERY
        wait = full_at - now - AT_ONCE * ONE_EVERY
        if wait <= 0:
            self._full_at[name] = full_at
        return max(0, wait)

    def tell(self, name: str, where: PresenceRequest, now: int, desk: str = "") -> bool:
        """A moderator tells where they are, at which `desk` of theirs; whether that is news to the others."""
        before = self._of(name, now)
        desks = {one: (at, told) for one, (at, told) in self._told.get(name, {}).items() if now - at < KEPT}
        desks.pop(desk, None)
        self._told[name] = {**desks, desk: (now, AtDesk(name, where.pane, where.claim))}
        return self._of(name, now) != before

    def forget(self, name: str) -> None:
        """Nobody has this name any more."""
        self._told.pop(name, None)
        self._full_at.pop(name, None)

    def seen_by(self, name: str, now: int, here: Callable[[str], bool]) -> tuple[AtDesk, ...]:
        """The others who told where they are and are `here`, in the order of their names."""
        found = (self._of(other, now) for other in sorted(self._told) if other != name and here(other))
        return tuple(one for one in found if one is not None)

    def _of(self, name: str, now: int) -> AtDesk | None:
        lately = [told for at, told in self._told.get(name, {}).values() if now - at < KEPT]
        writing = [told for told in lately if told.claim is not None]
        found = writing or lately
        return found[-1] if found else None
