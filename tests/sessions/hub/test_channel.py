"""A channel is caught up with on any day: nothing is lost or doubled, over a month's end and a change of the clocks."""

import asyncio
import datetime
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from sessions.core.channel.months import CHANNEL, channel_plan, month_of
from sessions.core.events import AnyEvent, NoteAdded, PostSeen, SessionOpened
from sessions.core.evolve import fold
from sessions.core.plan import instant
from sessions.core.posts import Author, Post
from sessions.core.state import SessionState
from sessions.hub.process.catching_up import CatchingUp, MonthRead
from sessions.hub.process.channel import begin_month
from sessions.hub.process.month.hours import QUIET, TAKEN_WITHIN, Hours
from sessions.hub.process.opened import Reading
from sessions.hub.server import rules
from sessions.library.channel.months import channel_months, latest_plan
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from sessions.networks.account import InMemorySignIns
from sessions.reports.saved_recap import make_recap
from tests.sessions.core.building import a_plan
from tests.sessions.networks.bluesky.network import Bluesky, account
from tests.sessions.networks.mastodon.server import HOST, SPEC, Server
from tests.sessions.networks.virtual_time import VirtualTime
from tests.sessions.networks.x.simulated import APP, SimulatedX
from tests.waiting import until

CHICAGO = "America/Chicago"


def at(*when: int, fold: int = 0) -> int:
    """A wall time in Chicago, in UTC milliseconds."""
    moment = datetime.datetime(*when, fold=fold)  # type: ignore[arg-type,misc]  # noqa: DTZ001
    hour = 3_600_000 if fold else 0
    return instant(moment, CHICAGO) + hour


class World:
    """Three networks, and one clock for all of them."""

    def __init__(self, folder: Path) -> None:
        self.time = VirtualTime(at(2026, 10, 20, 12))
        self.mastodon = Server(self.time)
        self.x = SimulatedX(self.time)
        self.bluesky = Bluesky(self.time.now)
        self.library = Library(folder)
        self.plan = a_plan(sources=(SPEC, "x", "bluesky"), hashtags=("devchat",), ceiling=50.0)
        self._posts = 0

    def go_to(self, moment: int) -> None:
        self.time.at = float(moment)

    def post(self, moment: int) -> None:
        """Somebody posts on each of the networks at this moment."""
        self.go_to(moment)
        self._posts += 1
        self.mastodon.post(f"on mastodon {self._posts}", tags=("devchat",))
        self.x.post(f"on x {self._posts} #devchat")
        self.bluesky.post(f"r{self._posts}", f"on bluesky {self._posts} #devchat", tags=("devchat",))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.host.endswith(HOST):
            return self.mastodon._answer(request)
        return self.x._answer(request) if request.url.host == "api.x.com" else self.bluesky.answer(request)

    async def catch_up(self, trouble_for: float = 60.0, hold_for: int = 0) -> list[MonthRead]:
        """What a catch-up brings a minute later: X tells of posts half a minute late."""
        self.go_to(self.time.now() + 60_000)
        reading = Reading(self.time.now, self.time.sleep, httpx.MockTransport(self._answer))
        signed_in = InMemorySignIns((APP, account()))
        catching = CatchingUp(
            self.library, self.plan, signed_in, reading=reading, trouble_for=trouble_for, hold_for=hold_for
        )
        return await catching.all_months()

    def months(self) -> dict[str, SessionState]:
        """Each month's session as it is saved."""
        found = channel_months(self.library, self.plan.series, rehearsal=False)
        return {f"{one.month.first:%Y-%m}": fold(read_events(one.path)) for one in found}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "running"))
    return World(tmp_path / "library")


def texts(state: SessionState) -> list[str]:
    return sorted(seen.post.text for seen in state.posts.values())


def everywhere(*numbers: int) -> list[str]:
    return sorted(
        text for n in numbers for text in (f"on mastodon {n}", f"on x {n} #devchat", f"on bluesky {n} #devchat")
    )


