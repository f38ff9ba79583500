"""What a desk answers the other computers of the session: who runs it, and what its copy has. Two calls of HTTP/1.1.

It listens on loopback, and takes what came from other homes. Whoever is not known as one who may ask learns nothing.
"""

import asyncio
import contextlib
import hmac
import socket
from collections.abc import Callable, Sequence
from urllib.parse import parse_qs

import h11
import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.events import AnyEvent, encode_event
from sessions.hub.away.asking import proof_for
from sessions.hub.protocol.takeover import Proof, Standing
from sessions.hub.server.entry.access import bearer, digest_of

LARGEST = 64 * 1024
"""Bytes of a request."""

WITHIN = 10.0
"""Seconds that a request may take, and then each piece of the answer, however long all of it takes."""

PIECE = 64 * 1024
"""Bytes of a piece."""

CONNECTIONS = 64
"""At once of this computer, and as many of other homes; the oldest makes room for one more, so that whoever holds all
of them open keeps nobody out."""


class Answering:
    """The calls of one desk. `standing` gives what it knows, `hear` takes what it is told, `events` those of its copy.

    `may_ask` are the digests of what those ask with who may. `within` (seconds) is for tests.
    """

    def __init__(
        self,
        standing: Callable[[], Standing],
        hear: Callable[[Standing], None],
        events: Callable[[], Sequence[AnyEvent]],
        may_ask: Callable[[], Sequence[str]],
        *,
        within: float = WITHIN,
    ) -> None:
        self._within = within
        self._standing = standing
        self._hear = hear
        self._events = events
        self._may_ask = may_ask
        self._server: asyncio.Server | None = None
        self._open: dict[bool, list[asyncio.StreamWriter]] = {True: [], False: []}
        self._adopted: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where it listens, empty where it does not."""
        if self._server is None or not self._server.sockets:
            return ""
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        """Listen on loopback. Raises `OSError`."""
        self._server = await asyncio.start_server(lambda r, w: self._serve(r, w, near=True), "127.0.0.1", 0)

    async def adopt(self, _key: str) -> socket.socket:
        """The other end of a new connection, for what comes from another home. Raises `OSError`."""
        ours, theirs = socket.socketpair()
        try:
            reader, writer = await asyncio.open_connection(sock=ours)
        except OSError:
            ours.close()
            theirs.close()
            raise
        theirs.setblocking(False)
        task = asyncio.create_task(self._serve(reader, writer, near=False))
        self._adopted.add(task)
        task.add_done_callback(self._adopted.discard)
        return theirs

    async def aclose(self) -> None:
        """Answer nobody any more."""
        for task in self._adopted:
            task.cancel()
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, near: bool) -> None:
        same = self._open[near]
        same.append(writer)
        if len(same) > CONNECTIONS:
            same.pop(0).transport.abort()
        try:
            await self._talk(reader, writer, near=near)
        except TimeoutError:
            writer.transport.abort()  # it drips or takes nothing: what waits to be sent would wait for ever
        except (OSError, h11.ProtocolError):
            return  # it went, or spoke something else
        finally:
            if writer in same:
                same.remove(writer)
            with contextlib.suppress(OSError):
                writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, near: bool) -> None:
        line = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST)
        async with asyncio.timeout(self._within):
            asked = await _request(line, reader)
        if asked is None:
            return
        status, content = self._answer(*asked, near=near)
        headers = [
            ("content-type", "application/json"),
            ("content-length", str(len(content))),
            ("connection", "close"),
        ]
        pieces = [h11.Data(data=content[at : at + PIECE]) for at in range(0, len(content), PIECE)]
        for part in (h11.Response(status_code=status, headers=headers), *pieces, h11.EndOfMessage()):
            async with asyncio.timeout(self._within):
                writer.write(line.send(part) or b"")
                await writer.drain()

    def _answer(self, request: h11.Request, body: bytes, *, near: bool) -> tuple[int, bytes]:
        headers = dict(request.headers)
        authorization = headers.get(b"authorization", b"").decode("ascii", "replace")
        proof = proof_for(authorization, self._may_ask(), self.url if near else "")
        if proof is not None and b"origin" not in headers:
            return 200, msgspec.json.encode(Proof(proof))
        given = digest_of(bearer(authorization))
        known = [hmac.compare_digest(one, given) for one in self._may_ask()]
        if not any(known) or b"origin" in headers:
            return 401, b'{"error":"No valid token."}'
        path, _, query = request.target.decode("ascii", "replace").partition("?")
        match request.method, path:
            case b"POST", "/v1/term":
                try:
                    told = read_json(body, Standing)
                except Unreadable:
                    return 422, b'{"error":"Expected what is known of the session."}'
                self._hear(told if near else msgspec.structs.replace(told, url=""))
                standing = self._standing()
                return 200, msgspec.json.encode(standing if near else msgspec.structs.replace(standing, url=""))
            case b"GET", "/v1/events":
                after = parse_qs(query).get("after", ["0"])[0]
                if not (after.isascii() and after.isdecimal() and len(after) < 19):
                    return 422, b'{"error":"after must be the number of an event."}'
                lines = [encode_event(event) + b"\n" for event in self._events() if event.seq > int(after)]
                return 200, b"".join(lines)
        return 404, b'{"error":"There is no such call."}'


async def _request(line: h11.Connection, reader: asyncio.StreamReader) -> tuple[h11.Request, bytes] | None:
    """The next request with its body; None where there is none any more. Raises `h11.ProtocolError`."""
    request: h11.Request | None = None
    body = b""
    while True:
        event = line.next_event()
        if event is h11.NEED_DATA:
            line.receive_data(await reader.read(LARGEST))
        elif isinstance(event, h11.Request):
            request = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > LARGEST:
                return None
        elif isinstance(event, h11.EndOfMessage) and request is not None:
            return request, body
        else:
            return None
