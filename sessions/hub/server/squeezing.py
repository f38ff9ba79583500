"""Sending less over a line between two homes: answers in gzip, each piece of a stream complete as soon as it is sent.

Not on this computer itself, where bytes cost nothing and work does.
"""

import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

LEAST = 1000
"""Bytes of an answer of known length below which it is not worth it."""

_LEVEL = 5
_WINDOW = 16 + 14
"""gzip with 16 KiB to look back upon: a hundred streams cost 13 MB, and an event repeats the one before it."""

_MEMORY = 7


def takes_gzip(scope: Scope) -> bool:
    """Whether the caller can read it."""
    return "gzip" in Headers(scope=scope).get("accept-encoding", "").lower()


def squeezed(send: Send) -> Send:
    """The same `send`, in gzip where that is worth it."""
    started: Message | None = None
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY)
    worth = False

    async def sending(message: Message) -> None:
        nonlocal started, worth
        if message["type"] == "http.response.start":
            started, worth = message, _is_worth(message)
            if not worth:
                await send(message)
            return
        if message["type"] != "http.response.body" or not worth:
            await send(message)
            return
        if started is not None:
            headers = MutableHeaders(scope=started)
            del headers["content-length"]
            headers["content-encoding"] = "gzip"
            headers.add_vary_header("accept-encoding")
            await send(started)
            started = None
        more = message.get("more_body", False)
        body = packer.compress(message.get("body", b""))
        body += packer.flush(zlib.Z_SYNC_FLUSH if more else zlib.Z_FINISH)
        await send({"type": "http.response.body", "body": body, "more_body": more})

    return sending


def _is_worth(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    length = headers.get("content-length")
    return start["status"] == 200 and "content-encoding" not in headers and (length is None or int(length) >= LEAST)
