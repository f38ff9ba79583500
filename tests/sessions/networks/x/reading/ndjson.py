"""A server of ours that stands for X's stream: a real socket, whose bytes go out when and as a test says."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]
"""What goes out on one connection behind the headers."""

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


async def send(writer: asyncio.StreamWriter, *parts: bytes) -> None:
    """Each part as a chunk and, as far as the system lets it, as a packet of its own."""
    for part in parts:
        writer.write(b"%x\r\n%b\r\n" % (len(part), part))
        await writer.drain()
        await asyncio.sleep(0)


async def end(writer: asyncio.StreamWriter) -> None:
    """The answer ends as it should."""
    writer.write(b"0\r\n\r\n")
    await writer.drain()


def refusing(status: int, body: bytes, **headers: str) -> Script:
    """An answer that is no stream, headers and all."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: {len(body)}\r\n{named}\r\n".encode() + body)
        await writer.drain()

    return answer


class Server:
    """Answers each connection by the next script, with the last one for ever; `asked` are the heads of the requests."""

    def __init__(self, *scripts: Script, raw: bool = False) -> None:
        self.asked: list[bytes] = []
        self.port = 0
        self._scripts = list(scripts)
        self._raw = raw

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.asked.append(await reader.readuntil(b"\r\n\r\n"))
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
            if not self._raw:
                writer.write(HEAD)
            await script(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the reader hung up, or the test is over
        finally:
            writer.close()


class ToServer(httpx.AsyncBaseTransport):
    """Brings what is for X to the server on this computer, over a real connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@asynccontextmanager
async def serving(*scripts: Script, raw: bool = False) -> AsyncGenerator[Server, None]:
    """A server on a free port until the block ends."""
    server = Server(*scripts, raw=raw)
    listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
