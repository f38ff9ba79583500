"""What must hold after a round, whatever went wrong in it."""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.events import AnyEvent, PostSeen, encode_event
from sessions.core.evolve import fold
from sessions.library.storage.reading import read_events
from tests.faults.desk import Asked
from tests.faults.one_copy import objections
from tests.sessions.library.building import stock_events


class Copy(msgspec.Struct):
    """A copy of the chat: its file, up to where it has to go at least, and whether its writer still lives."""

    whose: str
    path: Path
    at_least: int = 0


class Knowledge(msgspec.Struct):
    """What a desk knew of the chat when it left: up to which event, and the digest of its state."""

    whose: str
    seq: int
    digest: str


def problems(
    file: Path, asked: Sequence[Asked], copies: Sequence[Copy], desks: Sequence[Knowledge], *, open_ended: bool = False
) -> list[str]:
    """What does not hold, in words; `open_ended` is as in `objections`."""
    found: list[str] = []
    try:
        events = read_events(file)
    except LunchroomError as error:
        return [f"the hub's file: {error}"]
    found += of_file("the hub", file, events)
    found += objections(events, asked, open_ended=open_ended)
    posts = [event.post.id for event in events if isinstance(event, PostSeen)]
    if len(posts) != len(set(posts)):
        found.append("a post is there twice")
    for copy in copies:
        try:
            theirs = read_events(copy.path)
        except LunchroomError as error:
            found.append(f"the copy of {copy.whose}: {error}")
            continue
        found += of_file(copy.whose, copy.path, theirs)
        found += _of_copy(copy, theirs, events)
    for desk in desks:
        if fold(events[: desk.seq]).digest() != desk.digest:
            found.append(f"{desk.whose} shows another chat than the hub's up to {desk.seq}")
    return found


def of_file(whose: str, file: Path, events: Sequence[AnyEvent]) -> list[str]:
    """Stock TinyDB reads what we read; numbers have no gap, and times never go back."""
    found: list[str] = []
    stock = [event["seq"] for event in stock_events(file)]
    if stock != [event.seq for event in events] or stock != list(range(1, len(stock) + 1)):
        found.append(f"stock TinyDB reads other events in the file of {whose}")
    if any(later.at < earlier.at for earlier, later in pairwise(events)):
        found.append(f"times go back in the file of {whose}")
    return found


def _of_copy(copy: Copy, theirs: Sequence[AnyEvent], events: Sequence[AnyEvent]) -> list[str]:
    found: list[str] = []
    if len(theirs) < copy.at_least:
        found.append(f"the copy of {copy.whose} ends at {len(theirs)}, and {copy.at_least} was acknowledged")
    if len(theirs) > len(events):
        found.append(f"{copy.whose} has {len(theirs)} events, the hub's file {len(events)}")
    for one, other in zip(theirs, events, strict=False):
        if encode_event(one) != encode_event(other):
            found.append(f"{copy.whose} has {_short(one)}, the hub {_short(other)}")
            break
    if fold(theirs).digest() != fold(events[: len(theirs)]).digest():
        found.append(f"the copy of {copy.whose} folds to another state")
    return found


def _short(event: AnyEvent) -> str:
    return json.dumps(encode_event(event).decode())[:200]
