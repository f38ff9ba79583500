"""One scene of the built-in cast: its lines, and the means to add to them."""

import random
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from sessions.core.hashtags import tags_of
from sessions.core.identity import plain_handle
from sessions.core.posts import Author, Post
from sessions.rehearsal.cast_text import Teacher
from sessions.rehearsal.recording import NETWORK

SECOND, MINUTE = 1_000, 60_000
"""Chat milliseconds."""

_TAGGED = 0.9
_TAGGED_REPLY = 0.5
_NATIVE_REPOST = 0.55

T = TypeVar("T")


class Line(msgspec.Struct, frozen=True):
    """A post (whose `posted_at` is not known yet) and how many chat milliseconds after its scene begins it is due."""

    after: float
    post: Post


def author_named(name: str, handle: str) -> Author:
    """The account of somebody in the cast."""
    return Author(id=f"{NETWORK}:{plain_handle(handle)}", handle=handle, name=name)


def author_of(teacher: Teacher) -> Author:
    """The account of a teacher."""
    return author_named(teacher.name, teacher.handle)


class Scene:
    """Collects the lines of one scene. Ids are counted within it, so that they are the same after a restart."""

    def __init__(self, name: str, rng: random.Random, tag: str) -> None:
        self.rng = rng
        self.lines: list[Line] = []
        self._name = name
        self._tag = tag
        self._due: dict[str, float] = {}

    def chance(self, share: float) -> bool:
        """True in `share` of the cases."""
        return self.rng.random() < share

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        return self.rng.sample(items, len(items))

    def spread(self, count: int, first: float, last: float) -> list[float]:
        """`count` moments from `first` to `last`, one in each equal share of the time between."""
        share = max(last - first, 0) / max(count, 1)
        return [first + (number + self.rng.random()) * share for number in range(count)]

    def say(
        self,
        after: float,
        author: Author,
        text: str,
        *,
        reply_to: Post | None = None,
        name: str = "",
        plain: bool = False,
    ) -> Post:
        """Add a post; the chat's hashtag is put behind it as people do, never where it is `plain`."""
        share = _TAGGED_REPLY if reply_to is not None else 1.0 if name else _TAGGED
        if self._tag and not plain and f"#{self._tag}".casefold() not in text.casefold() and self.chance(share):
            text = f"{text} #{self._tag}"
        post = Post(
            id=f"{NETWORK}:cast:{self._name}:{name or len(self.lines)}",
            author=author,
            text=text,
            posted_at=0,
            reply_to=reply_to.id if reply_to is not None else None,
            tags=tags_of(text),
        )
        return self._add(after, post)

    def reply(
        self, to: Post, author: Author, addressed: Teacher, lines: Sequence[str], *, after: float | None = None
    ) -> Post:
        """Add a reply to `to`, which `addressed` wrote, with one of the lines; `after` counts from that post."""
        line = self.rng.choice(lines).format(first=addressed.first)
        delay = after if after is not None else self.rng.uniform(20, 110) * SECOND
        return self.say(self._due[to.id] + delay, author, f"@{addressed.handle} {line}", reply_to=to)

    def share(self, post: Post, people: Sequence[Author], *, within: float) -> None:
        """Let these people repost it, some as the network does it, some by hand (`RT @who: ...`)."""
        for place, author in enumerate(people):
            if author == post.author:
                continue
            native = self.chance(_NATIVE_REPOST)
            copy = Post(
                id=f"{NETWORK}:cast:{self._name}:{len(self.lines)}",
                author=author,
                text=post.text if native else f"RT @{post.author.handle}: {post.text}",
                posted_at=0,
                repost_of=post.id if native else None,
                tags=post.tags,
            )
            share = within / len(people)
            self._add(self._due[post.id] + (place + self.rng.uniform(0.1, 1)) * share, copy)

    def _add(self, after: float, post: Post) -> Post:
        self._due[post.id] = after
        self.lines.append(Line(after, post))
        return post
