"""What a session's runtime file keeps of the way in from other homes: the hub's key, invites, which seat is whose."""

from collections.abc import Mapping

import msgspec

from sessions.core.events import Scope


class Issued(msgspec.Struct, frozen=True):
    """An invite that lets one computer in, once, until `until` (the hub's UTC milliseconds).

    Its code is kept as the SHA-256 of it, so that nobody who reads the file can use it. Of one that was used, `key` is
    the public key of the computer that did, and `token` that of the seat it got.
    """

    id: str
    scope: Scope
    digest: str
    until: int
    by: str
    key: str = ""
    token: str = ""

    def __repr__(self) -> str:  # tokens stay out of logs and tracebacks
        return f"Issued(id={self.id!r}, scope={self.scope!r}, ...)"


class EndedSeat(msgspec.Struct, frozen=True):
    """A seat that was taken back by the moderator `by`: the SHA-256 of its token, and the key it was bound to."""

    digest: str
    key: str
    by: str


class AwayKeys(msgspec.Struct, frozen=True):
    """All of it; `secret` is empty until somebody first asked for the way, `port` is the UDP port it was at last.

    `bound` has the key of the one computer from which a seat's token works; one that it lacks works on the hub's own
    address alone. `ended` are seats that were taken back lately, so that their desks can be told.
    """

    secret: str = ""
    port: int = 0
    invites: tuple[Issued, ...] = ()
    bound: Mapping[str, str] = {}
    ended: tuple[EndedSeat, ...] = ()

    def __repr__(self) -> str:
        return "AwayKeys(...)"
