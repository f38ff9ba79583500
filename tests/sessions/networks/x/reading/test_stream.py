"""X's stream over a real socket: split lines and letters, silence, ends of all kinds, and the waits between tries."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from sessions.networks.web.errors import Limited, NetworkError, Rejected, SignedOut, Unavailable, Unreached
from sessions.networks.web.feed import LASTING_WAIT
from sessions.networks.web.fetching import open_client
from sessions.networks.web.streaming import LINE_LIMIT
from sessions.networks.x.api import XApi
from sessions.networks.x.reading.stream import XStream
from sessions.networks.x.refusals import Ended, NoRules, TooManyConnections
from sessions.networks.x.wire import WireLine
from tests.sessions.networks.x.reading.ndjson import Script, ToServer, end, refusing, send, serving
from tests.sessions.networks.x.recorded import FOLDER
from tests.sessions.networks.x.simulated import APP
from tests.waiting import slowness

NOW = 1_800_000_000_000


def line(number: int, text: str = "hello #devchat", **more: Any) -> bytes:
    data = {"id": str(number), "text": text, "author_id": "1", "edit_history_tweet_ids": [str(number)]}
    return json.dumps({"data": data, **more}, ensure_ascii=False).encode() + b"\r\n"


class Heard:
    """What one connection brought."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.lines: list[WireLine] = []
        self.opened = 0
        self.trouble: NetworkError | None = None

    def open(self) -> None:
        self.opened += 1

    async def take(self, wire: WireLine) -> None:
        assert wire.data is not None
        self.lines.append(wire)
        self.texts.append(wire.data.text)


async def heard(*scripts: Script, raw: bool = False, silence: float = 5.0) -> tuple[Heard, list[bytes]]:
    """What is heard of a server until the stream ends."""
    result = Heard()
    async with serving(*scripts, raw=raw) as server, open_client(transport=ToServer(server.port)) as client:
        stream = XStream(XApi(client, now=lambda: NOW), client, now=lambda: NOW, silence=silence)
        with pytest.raises(NetworkError) as caught:
            await stream.run(APP, result.open, result.take)
        assert not stream.open
    result.trouble = caught.value
    return result, server.asked


def sending(*parts: bytes, finish: bool = True) -> Script:
    async def script(writer: asyncio.StreamWriter) -> None:
        await send(writer, *parts)
        if finish:
            await end(writer)

    return script


async def test_what_the_playground_sent_is_read_as_it_came() -> None:
    recorded = (FOLDER / "playground_stream_raw.txt").read_bytes()
    found, asked = await heard(sending(recorded))
    assert found.texts == ["streamed #devchat now"]
    assert [user.username for user in found.lines[0].includes.users] == ["playground_user"]
    assert found.opened == 1
    assert isinstance(found.trouble, Unavailable)
    assert b"GET /2/tweets/search/stream?tweet.fields=" in asked[0]
    assert b"backfill" not in asked[0]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
async def test_lines_cut_anywhere_also_within_a_letter_are_whole(size: int) -> None:
    whole = b"\r\n" + line(1, "Grüße 👩‍🏫 #devchat\u2028more") + b"\r\n\r\n" + line(2, "A1 日本語") + line(3)
    parts = [whole[at : at + size] for at in range(0, len(whole), size)]
    found, _ = await heard(sending(*parts))
    assert found.texts == ["Grüße 👩‍🏫 #devchat\u2028more", "A1 日本語", "hello #devchat"]


async def test_what_is_of_no_known_kind_is_passed_over() -> None:
    strange = b'{"something": "new"}\r\nno json\r\n[1]\r\n{"data": {"id": 7}}\r\n\xff\xfe\r\n' + b"[" * 5000 + b"\r\n"
    found, _ = await heard(sending(line(1), strange, line(2)))
    assert len(found.texts) == 2


async def test_a_line_that_is_not_finished_is_none() -> None:
    found, _ = await heard(sending(line(1), line(2)[:-20]))
    assert len(found.texts) == 1


async def test_a_disconnect_is_said_and_is_no_refusal() -> None:
    said = {"errors": [{"title": "operational-disconnect", "disconnect_type": "UpstreamOperationalDisconnect",
            "detail": "This stream has been disconnected upstream for operational reasons.",
            "type": "https://api.twitter.com/2/problems/operational-disconnect"}]}  # fmt: skip
    found, _ = await heard(sending(line(1), json.dumps(said).encode() + b"\r\n", line(2)))
    assert len(found.texts) == 1
    assert isinstance(found.trouble, Ended)
    assert not found.trouble.lasts


async def test_a_post_with_problems_beside_it_is_a_post() -> None:
    beside = [{"title": "Not Found Error", "type": "https://api.twitter.com/2/problems/resource-not-found"}]
    found, _ = await heard(sending(line(1, errors=beside)))
    assert len(found.texts) == 1


async def test_empty_lines_keep_it_alive_and_silence_ends_it() -> None:
    silence = 0.5 * slowness()

    async def script(writer: asyncio.StreamWriter) -> None:
        for _ in range(12):
            await send(writer, b"\r\n")
            await asyncio.sleep(silence / 10)
        await send(writer, line(1))
        await asyncio.Event().wait()

    found, _ = await heard(script, silence=silence)
    assert len(found.texts) == 1
    assert found.trouble is not None
    assert found.trouble.status == "the stream fell silent, trying again"


