"""What somebody who only looks is given: no notes, tags, muted or hidden things, and no speaker notes.

A post with a muted word is a hidden one to them.

Nor posts whose authors ask networks to show them to nobody who is not signed in: an invite to look on is no sign-in.

A stream is filtered batch by batch. A post that is hidden when a batch is read is left out with all that concerns it.
A post that the stream carried before it was hidden is followed by the `post_hidden`, so that the screen can drop it;
one that was left out and is shown again later comes with the next reading from the start.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.events import AnyEvent, UnknownEvent
from sessions.core.plan import Question
from sessions.core.state import SessionState
from sessions.hub.server.log import Entry, EventLog


class ObserverView:
    """One observer's reading of a log, from behind the seq `after` that they already have.

    `state` is the fold of all that is in the log; it decides what is hidden now.
    """

    def __init__(self, log: EventLog, state: SessionState, after: int) -> None:
        self._log = log
        self._state = state
        self._first = self._after = after
        self._present = log.seq
        self._withheld: set[str] = set()

    def entries(self, batch: Sequence[Entry]) -> list[Entry]:
        """What the observer gets of the next entries of the log, which come in order and without gaps."""
        for entry in batch:
            if isinstance(entry.event, e.PostSeen) and self._folded(entry.event.post.id):
                self._withheld.add(entry.event.post.id)
        given = [_without_notes(entry) for entry in batch if self._passes(entry.event)]
        if batch:
            self._after = batch[-1].event.seq
        return given

    def _passes(self, event: AnyEvent) -> bool:
        if isinstance(event, UnknownEvent) or (isinstance(event, e.PostEdited) and self._has_muted_word(event.post)):
            return False
        return _PASSES[event.observers](self, event)

    def has_post(self, post: str) -> bool:
        """Whether the observer is given this post."""
        return post not in self._withheld and not self._is_for_signed_in(post)

    def had_post(self, post: str, seq: int) -> bool:
        """Whether the observer had the post before the event `seq` came; what is past comes as it is by now."""
        seen = self._state.posts.get(post)
        had = self._after if seq > self._present else self._first
        return seen is not None and seen.seq <= had and self.has_post(post)

    def had_posts_of(self, person: str, seq: int) -> bool:
        """The same of any post of a person."""
        theirs = (post for post, seen in self._state.posts.items() if seen.post.author.id == person)
        return any(self.had_post(post, seq) for post in theirs)

    def hears(self, person: str) -> bool:
        """Whether the person is not muted, and has written for all."""
        known = self._state.people.get(person)
        if known is None:
            return True
        theirs = (seen.post for seen in self._state.posts.values() if seen.post.author.id == person)
        return known.muted is None and any(not post.signed_in_only for post in theirs)

    def was_given(self, seq: int) -> bool:
        """Whether the observer was given the event `seq`."""
        undone = self._log.event(seq)
        return undone is not None and self._passes(undone)

    def _is_for_signed_in(self, post: str) -> bool:
        seen = self._state.posts.get(post)
        return seen is not None and seen.post.signed_in_only

    def _folded(self, post: str) -> bool:
        """Whether a moderator put the post out of sight; one that its author removed is told as removed."""
        layer = self._state.layers.get(post)
        author = self._state.people[self._state.posts[post].post.author.id]
        hidden = author.muted is not None or (layer is not None and layer.hidden is not None)
        return hidden or self._has_muted_word(post)

    def _has_muted_word(self, post: str) -> bool:
        return post in self._state.posts and self._state.muted_word(post) is not None


def _post_of(event: Any) -> str:
    return event.post.id if isinstance(event, e.PostSeen) else event.post


_PASSES: Mapping[e.Audience, Callable[[ObserverView, Any], bool]] = {
    "all": lambda _view, _event: True,
    "none": lambda _view, _event: False,
    "with_post": lambda view, event: view.has_post(_post_of(event)),
    "had_post": lambda view, event: view.had_post(event.post, event.seq),
    "with_person": lambda view, event: view.hears(event.person),
    "had_posts_of_person": lambda view, event: view.had_posts_of(event.person, event.seq),
    "as_undone": lambda view, event: view.was_given(event.undoes),
}
"""Whether an event passes, by what its class says of observers."""


def _without_notes(entry: Entry) -> Entry:
    """The entry without what a plan's author wrote for the moderators alone."""
    event = entry.event
    if isinstance(event, e.SessionOpened):
        plan = event.plan
        if plan.muted or any(question.notes for question in plan.questions):
            questions = tuple(_bare(question) for question in plan.questions)
            return Entry(replace(event, plan=replace(plan, questions=questions, muted=())))
    if isinstance(event, e.QuestionAdded) and event.question.notes:
        return Entry(replace(event, question=_bare(event.question)))
    if isinstance(event, e.QuestionEdited) and event.notes:
        return Entry(replace(event, notes=""))
    return entry


def _bare(question: Question) -> Question:
    return replace(question, notes="")
