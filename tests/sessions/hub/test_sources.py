"""Sources that failed: when they are tried again, and a moderator who does not want to wait for that."""

from pathlib import Path

import httpx

from sessions.hub.client.client import HubClient, Invite
from sessions.hub.protocol.sources import TriedSources
from sessions.networks.account import InMemorySignIns
from sessions.networks.mastodon.reader import MastodonSource
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, Patient, live_hub

NAME = "mastodon:mastodon.social"
REFUSED = httpx.Response(403, json={"error": "Not now"})
LIMITED = httpx.Response(429, headers={"Retry-After": "200"})


class Server:
    """A server that answers all with the same."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.asked = 0

    def source(self) -> MastodonSource:
        """What reads it."""
        return MastodonSource(NAME, a_plan(), InMemorySignIns(), transport=httpx.MockTransport(self._handle))

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        return httpx.Response(self.answer.status_code, headers=self.answer.headers, content=self.answer.content)


async def test_a_moderator_has_what_failed_tried_again_now(tmp_path: Path) -> None:
    server = Server(REFUSED)
    async with live_hub(tmp_path, sources=[server.source(), Feed("x")]) as live:
        client = HubClient(Invite(live.url, live.keys.token), transport=Patient())
        await client.join("Ben")
        await live.until(lambda session: "Not now" in str(session.durable.sources))
        view = await client.session()
        wait, none = (one.next_try for one in view.sources)
        assert isinstance(wait, int)
        assert 0 < wait - view.now <= 300_000
        assert not isinstance(none, int)
        asked, server.answer = server.asked, LIMITED
        assert await client.try_sources() == TriedSources(now=(NAME,))
        await live.until(lambda session: "rate limit" in str(session.durable.sources))
        assert server.asked == asked + 1
        assert await client.try_sources() == TriedSources(later=(NAME,))
        await client.aclose()


async def test_only_moderators_at_a_desk_may_have_them_tried(tmp_path: Path) -> None:
    server = Server(REFUSED)
    async with live_hub(tmp_path, sources=[server.source()]) as live:
        await live.until(lambda session: "Not now" in str(session.durable.sources))
        asked = server.asked
        for caller in (live.invited(), await live.join("Olga", "observer")):
            assert (await caller.http.post("/v1/sources/try")).status_code == 403
        assert server.asked == asked
        ana = await live.join("Ana")
        assert (await ana.http.post("/v1/sources/try", content=b"x" * 70_000)).status_code == 413
        assert (await ana.http.get("/v1/sources/try")).status_code == 405


async def test_where_nothing_failed_nothing_is_tried(tmp_path: Path) -> None:
    async with live_hub(tmp_path, sources=[Feed()]) as live:
        ana = await live.join("Ana")
        assert (await ana.http.post("/v1/sources/try")).json() == {"now": [], "later": []}
        assert "next_try" not in (await ana.show())["sources"][0]
