"""A hub with a hook on a real socket, and what other programs post to it."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from sessions.core.posts import Post
from sessions.networks.account import InMemorySignIns, Secret
from sessions.networks.hook.account import HookAccount
from sessions.networks.hook.entrance import Limits
from sessions.networks.hook.reader import HookSource
from tests.sessions.hub.live import LiveHub, live_hub
from tests.waiting import until

NAME = "hook:0"
TOKEN = "a-token-that-only-this-test-knows"

SOCIAL_STREAM: dict[str, Any] = {
    "id": 17,
    "type": "zoom",
    "chatname": "Ana L&oacute;pez",
    "chatmessage": 'A1: we <b>read</b> aloud &amp; sing <img src="https://cdn.example/e.png" alt="🎵">',
    "chatimg": "https://cdn.example/ana.png",
    "userid": "16778240",
    "textonly": False,
    "hasDonation": "",
    "membership": "",
    "contentimg": "",
    "chatbadges": "",
    "backgroundColor": "",
    "textColor": "",
}
"""As Social Stream Ninja posts a message of a meeting in Zoom."""

MATTERBRIDGE: dict[str, Any] = {
    "text": "A1: stations",
    "channel": "general",
    "username": "Tom",
    "userid": "U024BE7LH",
    "avatar": "https://cdn.example/tom.png",
    "account": "slack.school",
    "event": "",
    "protocol": "slack",
    "gateway": "chat",
    "parent_id": "",
    "timestamp": "2024-11-30T19:05:00.5-06:00",
    "id": "slack 1764551100.000200",
    "Extra": None,
}
"""As matterbridge's API gives a message of a channel in Slack."""


def signed_in() -> InMemorySignIns:
    """The token."""
    return InMemorySignIns([HookAccount("hook", "127.0.0.1", secret=Secret(TOKEN))])


class Hooked:
    """A hub whose only source is a hook, and a program that posts to it."""

    def __init__(self, live: LiveHub, port: int, http: httpx.AsyncClient) -> None:
        self.live = live
        self.port = port
        self.http = http

    @property
    def posts(self) -> list[Post]:
        """What is saved."""
        return [known.post for known in self.live.session.durable.posts.values()]

    async def post(self, given: Any, **more: Any) -> httpx.Response:
        """Post it as JSON."""
        return await self.http.post("/post", params={"token": TOKEN}, json=given, **more)

    async def raw(self, sent: bytes, *, end: bool = False) -> bytes:
        """All that comes back for these bytes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(sent)
        if end:
            writer.write_eof()
        found = await reader.read()
        writer.close()
        return found


def request(body: bytes, *headers: str) -> bytes:
    """A POST with the token, in bytes."""
    head = ["POST /post HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {TOKEN}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


def as_json(given: Any) -> bytes:
    """The body of a request."""
    return json.dumps(given).encode()


@asynccontextmanager
async def hooked(
    folder: Path, *, path: Path | None = None, signs: InMemorySignIns | None = None, limits: Limits | None = None
) -> AsyncGenerator[Hooked, None]:
    """A hub that listens at a free port, in `folder` or for the file `path`."""
    source = HookSource(NAME, signs or signed_in(), limits=limits or Limits())
    async with live_hub(folder, path=path, sources=[source]) as live:
        await until(lambda: source.listens_at is not None)
        port = source.listens_at
        assert port is not None
        told = f"listens at http://127.0.0.1:{port}/post for what other programs post"
        await live.until(lambda session: told in getattr(session.durable.sources.get(NAME), "details", ()))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
            yield Hooked(live, port, http)
