"""What somebody who only looks is given: no notes, tags, muted or hidden things, and no speaker notes.

A stream is filtered batch by batch. A post that is hidden when a batch is read is left out with all that concerns it.
A post that the stream carried before it was hidden is followed by the `post_hidden`, so that the screen can drop it;
one that was left out and is shown again later comes with the next reading from the start.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.events import AnyEvent, UnknownEvent
from sessions.core.plan import Question
from sessions.core.state import SessionState
from sessions.hub.server.log import Entry, EventLog

_NEVER = (
    e.NoteAdded, e.PersonTagged, e.SpendingAllowed, e.PostingBegun, e.PostingDone, e.PostingFailed, UnknownEvent,
)  # fmt: skip
_FOLDING = (e.PostHidden, e.PostShown)
_MUTING = (e.PersonMuted, e.PersonUnmuted)
_ON_POSTS = (
    e.PostEdited, e.PostRemoved, e.PostFiled, e.PostHighlighted, e.PostUnhighlighted, e.PostRedacted,
)  # fmt: skip
_ON_PEOPLE = (e.PersonHighlighted, e.PersonUnhighlighted, e.PersonGreeted)


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
        given = [shown for entry in batch if self._passes(entry.event) and (shown := _without_notes(entry))]
        if batch:
            self._after = batch[-1].event.seq
        return given

    def _passes(self, event: AnyEvent) -> bool:
        if isinstance(event, _NEVER):
            return False
        if isinstance(event, e.PostSeen):
            return event.post.id not in self._withheld
        if isinstance(event, _ON_POSTS):
            return event.post not in self._withheld
        if isinstance(event, _FOLDING):
            return self._carried(event.post, event.seq)
        if isinstance(event, _MUTING):
            return any(self._carried(post, event.seq) for post in self._posts_of(event.person))
        if isinstance(event, _ON_PEOPLE):
            person = self._state.people.get(event.person)
            return person is None or person.muted is None
        if isinstance(event, e.Undone):
            undone = self._log.event(event.undoes)
            return undone is not None and self._passes(undone)
        return True

    def _folded(self, post: str) -> bool:
        """Whether a moderator put the post out of sight; one that its author removed is told as removed."""
        layer = self._state.layers.get(post)
        author = self._state.people[self._state.posts[post].post.author.id]
        return author.muted is not None or (layer is not None and layer.hidden is not None)

    def _carried(self, post: str, seq: int) -> bool:
        """Whether the observer had the post before the event `seq` came; what is past comes as it is by now."""
        seen = self._state.posts.get(post)
        had = self._after if seq > self._present else self._first
        return seen is not None and seen.seq <= had and post not in self._withheld

    def _posts_of(self, person: str) -> list[str]:
        return [post for post, seen in self._state.posts.items() if seen.post.author.id == person]


def _without_notes(entry: Entry) -> Entry:
    """The entry without what a plan's author wrote for the speaker alone."""
    event = entry.event
    if isinstance(event, e.SessionOpened) and any(question.notes for question in event.plan.questions):
        questions = tuple(_bare(question) for question in event.plan.questions)
        return Entry(replace(event, plan=replace(event.plan, questions=questions)))
    if isinstance(event, e.QuestionAdded) and event.question.notes:
        return Entry(replace(event, question=_bare(event.question)))
    if isinstance(event, e.QuestionEdited) and event.notes:
        return Entry(replace(event, notes=""))
    return entry


def _bare(question: Question) -> Question:
    return replace(question, notes="")
