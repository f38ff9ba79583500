"""The hub of a slow chat is off for hours, days, over a month's end and a change of summer time.

People post, edit and remove meanwhile: each network is read from where it was left, in order, nothing twice or lost.
"""

import datetime
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any, Protocol

import pytest
from msgspec.structs import replace

from sessions.core import clock
from sessions.core.events import PostSeen, SourceChanged
from sessions.core.plan import Plan, Question, instant
from sessions.core.plan.days import on_days, opening_days
from sessions.core.plan.times import day_time
from sessions.hub.server.clock import HubClock
from sessions.hub.server.service import LiveSession
from sessions.networks.account import InMemorySignIns
from sessions.networks.bluesky.reading.reader import BlueskySource
from sessions.networks.mastodon.reader import MastodonSource
from sessions.networks.source import Source
from sessions.networks.x.reading.reader import ENDED, XSource
from tests.sessions.hub.live import LiveHub, live_hub
from tests.sessions.networks.bluesky.network import Bluesky, account
from tests.sessions.networks.fakes import make_plan
from tests.sessions.networks.mastodon.server import SPEC, Server
from tests.sessions.networks.virtual_time import VirtualTime
from tests.sessions.networks.x.simulated import APP, SimulatedX
from tests.thorough import sampled
from tests.waiting import patience

HOUR = 3_600_000
TAG = "navasotaisd"


class Network(Protocol):
    """A stand-in: what people do there, and what reads it. A post is known by what `post` gives.

    `edits` says that people can edit there, `tells_removed` that it tells of what was removed on another day.
    """

    edits: bool
    tells_removed: bool

    def __init__(self, time: VirtualTime) -> None: ...
    def post(self, text: str) -> Any: ...
    def edit(self, post: Any, text: str) -> Any: ...
    def remove(self, post: Any) -> None: ...
    def source(self, plan: Plan) -> Source: ...


class OnMastodon:
    """Forty posts a page."""

    edits = tells_removed = True

    def __init__(self, time: VirtualTime) -> None:
        self.server = Server(time)

    def post(self, text: str) -> dict[str, Any]:
        return self.server.post(text, tags=(TAG,))

    def edit(self, post: dict[str, Any], text: str) -> None:
        self.server.edit(post, text)

    def remove(self, post: dict[str, Any]) -> None:
        self.server.remove(post)

    def source(self, plan: Plan) -> Source:
        time, server = self.server.time, self.server
        return MastodonSource(SPEC, plan, InMemorySignIns(), transport=server.transport, now=time.now, sleep=time.sleep)


class OnBluesky:
    """Twenty posts a page, by the older search; nobody can edit there."""

    newer = edits = False
    tells_removed = True

    def __init__(self, time: VirtualTime) -> None:
        self.time = time
        self.network = Bluesky(time.now)
        self.network.page = 20
        self.network.newer_search = self.newer
        self._count = 0

    def post(self, text: str) -> str:
        self._count += 1
        return self.network.post(f"p{self._count:04}", f"{text} #{TAG}")

    def edit(self, post: str, text: str) -> None:
        """Nobody can."""

    def remove(self, post: str) -> None:
        self.network.delete(post)

    def source(self, plan: Plan) -> Source:
        sign_ins = InMemorySignIns([account()])
        transport, time = self.network.transport, self.time
        return BlueskySource("bluesky", plan, sign_ins, transport=transport, now=time.now, sleep=time.sleep)


class OnBlueskyByIndex(OnBluesky):
    """By the newer search."""

    newer = True


class OnX:
    """A hundred posts a page; to look a post up is paid for anew on another day."""

    edits, tells_removed = True, False

    def __init__(self, time: VirtualTime) -> None:
        self.x = SimulatedX(time)

    def post(self, text: str) -> dict[str, Any]:
        return self.x.post(f"{text} #{TAG}")

    def edit(self, post: dict[str, Any], text: str) -> None:
        self.x.post(f"{text} #{TAG}", edits=post)

    def remove(self, post: dict[str, Any]) -> None:
        self.x.remove(post)

    def source(self, plan: Plan) -> Source:
        time = self.x.time
        return XSource("x", plan, InMemorySignIns([APP]), transport=self.x.transport, now=time.now, sleep=time.sleep)


NETWORKS: list[type[Network]] = [OnMastodon, OnBluesky, OnBlueskyByIndex, OnX]

GAPS = {
    "hours": ("2027-01-12T07:00", "America/Chicago", 9),
    "a weekend": ("2027-01-15T07:00", "America/Chicago", 62),
    "a month's end": ("2027-02-26T07:00", "America/Chicago", 75),
    "summer time begins": ("2027-03-12T07:00", "America/Chicago", 75),
    "summer time ends": ("2027-10-30T07:00", "Europe/Berlin", 75),
}
"""When the chat starts, where, and for how many hours the hub is off from two hours later on."""


def a_week(starts: str, zone: str) -> Plan:
    """Five questions, each on a day of its own."""
    wall = datetime.datetime.fromisoformat(starts)
    plan = replace(
        make_plan(),
        starts=wall,
        starts_at=instant(wall, zone),
        timezone=zone,
        hashtags=(TAG,),
        sources=(),
        ceiling=100.0,
        questions=tuple(Question(f"q{n}", str(n), f"What about {n}?") for n in range(1, 6)),
    )
    return on_days(plan, opening_days(wall, [None] * 5))


