"""Posting: publicly, with its key, never twice, and what went out is found again by its words."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from sessions.networks.account import Secret, ServerAccount
from sessions.networks.mastodon.posting import SETTLE, MastodonPoster
from sessions.networks.poster import NotSent, Outgoing, Poster, PostingRules, Published, Unsure
from tests.sessions.networks.mastodon.mock_server import Hasty, MockServer, relay, token
from tests.sessions.networks.mastodon.recorded import load, names, response
from tests.sessions.networks.mastodon.server import iso

NOW = 1_785_592_600_000
ANA = ServerAccount("mastodon", "m.example", handle="ana@m.example", posts=True, secret=Secret("hidden-token"))
HELLO = Outgoing("key-1", "Q1: Why? #hoot", NOW - 5_000)


class Waits:
    """Counts what was to be waited."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


@asynccontextmanager
async def posting(
    answer: Callable[[httpx.Request], httpx.Response] | httpx.Response, waits: Waits | None = None
) -> AsyncIterator[MastodonPoster]:
    transport = httpx.MockTransport(answer if callable(answer) else lambda _request: answer)
    sleep = (waits or Waits()).sleep
    poster = MastodonPoster(ANA, transport=transport, now=lambda: NOW, sleep=sleep)
    try:
        yield poster
    finally:
        await poster.aclose()


