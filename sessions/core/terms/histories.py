"""How far two copies of a session are one history, and which of several is gone on with."""

from collections.abc import Iterable, Sequence

import msgspec

from sessions.core.events import HubTakenOver
from sessions.core.terms.claims import Claim


class Copy(msgspec.Struct, frozen=True, order=True):
    """How far a copy goes: the claim of the last hub in it, and the seq of its last event."""

    claim: Claim
    seq: int


def shared_seq(ours: Sequence[HubTakenOver], seq: int, theirs: Sequence[HubTakenOver]) -> int:
    """The last event of a history of `seq` events that another one has for sure, by the takeovers in both.

    One hub writes one history, so two are the same until the first takeover that is not in both.
    """
    for one, other in zip(ours, theirs, strict=False):
        if (one.seq, one.term, one.key) != (other.seq, other.term, other.key):
            return min(seq, one.seq - 1, other.seq - 1)
    both = min(len(ours), len(theirs))
    return min([seq, *(takeover.seq - 1 for takeover in (*ours[both:], *theirs[both:]))])


def to_go_on_with(own: Copy, others: Iterable[Copy]) -> Copy:
    """The copy with which a takeover goes on, of those it can reach: the longest of the highest claim."""
    return max((own, *others))
