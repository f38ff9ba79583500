"""What libraries exchange and desks lend, as it travels between a desk and the hub."""

from collections.abc import Sequence

import msgspec

from sessions.core.people import PersonRecord


class People(msgspec.Struct, frozen=True):
    """Everybody in a library's people.json."""

    people: Sequence[PersonRecord]


class TravellingChat(msgspec.Struct, frozen=True):
    """A closed session: its id, its title as it was last renamed, and its events as they are stored."""

    id: str
    title: str
    events: Sequence[msgspec.Raw]


class Taken(msgspec.Struct, frozen=True):
    """Whether a chat was missing, or shorter, where it was sent."""

    taken: bool


class Lent(msgspec.Struct, frozen=True):
    """A sign-in that a hub reads with from now on: for which source, and the account's name."""

    source: str
    name: str


class Changed(msgspec.Struct, frozen=True):
    """Whether anything that was told of people was new."""

    changed: bool
