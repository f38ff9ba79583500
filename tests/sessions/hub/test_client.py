"""The desk's client: nothing lost, nothing doubled, whatever happens to the connection or the hub."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from sessions.core.commands import AddTime, Ask, Close, Hide, Hold, Several, ShareMinutes
from sessions.core.commands import Note as NoteCommand
from sessions.files.backoff import backoff
from sessions.hub.client import event_stream
from sessions.hub.client.client import (
    OLDER_HUB,
    ONE_AT_A_TIME,
    Accepted,
    Beat,
    DeskClock,
    Ended,
    Events,
    HubClient,
    HubRefused,
    HubUnreachable,
    Invite,
    Offline,
    Online,
    Refusal,
    Unsaved,
)
from sessions.hub.process.running import bind
from sessions.hub.server.calls.joining import AT_ONCE
from sessions.hub.server.entry.access import fresh_keys
from tests.sessions.hub.live import LiveHub, hasty, live_hub
from tests.sessions.library.building import FaultyDisk
from tests.waiting import patience


def client_of(live: LiveHub, token: str | None = None) -> HubClient:
    return HubClient(Invite(live.url, token or live.keys.token), sleep=hasty)


class Following:
    """Reads a desk's stream in the background and remembers all of it."""

    def __init__(self, client: HubClient, after: int = 0) -> None:
        self.told: list[Any] = []
        self._stream = client.follow(after)
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for told in self._stream:
            self.told.append(told)
            self._news.set()

    @property
    def seqs(self) -> list[int]:
        return [event.seq for told in self.told if isinstance(told, Events) for event in told.events]

    async def until(self, holds: Any) -> None:
        async with patience():
            while not holds(self):
                self._news.clear()
                await self._news.wait()

    async def until_told(self, kind: type) -> Any:
        await self.until(lambda self: any(isinstance(told, kind) for told in self.told))
        return next(told for told in reversed(self.told) if isinstance(told, kind))

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])
        await self._stream.aclose()


