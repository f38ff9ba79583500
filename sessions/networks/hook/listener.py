"""HTTP on a socket of this computer, within limits: what comes slowly, too large or as no HTTP ends one connection."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import h11

from sessions.networks.hook.account import HOST
from sessions.networks.hook.entrance import Answer, Head, Limits

Refuse = Callable[[Head], Answer | None]
"""What is answered without reading the body, None where it is to be read."""

Take = Callable[[Head, bytes], Awaitable[Answer]]
"""What is answered to a whole request."""

_READ = 16 * 1024
_UNREAD = 1024 * 1024
"""Bytes of a body that was refused which are read all the same, so that its sender gets to see why."""


@contextlib.asynccontextmanager
async def listening(port: int, limits: Limits, refuse: Refuse, take: Take) -> AsyncIterator[int]:
    """Answer at this port of 127.0.0.1 (0: any that is free), which is given, until left. Raises `OSError`."""
    open_now: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        open_now.add(task)
        task.add_done_callback(open_now.discard)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = _Line(reader, writer, limits)
        try:
            if len(open_now) > limits.connections:
                await line.say(Answer(503, "Too many connections are open."))
            else:
                await line.serve(refuse, take)
        except (OSError, TimeoutError, h11.ProtocolError):  # who is gone, or reads nothing, cannot be told
            writer.transport.abort()
        finally:
            writer.close()

    server = await asyncio.start_server(connected, HOST, port, limit=_READ)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in open_now:
            task.cancel()
        await asyncio.gather(*open_now, return_exceptions=True)


class _Unfit(Exception):
    """A request that cannot be answered with its content: what is said instead."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer.words)


class _Line:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limits: Limits) -> None:
        self._reader = reader
        self._writer = writer
        self._limits = limits
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_READ)

    async def serve(self, refuse: Refuse, take: Take) -> None:
        """Answer one request after another until the connection ends."""
        while True:
            try:
                if not await self._one(refuse, take):
                    return None
            except _Unfit as error:
                await self.say(error.answer)
                return await self._leave()
            except h11.RemoteProtocolError as error:
                await self.say(Answer(error.error_status_hint or 400, "That is no request of HTTP/1.1."))
                return await self._leave()
            if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
                return await self._leave()
            self._http.start_next_cycle()

    async def _one(self, refuse: Refuse, take: Take) -> bool:
        """Answer one request; False where none comes any more."""
        try:
            async with asyncio.timeout(self._limits.within):
                event = await self._next()
                if not isinstance(event, h11.Request):
                    return False
                head = _head(event)
                answer = refuse(head)
                body = b"" if answer is not None else await self._body(head)
        except TimeoutError:
            if self._http.their_state is h11.IDLE and not self._http.trailing_data[0]:
                return False
            raise _Unfit(Answer(408, "The request did not come in time.")) from None
        await self.say(answer if answer is not None else await take(head, body))
        return True

    async def _body(self, head: Head) -> bytes:
        length = head.headers.get("content-length", "0")
        if int(length) > self._limits.body:
            raise self._too_large()
        if self._http.they_are_waiting_for_100_continue:
            self._writer.write(self._http.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
        body = bytearray()
        while not isinstance(event := await self._next(), h11.EndOfMessage):
            if not isinstance(event, h11.Data):
                raise ConnectionError
            body += event.data
            if len(body) > self._limits.body:
                raise self._too_large()
        return bytes(body)

    def _too_large(self) -> _Unfit:
        return _Unfit(Answer(413, f"A request may have {self._limits.body // 1024} KiB."))

    async def _next(self) -> h11.Event | type[h11.PAUSED] | type[h11.NEED_DATA]:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(await self._reader.read(_READ))
        return event

    async def say(self, answer: Answer) -> None:
        """Send an answer, if one can still be sent."""
        if self._http.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            return
        words = f"{answer.words}\n".encode() if answer.words else b""
        headers = [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), *answer.headers]
        if answer.status != 204:
            headers += [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(words)))]
        if self._http.their_state is not h11.DONE:  # a body that nobody reads
            headers.append(("Connection", "close"))
        response = h11.Response(status_code=answer.status, headers=headers)
        sent = (self._http.send(response), self._http.send(h11.Data(data=words)), self._http.send(h11.EndOfMessage()))
        self._writer.write(b"".join(part or b"" for part in sent))
        async with asyncio.timeout(self._limits.within):
            await self._writer.drain()

    async def _leave(self) -> None:
        """Close our side and read what is still on its way: what is closed unread takes the answer along."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(1.0, self._limits.within)):
                self._writer.write_eof()
                unread = _UNREAD
                while unread > 0 and (more := await self._reader.read(_READ)):
                    unread -= len(more)


def _head(request: h11.Request) -> Head:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers}
    return Head(request.method.decode("ascii"), request.target.decode("latin-1"), headers)
