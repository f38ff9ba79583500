"""A custom feed: what it shows comes once, whatever its order, its cursors and its troubles are."""

import asyncio
import json
import re
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from sessions.core.events import PostSeen
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.networks.account import InMemorySignIns
from sessions.networks.bluesky import session
from sessions.networks.bluesky.reading.custom_feed import FeedSource
from sessions.networks.bluesky.reading.reader import BlueskySource
from sessions.networks.registry import NETWORKS, read_by_tag
from sessions.networks.source import ResumePoint
from sessions.networks.timing import wall_clock
from tests.sessions.hub.live import live_hub
from tests.sessions.networks.bluesky.network import PDS, START, Bluesky, account, error, iso, recorded
from tests.sessions.networks.bluesky.reading import Run, running
from tests.sessions.networks.fakes import make_plan
from tests.sessions.networks.virtual_time import VirtualTime
from tests.waiting import patience

FEED = "at://did:plc:ben/app.bsky.feed.generator/teachers"
NAME = f"bluesky:feed:{FEED}"
MINUTE = 60_000


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime(START)


@pytest.fixture
def network(time: VirtualTime) -> Bluesky:
    network = Bluesky(time.now)
    network.feeds[FEED] = []
    return network


@asynccontextmanager
async def reading(
    network: Bluesky,
    time: VirtualTime,
    name: str = NAME,
    *,
    sign_ins: InMemorySignIns | None = None,
    resume: ResumePoint | None = None,
) -> AsyncGenerator[Run, None]:
    plan = msgspec.structs.replace(make_plan(), sources=(name,))
    given = sign_ins or InMemorySignIns()
    source = FeedSource(name, plan, given, transport=network.transport, now=time.now, sleep=time.sleep)
    async with running(source, resume) as run:
        await time.settle()
        yield run


async def test_posts_of_a_feed_count_with_and_without_the_hashtag_and_need_no_sign_in(
    network: Bluesky, time: VirtualTime
) -> None:
    with_tag = network.post("p1", "A1 stations #navasotaisd")
    without = network.post("p2", "A1 stations too", at=START + 1)
    network.feeds[FEED] = [without, with_tag]
    time.at += 2
    async with reading(network, time) as run:
        assert run.uris == [with_tag, without]
        assert run.statuses[-1] == "ok"
        assert {request.url.host for request in network.asked} == {session.PUBLIC}
        assert run.deliveries[-1].called == "feed teachers"
        later = network.post("p3", "A2 more")
        network.feeds[FEED].insert(0, later)
        await time.go_on(15)
        await time.go_on(60)
        assert run.uris == [with_tag, without, later], "each comes once"


async def test_what_is_new_is_found_wherever_a_ranked_feed_puts_it(network: Bluesky, time: VirtualTime) -> None:
    network.page = 10
    old = [network.post(f"old{n:02}", "long ago", at=START - 60 * MINUTE) for n in range(60)]
    first = network.post("p1", "A1 first")
    network.feeds[FEED] = [*old[:25], first, *old[25:]]
    async with reading(network, time) as run:
        assert run.uris == [first], "it is on the third page, behind two of other days"
        second = network.post("p2", "A1 second")
        network.feeds[FEED] = [*old[:45], second, *old[45:], first]
        await time.go_on(70)
        assert run.uris == [first, second]
        assert network.calls_of("getFeed") < 60, "not every look goes that deep"


@pytest.mark.parametrize("cursors", ["the same", "in a circle", "without end"])
async def test_cursors_that_lead_nowhere_end(cursors: str, network: Bluesky, time: VirtualTime) -> None:
    post = network.post("p1", "A1")
    network.feeds[FEED] = [post]
    network.cursors[FEED] = {
        "the same": lambda _cursor: "odd-0",
        "in a circle": lambda cursor: "odd-1" if cursor == "odd-0" else "odd-0",
        "without end": lambda cursor: f"odd-{int((cursor or 'odd-0').removeprefix('odd-')) + 1}",
    }[cursors]
    async with reading(network, time) as run:
        assert run.uris == [post]
        await time.go_on(60)
        assert run.statuses[-1] == "ok"
        assert network.calls_of("getFeed") <= 6 * 10


