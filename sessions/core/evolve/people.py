"""People: greetings, stars, mutes, tags. A handler is named for its event, of which `sessions.core.events` tells."""

from collections.abc import Callable
from typing import Any

from sessions.core import events as e
from sessions.core.evolve.actions import note_action
from sessions.core.evolve.posts import count
from sessions.core.state import CreditMark, Mark, Person, SessionState


def restore_person(field: str) -> Callable[[SessionState, Any, Any], None]:
    def restore(state: SessionState, event: Any, before: Any) -> None:
        setattr(state.people[event.person], field, before)

    return restore


def marks(field: str, *, on: bool) -> Callable[[SessionState, Any], None]:
    """A handler that sets or clears a mark of the event's person."""

    def handler(state: SessionState, event: Any) -> None:
        person = state.people.get(event.person)
        if person is not None:
            note_action(state, event, getattr(person, field), ("person", event.person))
            setattr(person, field, Mark(event.by or "", event.at) if on else None)

    return handler


def mute(state: SessionState, event: Any, mark: Mark | None) -> None:
    posts = [post for post, seen in state.posts.items() if seen.post.author.id == event.person]
    for post in posts:
        count(state, post, -1)
    state.people[event.person].muted = mark
    for post in posts:
        count(state, post, 1)


def person_muted(state: SessionState, event: e.PersonMuted | e.PersonUnmuted) -> None:
    person = state.people.get(event.person)
    if person is not None:
        note_action(state, event, person.muted, ("person", event.person))
        mute(state, event, Mark(event.by or "", event.at) if isinstance(event, e.PersonMuted) else None)


def person_tagged(state: SessionState, event: e.PersonTagged) -> None:
    person = state.people.get(event.person)
    if person is not None:
        note_action(state, event, (person.school, person.level, person.groups), ("person", event.person))
        person.school, person.level, person.groups = event.school, event.level, event.groups
        person.left_out = person.left_out or event.left_out


def untag(state: SessionState, event: e.PersonTagged, before: tuple[str, str, tuple[str, ...]]) -> None:
    person = state.people[event.person]
    person.school, person.level, person.groups = before


def credit_asked(state: SessionState, event: e.CreditAsked) -> None:
    if event.person in state.people:
        note_action(state, event, state.credit_marks.get(event.person), ("credit", event.person))
        state.credit_marks[event.person] = CreditMark(event.asked, event.by or "", event.at)


def restore_credit(state: SessionState, event: e.CreditAsked, before: CreditMark | None) -> None:
    if before is None:
        del state.credit_marks[event.person]
    else:
        state.credit_marks[event.person] = before


def people_carried(state: SessionState, event: e.PeopleCarried) -> None:
    state.last_chat = event.last_chat
    for one in event.people:
        known = state.people.get(one.author.id)
        if known is None:
            host = state.is_host(one.author)
            known = Person(one.author, host, one.new, first_at=one.first_at, last_at=one.last_at)
            state.people[one.author.id] = known
        known.carried = True
        known.newcomer = known.newcomer and one.new
        known.last_at = max(known.last_at, one.last_at)
        if one.greeted_by is not None and known.greeting is None:
            known.replied = Mark(one.greeted_by, one.greeted_at)
        if one.muted_by is not None and known.muted is None and known.posts == 0:
            known.muted = Mark(one.muted_by, event.at)


def accounts_joined(state: SessionState, event: e.AccountsJoined) -> None:
    known = {person: account for person, account in event.accounts if person in state.people}
    before = (state.joined, {person: state.people[person].newcomer for person in known})
    note_action(state, event, before, ("accounts", ""))
    state.joined = {**(state.joined or {}), **known}
    for person in known:
        state.people[person].newcomer = False


def part_accounts(
    state: SessionState, _event: e.AccountsJoined, before: tuple[dict[str, str] | None, dict[str, bool]]
) -> None:
    state.joined, newcomers = before
    for person, newcomer in newcomers.items():
        state.people[person].newcomer = newcomer
