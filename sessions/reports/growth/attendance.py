"""What growth needs to know of one chat, small enough to keep for all chats of a series at once."""

import datetime
from collections.abc import Callable, Iterable
from typing import Self

import msgspec

from sessions.core import clock
from sessions.core.cleaning import clean_name
from sessions.core.state import Mark, Person, SessionState
from sessions.core.tasks.standing import done_by
from sessions.reports.growth.model import QuestionAnswers


class Attendee(msgspec.Struct, frozen=True):
    """Somebody who posted, with one account. Times are UTC milliseconds.

    `newcomer` is what the chat itself recorded; `greeted_at` the earlier of a moderator's mark and a host's reply;
    `tasks` are the hashtags of the tasks that they did.
    """

    id: str
    host: bool
    muted: bool
    newcomer: bool
    says_new: bool
    noticed: bool
    first_at: int
    greeted_at: int | None
    school: str
    level: str
    tasks: frozenset[str] = frozenset()

    @classmethod
    def of(cls, person: Person, tasks: frozenset[str] = frozenset()) -> Self:
        """The person as their session knows them."""
        return cls(
            id=person.author.id,
            host=person.host,
            muted=person.muted is not None,
            newcomer=person.newcomer,
            says_new=person.says_new,
            noticed=person.noticed,
            first_at=person.first_at,
            greeted_at=_earliest(person.greeted, person.replied),
            school=person.school,
            level=person.level,
            tasks=tasks,
        )

    def joined(self, other: "Attendee") -> "Attendee":
        """Both accounts as one person, who is muted only with both and a newcomer only if neither is known."""
        greetings = [at for at in (self.greeted_at, other.greeted_at) if at is not None]
        return Attendee(
            id=self.id,
            host=self.host or other.host,
            muted=self.muted and other.muted,
            newcomer=self.newcomer and other.newcomer,
            says_new=self.says_new or other.says_new,
            noticed=self.noticed or other.noticed,
            first_at=min(self.first_at, other.first_at),
            greeted_at=min(greetings, default=None),
            school=self.school or other.school,
            level=self.level or other.level,
            tasks=self.tasks | other.tasks,
        )


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """One chat. `first` says that the library of whoever held it had no earlier one; `people` are accounts.

    `watched` is whether anybody could greet: in a chat of an archive nobody sat at a desk.
    """

    id: str
    date: datetime.date
    title: str
    starts_at: int
    closed: bool
    first: bool
    watched: bool
    people: tuple[Attendee, ...]
    questions: tuple[QuestionAnswers, ...]
    answers: int
    tasks: tuple[str, ...] = ()

    @classmethod
    def of(cls, session: str, state: SessionState) -> Self | None:
        """The chat with this id; none where it does not count: a rehearsal, or a chat in which nobody posted."""
        plan = state.plan
        tasks = plan.lookups if plan is not None else ()
        did = {task.tag: set(done_by(state, task)) for task in tasks}
        people = tuple(
            Attendee.of(person, frozenset(tag for tag, done in did.items() if person.author.id in done))
            for person in state.present()
        )
        if plan is None or state.rehearsal or not people:
            return None
        asked = {opening.question for opening in state.openings} & {*state.questions}
        return cls(
            id=session,
            date=plan.starts.date(),
            title=clean_name(plan.title),
            starts_at=clock.anchor(state),
            closed=state.closed_at is not None,
            first=state.first,
            watched=bool(plan.sources or state.moderators),
            people=people,
            questions=tuple(
                QuestionAnswers(one, clean_name(state.questions[one].label), state.tally.get(one, 0))
                for one in state.order
                if one in asked or state.tally.get(one, 0)
            ),
            answers=state.answers,
            tasks=tuple(did),
        )

    def persons(self, person: Callable[[str], int]) -> dict[int, Attendee]:
        """Who came, by the number that `person` gives to the id of an account."""
        return _joined((person(one.id), one) for one in self.people)


def _joined(accounts: Iterable[tuple[int, Attendee]]) -> dict[int, Attendee]:
    found: dict[int, Attendee] = {}
    for number, one in accounts:
        found[number] = found[number].joined(one) if number in found else one
    return found


def _earliest(*marks: Mark | None) -> int | None:
    return min((mark.at for mark in marks if mark is not None), default=None)