class Week:
    """A session in one file, whose hub is on only within `on`."""

    def __init__(self, folder: Path, plan: Plan, network: Network, time: VirtualTime) -> None:
        self.folder, self.plan, self.network, self.time = folder, plan, network, time
        self.path: Path | None = None
        self.statuses: list[str] = []

    async def until(self, holds: Callable[[LiveSession], bool], *, seconds: int = 3600) -> LiveSession:
        """The hub is on until that holds, for an hour at most; the session as it is then."""
        hub_clock = HubClock(wall=self.time.now, monotonic=lambda: 0)
        source = self.network.source(self.plan)
        before = self.path
        async with live_hub(self.folder, plan=self.plan, path=before, clock=hub_clock, sources=[source]) as live:
            self.path = live.file.path
            seen = len(live.session.log.events())
            await self._pass(live, holds, seconds)
            events = live.session.log.events()[seen:]
            self.statuses = [one.status for one in events if isinstance(one, SourceChanged)]
            return live.session

    async def _pass(self, live: LiveHub, holds: Callable[[LiveSession], bool], seconds: int) -> None:
        end = self.time.at + seconds * 1000
        async with patience():
            while not holds(live.session):
                assert self.time.at < end, _told(live.session)
                await self.time.go_on(5)
                await live.session.drained()


def _told(session: LiveSession) -> str:
    return f"{[*session.durable.sources.values()]}, {len(session.durable.posts)} posts"


def texts(session: LiveSession) -> list[str]:
    """What was posted as it reads now, in the order in which the hub brought it, without what was removed."""
    state = session.durable
    seen = [event.post.id for event in session.log.events() if isinstance(event, PostSeen)]
    assert len(seen) == len(set(seen)), "something came twice"
    return [state.text(post).removesuffix(f" #{TAG}") for post in seen if not state.folded(post)]


@pytest.mark.parametrize(("kind", "gap"), sampled(product(NETWORKS, GAPS), 2))  # each network and gap at least twice
async def test_what_came_while_the_hub_was_off_is_read_in_order_once(
    tmp_path: Path, kind: type[Network], gap: str
) -> None:
    starts, zone, hours = GAPS[gap]
    plan = a_week(starts, zone)
    time = VirtualTime(plan.starts_at)
    network = kind(time)
    week = Week(tmp_path, plan, network, time)
    early = [network.post(f"A1: early {number}") for number in range(3)]
    await week.until(lambda session: len(texts(session)) == 3)
    time.at = plan.starts_at + 2 * HOUR
    network.edit(early[0], "A1: early and edited")
    missed = _posted(network, time, hours, 120)
    network.remove(early[1])
    first = "A1: early and edited" if kind.edits else "A1: early 0"
    expected = [first, *([] if kind.tells_removed else ["A1: early 1"]), "A1: early 2", *missed]
    session = await week.until(lambda session: texts(session) == expected and _well(session))
    assert any(status.startswith("catching up (") for status in week.statuses), week.statuses
    assert clock.due_since(session.durable, time.now()) == plan.starts_at
    opens = clock.openings(session.durable).values()
    assert {day_time(at, zone).rpartition(", ")[2] for at in opens} == {"7:00 AM"}
    time.at += 20 * HOUR
    network.post("A3: later")
    session = await week.until(lambda session: "A3: later" in texts(session))
    assert texts(session) == [*expected, "A3: later"]


@pytest.mark.parametrize("days", [2, 9])
async def test_the_end_of_a_week_that_nobody_saw_is_read_from_x_as_long_as_x_has_it(tmp_path: Path, days: int) -> None:
    plan = a_week(*GAPS["hours"][:2])
    time = VirtualTime(plan.ends_at - 10 * HOUR)
    network = OnX(time)
    week = Week(tmp_path, plan, network, time)
    network.post("A5: before")
    await week.until(lambda session: texts(session) == ["A5: before"] and _well(session))
    time.at = plan.ends_at - HOUR
    network.post("A5: the last")
    time.at = plan.ends_at + HOUR
    network.post("too late")
    for _ in range(2):
        time.at += days * 24 * HOUR
        searches = len(network.x.requests("/recent"))
        session = await week.until(lambda session: session.durable.sources["x"].status == ENDED)
        known = session.durable.sources["x"]
        if days == 2:
            assert (texts(session), known.details) == (["A5: before", "A5: the last"], ())
        else:
            assert texts(session) == ["A5: before"]
            assert known.details == ("X tells what was posted in the last seven days: the end of the chat is missing.",)
    assert len(network.x.requests("/recent")) == searches, "what was read once costs nothing more"


def _posted(network: Network, time: VirtualTime, hours: int, count: int) -> list[str]:
    """So many posts over the hours, the last of them half an hour before their end."""
    begun, step = time.at, (hours * HOUR - HOUR / 2) / count
    told = []
    for number in range(count):
        time.at = begun + (number + 1) * step
        told.append(f"A{1 + number * 3 // count}: missed {number}")
        network.post(told[-1])
    time.at = begun + hours * HOUR
    return told


def _well(session: LiveSession) -> bool:
    return all(source.status.startswith("ok") for source in session.durable.sources.values())
