"""How a question stands, kept from batch to batch: that costs who was touched, not who is there. Pure."""

from bisect import bisect_left
from collections.abc import Collection

from sessions.core.state import SessionState
from tui.text.outside import clean_line
from tui.widgets.answers.standing import MOST_NAMED, Standing, is_missing
from tui.widgets.arrivals import Arrivals


class Attendance:
    """Follows one state and one question at a time; with another of either it looks at everybody once."""

    def __init__(self) -> None:
        self._called: tuple[str, ...] = ()
        self._begin(SessionState(), None)

    def standing(
        self, state: SessionState, question: str | None, changed: Collection[str] | None = None
    ) -> Standing | None:
        """How the question stands; None where there is none, or nobody yet to answer it.

        `changed` are the ids of those to whom something happened since the last time, None is everybody; who came is
        found without being named.
        """
        if changed is None or state is not self._state or question != self._question:
            self._begin(state, question)
            changed = ()
        known = state.questions.get(question or "")
        if known is None or not state.people:
            return None
        looked = [*self._arrivals.look(state.people), *changed]
        for person in looked:
            if person in state.people:
                self._count(person)
        if looked:
            first = (self._arrivals.ids[number] for number in self._missing[:MOST_NAMED])
            self._called = tuple(clean_line(state.people[person].author.shown) for person in first)
        return Standing(known.name, self._answers, len(self._answered), len(self._missing), self._called)

    def _begin(self, state: SessionState, question: str | None) -> None:
        self._state, self._question = state, question
        self._arrivals = Arrivals()
        self._missing: list[int] = []
        self._answered: dict[str, int] = {}
        self._answers = 0
        self._called = ()

    def _count(self, known: str) -> None:
        """Count this person as they are now."""
        person, number = self._state.people[known], self._arrivals.number(known)
        answers = 0 if person.host else self._state.answered.get(self._question or "", {}).get(known, 0)
        self._answers += answers - self._answered.pop(known, 0)
        if answers:
            self._answered[known] = answers
        place = bisect_left(self._missing, number)
        counted = place < len(self._missing) and self._missing[place] == number
        missing = is_missing(person) and not answers
        if missing and not counted:
            self._missing.insert(place, number)
        elif counted and not missing:
            del self._missing[place]
