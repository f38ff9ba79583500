"""Sending commands one after another, so that two keys pressed in a row arrive in that order."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Protocol

from sessions.core.commands import Command, Refusal
from sessions.core.events import AnyEvent
from sessions.hub.client.errors import HubUnreachable
from sessions.hub.client.updates import HubUpdate, Unsaved
from sessions.hub.protocol.exchange import SavedView
from sessions.hub.protocol.responses import Accepted


class Link(Protocol):
    """What a desk follows and commands: the client of a hub, or a saved chat in its place."""

    def follow(self) -> AsyncGenerator[HubUpdate, None]:
        """What happens, from the first event on."""

    async def command(self, command: Command) -> Accepted | Refusal | Unsaved:
        """Ask for something. Raises `HubUnreachable`."""

    async def saved(self) -> Sequence[SavedView]:
        """The other chats that can be replayed from here. Raises `HubUnreachable`, `HubRefused`."""

    async def events(self, session_id: str) -> Sequence[AnyEvent]:
        """The events of one of them. Raises `HubUnreachable`, `HubRefused`."""


class Lost:
    """The hub could not be reached; whether the command arrived is not known until the desk is online again."""


Outcome = Accepted | Refusal | Unsaved | Lost


class CommandQueue:
    """A queue of commands with one sender. `on_outcome` is told the outcome of each, in order."""

    def __init__(self, client: Link, on_outcome: Callable[[Command, Outcome], None]) -> None:
        self._client = client
        self._on_outcome = on_outcome
        self._waiting: asyncio.Queue[tuple[Command, asyncio.Future[Outcome]]] = asyncio.Queue()

    def put(self, command: Command) -> asyncio.Future[Outcome]:
        """Send the command behind those that wait; the future gives what came of it."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((command, outcome))
        return outcome

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            command, future = await self._waiting.get()
            outcome: Outcome
            try:
                outcome = await self._client.command(command)
            except HubUnreachable:
                outcome = Lost()
            self._on_outcome(command, outcome)
            if not future.done():
                future.set_result(outcome)
