"""Who is known between the chats: from the channel in the next hour, and over the end of a month."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sessions.core.channel.months import month_of
from sessions.core.events import AnyEvent, PeopleCarried, PersonGreeted, PostSeen, SessionClosed
from sessions.core.evolve import fold
from sessions.core.plan import instant
from sessions.core.posts import Author, Post
from sessions.core.state import SessionState
from sessions.hub.process.channel import begin_month
from sessions.hub.server import rules
from sessions.library.channel.months import channel_months, learnt_since
from sessions.library.library import Library
from sessions.library.rejudging import rejudge
from sessions.library.storage.reading import read_events, read_head
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import a_plan

ZONE, SERIES = "America/Chicago", "navasotaisd"
DAY = 86_400_000


def at(month: int, day: int, hour: int = 12) -> int:
    """A time in 2026 in Chicago, in UTC milliseconds."""
    return instant(datetime.datetime(2026, month, day, hour), ZONE)  # noqa: DTZ001 - a wall time


def somebody(name: str) -> Author:
    return Author(f"bluesky:{name}", name, name.title())


class Series:
    """A library with the chats and the channel of a series."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        self.plan = a_plan(sources=("bluesky",))

    def chat(self, when: int, *names: str, ended: bool = True) -> Path:
        """An hour at which these people posted."""
        start = datetime.datetime.fromtimestamp(when / 1000, datetime.UTC).replace(tzinfo=None)
        plan = replace(self.plan, starts=start, starts_at=when)
        with SessionFile.create(self.library.folder, plan, started=when) as file:
            opened = rules.opening(plan, (), rehearsal=False, first=False, at=when)
            events: list[AnyEvent] = [opened, *(self._seen(2 + n, when, name) for n, name in enumerate(names))]
            if ended:
                events.append(SessionClosed(seq=len(events) + 1, at=when + 1, by=None, command=None))
            file.commit(events)
            return file.path

    def month(self, when: int) -> Path:
        """A month of the channel begins."""
        return begin_month(self.library, self.plan, month_of(when, ZONE), now=lambda: when).path

    def post(self, path: Path, when: int, name: str, *, greeted: bool = False) -> None:
        """Somebody posts in the channel."""
        with SessionFile.open(path) as file:
            seq = file.read_events()[-1].seq + 1
            new = not self.library.earlier_people(SERIES, file.session.id).knows(somebody(name))
            file.commit([self._seen(seq, when, name, newcomer=new)])
            if greeted:
                mark: dict[str, Any] = {"by": "Ben", "command": "c", "person": somebody(name).id}
                file.commit([PersonGreeted(seq=seq + 1, at=when, **mark)])

    @staticmethod
    def _seen(seq: int, when: int, name: str, *, newcomer: bool = False) -> PostSeen:
        post = Post(f"bluesky:{when}-{name}", somebody(name), "hello", when)
        return PostSeen(
            seq=seq, at=when, by=None, command=None, post=post, kind="aside", filed=None, newcomer=newcomer
        )  # fmt: skip

    def state(self, path: Path) -> SessionState:
        return fold(read_events(path))


@pytest.fixture
def series(tmp_path: Path) -> Series:
    return Series(tmp_path)


def test_who_was_in_the_channel_alone_is_no_newcomer_in_the_next_hour_and_told_apart(series: Series) -> None:
    series.chat(at(11, 3), "maria")
    month = series.month(at(11, 4))
    series.post(month, at(11, 5), "tom")
    series.post(month, at(11, 20), "late")
    hour = series.chat(at(11, 10), "tom", "maria", "newt", ended=False)
    earlier = series.library.earlier_people(SERIES, read_head(hour).session.id)
    known = {name: (earlier.knows(somebody(name)), earlier.from_channel(somebody(name))) for name in ("maria", "tom")}
    assert known == {"maria": (True, False), "tom": (True, True)}
    assert not earlier.knows(somebody("newt"))
    assert not earlier.knows(somebody("late")), "who came into the channel after that hour"
    in_channel = series.library.earlier_people(SERIES, read_head(month).session.id)
    assert in_channel.knows(somebody("newt")), "a channel knows those of all chats, also of later ones"
    without = Library(series.library.folder / "other").earlier_people(SERIES)
    assert not without.from_channel(somebody("tom"))


def test_who_was_new_in_an_hour_is_judged_by_when_they_were_in_the_channel(series: Series) -> None:
    series.chat(at(11, 3), "maria")
    hour = series.chat(at(11, 10), "tom")
    month = series.month(at(11, 12))
    series.post(month, at(11, 5), "tom")
    series.post(month, at(11, 20), "maria")
    with SessionFile.open(hour) as file:
        events = [replace(one, newcomer=True) if isinstance(one, PostSeen) else one for one in file.read_events()]
    hour.unlink()
    with SessionFile.create(series.library.folder, series.plan, started=at(11, 10)) as file:
        file.commit(events)
    assert rejudge(series.library, SERIES, at(11, 1)) == 1
    judged = read_head(file.path).rejudged
    assert judged is not None
    assert judged.known == (somebody("tom").id,), "tom was in the channel before the hour, whenever that was read"


def test_a_new_month_takes_along_who_is_known_and_who_was_greeted(series: Series) -> None:
    series.chat(at(10, 6), "maria", "ana")
    october = series.month(at(10, 7))
    series.post(october, at(10, 8), "tom")
    series.post(october, at(10, 9), "gus", greeted=True)
    november = series.state(series.month(at(11, 1)))
    assert november.last_chat == at(10, 6)
    people = november.people
    assert set(people) == {somebody(name).id for name in ("maria", "ana", "tom", "gus")}
    tom, gus, maria = (people[somebody(name).id] for name in ("tom", "gus", "maria"))
    assert (tom.newcomer, gus.newcomer, maria.newcomer) == (True, True, False)
    assert (tom.greeting, gus.greeting and gus.greeting.by) == (None, "Ben")
    assert [one.author.handle for one in november.to_greet()] == ["tom"]
    assert (tom.first_at, tom.last_at, tom.posts) == (at(10, 8), at(10, 8), 0)
    assert november.present() == []


def test_a_chat_in_the_middle_of_a_month_makes_nobody_new_any_more(series: Series) -> None:
    month = series.month(at(10, 1))
    series.post(month, at(10, 8), "tom")
    series.chat(at(10, 13), "tom", "newt")
    events = read_events(month)
    (learnt,) = learnt_since(series.library, events, at(10, 14))
    assert isinstance(learnt, PeopleCarried)
    state = fold([*events, learnt])
    assert state.last_chat == at(10, 13)
    assert state.to_greet() == []
    assert somebody("newt").id in state.people
    assert learnt_since(series.library, [*events, learnt], at(10, 15)) == [], "what is known is not told again"


def test_who_has_posted_nothing_for_half_a_year_is_let_go(series: Series) -> None:
    first = series.month(at(2, 1))
    series.post(first, at(2, 2), "tom")
    series.post(first, at(2, 27), "gus")
    later = series.state(series.month(at(8, 15)))
    assert set(later.people) == {somebody("gus").id}
    assert [one.month.called for one in channel_months(series.library, SERIES, rehearsal=False)] == [
        "February 2026",
        "August 2026",
    ]
