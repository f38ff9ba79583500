"""What a month of a channel takes over of those who are known: who is new since the last chat, whom one greeted.

Pure.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from sessions.core.events import KnownPerson
from sessions.core.state import Mark, Person, SessionState

CARRIED_FOR = 183 * 86_400_000
"""Milliseconds after which somebody who posted nothing any more is not taken along: half a year."""


class Carried(msgspec.Struct, frozen=True):
    """What `people_carried` holds."""

    people: tuple[KnownPerson, ...]
    last_chat: int | None


def carried(before: SessionState | None, chats: Sequence[SessionState], at: int) -> Carried:
    """Who is known at this moment (UTC milliseconds), by a month of the channel and by chats that it does not know yet.

    Hosts are not among them. Who was in one of the chats is not new any more, and greeted if they were greeted there.
    """
    known: dict[str, KnownPerson] = {}
    if before is not None:
        known = {who: _known(person, person.newcomer) for who, person in before.people.items() if not person.host}
    for chat in sorted(chats, key=lambda one: one.opened_at):
        for person in chat.present():
            if not person.host:
                _meet(known, person)
    known_chats = [] if before is None or before.last_chat is None else [before.last_chat]
    last_chat = max([*known_chats, *(chat.opened_at for chat in chats)], default=None)
    people = [
        replace(one, new=one.new and (last_chat is None or one.first_at > last_chat))
        for one in known.values()
        if at - one.last_at <= CARRIED_FOR
    ]
    return Carried(tuple(people), last_chat)


def differing(state: SessionState, found: Carried) -> Carried | None:
    """What of it a month does not say yet; None where it says all."""
    new = [one for one in found.people if not _says(state.people.get(one.author.id), one)]
    return Carried(tuple(new), found.last_chat) if new or found.last_chat != state.last_chat else None


def _says(person: Person | None, one: KnownPerson) -> bool:
    if person is None or (person.newcomer and not one.new) or person.last_at < one.last_at:
        return False
    return person.greeting is not None or one.greeted_by is None


def _meet(known: dict[str, KnownPerson], person: Person) -> None:
    """Somebody was in a chat."""
    who = person.author.id
    now = _known(person, False)
    before = known.get(who)
    if before is not None:
        greeted = before if now.greeted_by is None else now
        now = replace(
            now,
            first_at=min(before.first_at, now.first_at),
            last_at=max(before.last_at, now.last_at),
            greeted_by=greeted.greeted_by,
            greeted_at=greeted.greeted_at,
            muted_by=now.muted_by or before.muted_by,
        )
    known[who] = now


def _known(person: Person, new: bool) -> KnownPerson:
    mark: Mark = person.greeting or Mark("", 0)
    return KnownPerson(
        author=person.author,
        first_at=person.first_at,
        last_at=person.last_at,
        new=new,
        greeted_by=mark.by or None,
        greeted_at=mark.at,
        muted_by=person.muted.by if person.muted is not None else None,
    )
