"""Every recorded answer of failure, and others that servers and what stands before them give: the state in words."""

import json
from collections.abc import Awaitable, Callable

import httpx
import pytest

from sessions.networks.account import Secret, ServerAccount
from sessions.networks.mastodon.api import MastodonApi, base_url, hashtag_problem
from sessions.networks.mastodon.wire import WireStatus
from sessions.networks.source import SourceError
from sessions.networks.web.errors import Garbled, Limited, Missing, NetworkError, Rejected, SignedOut, Unavailable
from sessions.networks.web.fetching import open_client
from tests.sessions.networks.mastodon.recorded import load, names, response

ANA = ServerAccount("mastodon", "m.example", handle="ana@m.example", secret=Secret("hidden-token"))
ELSE = "m.example answers with something else than expected, trying again"
HTML = httpx.Response(200, html="<html><title>Sign in to the school's network</title></html>")


class Server:
    """Gives the same answer to everything, or what a function makes of the request; remembers what it was asked."""

    def __init__(self, answer: httpx.Response | Callable[[httpx.Request], httpx.Response], *, now: int = 0) -> None:
        self.requests: list[httpx.Request] = []
        self.now = now
        self._answer = answer
        self.api = MastodonApi(
            open_client(transport=httpx.MockTransport(self._give)), "m.example", now=lambda: self.now
        )

    def _give(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if callable(self._answer):
            return self._answer(request)
        given = self._answer
        return httpx.Response(given.status_code, headers=given.headers, content=given.content)


async def trouble_of(recording: str) -> NetworkError:
    """What a call makes of a recorded refusal."""
    server = Server(response(recording), now=1_795_311_000_000)
    if load(recording)["request"]["method"] == "POST":
        asked: Awaitable[object] = server.api.post({"status": ""}, ANA, "key")
    elif "timeline" in recording or "429" in recording:
        asked = server.api.tag_page("devchat", ANA)
    else:
        asked = server.api.status("1", ANA)
    with pytest.raises(NetworkError) as caught:
        await asked
    return caught.value


REFUSALS = {
    "gotosocial_429": (Limited, "waiting 4 min: rate limit"),
    "gotosocial_post_empty_422": (Rejected, "refused: Bad Request: status contains no text, media or poll"),
    "gotosocial_post_no_auth_401": (SignedOut, "signed out: lunchroom login mastodon m.example"),
    "gotosocial_post_reply_to_missing": (Missing, "refused: Not Found: target status not found"),
    "gotosocial_post_too_long": (Rejected, "refused: Bad Request: text with spoiler exceed max chars (5000)"),
    "gotosocial_status_404": (Missing, "refused: Not Found: target status not found"),
    "gotosocial_tag_timeline_bad_token": (SignedOut, "signed out: lunchroom login mastodon m.example"),
    "gotosocial_tag_timeline_no_auth": (SignedOut, "signed out: lunchroom login mastodon m.example"),
    "m464_error_401": (SignedOut, "signed out: lunchroom login mastodon m.example"),
    "m464_error_404": (Missing, "refused: Not Found"),
    "m464_error_422_localised": (Rejected, "refused: バリデーションに失敗しました: Textを入力してください"),
    "m464_oauth_error_400": (Rejected, "refused: invalid_grant"),
    "mastodonmock_post_empty_422": (Rejected, "refused: Validation failed: Text can't be blank"),
    "mastodonmock_post_no_auth_401": (SignedOut, "signed out: lunchroom login mastodon m.example"),
    "mastodonmock_post_too_long": (
        Rejected,
        "refused: Validation failed: Text is too long (maximum is 500 characters)",
    ),
    "mastodonmock_status_404": (Missing, "refused: Record not found"),
}


@pytest.mark.parametrize("recording", REFUSALS)
async def test_a_recorded_refusal_is_one_line_for_the_desk(recording: str) -> None:
    kind, words = REFUSALS[recording]
    trouble = await trouble_of(recording)
    assert (type(trouble), trouble.status) == (kind, words)


def test_every_recorded_refusal_is_among_them() -> None:
    assert {name for name in names() if load(name)["status"] >= 400} == set(REFUSALS)


async def test_a_limit_is_waited_out_until_the_moment_that_the_server_names() -> None:
    recording = load("gotosocial_429")  # its reset is in ISO 8601, five minutes on, without a Retry-After
    server = Server(response("gotosocial_429"), now=1_795_310_946_000)
    assert recording["headers"]["x-ratelimit-reset"] == "2026-11-22T01:34:06.000Z"
    with pytest.raises(Limited) as caught:
        await server.api.tag_page("devchat", None)
    assert caught.value.wait == 300.0


async def test_whichever_call_hits_the_limit_the_server_is_left_alone_until_it_is_over() -> None:
    server = Server(httpx.Response(429, headers={"Retry-After": "30"}))
    for _ in range(3):
        with pytest.raises(Limited):
            await server.api.tag_page("devchat", None)
        with pytest.raises(Limited):
            await server.api.status("1", ANA)
    assert len(server.requests) == 1
    server.now = 29_000
    with pytest.raises(Limited) as caught:
        await server.api.instance()
    assert caught.value.wait == 1.0
    server.now = 30_000
    with pytest.raises(Limited):
        await server.api.tag_page("devchat", None)
    assert len(server.requests) == 2


async def test_what_is_left_of_a_limit_is_read_from_every_answer() -> None:
    server = Server(response("m464_tag_timeline"))
    [found] = await server.api.tag_page("hoot", None)
    assert found.id == "117020593741189701"
    assert server.api.headroom is not None
    assert (server.api.headroom.remaining, server.api.headroom.limit) == (299, 300)


@pytest.mark.parametrize("recording", ["gotosocial_tag_timeline_empty_page", "mastodonmock_tag_timeline_empty_page"])
async def test_an_empty_page_is_no_trouble(recording: str) -> None:
    assert await Server(response(recording)).api.tag_page("devchat", ANA) == []


async def test_a_thread_is_what_answers_a_post() -> None:
    assert await Server(response("m464_context_empty")).api.thread("1", ANA) == []
    found = await Server(response("gotosocial_context")).api.thread("1", ANA)
    assert [one.account.acct for one in found] == ["modhost", "alice", "bob"]


async def test_a_bad_token_that_the_mock_takes_for_nobody_is_read_as_what_it_answers() -> None:
    assert len(await Server(response("mastodonmock_tag_timeline_bad_token")).api.tag_page("devchat", ANA)) == 6


async def test_a_hashtag_that_nobody_has_used_is_an_empty_page() -> None:
    assert await Server(response("m464_error_404")).api.tag_page("devchat", None) == []


async def test_a_scheduled_post_is_none_that_was_posted() -> None:
    with pytest.raises(Garbled):
        await Server(response("m464_scheduled_status")).api.post({}, ANA, "key")


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (httpx.Response(503, html="<html>"), Unavailable, "the server has a problem (503), trying again"),
        (HTML, Garbled, ELSE),
        (httpx.Response(200, json={"errors": ["no"]}), Garbled, ELSE),
        (httpx.Response(200, json=[{"id": 1}]), Garbled, ELSE),
        (httpx.Response(403, html="<html>blocked</html>"), Rejected, "refused: m.example answers 403"),
        (httpx.Response(403, json={"error": "This action is outside the authorized scopes"}), Rejected,
         "refused: This action is outside the authorized scopes"),
        (httpx.Response(400, json={"error": "x" * 5000}), Rejected, f"refused: {'x' * 119}…"),
        (httpx.Response(302, headers={"Location": "/again"}), Unavailable,
         "the server redirects in a circle, trying again"),
    ],
)  # fmt: skip
async def test_other_answers_are_one_line_too(answer: httpx.Response, kind: type, words: str) -> None:
    with pytest.raises(NetworkError) as caught:
        await Server(answer).api.tag_page("devchat", ANA)
    assert (type(caught.value), caught.value.status) == (kind, words)
    assert "hidden-token" not in repr(caught.value)


