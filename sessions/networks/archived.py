"""What a network makes of the JSON that its own programs and interfaces save: the same posts as it gives live. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from sessions.core.posts import Post

NO_TIME = 4_102_444_800_000
"""What a post is dated whose time cannot be read (UTC milliseconds: the year 2100): it is then skipped."""

OLDEST = 631_152_000_000
"""The time (UTC milliseconds: the year 1990) before which no post can be."""

PRIVATE = "a private post"
UNREADABLE = "not in the form in which its network writes posts"
UNDATED = "no time that can be read"

_HANDLE = re.compile(r"[\w.@-]{1,320}")


class ArchivedValue(msgspec.Struct, frozen=True):
    """A JSON object of an archive: its `place` in the file (its line, or its number from 1), and `beside` what stood
    around it, such as the users to whom its ids belong."""

    place: int
    value: Mapping[str, Any]
    beside: Mapping[str, Any] = {}


class ArchivedPosts(msgspec.Struct, frozen=True):
    """The posts of an archive, each with its place, and the places of those that are none, with why in words."""

    posts: tuple[tuple[int, Post], ...]
    skipped: tuple[tuple[int, str], ...] = ()


class ArchiveOwner(msgspec.Struct, frozen=True):
    """Whose own archive it is, for what does not say who wrote it; all empty where that is not known."""

    handle: str = ""
    name: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Archiving:
    """How a network's own JSON is read. `knows` tells by an object and what stood around it whether it is a post of it,
    `read` makes posts of all that are, `nameless` tells whether one says nothing of who wrote it."""

    knows: Callable[[ArchivedValue], bool]
    read: Callable[[Sequence[ArchivedValue], ArchiveOwner], ArchivedPosts]
    nameless: Callable[[ArchivedValue], bool] = lambda _value: False


def gathered(values: Sequence[ArchivedValue], post_of: Callable[[ArchivedValue], Post | str | None]) -> ArchivedPosts:
    """The posts of the values; `post_of` gives one, or why it is none, or None for one that cannot be read."""
    posts: list[tuple[int, Post]] = []
    skipped: list[tuple[int, str]] = []
    for one in values:
        post = post_of(one)
        if not isinstance(post, Post):
            skipped.append((one.place, post or UNREADABLE))
        elif not OLDEST <= post.posted_at < NO_TIME:
            skipped.append((one.place, UNDATED))
        elif not post.text:
            skipped.append((one.place, "no words in it"))
        else:
            posts.append((one.place, post))
    return ArchivedPosts(tuple(posts), tuple(skipped))


def is_handle(said: str) -> bool:
    """Whether an account may be called so: what has blanks or braces in it is no handle."""
    return _HANDLE.fullmatch(said) is not None
