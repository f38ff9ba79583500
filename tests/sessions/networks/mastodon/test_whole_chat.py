"""A whole recorded hour is posted to a real server by 40 accounts while it fails in every way that it can be told to:
a real hub reads every post exactly once, in order, and files each as when the recording is read from its file."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
from msgspec.structs import replace

from sessions.core.events import PostSeen
from sessions.core.plan import Host
from sessions.core.posts import Filed, Judgement
from sessions.networks.account import InMemorySignIns, Secret, ServerAccount
from sessions.networks.mastodon.intervals import Intervals
from sessions.networks.mastodon.reader import MastodonSource
from sessions.networks.timing import wall_clock
from tests.gold import HOSTS, a_plan, asked_questions
from tests.sessions.hub.live import LiveHub, live_hub
from tests.sessions.networks.mastodon.mock_server import Hasty, MockServer, Relay, relay, token
from tests.sessions.networks.mastodon.reenacted import CHAT, chat, from_the_file, usernames
from tests.waiting import PATIENCE, slowness

TAG = "lthechat"
EVERY = Intervals(poll=0.1, beside_stream=0.5, newest=1.0, thread=0.5, no_stream=0.2, catching_up=0.1)
TIMELINE, STATUS, STREAM = f"/api/v1/timelines/tag/{TAG}", "/api/v1/statuses/*", "/api/v1/streaming/hashtag"


def go_wrong(server: MockServer, relaying: Relay, number: int) -> None:
    """What happens before the post with this number; each strikes requests that are under way or come next."""
    if number % 45 == 20:
        relaying.cut_streams()
    match number:
        case 40:
            server.fault({"type": "ratelimit", "headers": {"Retry-After": "1"}}, path=TIMELINE)
        case 80:
            server.fault({"type": "status", "status": 503}, path=TIMELINE, count=3)
        case 110:
            server.fault({"type": "status", "status": 500}, path=STREAM)
        case 120 | 210:
            server.fault({"type": "malformed"}, path=TIMELINE, count=2)
            server.fault({"type": "malformed", "truncate": False}, path=STATUS, count=2)
        case 160 | 250:
            server.fault({"type": "latency", "delay_ms": 200}, path=TIMELINE, count=4)
        case 190 | 280:
            server.fault({"type": "timeout"}, path=TIMELINE)
        case 240 | 330:
            server.fault({"type": "status", "status": 502}, path=STATUS, count=2)
        case 245:
            server.fault({"type": "ratelimit", "headers": {"Retry-After": "1"}}, path=STREAM)
        case _:
            pass


async def post_all(server: MockServer, relaying: Relay, live: LiveHub) -> list[str]:
    """Post the chat as its people did, each question followed only once the hub has it; the uris, in order."""
    uris: list[str] = []
    ids: dict[str, str] = {}
    asks = {post.id for post, judgement in zip(chat(), from_the_file(), strict=True) if judgement.kind == "question"}
    async with httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=PATIENCE) as http:
        for number, post in enumerate(chat()):
            go_wrong(server, relaying, number)
            body: dict[str, Any] = {"status": tagged(post.text), "visibility": "public"}
            if post.reply_to is not None:
                body["in_reply_to_id"] = ids[post.reply_to]
            headers = {"Authorization": f"Bearer {token(post.author.handle)}"}
            answer = await http.post("/api/v1/statuses", json=body, headers=headers)
            made = answer.raise_for_status().json()
            ids[post.id] = made["id"]
            uris.append(f"mastodon:{made['uri']}")
            if post.id in asks:
                await live.until(lambda session, uri=uris[-1]: uri in session.durable.posts)  # type: ignore[misc]
    return uris


def tagged(text: str) -> str:
    """The text with the hashtag: a post without it is in nobody's timeline of it."""
    return text if f"#{TAG}" in text.lower() else f"{text} #{TAG}"


def unmarked(text: str) -> str:
    """The text without the signs that mastodon-mock takes for Markdown, as no Mastodon server does."""
    return re.sub(r"[*_`~]", "", text)


def sure(judged: PostSeen | Judgement) -> tuple[str, Filed | None]:
    """What it is and where it belongs, but for what is weighed by the minutes between posts: here an hour goes by in
    seconds."""
    kind = "answer or talk" if judged.kind in ("answer", "aside") else judged.kind
    return kind, None if judged.filed is not None and judged.filed.why == "guess" else judged.filed


async def test_every_post_arrives_once_in_order_and_filed_as_from_the_file(mock: MockServer, tmp_path: Path) -> None:
    hosts = tuple(Host(name, (f"mastodon:{name.lower()}@{mock.host}",)) for name in HOSTS)
    spec = f"mastodon:{mock.host}"
    plan = replace(a_plan(asked_questions(CHAT), (), wall_clock()), hashtags=(TAG,), hosts=hosts, sources=(spec,))
    account = ServerAccount("mastodon", mock.host, handle=f"reader@{mock.host}", secret=Secret(token("reader")))

    async def hasty(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.3))

    source = MastodonSource(
        spec, plan, InMemorySignIns([account]), transport=Hasty(0.4 * slowness()), sleep=hasty, every=EVERY
    )
    async with relay(mock) as relaying, live_hub(tmp_path, plan=plan, sources=[source], follow=True) as live:
        uris = await post_all(mock, relaying, live)
        await live.until(lambda session: len(session.durable.posts) >= len(uris))
        await live.until(lambda session: session.durable.sources[spec].status == "ok")
        # Each of them struck; those on single posts only where the parent of an answer was not known yet.
        assert {rule["match"]["path"] for rule in mock.faults_left()} <= {STATUS}
        mock.mend()
        seen = [event for event in live.session.log.events() if isinstance(event, PostSeen)]

    assert len(uris) == 374
    assert len({post.author.handle for post in chat()}) == len(usernames()) == 40
    assert relaying.cut >= 5
    assert [event.post.id for event in seen] == uris
    assert [unmarked(event.post.text) for event in seen] == [unmarked(tagged(post.text)) for post in chat()]
    parents = dict(zip([post.id for post in chat()], uris, strict=True))
    assert [event.post.reply_to for event in seen] == [parents.get(post.reply_to or "") for post in chat()]

    assert [sure(event) for event in seen] == [sure(one) for one in from_the_file()]
    assert len({event.filed.question for event in seen if event.filed is not None}) == len(asked_questions(CHAT))
