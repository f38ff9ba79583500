"""What every network is to somebody who looks something up: pages of posts that were found, newest first."""

from typing import Protocol

import msgspec

from sessions.core.events import LooksFor
from sessions.core.posts import Post

PAGE = 40
"""Posts that a page has at most where pages cost nothing."""


class Query(msgspec.Struct, frozen=True):
    """What is looked up; `text` is a hashtag without `#`, words, or a handle without `@`."""

    looks_for: LooksFor
    text: str

    @property
    def words(self) -> str:
        """As it is typed: `#PBL`, `@ana@school.example`, `exit ticket`."""
        return f"{_MARKS[self.looks_for]}{self.text}"


_MARKS: dict[LooksFor, str] = {"tag": "#", "words": "", "person": "@"}


class FoundPage(msgspec.Struct, frozen=True):
    """Posts that were found, newest first. `next` is where the next page is, None where there is none; `spent` what
    this one has cost, in thousandths of a dollar."""

    posts: tuple[Post, ...]
    next: str | None = None
    spent: int = 0


class Finder(Protocol):
    """Looks up at one network, or one server of it, with the sign-in that there is for it, or with none."""

    async def find(self, query: Query, place: str | None = None) -> FoundPage:
        """A page of what is public; `place` is the `next` of the page before. Raises `NetworkError`."""
        ...

    async def aclose(self) -> None:
        """Let go of its connections."""
        ...


def query_of(typed: str) -> Query | None:
    """What somebody means by what they typed: `#PBL` a hashtag, `@ana` a person, all else words; None for nothing.

    A mark within words is a part of them.
    """
    text = " ".join(typed.split())
    bare = text[1:].strip()
    if text[:1] in ("#", "\uff03") and bare and " " not in bare:
        return Query("tag", bare.lstrip("#\uff03")) if bare.strip("#\uff03") else None
    if text[:1] in ("@", "\uff20") and bare and " " not in bare:
        return Query("person", bare.lstrip("@")) if bare.strip("@") else None
    return Query("words", text) if text.strip("#@\uff03\uff20 ") else None
