"""`/v1/invites`: the way in for somebody in another home."""

import msgspec

from sessions.core.events import Scope


class InviteRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody elsewhere is to be invited to."""

    scope: Scope


class NewInvite(msgspec.Struct, frozen=True):
    """An invite: `invite` is what the other pastes, once, until the hub's UTC milliseconds `until`."""

    id: str
    invite: str
    scope: Scope
    until: int

    def __repr__(self) -> str:  # codes stay out of logs and tracebacks
        return f"NewInvite(id={self.id!r}, scope={self.scope!r}, ...)"


class InviteView(msgspec.Struct, frozen=True, omit_defaults=True):
    """An invite as it is listed: who made it, and the name of who came by it, if somebody did."""

    id: str
    scope: Scope
    until: int
    by: str
    used_by: str | None = None


class InvitesView(msgspec.Struct, frozen=True, omit_defaults=True):
    """The way in: whether it is `open`, whom it `contacts`, in words, and the invites, newest first.

    `unavailable` says why there can be none, `wrong` how many wrong codes came.
    """

    open: bool
    contacts: str
    invites: tuple[InviteView, ...] = ()
    unavailable: str | None = None
    wrong: int = 0
