"""Taking saved chats into people.json: one that has just been closed, or all of them anew."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sessions.core.events import AnyEvent
from sessions.core.evolve import fold
from sessions.core.state import SessionState
from sessions.files.errors import DamagedPeople, StorageError
from sessions.library.library import Library
from sessions.library.people import Aside, PeopleFile
from sessions.library.storage.reading import read_events


class Rebuilt(msgspec.Struct, frozen=True):
    """What a rebuild came to: how many people in how many chats, chats that could not be read, and a damaged
    people.json that was moved aside.
    """

    people: int
    chats: int
    unreadable: tuple[Path, ...] = ()
    aside: Aside | None = None


def rebuild_people(library: Library) -> Rebuilt:
    """Make people.json anew from all saved chats but rehearsals, keeping what moderators wrote.

    A damaged one is moved aside first; what was written in it is then lost to us, not to whoever opens it, unless only
    its encoding was another.
    """
    unreadable: list[Path] = []
    count = 0

    def chats() -> Iterator[tuple[str, SessionState]]:
        nonlocal count
        for saved in reversed(library.saved_chats()):
            if saved.rehearsal:
                continue
            try:
                state = fold(read_events(saved.path))
            except StorageError:
                unreadable.append(saved.path)
                continue
            count += 1
            yield saved.id, state

    register, aside = PeopleFile(library.folder).rebuild(chats)
    return Rebuilt(people=len(register), chats=count, unreadable=tuple(unreadable), aside=aside)


def note_session(library: Library, session: str, events: Sequence[AnyEvent]) -> Rebuilt | None:
    """Take a chat that has just been closed, imported or copied into people.json; again changes nothing.

    Where there is no people.json yet, or a damaged one, it is made of all saved chats, and what `rebuild_people` gives
    is given. Raises `LibraryError` or `SaveFailed`; the chat itself is not touched.
    """
    state = fold(events)
    if state.rehearsal:
        return None
    people = PeopleFile(library.folder)
    if people.exists():
        with contextlib.suppress(DamagedPeople):
            people.change(lambda register: register.note(session, state))
            return None
    return rebuild_people(library)
