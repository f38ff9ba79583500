"""Who runs a session: the hub with the highest claim, which is its term and, where two have the same, its key."""

from collections.abc import Iterable, Sequence

import msgspec

from sessions.core.events import HubTakenOver, Scope

FIRST_TERM = 1
"""The term of the hub that began the session."""


class Claim(msgspec.Struct, frozen=True, order=True):
    """That a hub runs the session in this term; its `key` (64 letters, none in the first term) decides between two.

    Claims are ordered, and no two hubs have the same: each takeover makes itself a new key.
    """

    term: int = FIRST_TERM
    key: str = ""


def claim_of(takeovers: Sequence[HubTakenOver]) -> Claim:
    """The claim of the hub whose history has these takeovers."""
    return Claim(takeovers[-1].term, takeovers[-1].key) if takeovers else Claim()


def stands(own: Claim, heard: Iterable[Claim]) -> bool:
    """Whether the hub with this claim may go on; where it may not, it stops, and nothing more is acknowledged."""
    return all(claim <= own for claim in heard)


def to_follow(followed: Claim, heard: Iterable[Claim]) -> Claim | None:
    """The claim to which a desk goes over; None where it stays. It never goes back to a lower one."""
    higher = max(heard, default=followed)
    return higher if higher > followed else None


def next_claim(known: Iterable[Claim], key: str) -> Claim:
    """What a takeover claims that knows of these; above all of them, whatever its new key is."""
    return Claim(max((claim.term for claim in known), default=FIRST_TERM) + 1, key)


def may_take_over(scope: Scope, *, copied: bool) -> bool:
    """Whether somebody can be a deputy: who moderates, and has a whole copy on the own computer.

    Whoever only looks on is not sent all of the chat, so nothing could go on from there.
    """
    return scope == "moderator" and copied