async def test_a_connection_that_breaks_is_said() -> None:
    async def script(writer: asyncio.StreamWriter) -> None:
        await send(writer, line(1))
        writer.transport.abort()

    found, _ = await heard(script)
    assert found.texts in ([], ["hello #devchat"])
    assert found.trouble is not None
    assert found.trouble.status.startswith("the stream broke off")


async def test_a_line_without_end_is_not_read_for_ever() -> None:
    async def script(writer: asyncio.StreamWriter) -> None:
        while True:
            await send(writer, b"x" * 65_536)

    found, _ = await heard(script)
    assert found.trouble is not None
    assert found.trouble.status == "the server sends far too much, trying again"
    assert LINE_LIMIT < 8 * 1024 * 1024


async def test_a_refusal_without_end_is_not_read_for_ever() -> None:
    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await send(writer, b"line\n" * 10_000)

    found, _ = await heard(script, raw=True)
    assert found.trouble is not None
    assert found.trouble.status == "refused: X answers 403"


@pytest.mark.parametrize(
    ("script", "kind", "status"),
    [
        (refusing(401, b"{}"), SignedOut, "signed out: lunchroom login x"),
        (refusing(429, b"{}", x_rate_limit_limit="50", x_rate_limit_remaining="0",
                  x_rate_limit_reset=str(NOW // 1000 + 90)), Limited, "waiting 90 s: rate limit"),
        (refusing(429, b'{"connection_issue": "TooManyConnections"}'), TooManyConnections,
         "refused: another program reads X with the same app"),
        (refusing(409, b'{"detail": "You must define rules"}'), NoRules, "refused: You must define rules"),
        (refusing(503, b"<html>"), Unavailable, "the server has a problem (503), trying again"),
        (refusing(204, b""), Unavailable, "the stream is none, trying again"),
    ],
)  # fmt: skip
async def test_answers_that_are_no_stream(script: Script, kind: type[NetworkError], status: str) -> None:
    found, asked = await heard(script, raw=True)
    assert (type(found.trouble), found.trouble.status if found.trouble else "") == (kind, status)
    assert (found.opened, len(asked)) == (0, 1)


async def test_the_other_names_of_the_fields_are_tried_once() -> None:
    refused = refusing(400, b'{"errors": [{"parameters": {"tweet.fields": ["x"]}, "message": "unknown"}]}')
    found, asked = await heard(refused, raw=True)
    assert [b"post.fields=" in one for one in asked] == [False, True]
    assert isinstance(found.trouble, Rejected)


async def test_nobody_there() -> None:
    async with serving(sending()) as server:
        port = server.port
    async with open_client(transport=ToServer(port)) as client:
        stream = XStream(XApi(client), client, now=lambda: NOW)
        with pytest.raises(Unavailable):
            await stream.run(APP, lambda: None, Heard().take)


# How long to wait before the next try


def waits(
    trouble: Callable[[], NetworkError], times: int, *, answered: bool = False, lived: int | None = None
) -> list[float]:
    now = NOW
    stream = XStream(None, None, now=lambda: now)  # type: ignore[arg-type]
    found = []
    for _ in range(times):
        stream._answered = answered
        if lived is not None:
            stream._opened_at = now - lived
        found.append(stream.wait(trouble()))
        assert stream.due() == (0 if trouble().lasts else pytest.approx(found[-1], abs=0.01))
    return found


def test_a_lost_connection_is_tried_at_once_and_then_slowly_later() -> None:
    found = waits(lambda: Unreached("gone"), 80)
    assert found[0] == 0
    for tries, wait in enumerate(found):
        assert min(0.25 * tries, 16) <= wait <= min(0.25 * tries, 16) * 1.25


def test_errors_of_the_server_double_from_five_seconds() -> None:
    for tries, wait in enumerate(waits(lambda: Unavailable("503"), 10, answered=True)):
        assert min(5 * 2**tries, 320) <= wait <= min(5 * 2**tries, 320) * 1.25


def test_too_many_tries_double_from_a_minute_and_keep_to_what_x_says() -> None:
    found = waits(lambda: Limited(12.0), 3, answered=True)
    assert [60 <= found[0] <= 75, 120 <= found[1] <= 150, 240 <= found[2] <= 300] == [True] * 3
    assert waits(lambda: Limited(600.0), 1, answered=True)[0] >= 600


def test_what_lasts_is_tried_again_after_minutes_or_when_something_changes() -> None:
    assert LASTING_WAIT <= waits(TooManyConnections, 1, answered=True)[0] <= LASTING_WAIT * 1.25


def test_a_connection_that_held_makes_the_next_failure_the_first() -> None:
    assert waits(lambda: Ended("bye"), 5, lived=31_000) == [0.0] * 5
    assert waits(lambda: Ended("bye"), 5, lived=1_000)[-1] >= 1.0, "a server that lets go at once is not stormed"
