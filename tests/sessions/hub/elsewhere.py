"""Computers in other homes, all of them on this machine: no relay, nobody else is contacted."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from sessions.core.events import Scope
from sessions.hub.away.endpoint import new_secret, unavailable
from sessions.hub.away.relay import NONE
from sessions.hub.client.away import AwayLink, AwayTransport
from sessions.hub.client.client import HubClient, Invite
from sessions.hub.server.entry.access import Keys
from tests.sessions.hub.live import LiveHub, hasty, live_hub
from tests.waiting import PATIENCE

needs_iroh = pytest.mark.skipif(bool(unavailable()), reason="there is no iroh for this system")


class Elsewhere:
    """A computer with a key of its own."""

    def __init__(self) -> None:
        self.secret = new_secret()
        self._open: list[HubClient | httpx.AsyncClient] = []

    def transport(self, ticket: str) -> AwayTransport:
        """The way to the hub with this ticket."""
        return AwayTransport(AwayLink(ticket, self.secret, NONE))

    def client(self, invite: str | Invite) -> HubClient:
        """A desk's client by an invite."""
        invite = Invite.parse(invite) if isinstance(invite, str) else invite
        self._open.append(HubClient(invite, transport=self.transport(invite.ticket), sleep=hasty))
        return self._open[-1]  # type: ignore[return-value] # just put there

    def http(self, ticket: str, token: str) -> httpx.AsyncClient:
        """Plain HTTP with any token."""
        client = httpx.AsyncClient(
            base_url="http://elsewhere",
            headers={"Authorization": f"Bearer {token}"},
            transport=self.transport(ticket),
            timeout=PATIENCE,
        )
        self._open.append(client)
        return client

    async def aclose(self) -> None:
        """Let all its connections go."""
        for client in self._open:
            await client.aclose()


class AwayHub:
    """A hub with the way in, and a moderator at its own computer."""

    def __init__(self, live: LiveHub, saved: list[Keys]) -> None:
        self.live = live
        self.saved = saved
        self._elsewhere: list[Elsewhere] = []

    def elsewhere(self) -> Elsewhere:
        """Another computer."""
        self._elsewhere.append(Elsewhere())
        return self._elsewhere[-1]

    async def invite(self, scope: Scope = "moderator", name: str = "Ana") -> dict[str, Any]:
        """What a moderator's call for an invite is answered."""
        ana = await self.live.join(name)
        answer = await ana.http.post("/v1/invites", json={"scope": scope})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def aclose(self) -> None:
        """Let all go that are elsewhere."""
        for one in self._elsewhere:
            await one.aclose()


@asynccontextmanager
async def away_hub(
    folder: Path, *, relay: Callable[[], str] = lambda: NONE, **options: Any
) -> AsyncGenerator[AwayHub, None]:
    """A hub that lets others in once one of them is invited."""
    saved: list[Keys] = []
    async with live_hub(folder, relay=relay, save_keys=saved.append, **options) as live:
        hub = AwayHub(live, saved)
        try:
            yield hub
        finally:
            await hub.aclose()
