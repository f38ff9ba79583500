"""The door before a desk in a browser: what is let in, what is refused, and what becomes of the desk behind a page."""

import builtins
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import httpx_ws
import pytest

from tests.tui.cli.test_command_line import one_line
from tests.waiting import patience, until
from tui.cli import run
from tui.cli.web.door import Door, is_own_host, is_own_page
from tui.cli.web.serving import DeskServer

DESK = r"""
import os, sys
def draw(kind, data): os.write(1, kind + len(data).to_bytes(4, "big") + data)
os.write(1, b"__GANGLION__\n")
draw(b"D", f"desk {os.environ['COLUMNS']}x{os.environ['ROWS']}".encode())
while head := sys.stdin.buffer.read(5):
    data = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if b"quit" in data:
        break
    if data == b"x":
        sys.exit("There is no chat any more.")
    draw(b"D", head[:1] + data)
draw(b"M", b'{"type": "exit"}')
"""
"""Speaks as a desk does with textual-serve, and draws what it is told."""


class Served:
    """A server of such desks, and a browser's requests to it."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.door = Door()
        self.server = DeskServer(self.door, [sys.executable, "-c", DESK], {}, "Ours & <theirs>", self.said.append)
        self.http = httpx.AsyncClient(trust_env=False)
        self.base = ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.http.get(f"{self.base}{path}", headers=headers)

    def draw(self, **headers: str) -> Any:
        origin = {"Origin": self.base}
        return httpx_ws.aconnect_ws(
            f"{self.base}{self.door.place}ws?width=100&height=30", self.http, headers={**origin, **headers}
        )


@asynccontextmanager
async def serving() -> AsyncGenerator[Served, None]:
    served = Served()
    served.base = f"http://127.0.0.1:{await served.server.start(0)}"
    try:
        yield served
    finally:
        await served.http.aclose()
        async with patience():
            await served.server.aclose()


async def drawn(socket: httpx_ws.AsyncWebSocketSession) -> bytes:
    async with patience():
        return await socket.receive_bytes()


async def closed(socket: httpx_ws.AsyncWebSocketSession) -> bool:
    async with patience():
        while True:
            try:
                await socket.receive()
            except httpx_ws.WebSocketDisconnect:
                return True


async def test_an_address_is_exchanged_once_for_a_cookie_without_which_nothing_is_had() -> None:
    async with serving() as served:
        place = served.door.place
        once = served.door.new_address()
        assert (await served.get(once, **{"Sec-Purpose": "prefetch;prerender"})).status_code == 503
        assert (await served.http.head(f"{served.base}{once}")).status_code == 405
        for path in ("", "keys.js", "static/js/textual.js", "ws"):
            assert (await served.get(f"{place}{path}", Origin=served.base)).status_code == 403

        entered = await served.get(once)
        assert entered.status_code == 200
        assert f'content="0; url={place}"' in entered.text
        cookie = entered.headers["Set-Cookie"]
        assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", f"Path={place}", "SameSite=Strict"}
        assert entered.headers["Referrer-Policy"] == "no-referrer"
        assert entered.headers["Cache-Control"] == "no-store"
        again = await served.get(once)
        assert again.status_code == 410
        assert "type <code>lunchroom web</code> again" in again.text

        page = await served.get(place)
        assert page.status_code == 200
        assert "<title>Ours &amp; &lt;theirs&gt;</title>" in page.text
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert 'data-font-size="24"' in (await served.get(f"{place}?size=24")).text
        assert (await served.get(f"{place}static/js/textual.js")).status_code == 200
        assert (await served.get(f"{place}static/../server.py")).status_code == 404
        assert (await served.get(f"{place}static/")).status_code == 403, "no list of files"
        assert (await served.get("/a/b")).status_code == 404

        served.door.enter(served.door.new_address()[1:])
        assert (await served.get(place)).status_code == 403, "another browser is in now"


async def test_pages_of_others_reach_nothing_even_with_the_cookie() -> None:
    async with serving() as served:
        await served.get(served.door.new_address())
        assert (await served.get(served.door.place, Host="evil.example")).status_code == 421
        assert (await served.get(served.door.place, Origin="https://evil.example")).status_code == 403
        for headers in ({"Origin": "http://127.0.0.1:1"}, {"Origin": "null"}, {"Host": "evil.example"}):
            with pytest.raises(httpx_ws.WebSocketUpgradeError):
                async with served.draw(**headers):
                    pass
        refused = await served.get(f"{served.door.place}ws")
        assert refused.status_code == 403, "a websocket without an origin is no browser's"


async def test_a_page_draws_a_desk_that_ends_with_it_and_a_second_page_takes_its_place() -> None:
    async with serving() as served:
        await served.get(served.door.new_address())
        async with served.draw() as first:
            assert await drawn(first) == b"desk 100x30"
            await first.send_text('["stdin", "n"]')
            assert await drawn(first) == b"Dn"
            await first.send_text('["resize", {"width": 9999, "height": 1}]')
            assert b'"width": 500, "height": 20' in await drawn(first)
            async with served.draw() as second:
                assert await closed(first)
                assert await drawn(second) == b"desk 100x30"
                await second.send_text('["stdin", "x"]')
                assert await closed(second)
        await until(lambda: served.said)
        assert served.said == ["There is no chat any more."]
        async with served.draw() as third:
            assert await drawn(third) == b"desk 100x30"
            await third.send_text('{"no": "message of ours"}')
            assert await closed(third)


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1:8123", True),
        ("LOCALHOST:1", True),
        ("[::1]:80", True),
        ("localhost", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("127.0.0.1:80:80", False),
        ("localhost\n", False),
        ("", False),
        (None, False),
    ],
)
def test_only_this_computers_own_names_are_its_own(host: str | None, own: bool) -> None:
    assert is_own_host(host) is own


def test_a_page_is_ours_where_its_origin_is_what_was_called() -> None:
    assert is_own_page("http://localhost:9", "LOCALHOST:9")
    assert not is_own_page("http://localhost:8", "localhost:9")
    assert not is_own_page("https://localhost:9", "localhost:9")
    assert not is_own_page(None, "localhost:9")


def test_without_its_library_or_a_chat_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["web"]) == 1
    assert "No chat runs on this computer" in one_line(capsys.readouterr().err)
    found = builtins.__import__

    def lacking(name: str, *others: Any) -> Any:
        if name == "tui.cli.web.serving":
            raise ModuleNotFoundError(f"No module named {name!r}", name="textual_serve")
        return found(name, *others)

    monkeypatch.setattr(builtins, "__import__", lacking)
    assert run(["web"]) == 1
    assert "pip install '.[web]'" in one_line(capsys.readouterr().err)
