"""Reads toy posts by asking for what is newer, with the token of who is signed in."""

from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import msgspec

from sessions.core.plan import Plan
from sessions.core.posts import Author, Post
from sessions.networks.account import SignIns
from sessions.networks.source import NewPost, ResumePoint
from sessions.networks.web.errors import SignedOut
from sessions.networks.web.feed import Feed
from sessions.networks.web.fetching import fetch, server_address
from sessions.networks.web.network_source import NetworkSource

EVERY = 0.05
"""Seconds between two looks; a test waits for them."""


class WirePost(msgspec.Struct):
    """A post as the server has it."""

    id: int
    author: str
    text: str
    at: int


class ToySource(NetworkSource):
    """The posts of a toy server."""

    def __init__(self, name: str, plan: Plan, sign_ins: SignIns, **options: Any) -> None:
        super().__init__(name, plan, **options)
        self._sign_ins = sign_ins

    def _reader(
        self, client: httpx.AsyncClient, feed: Feed, resume: ResumePoint
    ) -> Callable[[], Coroutine[Any, Any, None]]:
        after = int(resume.cursor or 0)
        url = f"{server_address(self.name.partition(':')[2])}/posts"

        async def look() -> float:
            nonlocal after
            account = self._sign_ins.find(self.name)
            if account is None:
                raise SignedOut(self.name.replace(":", " "))
            headers = {"Authorization": f"Bearer {account.secret.token}"}
            answer = await fetch(client, "GET", url, params={"after": after}, headers=headers, now=self.now)
            if answer.status == 401:
                raise SignedOut(self.name.replace(":", " "))
            found = answer.read(list[WirePost], self.name)
            after = max([after, *(one.id for one in found)])
            await feed.bring([NewPost(_post(one)) for one in found], str(after))
            return EVERY

        async def run() -> None:
            await feed.keep("posts", look)

        return run


def open_source(spec: str, plan: Plan, sign_ins: SignIns, /, **options: Any) -> ToySource:
    """What reads it."""
    return ToySource(spec, plan, sign_ins, **options)


def _post(wire: WirePost) -> Post:
    author = Author(f"toy:{wire.author}", f"{wire.author}.toy", wire.author.title())
    return Post(f"toy:{wire.id}", author, wire.text, wire.at, url=f"https://toy.example/{wire.author}/{wire.id}")
