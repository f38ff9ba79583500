"""Without one person a chat is the same chat at every event: who forgets changes no count, no order and no undo."""

import hashlib
from typing import Any

from hypothesis import given

from sessions.core.events import encode_event
from sessions.core.evolve import evolve
from sessions.core.identity import Identity
from sessions.core.redaction.forgetting import without
from sessions.core.state import SessionState
from tests.sessions.replay.test_replay import Script, scripts

WHO = Identity(ids=frozenset({"mastodon:@t1"}))


def pseudonym(identifier: str) -> str:
    return hashlib.sha256(identifier.encode()).hexdigest()[:10]


def numbers(state: SessionState) -> Any:
    """What a desk shows of the state but for the person's name and words."""
    people = [(one.posts, one.answers, one.host, one.newcomer, one.first_at) for one in state.people.values()]
    marks = [(one.greeting, one.starred, one.starred_posts, one.muted) for one in state.people.values()]
    posts = [(state.kind(one), state.filed(one), state.folded(one)) for one in state.posts]
    layers = [(one.starred, one.hidden, one.removed, one.redacted, one.edited) for one in state.layers.values()]
    queue = (state.order, state.skipped, state.open, state.timer, state.roles, state.undone)
    return people, marks, posts, layers, queue, state.tally, state.answers, len(state.to_greet())


@given(scripts)
def test_every_state_without_the_person_has_the_same_numbers(script: Script) -> None:
    events = script.chat.events
    after = without(events, WHO, pseudonym)
    assert [(one.seq, one.at, type(one)) for one in after] == [(one.seq, one.at, type(one)) for one in events]
    as_it_was, bare = SessionState(), SessionState()
    for old, new in zip(events, after, strict=True):
        evolve(as_it_was, old)
        evolve(bare, new)
        assert numbers(bare) == numbers(as_it_was)


@given(scripts)
def test_nothing_tells_of_the_person_and_once_more_changes_nothing(script: Script) -> None:
    after = without(script.chat.events, WHO, pseudonym)
    told = b"".join(map(encode_event, after))
    assert b"@t1" not in told
    assert b'"t1"' not in told.lower()
    assert without(after, WHO, pseudonym) == after