async def test_days_off_over_a_months_end_and_a_change_of_the_clocks(world: World) -> None:
    world.post(at(2026, 10, 19, 8))
    world.go_to(at(2026, 10, 20, 12))
    first = await world.catch_up()
    assert [(one.month, one.posts, one.closed, one.current) for one in first] == [("2026-10", 3, False, True)]
    assert [one.posts for one in await world.catch_up()] == [0], "nothing came since"
    world.post(at(2026, 10, 31, 23, 59))
    world.post(at(2026, 11, 1, 0, 0))
    world.post(at(2026, 11, 1, 1, 30))
    world.post(at(2026, 11, 1, 1, 30, fold=1))
    world.post(at(2026, 11, 3, 7))
    world.go_to(at(2026, 11, 4, 9))
    october, november = await world.catch_up()
    assert (october.month, october.posts, october.closed) == ("2026-10", 3, True)
    assert (november.month, november.posts, november.closed) == ("2026-11", 12, False)
    months = world.months()
    assert texts(months["2026-10"]) == everywhere(1, 2)
    assert texts(months["2026-11"]) == everywhere(3, 4, 5, 6)
    assert [one.posts for one in await world.catch_up()] == [0]
    assert months["2026-11"].plan is not None
    assert months["2026-11"].plan.minutes == (30 * 24 + 1) * 60, "the hour that comes twice"


@pytest.mark.parametrize(
    ("posted", "wanted"),
    [
        pytest.param([at(2026, 10, 20, 13), at(2026, 10, 20, 18)], {"2026-10": [2, 3]}, id="hours"),
        pytest.param([at(2026, 10, 22, 8), at(2026, 10, 25, 23)], {"2026-10": [2, 3]}, id="days"),
        pytest.param([at(2026, 11, 30, 23, 59), at(2026, 12, 1, 0, 0)], {"2026-11": [2], "2026-12": [3]}, id="an end"),
        pytest.param([at(2027, 3, 14, 1, 59), at(2027, 3, 14, 3, 0)], {"2027-03": [2, 3]}, id="summer time begins"),
        pytest.param(
            [at(2026, 11, 1, 1, 30), at(2026, 11, 1, 1, 30, fold=1)], {"2026-11": [2, 3]}, id="summer time ends"
        ),
    ],
)
async def test_each_network_while_nobody_reads(world: World, posted: list[int], wanted: dict[str, list[int]]) -> None:
    """Mastodon, X and Bluesky; each post stands once, in its month."""
    world.post(at(2026, 10, 19, 8))
    world.go_to(at(2026, 10, 20, 12))
    await world.catch_up()
    for moment in posted:
        world.post(moment)
    await world.catch_up()
    assert [one.posts for one in await world.catch_up()] == [0]
    months = world.months()
    assert texts(months["2026-10"]) == everywhere(1, *wanted.pop("2026-10", []))
    assert {name: texts(state) for name, state in months.items() if name in wanted} == {
        name: everywhere(*numbers) for name, numbers in wanted.items()
    }
    assert sum(len(state.posts) for state in months.values()) == 3 * (1 + len(posted))


async def test_a_source_that_fails_costs_only_what_it_has_and_a_month_waits_for_it(world: World) -> None:
    await world.catch_up()
    world.post(at(2026, 10, 30, 8))
    world.post(at(2026, 11, 1, 8))
    world.bluesky.offline = True
    found = await world.catch_up(trouble_for=0.0, hold_for=30 * 86_400_000)
    assert [(one.month, one.posts, one.closed, one.current) for one in found] == [("2026-10", 2, False, False)]
    assert {one.name: one.current for one in found[0].sources} == {SPEC: True, "x": True, "bluesky": False}
    world.bluesky.offline = False
    found = await world.catch_up()
    assert [(one.month, one.posts, one.closed, one.current) for one in found] == [
        ("2026-10", 1, True, True),
        ("2026-11", 3, False, True),
    ]


async def test_a_month_that_could_not_wait_leaves_what_it_lacks_to_the_next(world: World) -> None:
    world.post(at(2026, 10, 30, 8))
    await world.catch_up()
    world.post(at(2026, 10, 31, 8))
    world.bluesky.offline = True
    world.go_to(at(2026, 11, 2, 8))
    found = await world.catch_up(trouble_for=0.0)
    assert [(one.month, one.posts, one.closed) for one in found] == [("2026-10", 2, True), ("2026-11", 0, False)]
    world.bluesky.offline = False
    assert [(one.month, one.posts) for one in await world.catch_up()] == [("2026-11", 1)]
    assert texts(world.months()["2026-11"]) == ["on bluesky 2 #devchat"]