async def test_whoever_has_an_invite_can_ask_who_is_there_before_joining(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        newcomer = client_of(live)
        assert await newcomer.seated() == ()
        await client_of(live).join("Ana")
        await live.join("Olga", "observer")  # whose name is free for a moderator
        assert await newcomer.seated() == ("Ana",)
        with pytest.raises(HubRefused):
            await client_of(live, "wrong").seated()
        await newcomer.aclose()


async def test_who_may_not_sit_down_now_is_told_when_to_try_again(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        looking = client_of(live, live.keys.observer_token)

        async def many_join() -> None:
            for number in range(AT_ONCE * 10):
                await looking.join(f"guest {number}")

        with pytest.raises(HubRefused, match=r"^Too many have just joined .* Try again in [12] seconds?\.$"):
            await many_join()
        await looking.aclose()


async def test_a_desk_joins_commands_and_follows(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        client = client_of(live)
        joined = await client.join("Ana")
        assert (joined.name, joined.scope) == ("Ana", "moderator")
        assert joined.token not in repr(joined)
        desk = Following(client)
        assert await client.command(Ask(id="1", question="q1", seen=None)) == Accepted(5)
        assert isinstance(await client.command(Ask(id="2", question="q2", seen=None)), Refusal)
        await desk.until(lambda desk: desk.seqs == [1, 2, 3, 4, 5])
        assert isinstance(desk.told[0], Online)
        assert isinstance(desk.told[1], Beat)
        assert (await client.session()).open == "q1"
        await desk.stop()
        await client.aclose()


async def test_what_is_there_comes_as_one_batch(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        client = client_of(live)
        await client.join("Ana")
        await asyncio.gather(*(client.command(NoteCommand(id=f"{n}", text="x")) for n in range(100)))
        desk = Following(client, after=2)
        await desk.until(lambda desk: desk.seqs == list(range(3, live.session.log.seq + 1)))
        assert sum(isinstance(told, Events) for told in desk.told) < 10
        await desk.stop()
        await client.aclose()


async def test_a_command_that_cannot_be_saved_says_so(tmp_path: Path) -> None:
    disk = FaultyDisk()
    async with live_hub(tmp_path, disk=disk) as live:
        client = client_of(live)
        await client.join("Ana")
        desk = Following(client)
        disk.room = 5
        unsaved = await client.command(NoteCommand(id="1", text="x" * 100))
        assert isinstance(unsaved, Unsaved)
        assert "disk is full" in unsaved.words
        await desk.until(lambda desk: any(isinstance(told, Beat) and told.trouble for told in desk.told))
        disk.room = None
        await desk.until(lambda desk: isinstance(desk.told[-1], Beat) and desk.told[-1].trouble is None)
        await desk.stop()
        await client.aclose()


async def test_a_restart_of_the_hub_loses_and_doubles_nothing(tmp_path: Path) -> None:
    keys = fresh_keys()
    async with live_hub(tmp_path, keys=keys) as live:
        client = client_of(live)
        await client.join("Ana")
        desk = Following(client)
        for number in range(10):
            await client.command(NoteCommand(id=f"a{number}", text="before"))
        await desk.until(lambda desk: desk.seqs[-1:] == [live.session.log.seq])
        path, keys, port = live.file.path, live.keys, int(live.url.rpartition(":")[2])
    offline = await desk.until_told(Offline)
    assert offline.attempts >= 2
    assert offline.why
    async with live_hub(tmp_path, path=path, keys=keys, port=port) as live:
        for number in range(10):
            assert isinstance(await client.command(NoteCommand(id=f"b{number}", text="after")), Accepted)
        await desk.until(lambda desk: desk.seqs[-1:] == [live.session.log.seq])
        assert desk.seqs == list(range(1, live.session.log.seq + 1))
        assert isinstance(desk.told[desk.told.index(offline) + 1], (Offline, Online))
        assert sum(isinstance(told, Online) for told in desk.told) == 2
        await desk.stop()
        await client.aclose()


async def test_a_command_is_repeated_with_its_id_until_the_hub_is_back(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        client = client_of(live)
        await client.join("Ana")
        await client.command(Ask(id="ask", question="q1", seen=None))
        path, keys, port = live.file.path, live.keys, int(live.url.rpartition(":")[2])
    sending = asyncio.create_task(client.command(AddTime(id="minute", seconds=60)))
    async with live_hub(tmp_path, path=path, keys=keys, port=port) as live:
        assert isinstance(await sending, Accepted)
        assert isinstance(await client.command(AddTime(id="minute", seconds=60)), Accepted)
        assert live.session.durable.timer is not None
        assert live.session.durable.timer.added == 60
        await client.aclose()


async def test_an_answer_that_was_lost_does_not_do_the_command_twice(tmp_path: Path) -> None:
    class LosesFirst(httpx.AsyncHTTPTransport):
        lost = 0

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            answer = await super().handle_async_request(request)
            if request.url.path == "/v1/commands" and not self.lost:
                self.lost += 1
                await answer.aread()
                raise httpx.ReadError("lost on the way")
            return answer

    async with live_hub(tmp_path) as live:
        client = HubClient(Invite(live.url, live.keys.token), transport=LosesFirst(), sleep=hasty)
        await client.join("Ana")
        answer = await client.command(NoteCommand(id="once", text="hello"))
        assert answer == Accepted(live.session.log.seq)
        assert len(live.session.durable.notes) == 1
        await client.aclose()


async def test_a_hub_that_stays_away_is_told_after_ten_seconds() -> None:
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    nobody = bind("127.0.0.1", 0)
    url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    nobody.close()
    client = HubClient(Invite(url, "t" * 43), monotonic=lambda: now, sleep=sleep)
    with pytest.raises(HubUnreachable, match="does not answer"):
        await client.command(Hold(id="1"))
    assert 5 < now <= 10
    with pytest.raises(HubUnreachable):
        await client.join("Ana")
    desk = client.follow()
    first = await anext(desk)
    assert isinstance(first, Offline)
    assert first.attempts == 2
    await desk.aclose()
    await client.aclose()


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Log in first</html>", b"[]", b'{"error": 5}', b"\xff", b"[" * 100_000],
    ids=["empty", "page", "list", "other keys", "no UTF-8", "deep"],
)
async def test_what_answers_and_is_no_hub_is_told_in_one_line(content: bytes) -> None:
    """A proxy or a page to log in at, of which networks of schools have some."""
    everything = httpx.MockTransport(lambda _request: httpx.Response(200, content=content))
    invite, seconds = Invite("http://127.0.0.1:1", "t" * 43), itertools.count(0.0, 5.0)
    client = HubClient(invite, transport=everything, monotonic=lambda: next(seconds), sleep=hasty)
    for call in (partial(client.join, "Ana"), client.seated, client.session, client.saved, client.people):
        with pytest.raises(HubRefused, match=r"^What answers at the chat's address is no hub of this version\.$"):
            await call()
    with pytest.raises(HubUnreachable, match="is no hub"):
        await client.command(Hold(id="1"))
    if content:
        with pytest.raises(HubRefused, match="no saved chat"):
            await client.events("k3f9qa")
    await client.aclose()


async def test_only_a_hub_that_knows_nothing_of_a_command_is_told_as_an_older_one() -> None:
    wrong = {"error": "Invalid value 'several'", "field": "type"}
    transport = httpx.MockTransport(lambda _request: httpx.Response(422, json=wrong))
    client = HubClient(Invite("http://127.0.0.1:9", "t" * 43), transport=transport)
    several = Several(id="a", acts=(Hide(id="a", post="p1"), Hide(id="a", post="p2")))
    assert await client.command(several) == ONE_AT_A_TIME
    assert await client.command(ShareMinutes(id="b")) == OLDER_HUB
    wrong |= {"error": "Expected at most 400 characters", "field": "acts"}
    assert await client.command(several) == Refusal(wrong["error"])
    await client.aclose()


async def test_one_lost_connection_is_not_worth_a_word(tmp_path: Path) -> None:
    keys = fresh_keys()
    async with live_hub(tmp_path, keys=keys) as live:
        cut = asyncio.Event()

        class Cuts(httpx.AsyncHTTPTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                answer = await super().handle_async_request(request)
                if cut.is_set() or not request.url.path.endswith("/events"):
                    return answer
                return httpx.Response(answer.status_code, headers=answer.headers, stream=CutStream(answer, cut))

        client = HubClient(Invite(live.url, keys.token), transport=Cuts(), sleep=hasty)
        await client.join("Ana")
        desk = Following(client)
        await desk.until(lambda desk: len(desk.seqs) == 4)
        cut.set()
        await client.command(NoteCommand(id="1", text="x"))
        await desk.until(lambda desk: desk.seqs == [1, 2, 3, 4, 5])
        assert not any(isinstance(told, Offline) for told in desk.told)
        await desk.stop()
        await client.aclose()


class CutStream(httpx.AsyncByteStream):
    """A stream that breaks when told to."""

    def __init__(self, answer: httpx.Response, cut: asyncio.Event) -> None:
        self._answer = answer
        self._cut = cut

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_raw():
            if self._cut.is_set():
                raise httpx.ReadError("cut")
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


async def test_a_hub_that_says_nothing_for_long_counts_as_offline_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert event_stream.SILENCE == 12
    monkeypatch.setattr(event_stream, "SILENCE", 0.05)

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
        await reader.read()
        writer.close()

    server = await asyncio.start_server(mute, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = HubClient(Invite(f"http://127.0.0.1:{port}", "t" * 43))
    desk = client.follow()
    offline = await anext(desk)
    assert isinstance(offline, Offline)
    assert offline.why == "The hub says nothing."
    await desk.aclose()
    await client.aclose()
    server.close()


async def test_a_closed_chat_ends_the_stream_and_a_refused_token_too(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        client = client_of(live)
        await client.join("Ana")
        desk = Following(client)
        assert isinstance(await client.command(Close(id="1")), Accepted)
        assert (await desk.until_told(Ended)).why == "The chat is closed."
        stranger = client_of(live, "x" * 43)
        told = [told async for told in stranger.follow()]
        assert len(told) == 1
        assert isinstance(told[0], Ended)
        with pytest.raises(HubRefused, match="invite"):
            await stranger.join("Eve")
        with pytest.raises(HubRefused):
            await stranger.session()
        await desk.stop()
        for one in (client, stranger):
            await one.aclose()


async def test_what_is_no_hub_is_told_and_tried_again() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "text/html"}, text="<html>")

    client = HubClient(Invite("http://127.0.0.1:9", "t" * 43), transport=httpx.MockTransport(answer), sleep=hasty)
    desk = client.follow()
    offline = await anext(desk)
    assert isinstance(offline, Offline)
    assert "no hub" in offline.why
    await desk.aclose()
    await client.aclose()


async def test_no_proxy_of_the_environment_sees_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:1")
    async with live_hub(tmp_path) as live:
        client = client_of(live)
        await client.join("Ana")
        await client.aclose()


async def test_a_saved_chat_is_read_from_the_hubs_library(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        client = client_of(live)
        assert await client.events(live.session.id) == live.session.log.events()
        with pytest.raises(HubRefused, match="no such"):
            await client.events("nosuch")
        await client.aclose()


def test_backoff_grows_from_the_first_wait_to_the_longest_with_jitter() -> None:
    for failures, wait in [(1, 0.2), (2, 0.4), (3, 0.8), (5, 3.2), (6, 5.0), (2000, 5.0)]:
        assert all(wait / 2 <= backoff(failures, first=0.2, longest=5.0) <= wait for _ in range(20))
    assert len({backoff(3, 0.2, 5.0) for _ in range(20)}) > 1


def test_a_desks_clock_goes_by_the_heartbeat_with_the_least_delay() -> None:
    now = 100.0
    clock = DeskClock(monotonic=lambda: now)
    clock.beat(Beat(now=1_000_000, seq=1, trouble=None, received=100.5))
    clock.beat(Beat(now=1_002_000, seq=1, trouble=None, received=102.1))
    clock.beat(Beat(now=1_004_000, seq=1, trouble=None, received=105.0))
    now = 110.0
    assert clock.now() == 1_009_900


def test_a_desks_clock_follows_a_jump_of_the_hubs_and_forgets_what_is_old() -> None:
    now = 0.0
    clock = DeskClock(monotonic=lambda: now)
    clock.beat(Beat(now=1_000_000, seq=1, trouble=None, received=0.0))
    clock.beat(Beat(now=9_000_000, seq=1, trouble=None, received=0.0))
    assert clock.now() == 9_000_000
    for second in range(100):
        clock.beat(Beat(now=9_000_000 + second * 999, seq=1, trouble=None, received=float(second)))
    now = 99.0
    assert abs(clock.now() - (9_000_000 + 99 * 999)) <= 30
