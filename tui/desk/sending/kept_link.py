"""The link of a desk that keeps a copy of its chat: what the desk hears, the copy's keeper hears too."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from sessions.core.commands import Command
from sessions.core.events import AnyEvent
from sessions.hub.client.client import Accepted, Events, HubUpdate, Refusal, SavedView, Unsaved
from sessions.hub.client.updates import Rewound
from sessions.library.copies.copy_keeper import CopyKeeper
from tui.desk.sending.command_queue import Link


class KeptLink:
    """`link`, with `keeper` listening."""

    def __init__(self, link: Link, keeper: CopyKeeper) -> None:
        self._link = link
        self._keeper = keeper

    async def follow(self) -> AsyncGenerator[HubUpdate, None]:
        """What happens, from the first event on."""
        async with aclosing(self._link.follow()) as updates:
            async for update in updates:
                if isinstance(update, Events):
                    self._keeper.receive(update.events)
                elif isinstance(update, Rewound):
                    await self._keeper.rewind(update.seq)
                yield update

    async def command(self, command: Command) -> Accepted | Refusal | Unsaved:
        """As the link."""
        return await self._link.command(command)

    async def saved(self) -> Sequence[SavedView]:
        """As the link."""
        return await self._link.saved()

    async def events(self, session_id: str) -> Sequence[AnyEvent]:
        """As the link."""
        return await self._link.events(session_id)