async def test_a_month_is_a_session_that_stock_tinydb_reads(world: World) -> None:
    world.post(at(2026, 10, 19, 8))
    await world.catch_up()
    (month,) = channel_months(world.library, world.plan.series, rehearsal=False)
    database = TinyDB(month.path)
    assert database.table("session").all()[0]["kind"] == CHANNEL
    assert database.table("events").all()[0]["kind"] == CHANNEL
    assert len(database.table("events").all()) == month.events


def test_the_plan_of_a_month(tmp_path: Path) -> None:
    month = month_of(at(2026, 2, 28, 23, 59), CHICAGO)
    assert (month.called, month.following.called, month.before.called) == (
        "February 2026",
        "March 2026",
        "January 2026",
    )
    assert len(month.days) == 28
    plan = channel_plan(a_plan(), month)
    assert (plan.starts_at, plan.ends_at) == (month.begins_at, month.ends_at)
    assert plan.questions == ()
    assert channel_plan(plan, month) == plan
    library = Library(tmp_path)
    assert latest_plan(library, plan.series) is None
    begin_month(library, a_plan(sources=("bluesky",)), month, now=lambda: at(2026, 2, 20, 8))
    assert latest_plan(library, plan.series) == channel_plan(a_plan(sources=("bluesky",)), month)


async def test_what_a_saved_chat_of_the_series_has_is_not_in_the_channel(world: World) -> None:
    await world.catch_up()
    world.post(at(2026, 10, 21, 19))
    world.post(at(2026, 10, 21, 23))
    plan, when = replace(world.plan, starts_at=at(2026, 10, 21, 19)), at(2026, 10, 21, 19)
    with SessionFile.create(world.library.folder, plan, started=when) as file:
        opened = rules.opening(plan, (), rehearsal=False, first=False, at=when)
        first = Post(f"mastodon:{world.mastodon.posts[0]['uri']}", Author("mastodon:bea"), "in the hour", when)
        judged: dict[str, Any] = {"kind": "aside", "filed": None, "newcomer": False}
        hour: list[AnyEvent] = [opened, PostSeen(seq=2, at=when, by=None, command=None, post=first, **judged)]
        file.commit(hour)
    (october,) = await world.catch_up()
    assert (october.posts, texts(world.months()["2026-10"])) == (
        5,
        sorted(set(everywhere(1, 2)) - {"on mastodon 1"}),
    )


async def test_what_an_old_chat_has_comes_into_no_later_month(world: World) -> None:
    """Networks tell of old posts where few are posted."""
    world.post(at(2026, 10, 19, 8))
    await world.catch_up()
    world.post(at(2026, 10, 21, 19))
    chat = RunningChat(world, (SPEC,))
    chat.save(Post(f"mastodon:{world.mastodon.posts[-1]['uri']}", Author("mastodon:bea"), "on mastodon 2", 0))
    chat.file.close()
    world.go_to(at(2026, 11, 5, 8))
    await world.catch_up()
    (november,) = [one for one in channel_months(world.library, world.plan.series, rehearsal=False) if not one.ended]
    with SessionFile.open(november.path, holder="a desk") as file:
        file.commit([NoteAdded(seq=november.events + 1, at=world.time.now(), by="Ana", command="c1", text="kept")])
    for moment in (at(2026, 12, 5, 8), at(2027, 1, 5, 8)):
        world.go_to(moment)
        await world.catch_up()
        await world.catch_up()
    found = {month: texts(state) for month, state in world.months().items()}
    assert set(found) >= {"2026-10", "2026-11", "2027-01"}
    assert "on mastodon 2" not in [text for month in found.values() for text in month], found