def status(text: str, at: int = NOW, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = load("m464_status_created_with_tag")["body"]
    return {**made, "content": f"<p>{text}</p>", "created_at": iso(at), **fields}


async def test_it_is_a_poster() -> None:
    async with posting(response("m464_instance_v2")) as poster:
        as_one: Poster = poster
        assert as_one.account is ANA


@pytest.mark.parametrize(
    ("recording", "most", "url", "called"),
    [
        ("m464_instance_v2", 500, 23, ""),
        ("gotosocial_instance_v2", 5000, 25, "GoToSocial"),
        ("mastodonmock_instance_v2", 500, 23, ""),
    ],
)
async def test_the_server_says_how_it_counts_and_what_it_is_called(
    recording: str, most: int, url: int, called: str
) -> None:
    async with posting(response(recording)) as poster:
        assert await poster.rules() == PostingRules("characters", most, url, called=called)


async def test_without_a_server_the_rules_are_not_known() -> None:
    async with posting(httpx.Response(404, html="<html>")) as poster:
        with pytest.raises(NotSent, match=r"m\.example: refused: m\.example is no Mastodon server"):
            await poster.rules()


async def test_a_post_is_public_whatever_the_account_s_own_setting_is() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return response("m464_status_created_with_tag")

    body = load("m464_status_created_with_tag")["body"]
    async with posting(answer) as poster:
        assert await poster.send(HELLO) == Published(f"mastodon:{body['uri']}", body["url"])
    [request] = asked
    assert json.loads(request.content) == {"status": HELLO.text, "visibility": "public", "language": "en"}
    assert request.headers["Idempotency-Key"] == "key-1"
    assert "hidden-token" not in str(request.url)


async def test_a_reply_names_the_server_s_own_id_of_the_post_it_answers() -> None:
    asked: list[httpx.Request] = []
    parent = {**load("m464_edited_status")["body"], "id": "77", "uri": "https://far.example/posts/5"}

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if request.url.path == "/api/v2/search":
            return httpx.Response(200, json={"statuses": [parent]})
        return response("m464_status_created_with_tag" if request.method == "POST" else "m464_error_404")

    greeting = Outgoing("key-2", "@bea welcome", NOW, reply_to="mastodon:https://far.example/posts/5")
    async with posting(answer) as poster:
        await poster.send(greeting)
    assert json.loads(asked[-1].content)["in_reply_to_id"] == "77"


async def test_a_reply_to_what_the_server_does_not_have_is_not_sent() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.method == "GET"
        return (
            httpx.Response(200, json={"statuses": []}) if "search" in request.url.path else response("m464_error_404")
        )

    async with posting(answer) as poster:
        with pytest.raises(NotSent, match=r"m\.example does not have the post that this one answers"):
            await poster.send(Outgoing("k", "hi", NOW, reply_to="mastodon:https://far.example/posts/5"))


@pytest.mark.parametrize(
    "recording", [name for name in names() if "post_" in name and load(name)["status"] >= 400 and "too_long" in name]
    + ["gotosocial_post_empty_422", "gotosocial_post_no_auth_401", "gotosocial_post_reply_to_missing", "gotosocial_429",
       "m464_error_401", "m464_error_404", "m464_error_422_localised", "mastodonmock_post_empty_422",
       "mastodonmock_post_no_auth_401"],
)  # fmt: skip
async def test_what_a_server_refuses_is_not_sent_for_sure(recording: str) -> None:
    async with posting(response(recording)) as poster:
        with pytest.raises(NotSent, match=r"^m\.example: (refused|signed out|waiting)") as caught:
            await poster.send(HELLO)
    assert "hidden-token" not in str(caught.value)


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), httpx.ConnectTimeout("nobody")])
async def test_what_never_left_is_not_sent_for_sure(failure: Exception) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise failure

    async with posting(answer) as poster:
        with pytest.raises(NotSent, match=r"m\.example: cannot be reached"):
            await poster.send(HELLO)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, html="<html>"),
        httpx.Response(503, headers={"Retry-After": "30"}),
        httpx.Response(200, html="<html>"),
        httpx.Response(200, json={"id": "1", "scheduled_at": "4000-01-01T00:00:00Z"}),
        httpx.ReadTimeout("late"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("closed"),
    ],
)
async def test_where_no_answer_tells_it_may_be_out(answer: httpx.Response | Exception) -> None:
    def give(_request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    async with posting(give) as poster:
        with pytest.raises(Unsure, match=r"^m\.example: "):
            await poster.send(HELLO)


# Looking up


def with_latest(
    *latest: dict[str, Any], instance: str = "m464_instance_v2"
) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("verify_credentials"):
            return response("m464_verify_credentials")
        if request.url.path.endswith("/statuses"):
            return httpx.Response(200, json=list(latest))
        return response(instance)

    return answer


async def test_a_post_that_is_out_is_found_by_its_words() -> None:
    link = '<a href="https://m.example/tags/hoot" class="mention hashtag" rel="tag">#<span>hoot</span></a>'
    mine = status(f"Q1: Why? {link}")
    async with posting(with_latest(status("another"), mine)) as poster:
        assert await poster.look_up(HELLO) == Published(f"mastodon:{mine['uri']}", mine["url"])


@pytest.mark.parametrize(
    "other",
    [
        status("Q1: Why not? #hoot"),
        status("Q1: Why? #hoot", NOW - 180_000),  # the question, before this one repeated it
        status("Q1: Why? #hoot", in_reply_to_id="5"),
        status("Q1: Why? #hoot", reblog={"id": "1"}),
    ],
)
async def test_another_post_is_not_taken_for_it(other: dict[str, Any]) -> None:
    async with posting(with_latest(other)) as poster:
        assert await poster.look_up(HELLO) is None


async def test_a_post_of_nothing_but_an_address_is_found_too() -> None:
    link = Outgoing("k", "https://example.org/a", NOW)
    shown = '<a href="https://example.org/a">example.org/a</a>'
    async with posting(with_latest(status('<a href="https://example.org/b">x</a>'), status(shown))) as poster:
        assert await poster.look_up(link) is not None
    async with posting(with_latest(status('<a href="https://example.org/b">x</a>'))) as poster:
        assert await poster.look_up(link) is None


async def test_a_greeting_is_found_although_the_server_of_a_mention_is_not_shown() -> None:
    account = {"id": "1", "username": "bea", "acct": "bea@far.example", "url": "https://far.example/@bea"}
    shown = status('<a href="https://far.example/@bea" class="u-url mention">@<span>bea</span></a> welcome!',
                   mentions=[account], in_reply_to_id="5")  # fmt: skip
    greeting = Outgoing("k", "@bea@far.example welcome!", NOW, reply_to="mastodon:https://far.example/1")
    async with posting(with_latest(shown)) as poster:
        assert await poster.look_up(greeting) is not None


@pytest.mark.parametrize("instance", ["gotosocial_instance_v2", "m464_instance_v2", "mastodonmock_instance_v2"])
async def test_every_server_is_asked_again_before_a_post_counts_as_not_out(instance: str) -> None:
    waits = Waits()
    async with posting(with_latest(instance=instance), waits) as poster:
        assert await poster.look_up(HELLO) is None
    assert waits.seconds == [SETTLE]


@pytest.mark.parametrize("recording", ["gotosocial_verify_credentials", "mastodonmock_verify_credentials"])
async def test_every_server_says_whose_token_it_is(recording: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("verify_credentials"):
            return response(recording)
        assert load(recording)["body"]["id"] in request.url.path
        return httpx.Response(200, json=[status("Q1: Why? #hoot")])

    async with posting(answer) as poster:
        assert await poster.look_up(HELLO) is not None


@pytest.mark.parametrize(
    "answer", [httpx.Response(500), httpx.Response(401, json={"error": "no"}), httpx.Response(429)]
)
async def test_a_look_up_that_fails_tells_nothing(answer: httpx.Response) -> None:
    async with posting(answer) as poster:
        with pytest.raises(Unsure):
            await poster.look_up(HELLO)


# A real server


@asynccontextmanager
async def real(mock: MockServer, patience: float = 10) -> AsyncIterator[MastodonPoster]:
    account = ServerAccount("mastodon", mock.host, handle=f"poster@{mock.host}", secret=Secret(token("poster")))
    async with relay(mock):
        poster = MastodonPoster(account, transport=Hasty(patience))
        try:
            yield poster
        finally:
            await poster.aclose()


def out(mock: MockServer, text: str) -> list[dict[str, Any]]:
    return [post for post in mock.posts_of("poster") if text in post["content"]]


def begun(key: str, text: str) -> Outgoing:
    return Outgoing(key, text, 0)


async def test_a_real_server_takes_a_post_and_a_reply_once_for_a_key(mock: MockServer) -> None:
    async with real(mock) as poster:
        first = await poster.send(begun("real-1", "Q1: once? #real"))
        assert await poster.send(begun("real-1", "Q1: once? #real")) == first
        assert await poster.look_up(begun("real-1", "Q1: once? #real")) == first
        reply = Outgoing("real-2", "welcome to the chat", 0, reply_to=first.id)
        answered = await poster.send(reply)
        assert await poster.look_up(reply) == answered
    assert [post["visibility"] for post in out(mock, "once?")] == ["public"]
    [welcome] = out(mock, "welcome to the chat")
    assert welcome["in_reply_to_id"] == first.id.rpartition("/")[2]


async def test_an_answer_that_comes_too_late_is_found_and_nothing_is_posted_twice(mock: MockServer) -> None:
    post = begun("late-1", "Q2: late? #real")
    async with real(mock, patience=0.3) as poster:
        mock.fault({"type": "latency", "delay_ms": 600}, path="/api/v1/statuses", methods=["POST"])
        with pytest.raises(Unsure, match="no answer in time"):
            await poster.send(post)
    async with real(mock) as poster:  # patient enough for a busy machine
        first = await poster.look_up(post)  # still under way, or out by now
        again = await poster.send(post)
        assert first in (None, again)
        assert await poster.send(post) == again
    assert len(out(mock, "late?")) == 1


async def test_a_request_that_hangs_is_not_out_and_goes_out_with_the_next_try(mock: MockServer) -> None:
    post = begun("hang-1", "Q3: hanging? #real")
    async with real(mock, patience=0.3) as poster:
        mock.fault({"type": "timeout"}, path="/api/v1/statuses", methods=["POST"])
        with pytest.raises(Unsure):
            await poster.send(post)
        assert await poster.look_up(post) is None
    async with real(mock) as poster:
        published = await poster.send(post)
        assert await poster.look_up(post) == published
    assert len(out(mock, "hanging?")) == 1


@pytest.mark.parametrize(
    ("number", "effect", "kind"),
    [
        (1, {"type": "status", "status": 502}, Unsure),
        (2, {"type": "malformed"}, Unsure),
        (3, {"type": "ratelimit", "headers": {"Retry-After": "0"}}, NotSent),
    ],
)
async def test_a_real_server_that_fails_gets_the_post_with_the_next_try(
    mock: MockServer, number: int, effect: dict[str, Any], kind: type[Exception]
) -> None:
    post = begun(f"fail-{number}", f"Q4: fails {number}? #real")
    async with real(mock) as poster:
        mock.fault(effect, path="/api/v1/statuses", methods=["POST"])
        with pytest.raises(kind):
            await poster.send(post)
    async with real(mock) as poster:
        assert await poster.look_up(post) is None
        await poster.send(post)
    assert len(out(mock, f"fails {number}?")) == 1


async def test_a_token_that_is_nobody_s_sends_nothing(mock: MockServer) -> None:
    async with relay(mock):
        poster = MastodonPoster(ServerAccount("mastodon", mock.host, secret=Secret("nobody")), transport=Hasty(10))
        with pytest.raises(NotSent, match=rf"signed out: lunchroom login mastodon {mock.host}"):
            await poster.send(begun("x", "hello"))
        await poster.aclose()
