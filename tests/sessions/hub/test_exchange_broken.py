"""An exchange that is kept waiting, broken off or out of room: nothing is lost, and it can be done again."""

import asyncio
from pathlib import Path

import httpx
import pytest

from sessions.exchange.receiving import SentChat, receive_chat
from sessions.files.errors import SaveFailed
from sessions.hub.client.client import HubClient, HubUnreachable
from sessions.hub.client.exchange import LibraryExchange
from sessions.library.incoming.staging import Staging
from sessions.library.index import summaries
from sessions.library.library import Library
from tests.sessions.hub.live import LiveHub
from tests.sessions.hub.two_libraries import SERIES, a_chat, listed, save, two
from tests.sessions.library.building import FaultyDisk
from tests.waiting import patience


async def begin(live: LiveHub, token: str, path: str) -> asyncio.StreamWriter:
    """A request of which the body never comes to its end; returns when the hub has the head of it."""
    _, writer = await asyncio.open_connection("127.0.0.1", int(live.url.rpartition(":")[2]))
    head = f"POST {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n"
    writer.write(f"{head}Content-Length: 100\r\n\r\n{{".encode())
    await writer.drain()
    await live.invited().http.get("/v1/session")
    return writer


@pytest.mark.parametrize("path", ["/v1/sessions", "/v1/people"])
async def test_an_observer_who_never_ends_a_request_keeps_no_moderator_waiting(tmp_path: Path, path: str) -> None:
    async with two(tmp_path) as both:
        looker = await both.live.join("Eve", "observer")
        begun = await begin(both.live, looker.token, path)
        save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk"))
        async with patience():
            assert (await both.exchange())[1] == 1
        begun.close()


async def test_a_moderator_whose_chat_stalls_on_the_way_keeps_no_other_waiting(tmp_path: Path) -> None:
    save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk"))
    async with two(tmp_path) as both:
        cleo = await both.live.join("Cleo")
        stalled = [await begin(both.live, cleo.token, path) for path in ("/v1/sessions", "/v1/people") * 3]
        async with patience():
            assert (await both.exchange())[1] == 1
        for begun in stalled:
            begun.close()


async def test_a_moderator_who_hangs_up_in_mid_chat_lets_the_next_one_in_and_is_no_defect(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk"))
    async with two(tmp_path) as both:
        cleo = await both.live.join("Cleo")
        begun = await begin(both.live, cleo.token, "/v1/sessions")
        exchange = asyncio.create_task(both.exchange())
        begun.close()
        async with patience():
            assert (await exchange)[1] == 1
    assert not [record for record in caplog.records if record.exc_info or record.levelname == "ERROR"]


async def test_a_library_that_is_busy_is_said_and_the_exchange_can_be_done_again(tmp_path: Path) -> None:
    save(tmp_path / "ben", "aaaaaa", a_chat(1, "tk"))
    async with two(tmp_path) as both:
        with Staging(Library(both.ana)):
            fetched, sent, _, refused = await both.exchange()
            assert (fetched, sent) == (0, 0)
            assert len(refused) == 1
            assert str(tmp_path) not in refused[0]
        assert (await both.exchange())[1] == 1


async def test_a_hub_that_goes_away_costs_nothing_that_came_over(tmp_path: Path) -> None:
    for number, name in enumerate(("aaaaaa", "bbbbbb", "cccccc"), start=1):
        save(tmp_path / "ana", name, a_chat(number, "tk"))
    async with two(tmp_path) as both:
        offer = await both.swap.look()
        gone = HubClient(both.client.invite, transport=_Breaking(4))
        await gone.join("Ben")
        swap = LibraryExchange(gone, both.ben)
        with pytest.raises(HubUnreachable):
            await swap.run(offer)
        await gone.aclose()
        assert len(listed(both.ben)) == 2
        assert (await both.exchange())[0] == 1
        assert len(listed(both.ben)) == 3


class _Breaking(httpx.AsyncHTTPTransport):
    """A real connection that breaks at the request with this number."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._left = at

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._left -= 1
        if self._left == 0:
            raise httpx.ReadError("gone")
        return await super().handle_async_request(request)


@pytest.mark.parametrize("held", [None, 6], ids=["missing here", "shorter here"])
@pytest.mark.parametrize("room", [0, 700, 2500])
def test_a_full_disk_leaves_the_library_as_it_was(tmp_path: Path, held: int | None, room: int) -> None:
    chat = a_chat(1, "tk", "mlopez")
    if held is not None:
        save(tmp_path, "aaaaaa", chat, events=held)
    library, disk = Library(tmp_path), FaultyDisk()
    summaries(library)
    files = {path.name: path.read_bytes() for path in tmp_path.glob("*.json")}
    disk.room = room
    with pytest.raises(SaveFailed):
        receive_chat(library, SentChat("aaaaaa", "", tuple(chat.events)), SERIES, disk)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.json")} == files
    disk.room = None
    assert receive_chat(library, SentChat("aaaaaa", "", tuple(chat.events)), SERIES, disk)
    assert listed(tmp_path) == {"aaaaaa": len(chat.events)}
