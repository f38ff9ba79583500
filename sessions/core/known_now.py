"""A saved chat as it is known now: the title to which it was renamed, and who was new by all that came in since.

What the day itself said stays in the events; this stands in tables beside them, and whoever reads the chat afterwards
lays it over.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from sessions.core.events import AnyEvent, PostSeen, SessionOpened


class Rejudged(msgspec.Struct, frozen=True):
    """`known` are the ids of those whom the events call new and who were in an earlier chat of the series; `first` is
    whether there was none. `new` are those whom the events do not call new, and who were in earlier chats only that
    were deleted since."""

    first: bool
    known: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def rejudged(events: Sequence[AnyEvent], by: Rejudged) -> list[AnyEvent]:
    """The events with who was new as it is known now."""
    known, new = frozenset(by.known), frozenset(by.new)
    told: list[AnyEvent] = []
    for event in events:
        if isinstance(event, PostSeen) and event.newcomer and event.post.author.id in known:
            event = replace(event, newcomer=False)
        elif isinstance(event, PostSeen) and not event.newcomer and event.post.author.id in new:
            event = replace(event, newcomer=True)
        elif isinstance(event, SessionOpened) and event.first != by.first:
            event = replace(event, first=by.first)
        told.append(event)
    return told


def participants_rejudged(documents: Sequence[Mapping[str, Any]], by: Rejudged | None) -> list[dict[str, Any]]:
    """The documents of the derived table `participants` with who was new as it is known now."""
    known, new = (frozenset(by.known), frozenset(by.new)) if by is not None else (frozenset(), frozenset())
    return [
        {**one, "newcomer": (bool(one.get("newcomer")) and one.get("id") not in known) or one.get("id") in new}
        for one in documents
    ]


def titled(events: Sequence[AnyEvent], title: str) -> list[AnyEvent]:
    """The events of a chat whose plan has this title."""
    told = list(events)
    if told and isinstance(told[0], SessionOpened) and told[0].plan.title != title:
        told[0] = replace(told[0], plan=replace(told[0].plan, title=title))
    return told
