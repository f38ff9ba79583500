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
    whether there was none."""

    first: bool
    known: tuple[str, ...] = ()


def rejudged(events: Sequence[AnyEvent], by: Rejudged) -> list[AnyEvent]:
    """The events with who was new as it is known now; nobody becomes new by it."""
    known = frozenset(by.known)
    told: list[AnyEvent] = []
    for event in events:
        if isinstance(event, PostSeen) and event.newcomer and event.post.author.id in known:
            event = replace(event, newcomer=False)
        elif isinstance(event, SessionOpened) and event.first and not by.first:
            event = replace(event, first=False)
        told.append(event)
    return told


def participants_rejudged(documents: Sequence[Mapping[str, Any]], by: Rejudged | None) -> list[dict[str, Any]]:
    """The documents of the derived table `participants` with who was new as it is known now."""
    known = frozenset(by.known if by is not None else ())
    return [{**one, "newcomer": bool(one.get("newcomer")) and one.get("id") not in known} for one in documents]


def titled(events: Sequence[AnyEvent], title: str) -> list[AnyEvent]:
    """The events of a chat whose plan has this title."""
    told = list(events)
    if told and isinstance(told[0], SessionOpened) and told[0].plan.title != title:
        told[0] = replace(told[0], plan=replace(told[0].plan, title=title))
    return told
