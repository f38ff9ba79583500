"""How far a desk is that joined late or came back: what the hub has is more than what it was told yet."""

from dataclasses import dataclass

LAG = 200
"""Events that a desk may lack without being behind: as many as come in one piece while everything is told at once."""


@dataclass
class CatchUp:
    """Counts by heartbeats, each of which names the hub's last seq. Observers never get some of the events, so a desk
    that hears nothing but a heartbeat has all that is for it."""

    _to: int | None = None
    _heard: bool = True

    def begin(self) -> None:
        """The hub answers: what comes next may be much."""
        self._to, self._heard = None, True

    def heard(self) -> None:
        """Events came."""
        self._heard = True

    def beat(self, hub_has: int, here: int) -> None:
        """A heartbeat came, here is the last seq of this desk."""
        self._to = hub_has if self._heard and hub_has - here > LAG else None
        self._heard = False

    def words(self, here: int) -> str:
        """How far this desk is; empty where it has all."""
        if self._to is None or here >= self._to:
            return ""
        return f"catching up: {here:,} of {self._to:,}"
