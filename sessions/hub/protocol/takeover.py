"""`/v1/deputies` and `/v1/term`: who can go on with a session where its hub cannot, and who runs it now."""

import ipaddress
import re
from typing import Annotated

import msgspec

from sessions.core.events import Scope

_ADDRESS = re.compile(r"http://(?:\[([0-9a-f:.]+)\]|([0-9.]+)):([0-9]{1,5})", re.ASCII)

DESK_AT = frozenset({"127.0.0.1", "::1"})
"""The hosts at which a desk answers."""


def host_in(url: str) -> str | None:
    """The host in an address as hubs and desks tell theirs, `http://IP:PORT`; None where it is none to be dialled."""
    found = _ADDRESS.fullmatch(url)
    if found is None or not 0 < int(found[3]) < 65536:
        return None
    try:
        return str(ipaddress.ip_address(found[1] or found[2]))
    except ValueError:
        return None


Term = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
"""More takeovers than any chat has: a term that is told must leave room for those above it."""

HubKey = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]


Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A SHA-256 in hex: of letters that are not ASCII no comparison in constant time can be made."""

TokenDigest = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]
"""The same, empty for the hub, which has no seat."""


class TermBegun(msgspec.Struct, frozen=True):
    """A takeover in a history: the seq of its event, and what that says."""

    seq: int
    term: Term
    key: HubKey


class Standing(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a hub or a desk knows of the session: `term` and `key` of the hub that it is or follows, and where that is.

    `url` is an address on this very computer, and so told on this computer alone; `ticket` is how others dial it. `by`
    is who took the session over, empty in the first term. `seq` is how far the copy of whoever says this goes, and
    `begun` are the takeovers in it. `runs` is whether that hub answers.
    """

    session: str
    term: Term
    key: HubKey
    seq: int
    begun: tuple[TermBegun, ...] = ()
    by: str = ""
    runs: bool = False
    url: str = ""
    ticket: str = ""


class Proof(msgspec.Struct, frozen=True):
    """That whoever listens at an address is of the session (`sessions.hub.away.asking`)."""

    proof: str


SourceNames = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=300)], ...], msgspec.Meta(max_length=100)]
"""Sources as the plan names them: `mastodon:mastodon.social`, `bluesky`."""


class DeputyRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a moderator's desk, which keeps a copy, can be asked while the hub is away; `key` is its computer's.

    `url` and `ticket` are as in `Standing`, empty where there is none. `reads` are the sources of the session that its
    computer has a sign-in for or that need none, `unsigned` those that it reads without one where their server allows
    it; null where that is not known. No account is named.
    """

    url: str = ""
    ticket: str = ""
    key: str = ""
    reads: SourceNames | None = None
    unsigned: SourceNames = ()


class Deputy(msgspec.Struct, frozen=True):
    """A moderator who could go on, and where their desk can be asked; `reads` and `unsigned` as they told."""

    name: str
    url: str = ""
    ticket: str = ""
    key: str = ""
    reads: tuple[str, ...] | None = None
    unsigned: tuple[str, ...] = ()


class Heir(msgspec.Struct, frozen=True):
    """A seat that stays one at whatever hub goes on, without its token being told.

    `digest` is the SHA-256 of its token, `ask` that of what its desk asks others with. It works from the computer with
    this `key`, and where `here` is set on the hub's own. Without a name it is the hub, which only asks.
    """

    name: str
    scope: Scope
    digest: TokenDigest
    ask: Digest
    key: str = ""
    here: bool = False


class SourceSettings(msgspec.Struct, frozen=True):
    """With which sources a session was started, so that it goes on with no more than its file, here or elsewhere.

    `folder` is where the hub was started: files that `sources` name are to be found from there.
    """

    sources: tuple[str, ...] = ()
    speed: float = 1.0
    hosts: tuple[str, ...] = ()
    zone: str | None = None
    follow: bool = False
    folder: str = ""


class DeputiesView(msgspec.Struct, frozen=True):
    """All that a moderator's desk needs to go on; `away` is whether the way from other homes is open."""

    standing: Standing
    deputies: tuple[Deputy, ...]
    seats: tuple[Heir, ...]
    settings: SourceSettings = SourceSettings()
    away: bool = False