async def test_a_repost_in_the_feed_is_the_post_that_it_repeats_once(network: Bluesky, time: VirtualTime) -> None:
    post = network.post("p1", "A1 stations", by="did:plc:ben")
    old = network.post("p0", "of last week", at=START - 7 * 24 * 60 * MINUTE)
    network.feeds[FEED] = [f"repost {old}", f"repost {post}", post, f"repost {post}"]
    async with reading(network, time) as run:
        assert run.uris == [post]
        assert run.new[0].author.handle == "ben.example.org"
        assert run.new[0].repost_of is None


async def test_a_handle_in_the_address_is_asked_for_once(network: Bluesky, time: VirtualTime) -> None:
    network.feeds[FEED] = [network.post("p1", "A1")]
    async with reading(network, time, "bluesky:feed:at://ben.example.org/app.bsky.feed.generator/teachers") as run:
        await time.go_on(30)
        assert len(run.uris) == 1
        assert network.calls_of("resolveHandle") == 1
    async with reading(network, time, "bluesky:feed:at://nobody.example.org/app.bsky.feed.generator/teachers") as run:
        assert run.statuses[-1] == "refused: this feed is gone, or its address is wrong"


async def test_a_feed_that_is_gone_is_told_and_read_again_once_it_is_back(network: Bluesky, time: VirtualTime) -> None:
    del network.feeds[FEED]
    async with reading(network, time) as run:
        assert run.statuses[-1] == "refused: this feed is gone, or its address is wrong"
        network.feeds[FEED] = [network.post("p1", "A1")]
        run.source.wake()
        await time.settle()
        assert len(run.uris) == 1
        network.faults["app.bsky.feed.getFeed"] = [error(400, "UnknownFeed", "no such feed")]
        await time.go_on(15)
        assert run.statuses[-1] == "refused: this feed is gone, or its address is wrong"


async def test_a_feed_for_who_is_signed_in_says_so_and_is_read_with_a_sign_in(
    network: Bluesky, time: VirtualTime
) -> None:
    network.feeds[FEED] = [network.post("p1", "A1")]
    network.faults["app.bsky.feed.getFeed"] = [error(401, "AuthenticationRequired", "sign in")]
    sign_ins = InMemorySignIns()
    async with reading(network, time, sign_ins=sign_ins) as run:
        assert run.statuses[-1] == "refused: this feed is only for who is signed in: lunchroom login bluesky"
        sign_ins.renew(account())
        run.source.wake()
        await time.settle()
        assert len(run.uris) == 1
        assert network.asked[-1].url.host == PDS


async def test_a_limit_and_a_feed_that_does_not_answer_are_waited_for(network: Bluesky, time: VirtualTime) -> None:
    network.feeds[FEED] = [network.post("p1", "A1")]
    network.faults["app.bsky.feed.getFeed"] = [
        httpx.Response(429, headers={"retry-after": "30"}, json={"error": "RateLimitExceeded"}),
        error(502, "UpstreamFailure", "feed unavailable"),
    ]
    async with reading(network, time) as run:
        assert run.statuses[-1] == "waiting 30 s: rate limit"
        await time.go_on(31)
        assert "trying again" in run.statuses[-1]
        await time.go_on(20)
        assert run.statuses[-1] == "ok"
        assert len(run.uris) == 1


async def test_after_a_restart_what_is_known_does_not_come_again(network: Bluesky, time: VirtualTime) -> None:
    network.feeds[FEED] = [network.post("p1", "A1")]
    async with reading(network, time) as run:
        resume = run.resume()
    network.feeds[FEED].insert(0, network.post("p2", "A1 too"))
    async with reading(network, time, resume=resume) as again:
        assert [post.text for post in again.new] == ["A1 too"]


async def test_what_is_removed_is_noticed_and_what_leaves_the_feed_stays(network: Bluesky, time: VirtualTime) -> None:
    stays, goes = network.post("p1", "A1"), network.post("p2", "A1 too")
    network.feeds[FEED] = [stays, goes]
    async with reading(network, time) as run:
        network.feeds[FEED] = []
        network.delete(goes)
        await time.go_on(200)
        assert run.removed == [goes]


