"""A toy server on this computer."""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sessions.networks.timing import wall_clock

WORD = "rumpelstiltskin"
TOKEN = "t0ken-of-toys"


class ToyServer(ThreadingHTTPServer):
    """Its posts, and the tokens that hold."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.host = f"127.0.0.1:{self.server_address[1]}"
        self.tokens: set[str] = set()
        self.posts: list[dict[str, Any]] = []
        self.keys: dict[str, dict[str, Any]] = {}

    def post(self, author: str, text: str) -> dict[str, Any]:
        """Somebody posts."""
        made = {"id": len(self.posts) + 1, "author": author, "text": text, "at": wall_clock()}
        self.posts.append(made)
        return made


class _Handler(BaseHTTPRequestHandler):
    server: ToyServer

    def do_GET(self) -> None:
        after = int(parse_qs(urlsplit(self.path).query).get("after", ["0"])[0])
        self._answer([post for post in self.server.posts if post["id"] > after] if self._known() else None)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/token":
            if body["word"] == WORD:
                self.server.tokens.add(TOKEN)
            self._answer({"name": "ana", "token": TOKEN} if body["word"] == WORD else None)
        elif self._known():
            if body["key"] not in self.server.keys:
                self.server.keys[body["key"]] = self.server.post("ana", body["text"])
            self._answer(self.server.keys[body["key"]])
        else:
            self._answer(None)

    def do_DELETE(self) -> None:
        known = self._known()
        self.server.tokens.clear()
        self._answer({} if known else None)

    def _known(self) -> bool:
        return self.headers.get("Authorization", "").removeprefix("Bearer ") in self.server.tokens

    def _answer(self, body: object | None) -> None:
        encoded = json.dumps(body).encode()
        self.send_response(200 if body is not None else 401)
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextlib.contextmanager
def toy_server() -> Iterator[ToyServer]:
    """One, for as long as the block lasts."""
    with ToyServer() as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        serving.start()
        try:
            yield server
        finally:
            server.shutdown()
            serving.join()
