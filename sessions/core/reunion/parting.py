"""Where two files of one session parted, and by what an event behind that is known in both."""

from collections.abc import Hashable, Sequence
from typing import Any

import msgspec

from sessions.core import events as e
from sessions.core.events import AnyEvent, UnknownEvent, encode_event, type_name
from sessions.core.terms.histories import shared_seq


def common_length(ours: Sequence[AnyEvent], theirs: Sequence[AnyEvent]) -> int:
    """How many events both begin with, whatever words of them were blanked or forgotten in one of the two.

    What follows a takeover that only one of them has is never the same, however alike it looks.
    """
    ours = ours[: shared_seq(_takeovers(ours), len(ours), _takeovers(theirs))]
    length = 0
    for mine, other in zip(ours, theirs, strict=False):
        if _place(mine) != _place(other):
            break
        length += 1
    return length


def _takeovers(events: Sequence[AnyEvent]) -> list[e.HubTakenOver]:
    return [event for event in events if isinstance(event, e.HubTakenOver)]


def _place(event: AnyEvent) -> tuple[object, ...]:
    posted = event.post.posted_at if isinstance(event, e.PostSeen) else None
    command = None if isinstance(event, UnknownEvent) else event.command
    return (event.seq, event.at, type(event), command, posted)


def known_by(event: AnyEvent) -> Hashable:
    """What an event keeps when it is added to another file of its session, where seq, time and ids of questions differ.

    A post is known by its id, what a moderator did by the command, all else by what it says.
    """
    if isinstance(event, UnknownEvent):
        return event.raw
    if isinstance(event, e.PostSeen):
        return event.post.id
    if event.command is not None:
        return (event.command, type_name(event), _about(event))
    return encode_event(msgspec.structs.replace(event, seq=0, at=0))


def _about(event: Any) -> str | None:
    """Which of the events that one command caused it is."""
    return next((getattr(event, name) for name in ("post", "person", "key") if hasattr(event, name)), None)
