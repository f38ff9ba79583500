"""A Mastodon server in memory, behind httpx's own transport for tests, and a session that reads it."""

import asyncio
import datetime
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec

from sessions.core.events import AnyEvent, PostSeen, QuestionAsked
from sessions.core.plan import Plan
from sessions.core.posts import Filed
from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from sessions.networks.mastodon.reader import MastodonSource
from sessions.networks.source import ResumePoint
from tests.sessions.networks.brought import Brought
from tests.sessions.networks.fakes import START, make_plan
from tests.sessions.networks.mastodon.recorded import load
from tests.sessions.networks.virtual_time import VirtualTime

HOST = "m.example"
SPEC = f"mastodon:{HOST}"
ANA = ServerAccount("mastodon", HOST, id=f"mastodon:ana@{HOST}", handle=f"ana@{HOST}", secret=Secret("hidden-token"))


def iso(at: float) -> str:
    """A moment as a server writes it."""
    return datetime.datetime.fromtimestamp(at / 1000, datetime.UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


class Broken(httpx.AsyncByteStream):
    """A stream that a test writes to and ends as it likes."""

    def __init__(self) -> None:
        self._parts: asyncio.Queue[bytes | Exception | None] = asyncio.Queue()

    def put(self, part: bytes | Exception | None) -> None:
        self._parts.put_nowait(part)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (part := await self._parts.get()) is not None:
            if isinstance(part, Exception):
                raise part
            yield part


class Server:
    """One server: its posts, what it says of itself, and what is wrong with it."""

    def __init__(self, time: VirtualTime) -> None:
        self.time = time
        self.about: dict[str, Any] = {
            "domain": HOST, "version": "4.6.4", "source_url": "https://github.com/mastodon/mastodon",
            "configuration": {"urls": {"streaming": f"wss://streaming.{HOST}"}},
        }  # fmt: skip
        self.posts: list[dict[str, Any]] = []
        self.asked: list[tuple[int, httpx.Request]] = []
        self.streams: list[Broken] = []
        self.wants_account = False
        self.trouble: dict[str, httpx.Response | Exception] = {}
        self.page = 40
        self._template = load("m464_tag_timeline")["body"][0]
        self._id = 1000

    # What people do

    def post(self, text: str = "", *, at: float | None = None, late: int = 0, tags: tuple[str, ...] = ("devchat",),
             reply_to: dict[str, Any] | None = None, who: str = "bea", **fields: Any) -> dict[str, Any]:  # fmt: skip
        """A new post; one that is `late` is sorted in that many places below the newest."""
        self._id += 100
        status_id = str(self._id - late * 100 - 50 if late else self._id)
        made = {
            **self._template,
            "id": status_id,
            "uri": f"https://{HOST}/users/{who}/statuses/{status_id}",
            "url": f"https://{HOST}/@{who}/{status_id}",
            "created_at": iso(self.time.at if at is None else at),
            "content": f"<p>{text or f'post {status_id}'}</p>",
            "account": {"id": who, "acct": who, "display_name": who.title()},
            "tags": [{"name": tag} for tag in tags],
            "in_reply_to_id": reply_to["id"] if reply_to is not None else None,
            **fields,
        }
        self.posts.append(made)
        return made

    def edit(self, post: dict[str, Any], text: str) -> None:
        post.update(content=f"<p>{text}</p>", edited_at=iso(self.time.at))

    def remove(self, post: dict[str, Any]) -> None:
        self.posts.remove(post)

    def stream(self, event: str, data: str) -> None:
        """Something goes out on the newest stream."""
        self.streams[-1].put(f"event: {event}\ndata: {data}\n\n".encode())

    # What it answers

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def requests(self, part: str) -> list[float]:
        """The moments, in seconds after the start, at which what has `part` in its address was asked for."""
        return [(at - START) / 1000 for at, request in self.asked if part in str(request.url)]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((self.time.now(), request))
        path = request.url.path
        for part, trouble in self.trouble.items():
            if part in str(request.url):
                if isinstance(trouble, Exception):
                    raise trouble
                return httpx.Response(trouble.status_code, headers=trouble.headers, content=trouble.content)
        if path == "/api/v2/instance":
            return httpx.Response(200, json=self.about)
        if self.wants_account and "Authorization" not in request.headers:
            return httpx.Response(401, json={"error": "Unauthorized: token not supplied"})
        if path.startswith("/api/v1/timelines/tag/"):
            return httpx.Response(200, json=self._timeline(path.rpartition("/")[2], request.url.params))
        if path == "/api/v1/streaming/hashtag":
            return self._open_stream(request)
        if path == "/api/v2/search":
            found = [post for post in self.posts if post["uri"] == request.url.params["q"]]
            return httpx.Response(200, json={"accounts": [], "statuses": found, "hashtags": []})
        return self._status(path.removeprefix("/api/v1/statuses/"))

    def _timeline(self, tag: str, params: httpx.QueryParams) -> list[dict[str, Any]]:
        listed = [
            post
            for post in sorted(self.posts, key=lambda post: int(post["id"]))
            if post["visibility"] == "public" and tag in [one["name"] for one in post["tags"]]
        ]
        if "min_id" in params:
            return [post for post in listed if int(post["id"]) > int(params["min_id"])][: self.page][::-1]
        if "max_id" in params:
            listed = [post for post in listed if int(post["id"]) < int(params["max_id"])]
        return listed[-self.page :][::-1]

    def _open_stream(self, request: httpx.Request) -> httpx.Response:
        if request.url.host != f"streaming.{HOST}" or "Authorization" not in request.headers:
            return httpx.Response(401, json={"error": "Missing access token"})
        self.streams.append(Broken())
        self.streams[-1].put(b":)\n")
        return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, stream=self.streams[-1])

    def _status(self, rest: str) -> httpx.Response:
        status_id, _, what = rest.partition("/")
        found = next((post for post in self.posts if post["id"] == status_id), None)
        if found is None:
            return httpx.Response(404, json={"error": "Record not found"})
        if what != "context":
            return httpx.Response(200, json=found)
        below, thread = {status_id}, []
        for post in self.posts:
            if post["in_reply_to_id"] in below:
                below.add(post["id"])
                thread.append(post)
        return httpx.Response(200, json={"ancestors": [], "descendants": thread})