@contextmanager
def served(network: Bluesky) -> Generator[str, None, None]:
    """The network on a real socket of this computer; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = network.answer(httpx.Request("GET", f"https://{session.PUBLIC}{self.path}"))
            self.send_response(answer.status_code)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def test_it_is_read_over_a_real_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Bluesky(lambda: START)
    network.page = 2
    made = [network.post(f"p{n}", f"A1 {n}", at=START - n) for n in range(5)]
    network.feeds[FEED] = made
    with served(network) as host:
        monkeypatch.setattr(session, "PUBLIC", host)
        plan = msgspec.structs.replace(make_plan(), sources=(NAME,))
        opened = NETWORKS["bluesky"].reading.open
        source = opened(NAME, plan, InMemorySignIns(), transport=None, now=wall_clock, sleep=asyncio.sleep)
        assert isinstance(source, FeedSource)
        async with running(source) as run, patience(), run.arrived:
            await run.arrived.wait_for(lambda: len(run.uris) == 5)
        assert sorted(run.uris) == made


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("https://bsky.app/profile/Edu.example.org/feed/teachers", "at://edu.example.org"),
        ("bluesky:feed:https://bsky.app/profile/edu.example.org/feed/teachers/", "at://edu.example.org"),
        ("at://edu.example.org/app.bsky.feed.generator/teachers", "at://edu.example.org"),
        ("https://bsky.app/profile/did:plc:ben/feed/teachers", "at://did:plc:ben"),
        (NAME, "at://did:plc:ben"),
    ],
)
def test_a_plan_may_name_a_feed_by_its_page(written: str, source: str) -> None:
    text = f'title = "T"\nstarts = 2026-12-01T19:00:00\ntimezone = "UTC"\nsources = ["{written}"]\n'
    plan = decode_plan(text, NETWORKS)
    assert plan.sources == (f"bluesky:feed:{source}/app.bsky.feed.generator/teachers",)
    assert not read_by_tag(plan.sources[0])


@pytest.mark.parametrize(
    "written",
    [
        "bluesky:feed:", "bluesky:feed:teachers", "bluesky:feed:at://did:plc:ben/app.bsky.feed.post/x",
        "bluesky:feed:at://did:plc:ben/app.bsky.feed.generator/", "https://bsky.app/profile/edu.example.org",
        "bluesky:feed:at://a b/app.bsky.feed.generator/x",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_told(written: str) -> None:
    text = f'title = "T"\nstarts = 2026-12-01T19:00:00\ntimezone = "UTC"\nsources = ["{written}"]\n'
    with pytest.raises(PlanError, match=r"line 4: "):
        decode_plan(text, NETWORKS)


async def test_a_post_that_a_feed_and_the_search_both_have_is_one(
    network: Bluesky, time: VirtualTime, tmp_path: Path
) -> None:
    both = network.post("p1", "A1 stations #navasotaisd")
    lost = network.post("p2", "A1 lost by the hashtag", at=START + 1)
    answer = network.post("p3", "A1 yes! #navasotaisd", at=START + 2, reply_to=both)
    network.feeds[FEED] = [answer, lost, both]
    time.at += 3
    plan = msgspec.structs.replace(make_plan(), sources=("bluesky", NAME))
    more: dict[str, Any] = {"transport": network.transport, "now": time.now, "sleep": time.sleep}
    search = BlueskySource("bluesky", plan, InMemorySignIns([account()]), **more)
    feed = FeedSource(NAME, plan, InMemorySignIns(), **more)
    async with live_hub(tmp_path, plan=plan, sources=[search, feed]) as live:
        await live.until(lambda session: len(session.durable.posts) == 3)
        await live.until(lambda session: set(session.durable.sources) == {"bluesky", NAME})
        await time.go_on(15)
        await time.go_on(60)
        state = live.session.durable
        assert {post.removeprefix("bluesky:") for post in state.posts} == {both, lost, answer}
        assert network.calls_of("searchPosts") > 0
        assert network.calls_of("getFeed") > 0
        assert state.posts[f"bluesky:{answer}"].post.reply_to == f"bluesky:{both}"
        assert sum(isinstance(event, PostSeen) for event in live.file.read_events()) == 3


async def test_a_recorded_feed_of_a_real_server_is_read(network: Bluesky, time: VirtualTime) -> None:
    """getFeed answers with what getAuthorFeed does, by their lexicons: `feed` of feedViewPosts, and a `cursor`."""
    written = json.dumps(recorded("getAuthorFeed_with_repost")["body"])
    body = json.loads(re.sub(r'"(createdAt|indexedAt)": "[^"]*"', rf'"\1": "{iso(START)}"', written))
    network.faults["app.bsky.feed.getFeed"] = [httpx.Response(200, json=body)]
    async with reading(network, time) as run:
        own = [item["post"]["uri"] for item in body["feed"] if "reason" not in item]
        assert set(own) <= set(run.uris)
        assert run.statuses[-1] == "ok"
