"""Who asks the questions of a chat, by the labels in front of them."""

from collections.abc import Sequence

import msgspec

from sessions.core.filing import kinds
from sessions.core.filing.labels import split_label
from sessions.core.filing.words import copied, likeness
from sessions.core.posts import Post

_ALIKE = 0.7


class Asked(msgspec.Struct, frozen=True):
    """A post that puts a question: its label as typed and what stands behind it."""

    post: Post
    label: str
    words: str


def asked_in(post: Post) -> Asked | None:
    """The question that the post puts by its label, or None: a repost or a heads-up puts none."""
    found = split_label(post.text)
    if found is None or found[0].letter != "Q" or post.repost_of is not None:
        return None
    if copied(post.text) is not None or kinds.heads_up(post.text):
        return None
    return Asked(post, found[0].number, found[1])


def question_labels(posts: Sequence[Post]) -> dict[str, set[str]]:
    """The labels of the questions that each author (by id) put: as the first one, or in words like the first one's."""
    first: dict[str, str] = {}
    labels: dict[str, set[str]] = {}
    for post in posts:
        asked = asked_in(post)
        if asked is None:
            continue
        label = asked.label.casefold()
        words = first.setdefault(label, asked.words)
        if words == asked.words or likeness(asked.words, words) >= _ALIKE:
            labels.setdefault(post.author.id, set()).add(label)
    return labels
