"""A desk that works by a seed, with the client that all desks have, and notes what it asked for and was answered."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any, Protocol, Self

import httpx
import msgspec

from sessions.core import commands as c
from sessions.core.commands import Command, Refusal, latest_own
from sessions.core.events import AnyEvent, PostSeen
from sessions.core.evolve import evolve, fold
from sessions.core.state import SessionState
from sessions.files.disk import Disk
from sessions.hub.client.client import Accepted, Events, HubClient, HubUnreachable, HubUpdate, Invite, Seat, Unsaved
from sessions.hub.client.updates import Rewound
from sessions.library.copies.copy_keeper import keep_copy
from sessions.library.copies.session_copy import SessionCopy
from tests.sessions.hub.live import NO_TLS
from tests.waiting import patience

LONGEST = 2.5
"""Seconds for which this desk waits where others wait up to 12: a round is short."""

QUESTIONS = ("q1", "q2", "q3")
ROLES: tuple[Any, ...] = ("driver", "greeter")


class Link(Protocol):
    """What a desk follows and commands: its hub's client, or what finds the hub that goes on with the session."""

    def follow(self) -> AsyncGenerator[HubUpdate, None]:
        """What happens."""

    async def command(self, command: Command) -> Accepted | Refusal | Unsaved:
        """Ask for something. Raises `HubUnreachable`."""


class Asked(msgspec.Struct):
    """What was asked for and how it was answered; moments are of the machine's clock that nobody sets (ns).

    `shown` is the seq up to which the desk knew the chat when it asked. `outcome` is `accepted` with `seq`, `refused`
    with `words`, `unsaved`, or `unknown` where no answer came.
    """

    desk: str
    command: Command
    shown: int
    invoked: int
    answered: int | None = None
    outcome: str = "unknown"
    seq: int = 0
    words: str = ""


class Hasty(httpx.AsyncHTTPTransport):
    """The network, on which nothing is waited for longer than a round takes."""

    def __init__(self) -> None:
        super().__init__(verify=NO_TLS, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        timeouts = request.extensions["timeout"]
        request.extensions["timeout"] = {kind: limit and min(limit, LONGEST) for kind, limit in timeouts.items()}
        return await super().handle_async_request(request)


class Desk:
    """A moderator at work. `tell` is given each `Asked` when it is asked, and again when it is answered."""

    def __init__(
        self, name: str, url: str, token: str, library: Path, tell: Callable[[Asked], None], disk: Disk | None = None
    ) -> None:
        self.name = name
        self.state = SessionState()
        self.events: list[AnyEvent] = []
        self.library = library
        self.copy: Path | None = None
        self._tell = tell
        self._disk = disk
        self._link: Link
        self._client = HubClient(Invite(url, token), transport=Hasty(), sleep=_briefly)
        self._heard = asyncio.Event()
        self._open = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with patience():
            while True:
                with contextlib.suppress(HubUnreachable):
                    seat = await self._client.join(self.name)
                    session = (await self._client.session()).id
                    break
                await asyncio.sleep(0.05)
        copy = SessionCopy(self.library, session, holder=self.name, disk=self._disk)
        self._keeper = await self._open.enter_async_context(keep_copy(copy, retry=0.1))
        self._link = await self._linked(seat, session)
        following = asyncio.create_task(self._follow())
        self._open.push_async_callback(_ended, following)
        return self

    async def _linked(self, _seat: Seat, _session: str) -> Link:
        """What it follows and commands."""
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()
        self.copy = self._keeper.path
        await self._client.aclose()

    async def _follow(self) -> None:
        async with aclosing(self._link.follow()) as updates:
            async for update in updates:
                if isinstance(update, Rewound):
                    await self._keeper.rewind(update.seq)
                self._take(update)

    def _take(self, update: HubUpdate) -> None:
        if isinstance(update, Rewound):
            self.events = self.events[: update.seq]
            self.state = fold(self.events)
        elif isinstance(update, Events):
            self._keeper.receive(update.events)
            self.events += update.events
            for event in update.events:
                evolve(self.state, event)
            self._heard.set()

    @property
    def trouble(self) -> str:
        """What keeps the copy from being written."""
        return self._keeper.trouble

    async def heard(self, seq: int) -> None:
        """Return once this desk knows the chat up to there."""
        async with patience():
            while self.state.seq < seq:
                self._heard.clear()
                await self._heard.wait()

    async def work(self, choose: random.Random, count: int) -> None:
        """Ask for so many things, one after the other."""
        await self.heard(1)
        for number in range(count):
            await self.ask(self._any(choose, f"{self.name}-{number}-{choose.getrandbits(40):x}"))
            await asyncio.sleep(choose.choice((0, 0, 0.01, 0.05)))

    async def ask(self, command: Command) -> Asked:
        """Ask for this."""
        asked = Asked(self.name, command, self.state.seq, time.monotonic_ns())
        self._tell(asked)
        try:
            outcome = await self._link.command(command)
        except HubUnreachable:
            return asked
        asked.answered = time.monotonic_ns()
        if isinstance(outcome, Accepted):
            asked.outcome, asked.seq = "accepted", outcome.seq
        elif isinstance(outcome, Refusal):
            asked.outcome, asked.words = "refused", outcome.refusal
        else:
            asked.outcome, asked.words = "unsaved", outcome.words
        self._tell(asked)
        return asked

    async def say_last(self, choose: random.Random) -> Asked:
        """Ask until something is accepted: whatever was wrong is well again."""
        async with patience():
            while True:
                asked = await self.ask(c.Note(id=f"{self.name}-last-{choose.getrandbits(40):x}", text="the last"))
                if asked.outcome == "accepted":
                    return asked
                await asyncio.sleep(0.05)

    def _any(self, choose: random.Random, id_: str) -> Command:
        state = self.state
        acts = [event.seq for event in state.acts[-6:]]
        posts = list(state.posts)[-8:]
        kind = choose.choices(("ask", "role", "undo", "post", "note", "timer"), (5, 4, 5, 3, 2, 1))[0]
        if kind == "ask":
            return c.Ask(id=id_, question=choose.choice(QUESTIONS), seen=state.open)
        if kind == "role":
            role = choose.choice((c.TakeRole, c.TakeRole, c.TakeRole, c.ReleaseRole))
            return role(id=id_, role=choose.choice(ROLES))
        if kind == "undo" and acts:
            own = latest_own(state, self.name)
            return c.Undo(id=id_, seq=own if own is not None and choose.random() < 0.5 else choose.choice(acts))
        if kind == "post" and posts:
            post = choose.choice(posts)
            seen = state.posts[post]
            assert isinstance(seen, PostSeen)
            return choose.choice((
                c.Highlight(id=id_, post=post),
                c.Hide(id=id_, post=post),
                c.File(id=id_, post=post, question=choose.choice(QUESTIONS)),
                c.Greet(id=id_, person=seen.post.author.id),
                c.AddPost(id=id_, text=f"A1: said in the room {id_}", author="Kim"),
            ))  # fmt: skip
        if kind == "timer":
            return choose.choice((c.Hold(id=id_), c.Resume(id=id_), c.AddTime(id=id_, seconds=30)))
        return c.Note(id=id_, text=f"note {id_}")


async def _briefly(seconds: float) -> None:
    """Waits like `asyncio.sleep`, never long: for the pauses between two tries."""
    await asyncio.sleep(min(seconds, 0.15))


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
