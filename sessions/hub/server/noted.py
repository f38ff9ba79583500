"""What people.json of the chat's computer says of somebody, to be told of those who come. Pure."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import astuple

from sessions.core.identity import canonical, handle_key
from sessions.core.people import PersonRecord
from sessions.core.posts import Author


class Noted(msgspec.Struct, frozen=True):
    """Where somebody teaches, their groups, and whether they are muted for good or in no recap, as `person_tagged` has
    it."""

    school: str
    level: str
    groups: tuple[str, ...]
    left_out: bool = False


Notes = Mapping[str, Noted]
"""What is noted of people, by the ids and handles of their accounts."""


def notes_of(people: Iterable[PersonRecord]) -> Notes:
    """What is noted of these; a handle that several of them have tells of none."""
    by_id: dict[str, Noted] = {}
    by_handle: dict[str, Noted | None] = {}
    for person in people:
        noted = Noted(person.school, person.level, person.groups, person.muted or person.recap == "no")
        for identifier in person.ids:
            by_id[canonical(identifier)] = noted
        for handle in person.handles:
            by_handle[handle] = None if handle in by_handle else noted
    found = {**{handle: noted for handle, noted in by_handle.items() if noted is not None}, **by_id}
    return {key: noted for key, noted in found.items() if any(astuple(noted))}


def noted_of(notes: Notes, author: Author) -> Noted | None:
    """What is noted of an author: by the id, else the handle on that network, else one that names no network."""
    keys = [canonical(author.id)]
    if author.handle:
        keys += [handle_key(author), author.handle.lstrip("@").casefold()]
    return next((notes[key] for key in keys if key in notes), None)
