"""How what is posted is noted at the hub."""

from collections.abc import Awaitable, Callable

from sessions.core.commands import BeginPosting, Command
from sessions.hub.client.client import Accepted, HubUnreachable, Refusal, Unsaved
from sessions.publishing.sender import Unconfirmed
from tui.desk.sending.command_queue import Link


class HubCommands:
    """How a posting reaches the hub: past the queue of keys, whose answers the desk says by itself.

    `words_of` puts a refusal into words. `known` returns once the desk knows the event of that seq: what became of a
    posting is told after that, or whoever posts again at once would be told that it is being posted still.
    """

    def __init__(self, link: Link, words_of: Callable[[Refusal], str], known: Callable[[int], Awaitable[None]]) -> None:
        self._link = link
        self._words_of = words_of
        self._known = known

    async def command(self, command: Command, /) -> str | None:
        """As `Commander`."""
        try:
            outcome = await self._link.command(command)
        except HubUnreachable as error:
            raise Unconfirmed(str(error)) from error
        if isinstance(outcome, Unsaved):
            raise Unconfirmed(outcome.words)
        if isinstance(outcome, Accepted) and not isinstance(command, BeginPosting):
            await self._known(outcome.seq)
        return self._words_of(outcome) if isinstance(outcome, Refusal) else None
