"""Saved chats and people, as they travel between two libraries: `/v1/sessions` and `/v1/people`."""

from collections.abc import Sequence

import msgspec

from sessions.core.people import PersonRecord


class SavedView(msgspec.Struct, frozen=True):
    """A chat of the hub's library; `started` and `ended` are UTC milliseconds.

    `marks` are a few digests of when its posts came, by which it is known as the same under another id.
    """

    id: str
    date: str
    title: str
    hashtags: tuple[str, ...]
    series: str
    started: int
    ended: int | None
    rehearsal: bool
    events: int
    marks: tuple[str, ...] = ()


class SavedChats(msgspec.Struct, frozen=True):
    """The chats of the hub's library, newest first."""

    sessions: Sequence[SavedView]


class SavedChat(msgspec.Struct, frozen=True):
    """A closed session: its id, its title as it was last renamed, and its events as they are stored.

    The events are passed on byte for byte, because one of a later version may be among them.
    """

    id: str
    title: str
    events: Sequence[msgspec.Raw]


class Taken(msgspec.Struct, frozen=True):
    """Whether a chat was missing, or shorter, where it was sent."""

    taken: bool


class People(msgspec.Struct, frozen=True):
    """Everybody in a library's people.json."""

    people: Sequence[PersonRecord]


class Changed(msgspec.Struct, frozen=True):
    """Whether anything that was told of people was new."""

    changed: bool
