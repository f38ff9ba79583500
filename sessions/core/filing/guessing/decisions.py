"""What the moderators said of a post: evidence for the next guesses."""

from typing import NamedTuple

from sessions.core.state import SessionState


class Told(NamedTuple):
    """Where a moderator put a post: under a question, or (None) under none."""

    question: str | None


def told(state: SessionState, post: str) -> Told | None:
    """What a moderator decided about the post, by hand, by accepting a guess or by refusing one; None where nobody did.

    The one place where decisions become evidence: the words of the post then count for that question (or for talk)
    twice as much as a label's, and the next posts of its author and of those who answer it are seen in its light.
    """
    layer = state.layers.get(post)
    if layer is None or layer.decision is None:
        return None
    return Told(layer.decision.question)
