"""Whether two chats are one, whatever their ids: two libraries may have imported the same archive, each by itself.

Posts are the same by their ids, or by author and words; of whoever was forgotten in one of the two nothing is left but
the moment at which they posted.
"""

from collections.abc import Iterable, Sequence

import msgspec

from sessions.core.events import AnyEvent, PostSeen
from sessions.core.identity import is_pseudonym
from sessions.core.posts import Author, Post
from sessions.files.errors import StorageError
from sessions.library.index import Summary
from sessions.library.storage.reading import read_events

SAME_CHAT = 0.5
"""The share of a chat's posts from which a saved chat that holds them is the same one."""

DAY = 24 * 60 * 60 * 1000
"""Milliseconds by which two copies of one chat may lie apart: one may have been saved with a wrong zone."""


class Contents(msgspec.Struct, frozen=True):
    """What is compared of a chat: its authors, the ids of its posts, and what is left of them without."""

    authors: tuple[Author, ...]
    ids: frozenset[str]
    prints: frozenset[int]

    def share_of(self, posts: Sequence[Post]) -> float:
        """The share of these posts that the chat holds, 0 to 1."""
        return sum(post.id in self.ids or _print(post) in self.prints for post in posts) / len(posts) if posts else 0.0


def contents_of(events: Iterable[AnyEvent]) -> Contents:
    """What a chat with these events holds."""
    posts = [event.post for event in events if isinstance(event, PostSeen)]
    said = (_print(post) for post in posts if post.text)
    return Contents(
        authors=tuple({post.author.id: post.author for post in posts}.values()),
        ids=frozenset(post.id for post in posts),
        prints=frozenset((*said, *(_moment(post) for post in posts))),
    )


def same_chat(posts: Sequence[Post], chats: Iterable[Summary]) -> Summary | None:
    """Of saved chats the one that holds most of these posts (in the order of time), where any is the same chat; blocks.

    Rehearsals are none. Those of other days are not read, and those that cannot be read are passed by.
    """
    best: tuple[float, Summary] | None = None
    for chat in chats if posts else ():
        apart = chat.started > posts[-1].posted_at + DAY or (chat.ended or chat.started) < posts[0].posted_at - DAY
        if apart or chat.damaged or chat.rehearsal:
            continue
        try:
            share = contents_of(read_events(chat.path)).share_of(posts)
        except StorageError:
            continue
        if share >= SAME_CHAT and (best is None or share > best[0]):
            best = share, chat
    return None if best is None else best[1]


def _print(post: Post) -> int:
    """Author and words of a post, whatever its id; of whoever was forgotten the moment."""
    if is_pseudonym(post.author.id):
        return _moment(post)
    return hash(((post.author.handle or post.author.id).casefold(), post.text))


def _moment(post: Post) -> int:
    return hash(("", post.posted_at))