class Run(Brought):
    """What one reading brought, and the session to which it is told."""

    def __init__(self, source: MastodonSource, time: VirtualTime) -> None:
        super().__init__()
        self.source = source
        self.time = time
        self._seq = 0

    @property
    def uris(self) -> list[str]:
        return [post.id.removeprefix("mastodon:") for post in self.posts]

    def tell(self, event: type[AnyEvent], /, **fields: Any) -> None:
        self._seq += 1
        self.source.on_event(event(seq=self._seq, at=self.time.now(), by=None, command=None, **fields))

    def ask(self, post: dict[str, Any], question: str = "q1") -> None:
        """The post put the question, and it is open now, as the hub tells it."""
        asked = next(one for one in self.posts if one.id == f"mastodon:{post['uri']}")
        self.tell(PostSeen, post=asked, kind="question", filed=Filed(question, "label"), newcomer=False)
        self.tell(QuestionAsked, question=question, seconds=480)


@asynccontextmanager
async def reading(
    server: Server,
    *,
    account: Account | None = None,
    resume: ResumePoint | None = None,
    plan: Plan | None = None,
    tags: tuple[str, ...] = ("devchat",),
    spec: str = SPEC,
) -> AsyncGenerator[Run, None]:
    """Reads the server until the block ends."""
    plan = msgspec.structs.replace(plan or make_plan(), hashtags=tags, sources=(spec,))
    time = server.time
    sign_ins = InMemorySignIns([account] if account is not None else [])
    source = MastodonSource(spec, plan, sign_ins, transport=server.transport, now=time.now, sleep=time.sleep)
    run = Run(source, time)

    async def collect() -> None:
        async for delivery in source.read(resume or ResumePoint()):
            run.deliveries.append(delivery)

    task = asyncio.create_task(collect())
    await time.settle()
    try:
        yield run
        assert not task.done(), task.exception()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def as_json(post: dict[str, Any]) -> str:
    """The post as a stream carries it."""
    return json.dumps(post)
