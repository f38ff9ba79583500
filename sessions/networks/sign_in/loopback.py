"""Where the browser brings the answer to a request for consent: a page of this computer, for a moment (RFC 8252)."""

import asyncio
import contextlib
import hmac
import os
import socketserver
import threading
from collections.abc import AsyncIterator, Callable
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from sessions.core.cleaning import clean_name
from sessions.networks.sign_in.errors import SignInFailed
from sessions.networks.sign_in.oauth import Consent

PATIENCE = 300.0
"""Seconds in which a person finds their password and agrees."""

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Lunchroom</title>
<body style="font: 1.2em sans-serif; margin: 4em"><p>{words}</p></body></html>
"""

_BROUGHT = "Lunchroom has the answer. You can close this page and go back to the terminal."
_OTHER = "This answer belongs to another sign-in, which is over. You can close this page."
_NOTHING = "There is nothing here."


class Loopback:
    """Waits for one answer; `redirect_uri` is where the browser has to bring it."""

    def __init__(self, server: "_Server", answered: "asyncio.Future[dict[str, str]]") -> None:
        self.redirect_uri = f"http://127.0.0.1:{server.server_address[1]}/"
        self._server = server
        self._answered = answered

    async def code(self, consent: Consent, show: Callable[[str], object], patience: float = PATIENCE) -> str:
        """The code with which the answer to this request comes, after `show` is given the address of who is asked.

        Answers to other requests are turned away, because any page in the browser can send one, also a tab of an
        earlier sign-in. Raises `SignInFailed` where the person does not agree or nobody comes within `patience`
        seconds.
        """
        self._server.state = consent.state
        show(consent.address)
        try:
            async with asyncio.timeout(patience):
                answer = await self._answered
        except TimeoutError:
            raise SignInFailed(
                f"Nobody agreed in the browser within {patience / 60:.0f} minutes. Try again; with --code you carry "
                "the code over yourself."
            ) from None
        if "code" not in answer:
            why = clean_name(answer.get("error_description", "") or answer["error"]).rstrip(".")
            raise SignInFailed(f"The sign-in was not agreed to in the browser: {why}.")
        return answer["code"]


@contextlib.asynccontextmanager
async def loopback(port: int = 0) -> AsyncIterator[Loopback]:
    """A page at 127.0.0.1, at a free port where none is named; other computers cannot reach it.

    Raises `SignInFailed` where the port is taken.
    """
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[dict[str, str]] = loop.create_future()

    def take(answer: dict[str, str]) -> None:
        if not answered.done():
            answered.set_result(answer)

    try:
        server = _Server(lambda answer: loop.call_soon_threadsafe(take, answer), port)
    except OSError as error:
        raise SignInFailed(
            f"Port {port} of this computer is taken ({error.strerror}); end what uses it, or another sign-in."
        ) from None
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    serving.start()
    try:
        yield Loopback(server, answered)
    finally:
        server.shutdown()
        server.server_close()
        answered.cancel()


class _Server(socketserver.ThreadingTCPServer):
    """Not `http.server.HTTPServer`, which looks the name of 127.0.0.1 up when it starts."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows that would let another program listen in

    state = ""
    """That of the request whose answer is waited for; empty: none is."""

    def __init__(self, take: Callable[[dict[str, str]], object], port: int) -> None:
        self.take = take
        super().__init__(("127.0.0.1", port), _Handler)

    def expects(self, state: str) -> bool:
        """Whether this is the state of the request whose answer is waited for."""
        return self.state != "" and hmac.compare_digest(state.encode(), self.state.encode())

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that hangs up, or asks for what is no address, is nobody's trouble."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 5.0
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        answer = {name: values[0] for name, values in parse_qs(parts.query).items()}
        answers = parts.path == "/" and ("code" in answer or "error" in answer)
        brought = answers and self.server.expects(answer.get("state", ""))
        page = _PAGE.format(words=_BROUGHT if brought else _OTHER if answers else _NOTHING).encode()
        self.send_response(200 if brought else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(page)
        if brought:
            self.server.take(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is asked for here holds a code."""
