"""Answers that do not end: bounded lines, and every way in which they break off as one of the kinds in `errors`."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from sessions.networks.web.errors import Unavailable
from sessions.networks.web.fetching import CONNECT

LINE_LIMIT = 1024 * 1024
"""Bytes of a line; the longest honest one, a post with all that hangs on it, has some 30 KB."""


@asynccontextmanager
async def streaming(
    client: httpx.AsyncClient, method: str, url: str, *, silence: float, **request: Any
) -> AsyncIterator[httpx.Response]:
    """The answer to a request, as soon as its headers are there, whatever its status.

    `silence` is how many seconds without a byte mean that nobody is there any more. In its body `Unavailable` is raised
    for that, for a connection that breaks and for a line over `LINE_LIMIT`. It comes as it is: packed, a small line
    could become any size, and might wait for the next one before it is sent.
    """
    timeout = httpx.Timeout(CONNECT, read=silence)
    request["headers"] = {**request.get("headers", {}), "Accept-Encoding": "identity"}
    try:
        async with client.stream(method, url, timeout=timeout, **request) as response:
            if response.is_success and response.headers.get("Content-Encoding", "identity") != "identity":
                raise Unavailable("the stream comes packed")
            response.stream = _Bounded(response.stream)
            yield response
    except httpx.ReadTimeout:
        raise Unavailable("the stream fell silent") from None
    except httpx.TooManyRedirects:
        raise Unavailable("the server redirects in a circle") from None
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ssl.SSLError):
        raise Unavailable("the stream broke off") from None


async def lines(response: httpx.Response) -> AsyncIterator[str]:
    """The lines of an answer that end in LF or CRLF, without their ends; a character may be cut in two on the way.

    What stands behind the last end is no line yet. JSON may hold other line ends (U+2028), at which nothing is cut.
    """
    parts: list[bytes] = []
    async for chunk in response.aiter_bytes():
        *whole, rest = chunk.split(b"\n")
        for end in whole:
            yield b"".join([*parts, end]).removesuffix(b"\r").decode(errors="replace")
            parts = []
        parts.append(rest)


class _Bounded(httpx.AsyncByteStream):
    """The bytes of an answer, until a line among them is too long."""

    def __init__(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> None:
        assert isinstance(stream, httpx.AsyncByteStream)
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            before, end, behind = chunk.rpartition(b"\n")
            size = len(behind) if end else size + len(chunk)
            if size > LINE_LIMIT or len(before) > LINE_LIMIT:
                raise Unavailable("the server sends far too much")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
