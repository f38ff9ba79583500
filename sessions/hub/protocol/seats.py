"""`POST /v1/moderators`: sitting down at a session."""

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
