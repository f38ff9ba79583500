"""What other programs post over a real socket, and what of it is in the chat."""

import asyncio
import logging
from pathlib import Path

import httpx
import pytest

from sessions.networks.account import InMemorySignIns, Secret
from sessions.networks.hook.account import HookAccount
from sessions.networks.hook.entrance import Limits
from sessions.networks.hook.reader import HookSource
from sessions.networks.source import SourceError
from tests.sessions.hub.live import live_hub
from tests.sessions.networks.hook.hooked import (
    MATTERBRIDGE,
    NAME,
    SOCIAL_STREAM,
    TOKEN,
    as_json,
    hooked,
    request,
    signed_in,
)
from tests.waiting import patience


async def test_what_the_programs_post_is_in_the_chat(tmp_path: Path) -> None:
    async with hooked(tmp_path) as hook:
        assert (await hook.post(SOCIAL_STREAM)).status_code == 200
        put = await hook.http.put("/", headers={"Authorization": f"Bearer {TOKEN}"}, json=MATTERBRIDGE)
        assert (put.status_code, put.text) == (200, "Taken.\n")
        form = {"name": "Eva", "text": "A1: <b>not HTML</b>"}
        assert (await hook.http.post("/post", params={"token": TOKEN}, data=form)).status_code == 200
        zoom, slack, plain = hook.posts
        assert (zoom.author.id, zoom.author.name, zoom.author.handle) == ("hook:zoom:16778240", "Ana López", "AnaLópez")
        assert zoom.text == "A1: we read aloud & sing 🎵"
        assert (slack.author.id, slack.text, slack.posted_at) == ("hook:slack:U024BE7LH", "A1: stations", 1733015100500)
        assert (plain.author.id, plain.text) == ("hook:form:eva", "A1: <b>not HTML</b>")
        state = hook.live.session.durable
        assert {state.posts[post.id].kind for post in hook.posts} == {"answer"}
        await hook.live.until(lambda session: session.durable.sources[NAME].status == "ok")


async def test_what_is_told_again_is_one_post_also_after_a_restart(tmp_path: Path) -> None:
    plain = {"name": "Eva", "text": "A1: blocks"}
    async with hooked(tmp_path) as hook:
        for given in (SOCIAL_STREAM, SOCIAL_STREAM, MATTERBRIDGE, MATTERBRIDGE, plain, plain, [plain, MATTERBRIDGE]):
            assert (await hook.post(given)).status_code == 200
        assert len(hook.posts) == 3
        assert (await hook.post({**SOCIAL_STREAM, "chatmessage": "A2: ids began anew"})).status_code == 200
        assert len(hook.posts) == 4
        path = hook.live.file.path
    async with hooked(tmp_path, path=path) as hook:
        for given in (SOCIAL_STREAM, MATTERBRIDGE, plain):
            assert (await hook.post(given)).status_code == 200
        assert len(hook.posts) == 4


async def test_five_hundred_posts_in_a_moment_are_all_kept(tmp_path: Path) -> None:
    async with hooked(tmp_path) as hook:
        most = httpx.Limits(max_connections=50)
        async with patience(), httpx.AsyncClient(base_url=hook.http.base_url, limits=most, timeout=60) as many:
            given = [{**SOCIAL_STREAM, "id": one, "chatmessage": f"A1: {one}"} for one in range(500)]
            answers = await asyncio.gather(*(many.post("/post", params={"token": TOKEN}, json=one) for one in given))
        assert {answer.status_code for answer in answers} == {200}
        assert {post.text for post in hook.posts} == {f"A1: {one}" for one in range(500)}


