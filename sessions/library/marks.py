"""A few marks by which a chat is known to another library without its posts. Pure."""

import hashlib
from collections.abc import Collection, Iterable

MOST = 16


def marks_of(moments: Iterable[int]) -> tuple[str, ...]:
    """The marks of a chat in which posts came at these moments (UTC milliseconds): of a digest of each the smallest.

    They stay when words are blanked or people forgotten, and most of them where a few posts are missing.
    """
    digests = {hashlib.sha256(str(moment).encode()).hexdigest()[:12] for moment in moments}
    return tuple(sorted(digests)[:MOST])


def alike(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether the marks are those of one chat: at least half of the moments are the same, as far as they tell."""
    smallest = sorted({*ours, *theirs})[:MOST]
    shared = sum(mark in ours and mark in theirs for mark in smallest)
    return bool(smallest) and 2 * shared >= len(smallest)