# The server


@pytest.mark.parametrize(
    ("recording", "home", "most", "url", "gotosocial"),
    [
        ("m464_instance_v2", "localhost:3000", 500, 23, False),
        ("gotosocial_instance_v2", "localhost:3002", 5000, 25, True),
        ("mastodonmock_instance_v2", "127.0.0.1:3001", 500, 23, False),
    ],
)
async def test_a_server_says_what_it_is(recording: str, home: str, most: int, url: int, gotosocial: bool) -> None:
    server = await Server(response(recording)).api.instance()
    rules = server.configuration.statuses
    assert (server.home, rules.max_characters, rules.characters_reserved_per_url) == (home, most, url)
    assert server.gotosocial is gotosocial


async def test_an_account_s_server_may_have_another_name_than_its_address() -> None:
    said = {"domain": "social.example.org", "account_domain": "example.org", "version": "0.20"}
    assert (await Server(httpx.Response(200, json=said)).api.instance()).home == "example.org"


async def test_a_server_before_4_0_is_asked_in_its_own_way() -> None:
    old = {"uri": "pleroma.example", "version": "2.7.2 (compatible; Pleroma 2.5)", "max_toot_chars": 5000,
           "urls": {"streaming_api": "wss://pleroma.example"}}  # fmt: skip

    def answer(request: httpx.Request) -> httpx.Response:
        return (
            httpx.Response(200, json=old) if "/v1/" in request.url.path else httpx.Response(404, json={"error": "no"})
        )

    server = await Server(answer).api.instance()
    assert (server.home, server.configuration.statuses.max_characters) == ("pleroma.example", 5000)
    assert server.configuration.urls.streaming == "wss://pleroma.example"


