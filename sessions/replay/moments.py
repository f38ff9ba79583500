"""Where a replay is worth stopping, and how lively the chat was. Positions are as in `sessions.replay`."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from sessions.core.events import AnyEvent, PersonHighlighted, PostHighlighted, PostSeen, QuestionAsked
from sessions.core.state import Mark, SessionState

MomentKind = Literal["question", "newcomer", "star"]


class Moment(msgspec.Struct, frozen=True):
    """A question was asked, a newcomer posted for the first time, or a star was given.

    `subject` is the id of the question, the person, or of the post or person with the star.
    """

    kind: MomentKind
    position: int
    seq: int
    subject: str


class Cell(msgspec.Struct, frozen=True):
    """One cell of a sparkline: from `start` up to `end`, `posts` in it; all cells are of one length."""

    start: int
    end: int
    posts: int
    questions: tuple[Moment, ...] = ()


class Activity:
    """Posts along the way. `positions` are those of all posts in order, `questions` the moments they were asked."""

    def __init__(self, positions: Sequence[int], length: int, questions: Sequence[Moment]) -> None:
        self._positions = positions
        self._length = length
        self._questions = questions
        self._asked = [moment.position for moment in questions]

    def cells(self, count: int) -> tuple[Cell, ...]:
        """The whole session in `count` cells of the same length; each post and each question is in exactly one."""
        whole = self._length + 1
        edges = [whole * edge // count for edge in range(count + 1)] if count > 0 else []
        return tuple(self._cell(start, end) for start, end in pairwise(edges))

    def _cell(self, start: int, end: int) -> Cell:
        posts = self._count(start, end)
        asked = self._questions[bisect_left(self._asked, start) : bisect_left(self._asked, end)]
        return Cell(start, end, posts, tuple(asked))

    def _count(self, start: int, end: int) -> int:
        return bisect_left(self._positions, end) - bisect_left(self._positions, start)


def post_positions(seqs: Sequence[int], positions: Sequence[int], final: SessionState) -> list[int]:
    """Where each post came, in order; a post that came twice counts once. `seqs` and `positions` are the events'."""
    came = {seen.seq for seen in final.posts.values()}
    return [position for seq, position in zip(seqs, positions, strict=True) if seq in came]


def find_moments(events: Sequence[AnyEvent], positions: Sequence[int], final: SessionState) -> tuple[Moment, ...]:
    """All moments in order. `positions` are those of the events, `final` is the state at the end: what was undone or
    taken back by then is none."""
    welcomed: set[str] = set()
    found = []
    for event, position in zip(events, positions, strict=True):
        if isinstance(event, PostSeen) and event.post.author.id in welcomed:
            continue  # by a glance: nearly all of a long chat's events are such posts
        found += [Moment(kind, position, event.seq, subject) for kind, subject in _moment(event, final, welcomed)]
    return tuple(found)


def _moment(event: AnyEvent, final: SessionState, welcomed: set[str]) -> Iterator[tuple[MomentKind, str]]:
    if isinstance(event, PostSeen):
        person = event.post.author.id
        if _came(final, event) and person not in welcomed:
            welcomed.add(person)
            if _new(final, person):
                yield "newcomer", person
    elif isinstance(event, QuestionAsked):
        if event.seq not in final.undone and event.question in final.questions:
            yield "question", event.question
    elif isinstance(event, PostHighlighted):
        layer = final.layers.get(event.post)
        if layer is not None and not final.folded(event.post) and layer.starred == _mark(event):
            yield "star", event.post
    elif isinstance(event, PersonHighlighted):
        person_now = final.people.get(event.person)
        if person_now is not None and person_now.muted is None and person_now.starred == _mark(event):
            yield "star", event.person


def _came(final: SessionState, event: PostSeen) -> bool:
    """Whether this is the event with which the post came."""
    return final.posts[event.post.id].seq == event.seq


def _new(final: SessionState, person: str) -> bool:
    """Whether the desk had this person among those to greet; in a first chat only who says so is."""
    known = final.people[person]
    new = known.newcomer and (known.says_new or not final.first)
    return new and known.posts > 0 and not known.host and known.muted is None


def _mark(event: PostHighlighted | PersonHighlighted) -> Mark:
    return Mark(event.by or "", event.at)
