"""The connection between a desk and the hub: cut, slow, half-open, or one on which requests arrive twice."""

import asyncio
import contextlib
import random
import re
from collections.abc import AsyncGenerator

HOST = "127.0.0.1"
CHUNK = 65536

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


class Way:
    """Passes bytes on between whoever connects to `url` and the hub at `port`, as long as it is well."""

    def __init__(self, port: int, choose: random.Random) -> None:
        self.port = port
        self.url = ""
        self.delay = 0.0
        """Seconds that everything takes on its way."""
        self.repeated = 0.0
        """How likely it is that what is posted arrives a second time, 0 to 1."""
        self._choose = choose
        self._down = False
        self._mute = False
        self._lines: set[_Line] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def cut(self) -> None:
        """Break all connections, and let none come about until `mend`."""
        self._down = True
        for line in tuple(self._lines):
            line.abort()

    def mute(self) -> None:
        """Swallow whatever is said on connections of now and until `mend`; neither side hears that they ended."""
        self._mute = True
        for line in self._lines:
            line.mute = True

    def mend(self) -> None:
        """Let connections come about as ever; those that were muted stay so."""
        self._down = self._mute = False
        self.delay = self.repeated = 0.0

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A connection comes."""
        if self._down:
            writer.transport.abort()
            return
        try:
            back, out = await asyncio.open_connection(HOST, self.port)
        except OSError:
            writer.transport.abort()
            return
        line = _Line(writer, out, mute=self._mute)
        self._lines.add(line)
        ways = [asyncio.create_task(self._there(line, reader)), asyncio.create_task(self._back(line, back))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            if line.mute:
                await asyncio.wait(ways)
        finally:
            self._lines.discard(line)
            line.abort()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _there(self, line: "_Line", reader: asyncio.StreamReader) -> None:
        request = b""
        while data := await _read(reader):
            if self.delay:
                await asyncio.sleep(self.delay)
            if line.mute:
                continue
            request += data
            whole = _whole(request)
            if whole and request.startswith(b"POST /v1/commands") and self._choose.random() < self.repeated:
                again = asyncio.create_task(self._again(request, self._choose.choice((0.0, 0.02, 0.3))))
                self._tasks.add(again)
                again.add_done_callback(self._tasks.discard)
            request = b"" if whole else request
            line.out.write(data)

    async def _back(self, line: "_Line", back: asyncio.StreamReader) -> None:
        while data := await _read(back):
            if self.delay:
                await asyncio.sleep(self.delay)
            if not line.mute:
                line.writer.write(data)

    async def _again(self, request: bytes, later: float) -> None:
        """The same request on a connection of its own, whose answer nobody reads."""
        await asyncio.sleep(later)
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(5):
                reader, writer = await asyncio.open_connection(HOST, self.port)
                try:
                    writer.write(request)
                    await reader.read(CHUNK)
                finally:
                    writer.transport.abort()

    async def quiet(self) -> None:
        """Return once nothing arrives a second time any more."""
        if self._tasks:
            await asyncio.wait(self._tasks)


class _Line:
    def __init__(self, writer: asyncio.StreamWriter, out: asyncio.StreamWriter, *, mute: bool) -> None:
        self.writer = writer
        self.out = out
        self.mute = mute

    def abort(self) -> None:
        self.writer.transport.abort()
        self.out.transport.abort()


async def _read(reader: asyncio.StreamReader) -> bytes:
    """What comes, nothing once the connection has ended in whatever way."""
    with contextlib.suppress(OSError):
        return await reader.read(CHUNK)
    return b""


def _whole(request: bytes) -> bool:
    head, found, body = request.partition(b"\r\n\r\n")
    length = _LENGTH.search(head + b"\r\n")
    return bool(found) and len(body) >= (int(length[1]) if length else 0)


@contextlib.asynccontextmanager
async def a_way(port: int, choose: random.Random) -> AsyncGenerator[Way, None]:
    """A way to the hub at this port."""
    way = Way(port, choose)
    meetings: set[asyncio.Task[None]] = set()

    def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        meeting = asyncio.create_task(way.meet(reader, writer))
        meetings.add(meeting)
        meeting.add_done_callback(meetings.discard)

    server = await asyncio.start_server(met, HOST, 0)
    way.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    try:
        yield way
    finally:
        server.close()
        way.cut()
        await way.quiet()
        if meetings:
            await asyncio.wait(meetings)
