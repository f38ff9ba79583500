"""The hub is off while a real server takes posts, an edit and a removal: on return each is read once, in order."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sessions.core.events import PostSeen, SourceChanged
from sessions.networks.account import InMemorySignIns
from sessions.networks.mastodon.intervals import Intervals
from sessions.networks.mastodon.reader import MastodonSource
from sessions.networks.timing import wall_clock
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import live_hub
from tests.sessions.networks.mastodon.mock_server import MockServer, relay, token
from tests.waiting import PATIENCE

TAG = "slowweek"
EVERY = Intervals(poll=0.05, newest=0.2, whole=0.2, thread=1.0, catching_up=0.05)


async def test_what_came_while_the_hub_was_off_is_read_from_a_real_server(mock: MockServer, tmp_path: Path) -> None:
    spec = f"mastodon:{mock.host}"
    plan = replace(a_plan(), hashtags=(TAG,), sources=(spec,), starts_at=wall_clock())
    headers = {"Authorization": f"Bearer {token('poster')}"}

    def post(text: str) -> str:
        body = {"status": f"{text} #{TAG}", "visibility": "public"}
        made: Any = mock.http.post("/api/v1/statuses", json=body, headers=headers, timeout=PATIENCE)
        status: str = made.raise_for_status().json()["id"]
        return status

    def a_source() -> MastodonSource:
        return MastodonSource(spec, plan, InMemorySignIns(), every=EVERY)

    edited, removed, _ = [post(f"A1 early {number}") for number in range(3)]
    async with relay(mock), live_hub(tmp_path, plan=plan, sources=[a_source()]) as live:
        await live.until(lambda session: len(session.durable.posts) == 3)
        path = live.file.path
    for number in range(90):
        post(f"A2 missed {number}")
    changed = {"status": f"A1 early and edited #{TAG}"}
    mock.http.put(f"/api/v1/statuses/{edited}", json=changed, headers=headers).raise_for_status()
    mock.http.delete(f"/api/v1/statuses/{removed}", headers=headers).raise_for_status()
    async with relay(mock), live_hub(tmp_path, plan=plan, path=path, sources=[a_source()]) as live:
        await live.until(lambda session: len(session.durable.posts) == 93)
        first, second, *_ = live.session.durable.posts
        await live.until(lambda session: "edited" in session.durable.text(first) and session.durable.folded(second))
        events = live.session.log.events()
        said = [event.status for event in events if isinstance(event, SourceChanged)]
    texts = [event.post.text for event in events if isinstance(event, PostSeen)]
    assert texts == [f"A{1 + (n > 2)} {f'early {n}' if n < 3 else f'missed {n - 3}'} #{TAG}" for n in range(93)]
    assert any(status.startswith("catching up (") for status in said)