async def test_a_wrong_token_opens_nothing_and_is_in_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with hooked(tmp_path) as hook:
        for params, headers in (
            ({}, {}),
            ({"token": ""}, {}),
            ({"token": TOKEN[:-1]}, {}),
            ({"token": f"{TOKEN}x"}, {}),
            ({"token": TOKEN}, {"Authorization": "Bearer wrong"}),
            ({}, {"Authorization": f"Basic {TOKEN}"}),
        ):
            answer = await hook.http.post("/post", params=params, headers=headers, json=SOCIAL_STREAM)
            assert answer.status_code == 401
            assert "access-control-allow-origin" not in answer.headers
        assert (await hook.post(SOCIAL_STREAM)).status_code == 200
        assert len(hook.posts) == 1
        told = hook.live.session.durable.sources[NAME].details
        assert told[1:] == ("turned away: a post with a wrong token",)
        stored = hook.live.file.path.read_text(encoding="utf-8")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]
    assert TOKEN not in stored + "".join(ours)


async def test_who_guesses_tokens_is_slowed_and_nobody_else(tmp_path: Path) -> None:
    async with hooked(tmp_path, limits=Limits(wrong=3)) as hook:
        wrong = [await hook.http.post("/post", params={"token": f"no-{one}"}, json=SOCIAL_STREAM) for one in range(5)]
        assert [one.status_code for one in wrong][:3] == [401, 401, 401]
        assert wrong[-1].status_code == 429
        assert wrong[-1].headers["retry-after"] == "1"
        assert (await hook.post(SOCIAL_STREAM)).status_code == 200


JUNK = [
    (b"", "That is no JSON"),
    (b"\xff\xfe{}", "That is no JSON: it is not UTF-8"),
    (b"[" * 60_000, "nested too deeply"),
    (b'"A1: hello"', "A message is a JSON object"),
    (b'{"chatname": ["Ana"], "chatmessage": "A1"}', "chatname has to be text."),
    (b'{"chatname": "Ana", "chatmessage": {"a": 1}}', "chatmessage has to be text."),
    (b'{"name": "Ana"}', "Nothing in it is known"),
    (b"{}", "Nothing in it is known"),
    (as_json([{"name": "Ana", "text": "A1"}] * 501), "At most 500 messages"),
]


async def test_junk_is_told_in_a_line_and_ends_nothing(tmp_path: Path) -> None:
    async with hooked(tmp_path) as hook:
        for body, words in JUNK:
            answer = await hook.http.post("/post", params={"token": TOKEN}, content=body)
            assert answer.status_code == 422
            (line,) = answer.text.splitlines()
            assert words in line
        assert hook.posts == []
        assert (await hook.post(SOCIAL_STREAM)).status_code == 200


async def test_messages_in_which_nobody_says_anything_are_taken_for_that(tmp_path: Path) -> None:
    async with hooked(tmp_path) as hook:
        for given in (
            {**MATTERBRIDGE, "event": "api_connected", "text": "", "username": ""},
            {**MATTERBRIDGE, "event": "join_leave", "text": "joins"},
            {**SOCIAL_STREAM, "chatmessage": ""},
            {**SOCIAL_STREAM, "private": True},
            [],
        ):
            answer = await hook.post(given)
            assert (answer.status_code, answer.text) == (200, "Nothing was said in it.\n")
        assert hook.posts == []


async def test_what_is_too_large_is_told_so_by_its_head_and_by_its_length(tmp_path: Path) -> None:
    async with hooked(tmp_path, limits=Limits(body=1024)) as hook:
        big = as_json({"name": "Ana", "text": "a" * 2_000})
        assert (await hook.http.post("/post", params={"token": TOKEN}, content=big)).status_code == 413
        claimed = await hook.raw(request(b"", "Content-Length: 99999999999999"), end=True)
        assert claimed.startswith(b"HTTP/1.1 413 ")
        chunk = f"{len(big):x}\r\n".encode() + big + b"\r\n0\r\n\r\n"
        assert (await hook.raw(request(chunk, "Transfer-Encoding: chunked"))).startswith(b"HTTP/1.1 413 ")
        assert (await hook.post({"name": "Ana", "text": "short"})).status_code == 200


