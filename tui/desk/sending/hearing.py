"""Waiting for what this desk caused to come back to it: the hub answers a command before the desk has heard of it."""

import asyncio
import contextlib
from collections.abc import Callable

from tui.desk.model.desk import DeskModel

LATEST = 5.0
"""Seconds after which nobody waits any more: the stream is behind, and goes on by itself."""


class Hearing:
    """Who waits for something to be known at this desk. It is told of each piece of news."""

    def __init__(self, *, latest: float = LATEST) -> None:
        self._latest = latest
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []

    async def until(self, holds: Callable[[], bool]) -> None:
        """Return once that holds of what the desk knows, or when it is late."""
        if holds():
            return
        heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = (holds, heard)
        self._waiting.append(waiting)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._latest):
                    await heard
        finally:
            self._waiting.remove(waiting)

    async def event(self, model: DeskModel, seq: int) -> None:
        """Return once the desk of this model knows the event of that seq, or when its hub is away or late."""
        await self.until(lambda: model.state.seq >= seq or model.offline is not None or model.ended is not None)

    def heard(self) -> None:
        """Look who need not wait any more."""
        for holds, heard in self._waiting:
            if not heard.done() and holds():
                heard.set_result(None)
