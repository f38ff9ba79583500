"""A chat on any network, in memory, whose hub has a clock of its own: what was read, and how the hub files it."""

import asyncio
import email.utils
from collections.abc import AsyncGenerator, Callable, Container
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec

from sessions.core.events import SCHEMA, AnyEvent, QuestionAsked, SessionOpened
from sessions.core.evolve import evolve
from sessions.core.filing import Judge
from sessions.core.posts import Post
from sessions.core.state import SessionState
from sessions.hub.process.sources import open_source
from sessions.hub.server import rules
from sessions.networks.account import Account, InMemorySignIns
from sessions.networks.source import Delivery, NewPost, ResumePoint, Source
from tests.sessions.networks.bluesky.network import Bluesky, account
from tests.sessions.networks.fakes import START, make_plan
from tests.sessions.networks.mastodon.server import ANA, SPEC, Server
from tests.sessions.networks.virtual_time import VirtualTime
from tests.sessions.networks.x.simulated import APP, SimulatedX

MINUTE = 60_000
AHEAD = [minutes * MINUTE for minutes in (-20, -3, 1, 3, 20)]
"""By how many milliseconds a hub's clock is ahead of the network's."""

NETWORKS = ("mastodon", "bluesky", "x")


class Dated(httpx.AsyncBaseTransport):
    """A network whose answers are dated by its own clock; in them the posts of these ids make no sense."""

    def __init__(self, network: httpx.MockTransport, now: Callable[[], int], spoiled: Container[str] = ()) -> None:
        self._network = network
        self._now = now
        self._spoiled = spoiled

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._network.handle_async_request(request)
        if self._spoiled and response.headers.get("Content-Type") == "application/json":
            made = response.json()
            spoil(made, self._spoiled)
            response = httpx.Response(response.status_code, json=made)
        response.headers["Date"] = email.utils.formatdate(self._now() / 1000, usegmt=True)
        return response


def spoil(value: Any, ids: Container[str]) -> None:
    """Let the posts of these ids make no sense, in place."""
    if isinstance(value, list):
        for one in value:
            spoil(one, ids)
    elif isinstance(value, dict):
        if value.get("uri") in ids or value.get("id") in ids:
            inner = value["record"] if isinstance(value.get("record"), dict) else value
            inner["content" if "content" in inner else "text"] = {"x": 1}
        for one in value.values():
            spoil(one, ids)


class Network:
    """One of the networks, with what a test does to it."""

    def __init__(self, name: str) -> None:
        self.time = VirtualTime(START + 300)
        self.name = name
        self.spoiled: set[str] = set()
        self.server: Server | Bluesky | SimulatedX
        self._number = 0
        self.spec, self.account = {
            "mastodon": (SPEC, ANA), "bluesky": ("bluesky", account()), "x": ("x", APP),
        }[name]  # fmt: skip
        if name == "mastodon":
            self.server = Server(self.time)
        else:
            self.server = Bluesky(self.time.now) if name == "bluesky" else SimulatedX(self.time)

    @property
    def transport(self) -> Dated:
        return Dated(self.server.transport, self.time.now, self.spoiled)

    def post(self, text: str, *, ago: int = 0, who: str = "bea") -> None:
        """Somebody posts, or did so many milliseconds ago."""
        at, self._number = round(self.time.at) - ago, self._number + 1
        text = f"{text} #devchat"
        if isinstance(self.server, Bluesky):
            self.server.post(f"p{self._number}", text, at=at, by=f"did:plc:{who}", tags=("devchat",))
        else:
            self.server.post(text, at=at, who=who)

    def spoil(self) -> None:
        """Let the newest post make no sense."""
        posts = self.server.posts if isinstance(self.server, Server) else list(self.server.posts.values())
        self.spoiled.add(posts[-1]["uri" if "uri" in posts[-1] else "id"])

    def limit(self, seconds: int) -> None:
        """Nothing more is read for so long, as the network says by a moment of its own clock."""
        until = round(self.time.at) + seconds * 1000
        if isinstance(self.server, Server):
            moment = email.utils.parsedate_to_datetime(email.utils.formatdate(until / 1000)).isoformat()
            headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{moment}Z"}
            self.server.trouble["/timelines/"] = httpx.Response(429, headers=headers, json={"error": "Too many"})
        elif isinstance(self.server, SimulatedX):
            epoch = str(until // 1000)
            headers = {"x-rate-limit-limit": "450", "x-rate-limit-remaining": "0", "x-rate-limit-reset": epoch}
            self.server.trouble["/recent"] = httpx.Response(429, headers=headers, json={"title": "Too Many Requests"})
        else:
            epoch = str(until // 1000)
            headers = {"ratelimit-limit": "3000", "ratelimit-remaining": "0", "ratelimit-reset": epoch}
            limited = httpx.Response(429, headers=headers, json={"error": "RateLimitExceeded"})
            self.server.faults["app.bsky.feed.searchPosts"] = [limited]

    def mend(self) -> None:
        """Nothing is wrong with it any more."""
        if not isinstance(self.server, Bluesky):
            self.server.trouble.clear()


class Chat:
    """What one reading brought, and how a hub files it that decides by its own clock."""

    def __init__(self, source: Source, plan: Any, now: Callable[[], int]) -> None:
        self.state = SessionState()
        self.deliveries: list[Delivery] = []
        self._source = source
        self._now = now
        self.tell(SessionOpened, plan=plan, schema=SCHEMA, rehearsal=False)
        self._judge = Judge(self.state)

    def tell(self, event: type[AnyEvent], /, **fields: Any) -> None:
        happened = event(seq=self.state.seq + 1, at=self._now(), by=None, command=None, **fields)
        evolve(self.state, happened)  # type: ignore[arg-type]
        self._source.on_event(happened)

    def ask(self, question: str) -> None:
        self.tell(QuestionAsked, question=question, seconds=480)

    def take(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        for item in delivery.items:
            for event in rules.delivered(self.state, self._judge, item, at=self._now(), follow=False):
                self._source.on_event(event)

    @property
    def posts(self) -> list[Post]:
        return [item.post for one in self.deliveries for item in one.items if isinstance(item, NewPost)]

    @property
    def filed(self) -> dict[str, tuple[str, str | None]]:
        """Kind and question of each post, by its words."""
        found = {}
        for seen in self.state.posts.values():
            question = seen.filed.question if seen.filed is not None else None
            found[seen.post.text.removesuffix(" #devchat")] = (seen.kind, question)
        return found

    @property
    def status(self) -> str:
        return self.deliveries[-1].status


@asynccontextmanager
async def chat_on(
    network: Network, *, ahead: int | Callable[[], int], starts_at: int = START
) -> AsyncGenerator[Chat, None]:
    """A hub reads the network until the block ends; its clock is so many milliseconds ahead."""
    plan = msgspec.structs.replace(make_plan(), hashtags=("devchat",), sources=(network.spec,), starts_at=starts_at)
    accounts: list[Account] = [network.account]

    def now() -> int:
        return network.time.now() + (ahead() if callable(ahead) else ahead)

    source = open_source(
        network.spec, plan, sign_ins=InMemorySignIns(accounts), transport=network.transport,
        now=now, sleep=network.time.sleep,
    )  # fmt: skip
    chat = Chat(source, plan, now)

    async def collect() -> None:
        async for delivery in source.read(ResumePoint()):
            chat.take(delivery)

    task = asyncio.create_task(collect())
    await network.time.settle()
    try:
        yield chat
        assert not task.done(), task.exception()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