@pytest.mark.parametrize(
    "answer", [HTML, httpx.Response(404, html="<h1>Not Found</h1>"), httpx.Response(200, json={"nodeName": "x"})]
)
async def test_what_is_no_mastodon_server_is_said_so(answer: httpx.Response) -> None:
    with pytest.raises(Rejected, match=r"m\.example is no Mastodon server; check the name in the plan"):
        await Server(answer).api.instance()


async def test_a_server_that_is_down_is_not_said_to_be_none() -> None:
    with pytest.raises(Unavailable, match="502"):
        await Server(httpx.Response(502, html="<html>Bad gateway</html>")).api.instance()


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("mastodon.social", "https://mastodon.social"),
        ("m.example:8443", "https://m.example:8443"),
        ("127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("[::1]:3000", "http://[::1]:3000"),
        ("localhost", "http://localhost"),
        ("127.0.0.1.evil.example", "https://127.0.0.1.evil.example"),
    ],
)
def test_only_this_computer_is_spoken_to_without_tls(host: str, url: str) -> None:
    assert base_url(host) == url


@pytest.mark.parametrize(
    "host", ["", "a b", "https://m.example", "m.example/x", "ana@m.example", "m.example:x", "[::1"]
)
def test_what_is_no_server_s_name_is_refused_with_an_example(host: str) -> None:
    with pytest.raises(SourceError, match=r"such as mastodon:mastodon\.social"):
        base_url(host)


# Hashtags


@pytest.mark.parametrize("tag", ["devchat", "Élèves", "教育", "हिन्दी", "a_1", "1a", "a·b"])
def test_hashtags_that_can_be(tag: str) -> None:
    assert hashtag_problem(tag) is None


@pytest.mark.parametrize("tag", ["two words", "a-b", "", "2026", "#a", "a/b", "a\x00"])
async def test_a_hashtag_that_cannot_be_is_one_clear_state_and_nothing_is_asked(tag: str) -> None:
    server = Server(httpx.Response(200, json=[]))
    with pytest.raises(Rejected, match="cannot be a hashtag: letters, digits and _ only"):
        await server.api.tag_page(tag, None)
    assert server.requests == []


# What is asked


async def test_a_hashtag_is_one_part_of_the_path_and_the_token_is_in_a_header_only() -> None:
    server = Server(httpx.Response(200, json=[]))
    await server.api.tag_page("教育", ANA, min_id="1&x=2")
    [asked] = server.requests
    assert asked.url.raw_path == b"/api/v1/timelines/tag/%E6%95%99%E8%82%B2?limit=40&min_id=1%26x%3D2"
    assert asked.headers["Authorization"] == "Bearer hidden-token"
    await server.api.tag_page("教育", None)
    assert "Authorization" not in server.requests[-1].headers


async def test_a_post_is_gone_only_where_the_server_itself_says_so() -> None:
    assert await Server(response("m464_error_404")).api.fate("1", None) == "gone"
    assert await Server(httpx.Response(410, json={"error": "Gone"})).api.fate("1", None) == "gone"
    assert await Server(httpx.Response(404, html="<h1>nginx</h1>")).api.fate("1", None) is None
    assert await Server(response("m464_error_401")).api.fate("1", None) is None
    assert isinstance(await Server(response("m464_edited_status")).api.fate("1", None), WireStatus)


async def test_a_server_s_own_post_is_known_by_the_end_of_its_uri_and_another_s_is_searched_for() -> None:
    own = load("m464_edited_status")["body"]
    remote = {**own, "id": "99", "uri": "https://far.example/posts/5"}

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == f"/api/v1/statuses/{own['id']}":
            return httpx.Response(200, json=own)
        if request.url.path == "/api/v2/search":
            assert request.url.params["q"] == remote["uri"]
            return httpx.Response(200, json={"statuses": [remote]})
        return httpx.Response(404, json={"error": "Record not found"})

    server = Server(answer)
    assert await server.api.own_id(own["uri"], None) == own["id"]
    assert await server.api.own_id(remote["uri"], ANA) == "99"
    assert await server.api.own_id(remote["uri"], None) is None


async def test_an_idempotency_key_goes_with_a_post() -> None:
    server = Server(response("m464_status_created_with_tag"))
    await server.api.post({"status": "hello"}, ANA, "a-key")
    [asked] = server.requests
    assert asked.headers["Idempotency-Key"] == "a-key"
    assert json.loads(asked.content) == {"status": "hello"}
