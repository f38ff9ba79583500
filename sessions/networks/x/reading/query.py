"""What is asked of X's search and stream. Pure."""

from collections.abc import Collection, Sequence

from sessions.core.plan.words import hashtag_problem
from sessions.networks.web.errors import Rejected
from sessions.networks.x.ids import number_of

LONGEST = 512
"""Characters of a query that a self-serve app may send (docs.x.com/x-api/fundamentals/rate-limits)."""

NO_REPOSTS = "-is:retweet"
"""A repost costs as much as a post with its author and says nothing new; since May 2026 the search has none anyway."""


def rule(hashtags: Sequence[str]) -> str:
    """The posts with any of the hashtags; raises `Rejected` where there is nothing that X could look for."""
    return _any(_tags(hashtags))


def query(hashtags: Sequence[str], conversations: Collection[str] = ()) -> str:
    """The same, and the answers below these posts, so many of them as there is room for."""
    parts = _tags(hashtags)
    for one in conversations:
        longer = [*parts, f"conversation_id:{one}"]
        if number_of(one) and len(_any(longer)) <= LONGEST:
            parts = longer
    return _any(parts)


def _tags(hashtags: Sequence[str]) -> list[str]:
    if not hashtags:
        raise Rejected("the plan has no hashtag; write one into it")
    for tag in hashtags:
        if hashtag_problem(tag):
            raise Rejected(f"#{tag} cannot be a hashtag")
    parts = [f"#{tag}" for tag in dict.fromkeys(hashtags)]
    if len(_any(parts)) > LONGEST:
        raise Rejected("the plan's hashtags are too long for X's search; take out some")
    return parts


def _any(parts: Sequence[str]) -> str:
    together = parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"
    return f"{together} {NO_REPOSTS}"
