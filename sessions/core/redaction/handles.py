"""The handles that texts mention, and who is only mentioned. Pure."""

import re
from collections.abc import Iterable

from sessions.core.events import AnyEvent, PostEdited, PostSeen
from sessions.core.identity import goes_by
from sessions.core.redaction.unfolding import may_be_folded, unfolded

_MENTION = re.compile(r"(?<!\w)@([\w.-]+(?:@[\w.-]+\w)?)")


def handles_in(text: str) -> set[str]:
    """The handles that a text mentions, in lower case, also where their signs are written otherwise (`%40ana`)."""
    found = set(_MENTION.findall(text)) if "@" in text else set()
    said = unfolded(text) if may_be_folded(text) else None
    if said is not None:
        found |= set(_MENTION.findall(said[0]))
    return {handle.casefold().rstrip(".-") for handle in found}


def mentioned(events: Iterable[AnyEvent], wanted: str) -> frozenset[str]:
    """The `network:handle` of whoever is only mentioned in posts and goes by `wanted` (in lower case, without `@`)."""
    found: set[str] = set()
    for event in events:
        if isinstance(event, PostSeen):
            network, text = event.post.author.network, event.post.text
        elif isinstance(event, PostEdited):
            network, text = event.post.partition(":")[0], event.text
        else:
            continue
        handles = (f"{network}:{handle}" for handle in handles_in(text))
        found |= {handle for handle in handles if goes_by(handle, wanted)}
    return frozenset(found)
