"""What takes messages on this computer in the place of a team's channel, and a config with its addresses."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "tok3nOfTheTeam"


@dataclass
class Service:
    """`answers` are the codes of the next answers, 200 by itself."""

    port: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def address(self, name: str) -> str:
        """The secret address of somebody there."""
        return f"json://127.0.0.1:{self.port}/{SECRET}/{name}"

    @property
    def told(self) -> list[tuple[str, str]]:
        """Who was told what."""
        return [(one["path"].rpartition("/")[2], one["message"]) for one in self.heard]


@contextmanager
def listening() -> Iterator[Service]:
    """The service, as long as it is there."""
    found = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            found.heard.append({"path": self.path, **json.loads(body)})
            self.send_response(found.answers.pop(0) if found.answers else 200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