async def test_sources_that_bring_old_posts_side_by_side_wait_until_it_is_known_who_has_them(world: World) -> None:
    world.go_to(at(2026, 10, 21, 19))
    chat = RunningChat(world, (SPEC,))
    old = [Post(f"m:{n}", Author("m:bea"), "A1 #devchat", world.time.now()) for n in range(2)]
    for post in old:
        chat.save(post)
    chat.file.close()
    world.go_to(at(2026, 12, 5, 8))
    await world.catch_up()
    (month,) = [one for one in channel_months(world.library, world.plan.series, rehearsal=False) if not one.ended]
    opened = read_events(month.path)[0]
    assert isinstance(opened, SessionOpened)
    hours = Hours(world.library, opened, month.session, world.time.now, world.time.sleep)

    async def known(source: str, post: Post) -> bool:
        await hours.settle(source, [post])
        return post.id in hours.posts

    assert not await known(SPEC, Post("m:new", Author("m:bea"), "#devchat", world.time.now()))
    assert not {post.id for post in old} & hours.posts
    assert await asyncio.gather(known(SPEC, old[0]), known("bluesky", old[1])) == [True, True]


async def test_a_month_in_which_nothing_was_posted_leaves_no_file(world: World) -> None:
    world.post(at(2026, 10, 21, 8))
    await world.catch_up()
    world.go_to(at(2027, 1, 5, 8))
    world.post(at(2027, 1, 5, 9))
    found = await world.catch_up()
    assert [(one.month, one.posts, bool(one.file)) for one in found] == [
        ("2026-10", 0, True),
        ("2026-11", 0, False),
        ("2026-12", 0, False),
        ("2027-01", 3, True),
    ]
    assert set(world.months()) == {"2026-10", "2027-01"}
    assert texts(world.months()["2027-01"]) == everywhere(2)
    assert [one.posts for one in await world.catch_up()] == [0], "nothing came since"


async def test_a_month_in_which_somebody_did_something_is_kept(world: World) -> None:
    world.post(at(2026, 10, 21, 8))
    await world.catch_up()
    world.go_to(at(2026, 11, 5, 8))
    await world.catch_up()
    (november,) = [
        one for one in channel_months(world.library, world.plan.series, rehearsal=False) if one.ended is None
    ]
    with SessionFile.open(november.path, holder="a desk") as file:
        seq = november.events + 1
        file.commit([NoteAdded(seq=seq, at=world.time.now(), by="Ana", command="c1", text="Ask them in December")])
    world.go_to(at(2026, 12, 5, 8))
    assert [bool(one.file) for one in await world.catch_up()] == [True, True]
    assert set(world.months()) == {"2026-10", "2026-11", "2026-12"}


class RunningChat:
    """A chat of the series whose hub runs beside the channel's."""

    def __init__(self, world: World, sources: tuple[str, ...]) -> None:
        self.world = world
        when = world.time.now()
        plan = replace(world.plan, starts_at=when, sources=sources)
        self.file = SessionFile.create(world.library.folder, plan, started=when)
        self.file.commit([rules.opening(plan, (), rehearsal=False, first=False, at=when)])
        self.seq = 1

    def save(self, post: Post) -> None:
        self.seq += 1
        judged: dict[str, Any] = {"kind": "aside", "filed": None, "newcomer": False}
        at_ = self.world.time.now()
        self.file.commit([PostSeen(seq=self.seq, at=at_, by=None, command=None, post=post, **judged)])


