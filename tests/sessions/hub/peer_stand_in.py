"""A desk of the session that proves to be one, and then gives its events in a way that no desk does."""

import asyncio
from collections.abc import Iterable

import msgspec

from sessions.hub.away.asking import proof_for
from sessions.hub.protocol.takeover import Proof, Standing
from sessions.hub.server.entry.access import digest_of

TURNS = 50
"""Of the event loop, in which whoever asked has read a piece before the next one."""


class PeerStandIn:
    """Known to whoever asks with `ask`; answers for its events `head`, then `pieces` with `pause` seconds between them.

    `/v1/term` it answers with `standing`.
    """

    def __init__(
        self,
        ask: str,
        head: bytes,
        pieces: Iterable[bytes] = (),
        *,
        pause: float = 0.0,
        standing: Standing | None = None,
    ) -> None:
        self._ask = ask
        self._head = head
        self._pieces = pieces
        self._pause = pause
        self._standing = standing
        self._server: asyncio.Server | None = None
        self.sent = 0
        """Bytes of pieces that were taken from it."""
        self.left = asyncio.Event()
        """Set once whoever asked for events has gone, or has all."""

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def aclose(self) -> None:
        """Listen no more."""
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if b"/v1/events" in head.partition(b"\r\n")[0]:
            await self._give(writer)
        else:
            authorization = next(
                line.partition(b": ")[2].decode()
                for line in head.splitlines()
                if line.lower().startswith(b"authorization")
            )
            proof = proof_for(authorization, [digest_of(self._ask)], self.url)
            body = msgspec.json.encode(self._standing if proof is None else Proof(proof))
            writer.write(f"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        writer.close()

    async def _give(self, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(self._head)
            for piece in self._pieces:
                writer.write(piece)
                await writer.drain()
                self.sent += len(piece)
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                await asyncio.sleep(self._pause)
        except OSError:
            return  # whoever asked has gone
        finally:
            self.left.set()
