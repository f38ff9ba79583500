"""Which events still hold words that nobody may read any more, and how they read without them (design, section 10)."""

from collections.abc import Container, Iterable

from sessions.events import AnyEvent, Event, PostEdited, PostSeen
from sessions.evolve import blanked
from sessions.state import SessionState


def still_told(state: SessionState, events: Iterable[AnyEvent]) -> dict[int, Event]:
    """Those of the events that hold words of a blanked post, by seq, as they must read instead."""
    return blanked_events(events, {post for post, layer in state.layers.items() if layer.redacted})


def removals(state: SessionState, events: Iterable[AnyEvent]) -> dict[int, Event]:
    """Those of the events that hold words of posts that were removed or blanked, as a closed chat keeps them."""
    return blanked_events(events, {post for post, layer in state.layers.items() if layer.removed or layer.redacted})


def blanked_events(events: Iterable[AnyEvent], gone: Container[str]) -> dict[int, Event]:
    """Those of the events that hold words of these posts, by seq, without the words."""
    found: dict[int, Event] = {}
    for event in events:
        if isinstance(event, (PostSeen, PostEdited)):
            post = event.post.id if isinstance(event, PostSeen) else event.post
            if post in gone and (bare := blanked(event)) != event:
                found[event.seq] = bare
    return found
