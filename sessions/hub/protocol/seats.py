"""`POST /v1/moderators`: sitting down at a session; `/v1/seats`: who has a seat, at which computer."""

from typing import Literal

import msgspec

from sessions.core.events import Scope


class JoinRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Under which name somebody wants to sit down."""

    name: str


class Seat(msgspec.Struct, frozen=True):
    """A seat at the session: the name as the hub writes it, and a token of one's own."""

    name: str
    scope: Scope
    token: str

    def __repr__(self) -> str:  # tokens stay out of logs and tracebacks
        return f"Seat(name={self.name!r}, scope={self.scope!r}, token=...)"


class ComputerName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the owner of a computer calls it; cleaned and cut by the hub."""

    computer: str


class SeatPath(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a desk is reached from the hub now, and milliseconds there and back where they are known.

    `computer` is the hub's own, `network` the same network, `direct` without anybody between, `relay` through one.
    """

    kind: Literal["computer", "network", "direct", "relay"]
    ms: int | None = None


class SeatView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A seat as moderators see it; `id` names it in other calls and opens nothing.

    `computer` is what its owner calls it, empty where nobody said; `since` the hub's UTC milliseconds at which it was
    given. `here` says whether its desk is there now, `elsewhere` whether it is bound to a computer in another home,
    `mine` whether it is the caller's. `path` is absent where it is not known.
    """

    id: str
    name: str
    scope: Scope
    here: bool
    computer: str = ""
    since: int | None = None
    elsewhere: bool = False
    mine: bool = False
    path: SeatPath | None = None


class SeatsView(msgspec.Struct, frozen=True):
    """All seats, in the order in which they were given; after a takeover then those whose desks have not come yet."""

    seats: tuple[SeatView, ...]