async def test_what_a_chat_reads_that_runs_meanwhile_is_left_to_it(world: World) -> None:
    await world.catch_up()
    (month,) = channel_months(world.library, world.plan.series, rehearsal=False)
    opened = read_events(month.path)[0]
    assert isinstance(opened, SessionOpened)
    world.go_to(at(2026, 10, 21, 19))
    hours = Hours(world.library, opened, month.session, world.time.now, world.time.sleep)
    chat = RunningChat(world, (SPEC,))
    try:
        posts = [Post(f"m:{n}", Author("m:bea"), "A1 #devchat", world.time.now() + 1) for n in range(5)]
        chat.save(posts[0])
        world.go_to(world.time.now() + 3_000)
        await hours.settle(SPEC, posts[:1])
        assert posts[0].id in hours.posts, "the chat was there first"
        waiting = asyncio.create_task(hours.settle(SPEC, posts[1:2]))
        await until(lambda: world.time._waiting)
        assert not waiting.done(), "the chat may take it yet"
        chat.save(posts[1])
        while not waiting.done():
            await world.time.go_on(2)
            await asyncio.sleep(0.001)
        assert posts[1].id in hours.posts
        before = world.time.now()
        await hours.settle("bluesky", posts[2:3])
        assert (posts[2].id in hours.posts, world.time.now()) == (False, before), "the chat does not read that"
        waiting = asyncio.create_task(hours.settle(SPEC, posts[3:4]))
        while not waiting.done():
            await world.time.go_on(2)
            await asyncio.sleep(0.001)
        assert posts[3].id not in hours.posts
        assert world.time.now() - before >= TAKEN_WITHIN, "the chat did not take it, so the channel does"
        before = world.time.now()
        waiting = asyncio.create_task(hours.settle(SPEC, posts[4:]))
        while not waiting.done():
            await world.time.go_on(2)
            await asyncio.sleep(0.001)
        assert world.time.now() - before < TAKEN_WITHIN / 5, "it was left to the chat while it stood in line"
        world.go_to(world.time.now() + QUIET)
        await hours.settle(SPEC, posts[3:])
        assert not world.time._waiting, "the hub of the chat may be gone for good"
    finally:
        chat.file.close()


async def test_a_recording_is_practised_over_days_a_months_end_and_a_change_of_the_clocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "running"))
    posted = [
        at(2026, 10, 30, 20),
        at(2026, 10, 31, 23, 59),
        at(2026, 11, 1, 0, 0),
        at(2026, 11, 1, 1, 30),
        at(2026, 11, 1, 1, 30, fold=1),
        at(2026, 11, 3, 7),
    ]
    recording = tmp_path / "days.jsonl"
    lines = [
        {"text": f"post {number}", "created_at": moment, "handle": f"t{number % 2}", "name": "Kim", "id": f"p{number}"}
        for number, moment in enumerate(
            datetime.datetime.fromtimestamp(one / 1000, datetime.UTC).isoformat() for one in posted
        )
    ]
    recording.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    time = VirtualTime(posted[0])
    library, plan = Library(tmp_path / "library"), a_plan(sources=(f"practice:{recording}",))
    reading = Reading(time.now, time.sleep)

    async def practise(moment: int) -> list[tuple[str, int, bool]]:
        time.at = float(moment)
        found = await CatchingUp(library, plan, InMemorySignIns(()), reading=reading).all_months()
        return [(one.month, one.posts, one.closed) for one in found]

    assert await practise(posted[0]) == [("2026-10", 1, False)]
    assert await practise(posted[3] + 60_000) == [("2026-10", 1, True), ("2026-11", 2, False)]
    assert await practise(posted[4] + 60_000) == [("2026-11", 1, False)], "the hour that comes twice"
    assert await practise(at(2026, 11, 2, 12)) == [("2026-11", 0, False)]
    assert await practise(at(2026, 11, 4, 8)) == [("2026-11", 1, False)]
    states = [fold(read_events(one.path)) for one in channel_months(library, plan.series, rehearsal=True)]
    came = [seen.post.posted_at for state in states for seen in state.posts.values()]
    assert [one // 60_000 for one in came] == [one // 60_000 for one in posted]
    assert all(state.rehearsal for state in states)


async def test_what_a_chat_took_too_is_told_in_its_recap_alone(world: World) -> None:
    """The channel read it before the chat's file came to this computer."""
    world.post(at(2026, 10, 19, 8))
    await world.catch_up()
    (month,) = channel_months(world.library, world.plan.series, rehearsal=False)

    def told() -> int:
        digest = json.loads(make_recap(world.library.folder, month.path, month.session, "json").text)
        return sum(person["posts"] for person in digest["people"])

    assert told() == 3
    chat = RunningChat(world, (SPEC,))
    posts = [seen.post for seen in fold(read_events(month.path)).posts.values()]
    chat.save(next(post for post in posts if post.text == "on mastodon 1"))
    chat.file.close()
    assert told() == 2
