"""The roster's headings with the people under them, kept in order: a batch costs who changed, not who is there."""

from bisect import bisect_left, insort
from collections.abc import Collection
from typing import NamedTuple

from sessions.core.state import Opening, Person, SessionState
from tui.widgets.arrivals import Arrivals
from tui.widgets.lines.line_list import ListRow
from tui.widgets.roster_rows import SECTIONS, Section, done_tasks, heading_row, person_row, section_of

MINUTE = 60_000

REMEMBERED = 512
"""People whose rows are remembered, each until something happens to them or tells other minutes."""

Pin = tuple[str, Section]
"""A person's id and the heading under which they stay, whatever became of them: the row that somebody looks at."""


class _Spot(NamedTuple):
    """Where a person stands and what they count for; `number` tells in which order people came."""

    section: Section
    rank: int
    number: int
    own: Section
    unnoticed: bool
    new: bool
    done: tuple[str, ...]


class RosterSections:
    """The rows of the roster: headings, and under each the people in their order.

    Those to greet stand with the longest waiting first, the greeted with the latest first, those who are quiet for a
    month with the latest first, too, all others as they came.
    """

    def __init__(self) -> None:
        self._state = SessionState()
        self._now = 0
        self._pinned: Pin | None = None
        self._schools = False
        self.tells_credit = True
        """Whether rows mark who asks for credit; set before anything is shown."""
        self._headings: list[tuple[Section, int]] | None = None
        self._made: dict[str, tuple[int, ListRow]] = {}
        self._openings: list[Opening] = []
        self._forget()

    def update(
        self, state: SessionState, now: int, changed: Collection[str] | None = None, pinned: Pin | None = None
    ) -> None:
        """Follow the state at this moment (UTC milliseconds).

        `changed` are the ids of those to whom something happened since the last time, None is everybody; who came is
        found without being named.
        """
        held = [pin[0] for pin in (self._pinned, pinned) if pin is not None]
        self._now, self._pinned = now, pinned
        if state.openings != self._openings:
            self._openings = [*state.openings]
            self._made.clear()  # by then others are quiet
        if changed is None or state is not self._state:
            self._state = state
            self._forget()
            self._file_everybody()
            changed = ()
        for person in (*self._arrivals.look(state.people), *changed, *held):
            if person in state.people:
                self._file(state.people[person])

    @property
    def schools(self) -> bool:
        """Whether there is room to say where people teach."""
        return self._schools

    @schools.setter
    def schools(self, schools: bool) -> None:
        if schools != self._schools:
            self._schools = schools
            self._made.clear()

    @property
    def people(self) -> int:
        """How many people posted."""
        return len(self._spots)

    @property
    def new(self) -> int:
        """How many of them are new, hosts aside."""
        return self._new

    @property
    def done(self) -> dict[str, int]:
        """How many did each task, by its hashtag."""
        return self._done

    @property
    def to_greet(self) -> int:
        """How many wait to be greeted, whatever heading somebody under the cursor stays under."""
        return self._counts["to greet"] + self._counts["from the channel"]

    # The rows

    def __len__(self) -> int:
        return len(self._spots) + sum(1 for people in self._sections.values() if people)

    def row(self, place: int) -> ListRow:
        """What stands at this place."""
        section, inside = self._find(place)
        if inside < 0:
            channel = self._state.channel
            return heading_row(section, self._counts[section], self._unnoticed[section], channel=channel)
        known = self._id(section, inside)
        person = self._state.people[known]
        waits = section in ("to greet", "from the channel") or self._state.channel
        minutes = (self._now - person.first_at) // MINUTE if waits else 0
        made = self._made.get(known)
        if made is None or made[0] != minutes:
            if len(self._made) >= REMEMBERED:
                self._made.clear()
            told = {"school": self._schools, "credit": self.tells_credit}
            row = person_row(self._state, person, section, self._now, **told)
            made = self._made[known] = (minutes, row)
        return made[1]

    def key(self, place: int) -> str | None:
        """The id of the person at this place; None for a heading."""
        section, inside = self._find(place)
        return None if inside < 0 else self._id(section, inside)

    def of(self, place: int) -> str | None:
        """The same: each person has one line."""
        return self.key(place)

    def place(self, key: str) -> int | None:
        """Where the person stands; None for somebody who is not here."""
        spot = self._spots.get(key)
        if spot is None:
            return None
        first = next(first for section, first in self._starts() if section == spot.section)
        return first + 1 + bisect_left(self._sections[spot.section], (spot.rank, spot.number))

    def _id(self, section: Section, inside: int) -> str:
        return self._arrivals.ids[self._sections[section][inside][1]]

    def _starts(self) -> list[tuple[Section, int]]:
        """The headings that are shown, and at which places."""
        if self._headings is None:
            self._headings, place = [], 0
            for section, people in self._sections.items():
                if people:
                    self._headings.append((section, place))
                    place += 1 + len(people)
        return self._headings

    def _find(self, place: int) -> tuple[Section, int]:
        """Under which heading the place is, and as which of its people; -1 for the heading itself."""
        section, first = next(spot for spot in reversed(self._starts()) if spot[1] <= place)
        return section, place - first - 1

    # Keeping them

    def _forget(self) -> None:
        self._arrivals = Arrivals()
        self._sections: dict[Section, list[tuple[int, int]]] = {section: [] for section in SECTIONS}
        self._counts: dict[Section, int] = dict.fromkeys(SECTIONS, 0)
        self._unnoticed: dict[Section, int] = dict.fromkeys(SECTIONS, 0)
        self._spots: dict[str, _Spot] = {}
        self._new = 0
        tasks = self._state.plan.lookups if self._state.plan is not None else ()
        self._done: dict[str, int] = {task.tag: 0 for task in tasks}
        self._headings = None
        self._made.clear()

    def _file_everybody(self) -> None:
        """Put all people where they stand, where none stood before; sorting them at last is the quicker way."""
        for known in self._arrivals.look(self._state.people):
            spot = self._spot(self._state.people[known])
            if spot is not None:
                self._sections[spot.section].append((spot.rank, spot.number))
                self._spots[known] = spot
                self._count(spot, 1)
        for people in self._sections.values():
            people.sort()

    def _file(self, person: Person) -> None:
        """Put the person where they stand now."""
        known = person.author.id
        self._made.pop(known, None)
        before, now = self._spots.get(known), self._spot(person)
        if now == before:
            return
        self._headings = None
        if before is not None:
            people = self._sections[before.section]
            del people[bisect_left(people, (before.rank, before.number))]
            del self._spots[known]
            self._count(before, -1)
        if now is not None:
            insort(self._sections[now.section], (now.rank, now.number))
            self._spots[known] = now
            self._count(now, 1)

    def _spot(self, person: Person) -> _Spot | None:
        if person.posts <= 0 and not person.carried:
            return None
        known = person.author.id
        own = section_of(self._state, person)
        section = self._pinned[1] if self._pinned is not None and self._pinned[0] == known else own
        rank = 0
        if section in ("to greet", "from the channel"):
            rank = person.first_at
        elif section == "away":
            rank = -person.last_at
        elif section == "greeted":
            rank = -(person.greeting.at if person.greeting else self._now)
        new = person.newcomer and not person.host
        done = done_tasks(self._state, person)
        return _Spot(section, rank, self._arrivals.number(known), own, not person.noticed, new, done)

    def _count(self, spot: _Spot, by: int) -> None:
        self._counts[spot.own] += by
        self._unnoticed[spot.section] += by * spot.unnoticed
        self._new += by * spot.new
        for tag in spot.done:
            self._done[tag] += by
