"""A recorded chat as the practice source re-enacts it, and who hosts it."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar, overload

import msgspec

from sessions.core.cleaning import clean_handle, clean_text
from sessions.core.identity import plain_handle
from sessions.core.plan import Host
from sessions.core.posts import Author, Post
from sessions.networks.source import SourceError

NETWORK = "practice"
"""What the ids of re-enacted posts and people begin with."""

_QUESTION_LABEL = re.compile(r"(?:[.…:\s]|[#@]\w+\s)*(?:q|question)\.?\s?(\d{1,2}[a-z]?)\b(?!['’])", re.IGNORECASE)


class ChatFileError(SourceError):
    """A recording cannot be read; the message names the file and, where there is one, the line."""


class Outline(Protocol):
    """What is known of a recorded post before it is made; a post is one, too. `text` may not be cleaned yet."""

    @property
    def id(self) -> str: ...

    @property
    def author(self) -> Author: ...

    @property
    def posted_at(self) -> int: ...

    @property
    def text(self) -> str: ...

    @property
    def repost_of(self) -> str | None: ...


Known = TypeVar("Known", bound=Outline)


class PostsOnDemand(Sequence[Post], Generic[Known]):
    """Posts of which each is made of its outline when it is asked for: cleaning all of a long chat takes seconds."""

    def __init__(self, outlines: Sequence[Known], make: Callable[[Known], Post]) -> None:
        self.outlines = outlines
        self._make = make

    def __len__(self) -> int:
        return len(self.outlines)

    @overload
    def __getitem__(self, place: int) -> Post: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Post, ...]: ...

    def __getitem__(self, place: int | slice) -> Post | tuple[Post, ...]:
        if isinstance(place, slice):
            return tuple(map(self._make, self.outlines[place]))
        return self._make(self.outlines[place])


class Recording(msgspec.Struct, frozen=True):
    """A recorded chat: its posts in the recorded order with the times that they had then, and the hosts it names."""

    posts: Sequence[Post]
    hosts: tuple[Host, ...] = ()

    @property
    def outlines(self) -> Sequence[Outline]:
        """As much of each post as costs nothing to have."""
        return self.posts.outlines if isinstance(self.posts, PostsOnDemand) else self.posts


def hosts_of(recording: Recording, planned: Sequence[Host], named: Sequence[str], where: str) -> tuple[Host, ...]:
    """Who hosts the recorded chat, with the handles they have in it.

    The hosts of the plan who post in it and the handles `named` on the command line; else those that a session
    file names; else who wrote two or more question labels. Raises `SourceError` for a name that never posts;
    `where` is how the message calls the recording.
    """
    posts = recording.outlines
    authors = {post.author.id: post.author for post in posts}
    by_handle = {author.handle.casefold(): author for author in authors.values() if author.handle}
    found: dict[str, Host] = {}
    for host in planned:
        for handle in host.handles:
            author = by_handle.get(plain_handle(handle)) or by_handle.get(plain_handle(handle).partition("@")[0])
            if author is not None:
                found[author.id] = Host(name=host.name, handles=(f"{NETWORK}:{author.handle}",))
    for handle in named:
        author = by_handle.get(plain_handle(handle))
        if author is None:
            known = ", ".join(f"@{author.handle}" for author in _busiest(posts, 3))
            raise SourceError(f"--host {clean_handle(handle)}: never posts in {where}; who posts most: {known}")
        found.setdefault(author.id, _as_host(author))
    if found:
        return tuple(found.values())
    return recording.hosts or tuple(_as_host(author) for author in _question_askers(posts))


def _as_host(author: Author) -> Host:
    return Host(name=author.shown, handles=(f"{NETWORK}:{author.handle}",))


def _busiest(posts: Iterable[Outline], count: int) -> list[Author]:
    numbers: dict[Author, int] = {}
    for post in posts:
        numbers[post.author] = numbers.get(post.author, 0) + 1
    return sorted(numbers, key=lambda author: -numbers[author])[:count]


def _question_askers(posts: Iterable[Outline]) -> list[Author]:
    labels: dict[str, set[str]] = {}
    authors: dict[str, Author] = {}
    for post in posts:
        if "q" not in post.text and "Q" not in post.text:  # most, which then need not be cleaned
            continue
        match = _QUESTION_LABEL.match(clean_text(post.text))
        if match and post.repost_of is None:
            labels.setdefault(post.author.id, set()).add(match[1].casefold())
            authors.setdefault(post.author.id, post.author)
    return [authors[person] for person, asked in labels.items() if len(asked) >= 2]
