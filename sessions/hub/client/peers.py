"""Asking the other computers of a session who runs it, while the hub is away, and by a hub whether another one does."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

import httpx
import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.errors import LunchroomError
from sessions.core.events import AnyEvent, decode_event
from sessions.hub.away.asking import Challenge
from sessions.hub.away.relay import AwayError
from sessions.hub.client.away import AwayLink, AwayTransport
from sessions.hub.client.invite import ELSEWHERE
from sessions.hub.protocol.takeover import Deputy, Proof, Standing, host_in

if TYPE_CHECKING:
    from iroh import Endpoint

ANSWER_WITHIN = 2.0
"""Seconds that one who is asked may take; who is asleep or cut off does not answer at all."""

LARGEST = 256 * 1024
"""Bytes of an answer about who runs the session."""

LARGEST_EVENTS = 64 * 1024 * 1024
"""Bytes of events that are read of one who has more of them."""

SILENCE = 10.0
"""Seconds within which more of them has to come, however long all of them take."""

STEP = 16 * 1024
"""Bytes that count as more: who drips them one by one holds nobody up."""

Bind = Callable[[], "Awaitable[Endpoint]"]


class NotFetched(LunchroomError):
    """What somebody has could not be had from them; the message says why, as the end of a sentence."""


class Peers:
    """The computers of one session, each asked at whatever address reaches it.

    `ask` is what they know the asker by (`sessions.hub.away.asking`); `bind` gives the endpoint by which those in other
    homes are dialled, None where there is none. `silence` (seconds) is for tests. Use it in one event loop, and close
    it there.
    """

    def __init__(self, ask: str, bind: Bind | None, *, silence: float = SILENCE) -> None:
        self._ask = ask
        self._silence = silence
        self._asks = {"Authorization": f"Bearer {ask}"}
        self._bind = bind
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def tell(self, peers: Iterable[Deputy], standing: Standing) -> list[tuple[Deputy, Standing]]:
        """Tell all of them how it stands, and give what those say of it who answer in time."""
        asked = [self._tell(peer, standing) for peer in peers]
        return [answer for answers in await asyncio.gather(*asked) for answer in answers]

    async def _tell(self, peer: Deputy, standing: Standing) -> list[tuple[Deputy, Standing]]:
        for address, client in self._ways(peer):
            told = standing if address == peer.url else msgspec.structs.replace(standing, url="")
            try:
                async with asyncio.timeout(ANSWER_WITHIN):
                    if address == peer.url and not await self._is_one(address, client):
                        continue
                    answer = await _answer(client, "POST", self._asks, msgspec.json.encode(told))
                if answer is not None:
                    said = read_json(answer, Standing)
                    if said.session == standing.session:
                        return [(peer, said if address == peer.url else msgspec.structs.replace(said, url=""))]
            except (httpx.HTTPError, TimeoutError, Unreadable, AwayError):
                continue  # it is away, or something else answers there: the next address, then the next time
        return []

    async def events(self, peer: Deputy, after: int) -> list[AnyEvent]:
        """The events that this one has behind the event `after`. Raises `NotFetched`."""
        why = "their computer does not answer"
        for address, client in self._ways(peer):
            try:
                if address == peer.url and not await self._is_one(address, client):
                    continue
                content = await self._events(client, after)
            except (httpx.HTTPError, TimeoutError, Unreadable, AwayError):
                continue
            except NotFetched as error:
                why = str(error)
                continue
            try:
                return await asyncio.to_thread(lambda read: [decode_event(line) for line in read.splitlines()], content)
            except Unreadable:
                why = "it cannot be read"
        raise NotFetched(why)

    async def _events(self, client: httpx.AsyncClient, after: int) -> bytes:
        """What `/v1/events` answers, as long as it goes on coming. Raises `httpx.HTTPError`, `NotFetched`."""
        content, due, loop = bytearray(), 0, asyncio.get_running_loop()
        headers = {**self._asks, "Accept-Encoding": "identity"}
        try:
            async with (
                asyncio.timeout(self._silence) as limit,
                client.stream(
                    "GET", "/v1/events", params={"after": after}, headers=headers, timeout=self._silence
                ) as answer,
            ):
                if answer.status_code != 200:
                    raise NotFetched("their computer does not give it")
                async for piece in answer.aiter_raw():
                    content += piece
                    if len(content) > LARGEST_EVENTS:
                        raise NotFetched(f"it is larger than {LARGEST_EVENTS // 1024**2} MB")
                    if len(content) >= due:
                        due = len(content) + STEP
                        limit.reschedule(loop.time() + self._silence)
        except (httpx.HTTPError, TimeoutError) as error:
            if not content:
                raise
            raise NotFetched("it stopped coming") from error
        return bytes(content)

    async def _is_one(self, url: str, client: httpx.AsyncClient) -> bool:
        """Whether what listens at this address is of the session: when a desk has left, any program of this computer
        may listen on its port, to learn what others are asked with, or to tell them that another hub runs the chat.

        Raises `httpx.HTTPError`, `TimeoutError`, `Unreadable`.
        """
        challenge = Challenge(self._ask)
        async with asyncio.timeout(ANSWER_WITHIN):
            answer = await _answer(client, "GET", {"Authorization": challenge.authorization})
        return answer is not None and challenge.met_by(read_json(answer, Proof).proof, url)

    def transport(self, ticket: str) -> AwayTransport | None:
        """A way of its own to whoever this ticket names; None where there is none from here."""
        return None if self._bind is None else AwayTransport(AwayLink(ticket, b"", "", shared=self._bind))

    async def aclose(self) -> None:
        """Let all connections go."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    def _ways(self, peer: Deputy) -> Iterable[tuple[str, httpx.AsyncClient]]:
        """Each address of one and the client for it, the nearest first."""
        for address in filter(None, ("" if host_in(peer.url) is None else peer.url, peer.ticket)):
            client = self._clients.get(address) or self._client(address, near=address == peer.url)
            if client is not None:
                self._clients[address] = client
                yield address, client

    def _client(self, address: str, *, near: bool) -> httpx.AsyncClient | None:
        transport = None if near else self.transport(address)
        if transport is None and not near:
            return None
        return httpx.AsyncClient(
            base_url=address if near else ELSEWHERE,
            transport=transport,
            trust_env=False,
            timeout=ANSWER_WITHIN,
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )


async def _answer(client: httpx.AsyncClient, method: str, headers: dict[str, str], body: bytes = b"") -> bytes | None:
    """What `/v1/term` answers; None where it refuses, or says more than is read of it. Raises `httpx.HTTPError`."""
    headers = {**headers, "Accept-Encoding": "identity"}
    async with client.stream(method, "/v1/term", headers=headers, content=body) as answer:
        content = bytearray()
        async for piece in answer.aiter_raw():
            content += piece
            if len(content) > LARGEST:
                return None
        return bytes(content) if answer.status_code == 200 else None
