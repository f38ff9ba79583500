"""The stream of a hashtag: posts, edits and removals at once, and the poll beside it where it is silent or missing."""

import httpx
import msgspec
import pytest

from sessions.networks.source import EditedPost, NewPost, RemovedPost
from tests.sessions.networks.fakes import START, make_plan
from tests.sessions.networks.mastodon.ids import uris
from tests.sessions.networks.mastodon.recorded import load
from tests.sessions.networks.mastodon.server import ANA, HOST, Server, as_json, reading


async def test_the_stream_brings_posts_at_once_and_the_poll_slows_down_beside_it(server: Server) -> None:
    async with reading(server, account=ANA) as run:
        await server.time.go_on(1)
        post = server.post()
        server.stream("update", as_json(post))
        await server.time.settle()
        assert run.uris == [post["uri"]]
        await server.time.go_on(12)
        before = len(server.requests("timelines"))
        await server.time.go_on(89)
        assert len(server.requests("min_id=")) + len(server.requests("timelines")) > 0
        assert len(server.requests("timelines")) - before <= 5
        assert run.uris == [post["uri"]]


async def test_the_stream_is_asked_for_on_its_own_host_with_the_token_in_the_header(server: Server) -> None:
    async with reading(server, account=ANA):
        [(_, request)] = [one for one in server.asked if "streaming" in one[1].url.path]
        assert request.url.host == f"streaming.{HOST}"
        assert request.url.scheme == "https"
        assert "hidden-token" not in str(request.url)


async def test_what_came_while_no_stream_was_open_is_fetched_before_what_the_stream_brings(server: Server) -> None:
    server.post()
    async with reading(server, account=ANA) as run:
        await server.time.go_on(1)
        server.streams[-1].put(httpx.ReadTimeout("silence"))
        await server.time.settle()
        missed = [server.post() for _ in range(45)]
        await server.time.go_on(1.5)
        live = server.post()
        server.stream("update", as_json(live))
        await server.time.settle()
        assert run.uris[1:] == [*uris(missed), live["uri"]]


async def test_when_the_stream_dies_the_poll_is_as_fast_as_before(server: Server) -> None:
    async with reading(server, account=ANA) as run:
        server.stream("update", as_json(server.post()))
        await server.time.go_on(20)
        server.trouble["streaming"] = httpx.Response(404, json={"error": "Not Found"})
        server.streams[-1].put(None)
        await server.time.settle()
        begun = server.time.at
        posts = [server.post() for _ in range(1)]
        await server.time.go_on(13)
        assert posts[0]["uri"] in run.uris
        at = [moment * 1000 + START for moment in server.requests("min_id")]
        assert len([moment for moment in at if moment >= begun]) >= 2
        assert run.status == "ok"


@pytest.mark.parametrize("event", ["status.update", "status_update"])  # Mastodon's name and mastodon-mock's
async def test_the_stream_brings_edits_and_removals(server: Server, event: str) -> None:
    post = server.post("A1 frist")
    async with reading(server, account=ANA) as run:
        server.edit(post, "A1 first")
        server.stream(event, as_json(post))
        never_seen = server.post("the hashtag was added later", edited_at="2026-08-01T14:00:00Z")
        server.stream(event, as_json(never_seen))
        server.remove(post)
        server.stream("delete", post["id"])
        server.stream("delete", "4711")
        await server.time.settle()
        assert [type(item) for item in run.items] == [NewPost, EditedPost, NewPost, RemovedPost]
        await server.time.go_on(100)
        assert len(run.items) == 4


async def test_an_older_version_that_comes_later_changes_nothing(server: Server) -> None:
    post = server.post("A1 first")
    async with reading(server, account=ANA) as run:
        old = dict(post)
        server.edit(post, "A1 second")
        server.stream("status.update", as_json(post))
        server.stream("update", as_json(old))
        await server.time.settle()
        assert [item.text for item in run.items if isinstance(item, EditedPost)] == ["A1 second"]


async def test_the_recorded_stream_of_a_real_server_is_read(server: Server) -> None:
    recorded = load("m464_sse_user_stream")["body"]
    server.time.at = 1_785_648_317_000  # when it was recorded
    plan = msgspec.structs.replace(make_plan(), starts_at=server.time.now())
    async with reading(server, account=ANA, plan=plan) as run:
        body = recorded.encode()
        for place in range(0, len(body), 7):  # cut wherever a network cuts
            server.streams[-1].put(body[place : place + 7])
        await server.time.settle()
        assert [post.text for post in run.posts] == ["it's cool guy"]


async def test_what_a_stream_should_not_send_is_passed_over(server: Server) -> None:
    async with reading(server, account=ANA) as run:
        for event, data in [
            ("update", "not json"), ("update", '{"id": 1}'), ("update", "[" * 5000), ("delete", ""), ("delete", '{"x"'),
            ("filters_changed", ""), ("announcement", "{}"), ("", "{}"),
        ]:  # fmt: skip
            server.stream(event, data)
        server.streams[-1].put(b"\xff\xfe\n\n:thump\n\nretry: x\nid: \x00\n\n")
        good = server.post("two\u2028lines")
        server.stream("update", as_json(good).replace("\\u2028", "\u2028"))
        await server.time.go_on(13)
        assert run.uris == [good["uri"]]
        assert run.status == "ok"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html>"),
        httpx.Response(401, json={"error": "Missing access token"}),
        httpx.Response(404, json={"error": "Not Found"}),
        httpx.Response(503),
        httpx.Response(429, headers={"Retry-After": "60"}),
        httpx.Response(302, headers={"Location": "/round"}),
        httpx.ConnectError("nobody there"),
    ],
)
async def test_a_server_without_a_stream_is_polled_and_that_is_nobody_s_trouble(
    server: Server, answer: httpx.Response | Exception
) -> None:
    server.trouble["streaming"] = answer
    async with reading(server, account=ANA) as run:
        await server.time.go_on(1)
        post = server.post()
        await server.time.go_on(12)
        assert run.uris == [post["uri"]]
        await server.time.go_on(600)
        assert {one.status for one in run.deliveries} == {"ok"}
        assert len(set(server.requests("streaming"))) < 25


async def test_gotosocial_is_read_by_polls_and_by_the_thread(server: Server) -> None:
    """Its hashtag stream stays silent and its hashtag page shows no replies."""
    server.about.update(source_url="https://codeberg.org/superseriousbusiness/gotosocial", version="0.20.0")
    server.wants_account = True
    question = server.post("Q1: why?")
    async with reading(server, account=ANA) as run:
        run.ask(question)
        answer = server.post("A1 because", tags=(), reply_to=question)
        await server.time.go_on(30)
        assert run.uris == uris([question, answer])
        assert server.requests("streaming") == []
        assert run.status == "ok"
