"""What another moderator just did something with, so that the rows of it are marked for a moment."""

from dataclasses import dataclass
from typing import Any

from sessions.core import events as e
from sessions.core.events import AnyEvent
from sessions.core.state import SessionState

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Handled:
    """Posts, people and questions by their ids."""

    posts: frozenset[str] = _NOBODY
    people: frozenset[str] = _NOBODY
    questions: frozenset[str] = _NOBODY

    def __or__(self, other: "Handled") -> "Handled":
        """Both."""
        return Handled(self.posts | other.posts, self.people | other.people, self.questions | other.questions)

    def __bool__(self) -> bool:
        return bool(self.posts or self.people or self.questions)


NOTHING = Handled()


def handled_by(state: SessionState, event: AnyEvent) -> Handled:
    """What the event is about; what is undone counts as well. Ask before the event is folded."""
    match event:
        case e.Undone():
            action = state.actions.get(event.undoes)
            return NOTHING if action is None else handled_by(state, action.event)
        case e.PostingBegun():
            return _subject(state, event.subject)
        case e.PostingDone() | e.PostingFailed():
            posting = state.postings.get(event.key)
            return NOTHING if posting is None else _subject(state, posting.begun.subject)
        case e.AnnouncingBegun():
            return _subject(state, event.subject)
        case e.AnnouncingDone() | e.AnnouncingFailed():
            known = state.announcements.get(event.key)
            return NOTHING if known is None else _subject(state, known.begun.subject)
        case e.PostSeen():
            return Handled(posts=frozenset((event.post.id,)))
        case e.QuestionAdded():
            return Handled(questions=frozenset((event.question.id,)))
    post, person, question = _id(event, "post"), _id(event, "person"), _id(event, "question")
    return Handled(post, person, _NOBODY if post else question)


def _subject(state: SessionState, subject: str) -> Handled:
    """The question that was posted, or the person who was greeted."""
    found = frozenset((subject,))
    return Handled(people=found if subject in state.people else _NOBODY,
                   questions=found if subject in state.questions else _NOBODY)  # fmt: skip


def _id(event: Any, field: str) -> frozenset[str]:
    known = getattr(event, field, None)
    return frozenset((known,)) if isinstance(known, str) else _NOBODY
