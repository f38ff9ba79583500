"""The web server of a desk: on the loopback address only, and every request goes past the `Door`."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web
from aiohttp.typedefs import Handler

from sessions.core.decoding import JsonReader, Unreadable
from tui.cli.web.desk_process import DeskProcess
from tui.cli.web.door import Door, is_own_host, is_own_page
from tui.cli.web.pages import FONT_SIZE, KEYS_SCRIPT, NOT_HERE, REFUSED, desk_page, moving_page, plain_page, policy

LOOPBACK = "127.0.0.1"

_STATICS = Path(textual_serve.__file__).parent / "static"
_COOKIE = "lunchroom_desk"
_SMALLEST, _LARGEST = 20, 500
"""Cells of a screen in either direction."""

_LONGEST_MESSAGE = 1024 * 1024
"""Bytes of what a page may send at once, such as a long text that is pasted."""

_SIZES = range(8, 41)
"""Pixels of letters."""


class _Size(msgspec.Struct):
    width: int
    height: int


_MESSAGES: JsonReader[list[str | _Size]] = JsonReader(list[str | _Size])


class DeskServer:
    """Serves the desk that `argv` opens to the one browser that `door` lets in; `told` gets what the desk says.

    A second page of that browser takes the place of the first.
    """

    def __init__(
        self, door: Door, argv: Sequence[str], environment: dict[str, str], title: str, told: Callable[[str], None]
    ) -> None:
        self._door = door
        self._title = title
        self._desk_of = partial(DeskProcess, argv, environment, told)
        self._shown: web.WebSocketResponse | None = None
        self._runner: web.AppRunner | None = None
        logging.getLogger("textual-serve").disabled = True  # it would print that a desk did not start, without why

    async def start(self, port: int) -> int:
        """Begin to listen at this port, or a free one for 0, and tell which. Raises `OSError`."""
        app = web.Application(middlewares=[self._guarded])
        app.on_response_prepare.append(_secure)
        app.on_shutdown.append(self._close_page)
        place = self._door.place
        app.add_routes(
            [
                web.get(place, self._desk, allow_head=False),
                web.get(f"{place}keys.js", _keys_script, allow_head=False),
                web.get(f"{place}ws", self._draw, allow_head=False),
                web.static(f"{place}static", _STATICS),
                web.get("/{once}", self._enter, allow_head=False),
            ]
        )
        # No log of requests: the one-time address would stand in it.
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=15)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, port).start()
        return int(self._runner.addresses[0][1])

    async def aclose(self) -> None:
        """Close the page and its desk, and listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not is_own_host(request.headers.get("Host")):
            return _page(421, NOT_HERE)
        draws = request.path == f"{self._door.place}ws"
        origin = request.headers.get("Origin")
        if (draws or origin is not None) and not is_own_page(origin, request.host):
            return _page(403, NOT_HERE)
        if request.path.startswith(self._door.place) and not self._door.admits(request.cookies.get(_COOKIE)):
            return _page(403, REFUSED)
        try:
            return await handler(request)
        except web.HTTPException as error:
            return _page(error.status, NOT_HERE)

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        if "prefetch" in request.headers.get("Sec-Purpose", ""):  # the browser looks ahead, and nobody is there yet
            return _page(503, NOT_HERE)
        cookie = self._door.enter(request.match_info["once"])
        if cookie is None:
            return _page(410, REFUSED)
        await self._close_page()
        # A page that moves on and no redirect: behind a link in a mail, a browser would keep a strict cookie back.
        response = _answer(200, moving_page(self._door.place))
        response.set_cookie(_COOKIE, cookie, path=self._door.place, httponly=True, samesite="Strict")
        return response

    async def _desk(self, request: web.Request) -> web.StreamResponse:
        asked = request.query.get("size", "")
        size = int(asked) if asked.isdecimal() and len(asked) < 3 and int(asked) in _SIZES else FONT_SIZE
        return _answer(200, desk_page(self._title, request.host, self._door.place, size))

    async def _draw(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_LONGEST_MESSAGE, timeout=2)
        await socket.prepare(request)
        await self._close_page()
        self._shown = socket
        desk = self._desk_of(socket)
        await desk.start(_cells(request.query.get("width"), 80), _cells(request.query.get("height"), 24))
        try:
            async for message in socket:
                if message.type != WSMsgType.TEXT or not await _handled(message.data, desk, socket):
                    break
        finally:
            await asyncio.shield(desk.stop())
        return socket

    async def _close_page(self, *_: object) -> None:
        shown, self._shown = self._shown, None
        if shown is not None:
            await shown.close(code=WSCloseCode.GOING_AWAY)


async def _handled(raw: str, desk: DeskProcess, socket: web.WebSocketResponse) -> bool:
    """Hand to the desk what the page said; False where it says what no page of ours does."""
    try:
        said = _MESSAGES.read(raw)
    except Unreadable:
        return False
    match said:
        case ["stdin", str(typed)]:
            await desk.send_bytes(typed.encode("utf-8", "replace"))
        case ["resize", _Size(width=width, height=height)]:
            await desk.set_terminal_size(_cells(width, 80), _cells(height, 24))
        case ["ping", str(when)]:
            await socket.send_json(["pong", when])
        case ["focus"]:
            await desk.focus()
        case ["blur"]:
            await desk.blur()
        case _:
            return False
    return True


def _cells(asked: str | int | None, default: int) -> int:
    """How many cells a screen is wide or high, within reason."""
    if isinstance(asked, str) or asked is None:
        asked = int(asked) if asked and asked.isdecimal() and len(asked) < 7 else default
    return min(max(asked, _SMALLEST), _LARGEST)


async def _keys_script(_request: web.Request) -> web.Response:
    return web.Response(text=KEYS_SCRIPT, content_type="text/javascript", charset="utf-8")


def _page(status: int, words: str) -> web.Response:
    return _answer(status, plain_page(words))


def _answer(status: int, page: str) -> web.Response:
    return web.Response(status=status, text=page, content_type="text/html", charset="utf-8")


async def _secure(request: web.Request, response: Any) -> None:
    """What each answer tells the browser: keep nothing, tell nobody from where one comes, load nothing else."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if is_own_host(request.headers.get("Host")):
        response.headers["Content-Security-Policy"] = policy(request.host)