async def test_who_sends_slowly_is_let_go_and_no_http_is_answered(tmp_path: Path) -> None:
    async with hooked(tmp_path, limits=Limits(within=0.05)) as hook, patience():
        assert await hook.raw(b"") == b""
        assert (await hook.raw(b"POST /post HT")).startswith(b"HTTP/1.1 408 ")
        assert (await hook.raw(request(b'{"name"', "Content-Length: 50"))).startswith(b"HTTP/1.1 408 ")
    async with hooked(tmp_path / "more") as hook, patience():
        for junk in (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET\r\n\r\n", b"A" * 70_000):
            assert (await hook.raw(junk, end=True)).startswith(b"HTTP/1.1 4")
        assert (await hook.post(SOCIAL_STREAM)).status_code == 200


async def test_too_many_at_once_are_told_to_wait(tmp_path: Path) -> None:
    async with hooked(tmp_path, limits=Limits(burst=2, a_second=0.0)) as hook:
        answers = [await hook.post({"name": "Ana", "text": f"A{one}"}) for one in (1, 2, 3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[-1].headers["retry-after"] == "1"
        assert len(hook.posts) == 2


async def test_a_name_that_was_made_to_lead_here_is_not_served(tmp_path: Path) -> None:
    async with hooked(tmp_path) as hook:
        for host, status in (("localhost:9", 200), ("127.0.0.1", 200), ("evil.example", 421), ("127.0.0.1.evil", 421)):
            assert (await hook.post(SOCIAL_STREAM, headers={"Host": host})).status_code == status
        bare = b"POST /post HTTP/1.0\r\nContent-Length: 0\r\n\r\n"
        assert (await hook.raw(bare)).startswith(b"HTTP/1.1 421 ")
        assert (await hook.http.get("/post", params={"token": TOKEN})).status_code == 405
        assert (await hook.http.post("/other", params={"token": TOKEN})).status_code == 404


async def test_a_page_in_a_browser_may_post_with_the_token_alone_and_never_with_cookies(tmp_path: Path) -> None:
    page = {"Origin": "https://page.example", "Access-Control-Request-Method": "POST"}
    async with hooked(tmp_path) as hook:
        asked = await hook.http.options("/post", params={"token": TOKEN}, headers=page)
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == "https://page.example"
        assert "access-control-allow-credentials" not in asked.headers
        refused = await hook.http.options("/post", headers=page)
        assert refused.status_code == 401
        assert not [name for name in refused.headers if name.startswith("access-control-")]
        posted = await hook.post(SOCIAL_STREAM, headers={"Origin": "https://page.example"})
        assert posted.headers["access-control-allow-origin"] == "https://page.example"


async def test_a_token_may_come_and_change_while_it_listens(tmp_path: Path) -> None:
    signs = InMemorySignIns()
    async with hooked(tmp_path, signs=signs) as hook:
        assert hook.live.session.durable.sources[NAME].status == "signed out: lunchroom login hook"
        assert (await hook.post(SOCIAL_STREAM)).status_code == 401
        signs.renew(HookAccount("hook", "127.0.0.1", secret=Secret(TOKEN)))
        assert (await hook.post(SOCIAL_STREAM)).status_code == 200
        await hook.live.until(lambda session: session.durable.sources[NAME].status == "ok")


async def test_a_port_that_is_taken_is_told_and_tried_again(tmp_path: Path) -> None:
    tries = asyncio.Event()

    async def sleep(seconds: float) -> None:
        tries.set()
        await asyncio.sleep(seconds / 1000)

    taken = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    source = HookSource(f"hook:{port}", signed_in(), sleep=sleep)
    async with live_hub(tmp_path, sources=[source]) as live:
        known = live.session.durable.sources
        await live.until(lambda _session: source.name in known and known[source.name].status.startswith("port"))
        assert known[source.name].status == f"port {port} is taken"
        taken.close()
        await live.until(lambda _session: known[source.name].status.startswith("ok"))
    with pytest.raises(SourceError, match='write "hook", or "hook:47021"'):
        HookSource("hook:80", signed_in())
