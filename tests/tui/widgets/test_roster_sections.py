"""The roster kept in order as events come is the roster computed from the whole state."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.core.events import PostRemoved
from sessions.core.state import Person, SessionState
from tests.sessions.core.building import Chat
from tests.tui.pane_apps import MINUTE, PaneApp
from tui.desk.model.roster_changes import people_touched
from tui.widgets.lines.line_list import ListRow
from tui.widgets.roster import Roster
from tui.widgets.roster_rows import SECTIONS, Section, heading_row, person_row, section_of
from tui.widgets.roster_sections import Pin, RosterSections

HANDLES = ("ben", "tom", "mia", "kim", "joe")
"""The first is a host."""


def whole_roster(state: SessionState, now: int, pinned: Pin | None) -> list[ListRow]:
    """All rows, from nothing but the state."""
    groups: dict[Section, list[Person]] = {section: [] for section in SECTIONS}
    counts = dict.fromkeys(SECTIONS, 0)
    for person in state.present():
        section = section_of(state, person)
        counts[section] += 1
        if pinned is not None and pinned[0] == person.author.id:
            section = pinned[1]
        groups[section].append(person)
    groups["to greet"].sort(key=lambda person: person.first_at)
    groups["greeted"].sort(key=lambda person: person.greeting.at if person.greeting else now, reverse=True)
    rows: list[ListRow] = []
    for section, people in groups.items():
        if people:
            rows.append(heading_row(section, counts[section], sum(not person.noticed for person in people)))
            rows += (person_row(state, person, section, now) for person in people)
    return rows


def all_rows(people: RosterSections) -> list[ListRow]:
    return [people.row(place) for place in range(len(people))]


@dataclass
class Followed(Chat):
    """A chat whose roster is kept as the desk keeps it: by who was touched since it was last shown."""

    first_chat: bool
    people: RosterSections = field(default_factory=RosterSections)
    touched: set[str] | None = None

    def __post_init__(self) -> None:
        super().__init__(first=self.first_chat)

    def _take(self, event: Any) -> None:
        told = people_touched(self.state, event)
        self.touched = None if told is None or self.touched is None else self.touched | told
        super()._take(event)

    def act(self, what: str, who: str, number: int) -> None:
        """Something happens; what cannot be done now is refused, and nothing happens."""
        person = f"mastodon:@{who}"
        post = f"mastodon:{number}"
        if what == "post":
            new = {"newcomer": number % 2 == 0, "says_new": number % 3 == 0}
            addressed = f"mastodon:@{HANDLES[number % len(HANDLES)]}" if number % 4 == 0 else None
            self.post(handle=who, addressed=addressed, **new)
        elif what == "remove":
            self.hear(PostRemoved, post=post)
        elif what == "add":
            self.try_(c.AddPost, text="A1: by hand", author=who)
        elif what == "undo":
            self.try_(c.Undo, seq=max(1, self.state.seq - number % 5))
        elif what in ("star post", "unstar post", "hide"):
            command = {"star post": c.Highlight, "unstar post": c.Unhighlight, "hide": c.Hide}[what]
            self.try_(command, post=post)
        elif what == "tag":
            self.try_(c.Tag, person=person, school="Brule", level="", groups=())
        elif what == "file":
            self.try_(c.File, post=post, question=f"q{number % 3 + 1}")
        elif what == "ask":
            self.try_(c.Ask, question=f"q{number % 6 + 1}", seen=self.state.open)
        else:
            command = {
                "greet": c.Greet,
                "mute": c.Mute,
                "unmute": c.Unmute,
                "star": c.Highlight,
                "unstar": c.Unhighlight,
            }
            self.try_(command[what], person=person)


WHAT = (
    "post", "post", "post", "remove", "add", "undo", "undo", "star post", "unstar post", "hide", "file", "tag", "ask",
    "greet", "greet", "mute", "unmute", "star", "unstar", "show", "show", "show pinned",
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(WHAT), st.sampled_from(HANDLES), st.integers(1, 12), st.sampled_from((0, 1, MINUTE))),
    max_size=60,
)


SHOW = ("show", "ben", 1, 0)
REPLY_OF_A_HOST = [("post", "tom", 2, 0), SHOW, ("post", "ben", 16, 0)]
STARRED_POST = [("post", "tom", 1, 0), SHOW, ("star post", "tom", 1, 0)]
STAR_TAKEN_BACK = [*STARRED_POST, SHOW, ("undo", "tom", 5, 0)]


@example(steps=REPLY_OF_A_HOST, first=False, pinned_to="here")
@example(steps=STARRED_POST, first=False, pinned_to="here")
@example(steps=STAR_TAKEN_BACK, first=False, pinned_to="here")
@given(steps=STEPS, first=st.booleans(), pinned_to=st.sampled_from(SECTIONS))
def test_whatever_happens_the_rows_are_those_of_the_whole_state(
    steps: list[tuple[str, str, int, int]], first: bool, pinned_to: Section
) -> None:
    chat = Followed(first)
    for what, who, number, passed in [*steps, SHOW]:
        chat.at += passed
        if not what.startswith("show"):
            chat.act(what, who, number)
            continue
        pinned = (f"mastodon:@{who}", pinned_to) if what == "show pinned" else None
        chat.people.update(chat.state, chat.at, chat.touched, pinned)
        chat.touched = set()
        rows = all_rows(chat.people)
        assert rows == whole_roster(chat.state, chat.at, pinned)
        assert [chat.people.key(place) for place in range(len(rows))] == [row.key for row in rows]
        assert all(chat.people.place(row.key) == place for place, row in enumerate(rows) if row.key is not None)
        assert chat.people.people == len(chat.state.present())
        assert chat.people.new == sum(person.newcomer and not person.host for person in chat.state.present())


def test_another_state_is_taken_in_whole() -> None:
    one, other, people = Chat(), Chat(), RosterSections()
    one.post(handle="tom")
    other.post(handle="mia")
    for chat in (one, other, one):
        people.update(chat.state, chat.at, ())
        assert all_rows(people) == whole_roster(chat.state, chat.at, None)


def test_a_thousand_people_are_listed_once_each() -> None:
    chat, people = Chat(), RosterSections()
    for number in range(1000):
        chat.post("hello", handle=f"p{number}", newcomer=True)
    people.update(chat.state, chat.at, None)
    keys = [key for place in range(len(people)) if (key := people.key(place)) is not None]
    assert len(keys) == len(set(keys)) == 1000


async def test_only_the_rows_in_sight_are_made() -> None:
    class CountedSections(RosterSections):
        made = 0

        def row(self, place: int) -> ListRow:
            self.made += 1
            return super().row(place)

    class CountedRoster(Roster):
        def __init__(self) -> None:
            super().__init__()
            self._people = self.people = CountedSections()

    chat = Chat()
    for number in range(1000):
        chat.post("hello", handle=f"p{number}", newcomer=number % 3 == 0)
    roster = CountedRoster()
    async with PaneApp(roster).run_test(size=(36, 12)) as pilot:
        roster.show(chat.state, chat.at)
        await pilot.pause()
        roster.people.made = 0
        chat.post("hello", handle="late", newcomer=True)
        roster.show(chat.state, chat.at, {"mastodon:@late"})
        await pilot.pause()
        assert 0 < roster.people.made <= 10
        assert len(roster.people) == 1003
