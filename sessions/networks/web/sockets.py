"""WebSockets of strangers: whatever is sent without an end is given up."""

from typing import Any

import httpcore
from httpx_ws import AsyncWebSocketSession
from wsproto.events import Event

MESSAGE_LIMIT = 4 * 1024 * 1024
"""Bytes that may come before a message is whole; the longest honest ones, posts with all that hangs on them, have some
30 KB. httpx-ws itself gathers the pieces of a message without a limit."""


class BoundedSocket(AsyncWebSocketSession):
    """A `session_class` for `aconnect_ws` whose connection counts as broken after `MESSAGE_LIMIT`."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, **options: Any) -> None:
        self._counted = _Counted(stream)
        super().__init__(self._counted, **options)

    async def receive(self, timeout: float | None = None) -> Event:  # noqa: ASYNC109 - as httpx-ws has it
        """The next event."""
        event = await super().receive(timeout)
        self._counted.waiting = 0
        return event


class _Counted(httpcore.AsyncNetworkStream):
    """The bytes of a connection, with how many came since the last event."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self.waiting = 0
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - as httpcore has it
        data = await self._stream.read(max_bytes, timeout)
        self.waiting += len(data)
        if self.waiting > MESSAGE_LIMIT:
            raise httpcore.ReadError("a message without an end")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as httpcore has it
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
