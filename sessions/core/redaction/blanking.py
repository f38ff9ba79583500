"""Which events still hold words that nobody may read any more, and how they read without them."""

from collections.abc import Container, Iterable
from typing import cast

from sessions.core.events import (
    AnyEvent,
    Event,
    PostEdited,
    PostingBegun,
    PostingDone,
    PostRedacted,
    PostRemoved,
    PostSeen,
    PostShared,
    Undone,
)
from sessions.core.evolve import blanked
from sessions.core.state import SessionState


def still_told(state: SessionState, events: Iterable[AnyEvent]) -> dict[int, Event]:
    """Those of the events that hold words of a blanked post, by seq, as they must read instead."""
    return blanked_events(events, {post for post, layer in state.layers.items() if layer.redacted})


def removals(state: SessionState, events: Iterable[AnyEvent]) -> dict[int, Event]:
    """Those of the events that hold words of posts that were removed or blanked, as a closed chat keeps them."""
    return blanked_events(events, gone_posts(state))


def gone_posts(state: SessionState) -> set[str]:
    """The posts that were removed or blanked, by their ids."""
    return {post for post, layer in state.layers.items() if layer.removed or layer.redacted}


def posts_to_go(events: Iterable[AnyEvent]) -> set[str]:
    """What `gone_posts` will most likely be behind these events, without the state there: only a fold is sure."""
    seen: set[str] = set()
    by_hand: dict[int, str] = {}
    gone: set[str] = set()
    for event in events:
        if isinstance(event, PostSeen):
            seen.add(event.post.id)
            if event.by is not None:
                by_hand[event.seq] = event.post.id
        elif isinstance(event, (PostRemoved, PostRedacted)):
            gone.add(event.post)
        elif isinstance(event, Undone) and event.undoes in by_hand:
            gone.add(by_hand[event.undoes])
    return gone & seen


def blanked_events(events: Iterable[AnyEvent], gone: Container[str]) -> dict[int, Event]:
    """Those of the events that hold words of these posts, by seq, without the words; also of what we posted as them."""
    events = tuple(events)
    keys = posting_keys(events, gone)
    found: dict[int, Event] = {}
    for event in events:
        if isinstance(event, PostSeen):
            told = event.post.id in gone
        elif isinstance(event, PostShared):
            told = event.found.id in gone
        elif isinstance(event, PostEdited):
            told = event.post in gone
        else:
            told = isinstance(event, (PostingBegun, PostingDone)) and event.key in keys
        if told and (bare := blanked(cast(Event, event))) != event:
            found[event.seq] = bare
    return found


def posting_keys(events: Iterable[AnyEvent], posts: Container[str]) -> frozenset[str]:
    """The keys of the postings that became these posts (ids), be it that they are noted as public or came back, and of
    those by which these posts were shared."""
    keys = set()
    for event in events:
        if isinstance(event, PostSeen):  # first, as most events are: each kind that is asked for in vain costs
            if event.posting is not None and event.post.id in posts:
                keys.add(event.posting)
        elif isinstance(event, PostingBegun):
            keys |= {event.key} if event.how is not None and event.subject in posts else set()
        elif isinstance(event, PostingDone):
            keys |= {event.key} if event.post in posts else set()
    return frozenset(keys)
