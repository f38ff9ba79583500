"""Who put the questions of a chat, which posts put them, and which labels are answered that no question has.

Hosts are those who put questions first; whoever shares them again, in whatever way, is none.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec

from sessions.core.filing import kinds
from sessions.core.filing.labels import split_label
from sessions.core.filing.words import copied, likeness, words_said
from sessions.core.plan import label_number
from sessions.core.posts import Post

_ALIKE = 0.7

SEVERAL = 3
"""People from whom on a label that they answer is that of a question."""

_ANNOUNCED = 15 * 60_000
"""Milliseconds up to which a post may only announce the question that follows it under the same label."""

_SENTENCE = 4
"""Words from which on a post says more than that a question comes."""


class Asked(msgspec.Struct, frozen=True):
    """A post that puts a question: its label as typed and what stands behind it."""

    post: Post
    label: str
    words: str


class Unasked(msgspec.Struct, frozen=True):
    """A label that is answered and no question has: how many answers by how many people, and the first."""

    label: str
    answers: int
    people: int
    first: Post


class Asking(msgspec.Struct, frozen=True):
    """The `hosts` (ids of authors), the posts that put the questions, in the order of time, and what is answered
    without one.

    `maybe` are the ids of those who put something with a label of a question, where nobody is host.
    """

    hosts: tuple[str, ...]
    questions: tuple[Asked, ...]
    unasked: tuple[Unasked, ...]
    maybe: tuple[str, ...] = ()


def asking(posts: Sequence[Post], named: Collection[str] = ()) -> Asking:
    """Who asked what in these posts (in the order of time), with the hosts `named` (ids) where somebody says them."""
    return _Labelled(posts).asking(tuple(named))


def puts_questions(posts: Sequence[Post]) -> bool:
    """Whether one person put two labelled questions, as the first or in the words of the first."""
    labelled = _Labelled(posts)
    labels: dict[str, int] = {}
    for label in labelled.labels():
        for who in labelled.alike(label):
            labels[who] = labels.get(who, 0) + 1
    return any(number >= 2 for number in labels.values())


class _Labelled:
    """The posts with a label, by what the label says."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self._asked: dict[str, list[Asked]] = {}
        self._answers: dict[str, list[Post]] = {}
        for post in posts:
            found = None if post.repost_of is not None else split_label(post.text)
            if found is None or copied(post.text) is not None:
                continue
            label, words = found
            if label.letter == "A":
                self._answers.setdefault(label_key(label.number), []).append(post)
            elif not kinds.heads_up(post.text):
                self._asked.setdefault(label_key(label.number), []).append(Asked(post, label.number, words))
        self._first = {label: _question(found, self._answered(label)) for label, found in self._asked.items()}
        self._who = {
            label: {one.post.author.id for one in found if _same(one, self._first[label])}
            for label, found in self._asked.items()
        }

    def labels(self) -> Iterator[str]:
        """The labels under which something was put."""
        return iter(self._asked)

    def alike(self, label: str) -> set[str]:
        """Who put the question of a label or shared it."""
        return self._who[label]

    def asking(self, named: tuple[str, ...]) -> Asking:
        put = self._put()
        hosts = named or self._hosts(put)
        questions: list[Asked] = []
        for label, found in self._asked.items():
            theirs = [one for one in found if one.post.author.id in hosts]
            first = _question(theirs, self._answered(label)) if theirs else self._first[label]
            if theirs or (hosts and self._several(label) and "?" in first.words):
                questions.append(first)
        questions.sort(key=lambda one: one.post.posted_at)
        return Asking(hosts, tuple(questions), self._unasked(questions), () if hosts else tuple(put))

    def _put(self) -> dict[str, list[str]]:
        """The labels whose question each author (by id) put first; of several at one instant who did so most often."""
        firsts: dict[str, set[str]] = {}
        for label, found in self._asked.items():
            first = self._first[label]
            at_once = [one for one in found if one.post.posted_at == first.post.posted_at and _same(one, first)]
            firsts[label] = {one.post.author.id for one in at_once}
        often = Counter(who for authors in firsts.values() for who in authors)
        put: dict[str, list[str]] = {}
        for label, authors in firsts.items():
            most = max(often[who] for who in authors)
            for one in self._asked[label]:
                who = one.post.author.id
                if who in authors and often[who] == most and label not in put.setdefault(who, []):
                    put[who].append(label)
        return put

    def _hosts(self, put: dict[str, list[str]]) -> tuple[str, ...]:
        """Who put two questions, or one that several people answered, and shared no more of them than they put."""
        repeated = Counter(who for authors in self._who.values() for who in authors)
        leading = {who: labels for who, labels in put.items() if repeated[who] <= 2 * len(labels)}
        sure = tuple(who for who, labels in leading.items() if self._puts_questions(labels, repeated[who]))
        return sure or tuple(who for who, labels in leading.items() if len(labels) >= 2)

    def _puts_questions(self, labels: Sequence[str], repeated: int) -> bool:
        """Whether what an author put under these labels was meant as questions, and no answers by a slip."""
        asks = [label for label in labels if "?" in self._first[label].words]
        if len(labels) == 1:
            return repeated == 1 and bool(asks) and self._several(labels[0])
        return 2 * len({*asks, *filter(self._several, labels)}) >= len(labels)

    def _several(self, label: str) -> bool:
        return len({post.author.id for post in self._answers_to(label)}) >= SEVERAL

    def _answered(self, label: str) -> int | None:
        """When the label was answered first (UTC milliseconds)."""
        return min((post.posted_at for post in self._answers_to(label)), default=None)

    def _answers_to(self, label: str) -> list[Post]:
        """The answers with a label, and those to `1` for `1a`."""
        base = str(label_number(label))
        return [post for one in dict.fromkeys((label, base)) for post in self._answers.get(one, ())]

    def _unasked(self, questions: Sequence[Asked]) -> tuple[Unasked, ...]:
        known = {label_number(one.label) for one in questions}
        found = []
        for label, posts in self._answers.items():
            if label_number(label) not in known:
                found.append(Unasked(label, len(posts), len({post.author.id for post in posts}), posts[0]))
        return tuple(found)


def _question(found: Sequence[Asked], answered: int | None) -> Asked:
    """Of what was put under one label the post with the question: the first, unless that only announces it.

    What follows `answered` (UTC milliseconds), the first answer, is no longer the question.
    """
    first, *later = found
    for one in later:
        behind_answer = answered is not None and first.post.posted_at < answered <= one.post.posted_at
        if behind_answer or one.post.posted_at - first.post.posted_at > _ANNOUNCED:
            break
        if _says(one) > _says(first) and not _same(one, first):
            first = one
    return first


def _says(one: Asked) -> tuple[bool, bool]:
    """How much what stands behind a label looks like a question."""
    return "?" in one.words, len(words_said(one.words)) >= _SENTENCE


def _same(one: Asked, other: Asked) -> bool:
    """Whether two posts put the same question, be it with a word more."""
    return one.words == other.words or likeness(one.words, other.words) >= _ALIKE


def label_key(number: str) -> str:
    """A label's number as it is compared: `Q01` is `Q1`, `Q1A` is `Q1a`."""
    return number.casefold().lstrip("0") or "0"
