"""What the calls of the hub may do with the connection on which they came."""

import asyncio
from typing import Protocol

from starlette.types import Scope

from sessions.hub.server.entry.access import Caller

LINE = "lunchroom.line"
"""Where a request's scope has its connection; absent where something else than `hub.process` serves it."""

REMOTE = "lunchroom.remote"
"""Where a request's scope has the key of the computer in another home from which it came; absent where none is."""


class CallersLine(Protocol):
    """The connection of a request."""

    @property
    def gone(self) -> bool:
        """Whether nobody gets any more what is sent."""
        ...

    def known(self, caller: Caller) -> None:
        """A request on it came with a valid token."""
        ...

    def abort(self) -> None:
        """Let the socket and what waits to be sent go at once."""
        ...


def make_known(scope: Scope, caller: Caller) -> None:
    """Say whose connection it is."""
    line: CallersLine | None = scope.get(LINE)
    if line is not None:
        line.known(caller)


def is_gone(scope: Scope) -> bool:
    """Whether nobody gets any more what is sent."""
    line: CallersLine | None = scope.get(LINE)
    return line is not None and line.gone


async def cut_off(scope: Scope) -> None:
    """Drop the connection with all that waits to be sent; returns when it is gone."""
    line: CallersLine | None = scope.get(LINE)
    if line is not None:
        line.abort()
        await asyncio.sleep(0)  # told in the next turn, before which the server would log an answer without an end
