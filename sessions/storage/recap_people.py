"""What the library's people.json says of the people of a chat whose recap is made."""

from pathlib import Path

import msgspec

from sessions.state import SessionState
from sessions.storage.people import read_people


class RecapPeople(msgspec.Struct, frozen=True):
    """`left_out` are the ids of those who are to be in no recap.

    `same` has the accounts that moderators joined: by the id of each further one that of the first one in the chat.
    """

    left_out: frozenset[str] = frozenset()
    same: dict[str, str] = {}


def recap_people(library: Path, state: SessionState) -> RecapPeople:
    """Who in this session has `recap = no` or is muted for good, with whatever account they came, and who is who.

    Blocks. Raises `StorageError` where people.json cannot be read: a recap made without it might name who asked not to
    be named.
    """
    people = read_people(library)
    left_out: set[str] = set()
    same: dict[str, str] = {}
    first: dict[int, str] = {}
    for one, person in state.people.items():
        record = people.of(person.author)
        if record is None:
            continue
        if record.recap == "no" or record.muted:
            left_out.add(one)
        account = first.setdefault(id(record), one)
        if account != one:
            same[one] = account
    return RecapPeople(frozenset(left_out), same)
