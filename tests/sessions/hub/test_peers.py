"""Fetching the events of another computer of the session: as much as is read, as long as they go on coming."""

import asyncio
import itertools
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager

import pytest

from sessions.core.events import NoteAdded, encode_event
from sessions.hub.client.peers import LARGEST_EVENTS, NotFetched, Peers
from sessions.hub.protocol.takeover import Deputy
from tests.sessions.core.building import START
from tests.sessions.hub.peer_stand_in import PeerStandIn
from tests.waiting import PATIENCE, patience

ENDLESS = b"HTTP/1.1 200 OK\r\n\r\n"


@asynccontextmanager
async def asked(
    pieces: Iterable[bytes], *, head: bytes = ENDLESS, pause: float = 0.0, silence: float = PATIENCE
) -> AsyncGenerator[tuple[PeerStandIn, Peers], None]:
    """One who gives this, and who asks for it."""
    peer, peers = PeerStandIn("ask", head, pieces, pause=pause), Peers("ask", None, silence=silence)
    await peer.open()
    yield peer, peers
    await peers.aclose()
    await peer.aclose()


async def test_of_events_that_do_not_end_no_more_is_read_than_a_chat_has() -> None:
    piece = b" " * (1024 * 1024)
    async with asked(itertools.repeat(piece, 4 * LARGEST_EVENTS // len(piece))) as (peer, peers):
        with pytest.raises(NotFetched, match="it is larger than 64 MB"):
            await peers.events(Deputy("Cy", peer.url), 0)
        async with patience():
            await peer.left.wait()
        assert peer.sent < 2 * LARGEST_EVENTS, "what the buffers between the two take"


async def test_a_squeezed_answer_is_not_blown_up() -> None:
    async with asked([b"\x1f\x8b"], head=b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n") as (peer, peers):
        with pytest.raises(NotFetched, match="it cannot be read"):
            await peers.events(Deputy("Cy", peer.url), 0)


async def test_events_that_stop_or_drip_are_told_to_have_stopped() -> None:
    for pieces, head, silence in (
        ([b"{"], b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", PATIENCE),
        (itertools.repeat(b" "), ENDLESS, 0.2),
    ):
        async with asked(pieces, head=head, pause=0.001, silence=silence) as (peer, peers):
            with pytest.raises(NotFetched, match=r"it stopped coming|does not answer"):
                await peers.events(Deputy("Cy", peer.url), 0)


async def test_events_that_go_on_coming_are_fetched_however_long_that_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, ahead = asyncio.get_running_loop(), 0.0
    real = loop.time
    monkeypatch.setattr(loop, "time", lambda: real() + ahead)
    events = [NoteAdded(seq=n, at=START, by="Cy", command=f"n{n}", text="x" * 20_000) for n in range(1, 9)]

    def slowly() -> Iterable[bytes]:
        nonlocal ahead
        for event in events:
            yield encode_event(event) + b"\n"
            ahead += 0.6 * PATIENCE

    async with asked(slowly()) as (peer, peers):
        assert await peers.events(Deputy("Cy", peer.url), 0) == events
    assert ahead > 2 * PATIENCE
