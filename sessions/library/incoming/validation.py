"""A session from elsewhere at the door: nothing hidden in its texts, and times and lengths of this world. Pure.

One with others would be saved, and from then on break whatever reads all saved chats of its series.
"""

from collections.abc import Iterator, Sequence

import msgspec

from sessions.core.cleaning import visible, visible_throughout
from sessions.core.events import (
    AnyEvent,
    MinutesShared,
    QuestionAdded,
    QuestionAsked,
    QuestionEdited,
    SessionOpened,
    TimeAdded,
    UnknownEvent,
    encode_event,
    event_from_builtins,
)
from sessions.core.identity import posts_in
from sessions.core.zones import zone_called

_END_OF_TIME = 253_370_764_800_000
"""The year 9999 in UTC milliseconds: what comes a week after a moment before it has a date, too."""

_LONGEST = 366 * 86_400
"""Seconds: neither a chat nor a question is longer than a year."""

_AHEAD = _LONGEST * 1000
"""Milliseconds by which two computers' clocks may differ: a chat of the year 2500 would be the latest for ever."""


def objection(opened: SessionOpened, events: Sequence[AnyEvent], now: int) -> str:
    """Why the events, which `opened` begins, are not to be believed at the moment `now` (UTC milliseconds).

    One sentence; empty where they are.
    """
    if not 1970 <= opened.plan.starts.year < 9999 or zone_called(opened.plan.timezone) is None:
        return "The chat has no time that a calendar knows."
    if not all(0 <= at < _END_OF_TIME for at in _moments(opened, events)):
        return "The chat has no time that a calendar knows."
    if events[-1].at > now + _AHEAD:
        return "The chat ends more than a year from now."
    if not all(-_LONGEST <= seconds <= _LONGEST for seconds in _lengths(opened, events)):
        return "The chat, or a question in it, is longer than a year."
    if not all(post.id and post.author.id for post in posts_in(events)):
        return "The chat has a post without an id."
    return ""


def cleaned(events: Sequence[AnyEvent]) -> list[AnyEvent]:
    """The events without what hides or turns text round, be it in names, titles or ids; those that a Lunchroom saved
    from networks and moderators stay as they are. What is of an unknown type is shown nowhere and stays, too.
    """
    return [event if isinstance(event, UnknownEvent) else _cleaned(event) for event in events]


def _cleaned(event: AnyEvent) -> AnyEvent:
    written = encode_event(event).decode()
    if "\\" not in written and visible(written) == written:  # nothing is escaped: what is written is what it says
        return event
    document = msgspec.to_builtins(event)
    clean = visible_throughout(document)
    return event if clean == document else event_from_builtins(clean)


def _moments(opened: SessionOpened, events: Sequence[AnyEvent]) -> Iterator[int]:
    """All times in UTC milliseconds."""
    yield opened.plan.starts_at
    yield from (question.opens_at for question in opened.plan.questions if question.opens_at)
    yield from (lookup.until_at for lookup in opened.plan.lookups if lookup.until_at)
    yield from (event.at for event in events)
    yield from (post.posted_at for post in posts_in(events))


def _lengths(opened: SessionOpened, events: Sequence[AnyEvent]) -> Iterator[float]:
    """All lengths in seconds."""
    plan = opened.plan
    yield from (60 * minutes for minutes in (plan.minutes, plan.introductions, plan.close))
    yield from (60 * question.minutes for question in plan.questions)
    for event in events:
        if isinstance(event, (QuestionAsked, TimeAdded)):
            yield event.seconds
        elif isinstance(event, QuestionAdded):
            yield 60 * event.question.minutes
        elif isinstance(event, QuestionEdited):
            yield 60 * event.minutes
        elif isinstance(event, MinutesShared):
            yield from (60 * minutes for minutes in event.minutes.values())
