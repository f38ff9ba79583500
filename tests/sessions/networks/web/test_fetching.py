"""Requests to servers that behave badly: each failure is one line for the desk, and no body is too much."""

import asyncio
import itertools
import ssl
from collections.abc import AsyncIterator

import httpx
import msgspec
import pytest

from sessions.networks.web.errors import Garbled, Limited, NetworkError, Unavailable, Unreached
from sessions.networks.web.fetching import BODY_LIMIT, Answer, fetch, open_client


class Greeting(msgspec.Struct):
    hello: str


async def asked(handler: httpx.MockTransport) -> Answer:
    async with open_client("https://example.org", handler) as client:
        return await fetch(client, "GET", "/there", headers={"Authorization": "Bearer hidden"}, now=lambda: 0)


def answering(status: int, body: bytes = b"", **headers: str) -> httpx.MockTransport:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.MockTransport(lambda _request: httpx.Response(status, content=body, headers=named))


async def test_an_answer_is_read_as_what_it_should_be_and_unknown_keys_are_passed_over() -> None:
    answer = await asked(answering(200, b'{"hello": "you", "more": [1]}'))
    assert answer.ok
    assert answer.read(Greeting, "example.org") == Greeting("you")


@pytest.mark.parametrize("body", [b'{"hello": "caf\xe9"}', b'{"hello": "caf\\ud83d"}'])
async def test_bytes_that_are_no_text_cost_their_character_and_not_the_page(body: bytes) -> None:
    assert (await asked(answering(200, body))).read(Greeting, "example.org") == Greeting("caf\ufffd")


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"", b"\xff\xfe", b'{"hello": 1}', b"[" * 100_000])
async def test_what_is_no_such_json_is_said_in_one_line(body: bytes) -> None:
    answer = await asked(answering(200, body))
    with pytest.raises(Garbled, match=r"example\.org answers with something else than expected"):
        answer.read(Greeting, "example.org")


async def test_too_many_requests_wait_as_long_as_the_network_says() -> None:
    with pytest.raises(Limited) as caught:
        await asked(answering(429, retry_after="12"))
    assert (caught.value.wait, caught.value.status) == (12.0, "waiting 12 s: rate limit")


async def test_a_limit_without_a_time_waits_a_minute() -> None:
    with pytest.raises(Limited) as caught:
        await asked(answering(429))
    assert caught.value.wait == 60.0


async def test_a_broken_server_may_say_when_it_is_back() -> None:
    with pytest.raises(Unavailable) as caught:
        await asked(answering(503, b"<html>", retry_after="30"))
    assert caught.value.wait == 30.0
    assert "503" in caught.value.status


async def test_what_changes_something_is_never_sent_on_to_another_place() -> None:
    asked_for: list[str] = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        asked_for.append(f"{request.method} {request.url.path}")
        return httpx.Response(301, headers={"Location": "/elsewhere"})

    async with open_client("https://example.org", httpx.MockTransport(elsewhere)) as client:
        answer = await fetch(client, "POST", "/there", json={"status": "hello"})
    assert answer.status == 301
    assert asked_for == ["POST /there"]


async def test_a_circle_of_redirects_ends() -> None:
    hops = itertools.count()
    circle = httpx.MockTransport(lambda _: httpx.Response(302, headers={"Location": f"/{next(hops)}"}))
    with pytest.raises(Unavailable, match="redirects in a circle"):
        await asked(circle)
    assert next(hops) < 10


class Endless(httpx.AsyncByteStream):
    """Sends without an end and counts what was taken."""

    def __init__(self) -> None:
        self.sent = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.sent += 1 << 20
            yield b"a" * (1 << 20)


async def test_a_body_of_50_megabytes_is_not_read_to_its_end() -> None:
    body = Endless()
    with pytest.raises(Unavailable, match="far too much"):
        await asked(httpx.MockTransport(lambda _: httpx.Response(200, stream=body)))
    assert body.sent <= BODY_LIMIT + (2 << 20)


@pytest.mark.parametrize("status", [200, 503])
async def test_an_answer_that_trickles_without_an_end_is_given_up(status: int) -> None:
    class Trickle(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield b"a"
                await asyncio.sleep(0)

    trickling = httpx.MockTransport(lambda _: httpx.Response(status, stream=Trickle()))
    async with open_client("https://example.org", trickling) as client:
        with pytest.raises(Unavailable, match="no answer in time"):
            await fetch(client, "GET", "/there", within=0.02)


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (rb'{"hello": "a\ud800b"}', "a\ufffdb"),
        (rb'{"hello": "\udc00\ud800\ud83d\ude00\ud800"}', "\ufffd\ufffd\U0001f600\ufffd"),
        (rb'{"hello": "\\ud800 \ud800"}', "\\ud800 \ufffd"),
    ],
)
async def test_half_a_character_costs_that_character_and_not_the_whole_page(body: bytes, read: str) -> None:
    assert (await asked(answering(200, body))).read(Greeting, "example.org") == Greeting(read)


async def test_a_certificate_that_is_not_trusted_is_told_from_no_network() -> None:
    def inspected(_request: httpx.Request) -> httpx.Response:
        try:
            raise ssl.SSLCertVerificationError("self-signed certificate in certificate chain")
        except ssl.SSLError as error:
            raise httpx.ConnectError(str(error)) from error

    with pytest.raises(Unreached) as caught:
        await asked(httpx.MockTransport(inspected))
    assert caught.value.status == "this computer does not trust its certificate, trying again"


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("no route to secret.example"),
        httpx.ReadTimeout("late"),
        httpx.RemoteProtocolError("half an answer"),
        ssl.SSLError("bad certificate"),
    ],
)
async def test_what_breaks_on_the_way_is_one_line_without_the_address(failure: Exception) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(NetworkError) as caught:
        await asked(httpx.MockTransport(fail))
    assert "secret" not in str(caught.value)
    assert "hidden" not in str(caught.value)
    assert "\n" not in caught.value.status


@pytest.mark.parametrize(
    ("failure", "left"),
    [
        (httpx.ConnectError("no such name"), False),
        (httpx.ConnectTimeout("nobody there"), False),
        (httpx.ProxyError("403 of the school's proxy"), False),
        (httpx.WriteError("broken pipe"), True),
        (httpx.ReadError("reset by peer"), True),
        (httpx.ReadTimeout("late"), True),
        (httpx.RemoteProtocolError("closed without an answer"), True),
    ],
)
async def test_a_request_that_never_left_is_told_from_one_that_may_have_arrived(failure: Exception, left: bool) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(Unavailable) as caught:
        await asked(httpx.MockTransport(fail))
    assert isinstance(caught.value, Unreached) is not left


async def test_a_port_where_nobody_listens_is_never_reached(unused_tcp_port: int) -> None:
    async with open_client() as client:
        with pytest.raises(Unreached):
            await fetch(client, "POST", f"http://127.0.0.1:{unused_tcp_port}/api/v1/statuses", json={})


async def test_a_network_that_says_in_the_body_what_a_429_is_judges_for_itself() -> None:
    def check(answer: Answer, now: int) -> None:
        assert now == 7
        raise Garbled(answer.body.decode())

    transport = answering(429, b"used up")
    async with open_client("https://example.org", transport) as client:
        with pytest.raises(Garbled, match="used up"):
            await fetch(client, "GET", "/there", now=lambda: 7, check=check)


async def test_an_answer_that_holds_a_token_does_not_show_it() -> None:
    answer = await asked(answering(200, b'{"access_token": "hidden"}', set_cookie="hidden"))
    assert "hidden" not in repr(answer)
