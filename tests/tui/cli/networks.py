"""A server on this computer that speaks as much of Mastodon and of Bluesky as signing in takes."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

GIVEN = "t0ken-that-the-server-gave"
PASTED = "t0ken-that-was-pasted"
CODE = "c0de-from-the-browser"
APP_PASSWORD = "abcd-efgh-ijkl-mn27"
SESSION = {"accessJwt": "t0ken-of-bluesky", "refreshJwt": "t0ken-for-refreshing", "did": "did:plc:ana"}
SECRETS = ("t0ken", "c0de", "app-s3cret", APP_PASSWORD, "e-mail-c0de")
"""What may be nowhere but where tokens are kept."""


class Network:
    """What was asked of the server, and what it knows. `down` makes it answer 503; `read_by` are tokens that read."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.valid = {PASTED}
        self.revoked: list[str] = []
        self.paths: list[str] = []
        self.read_by: set[str] = set()
        self.refuses = False
        self.wants_code = False
        self.down = False


@contextmanager
def network() -> Iterator[Network]:
    """The server, while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.network = Network(f"127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.network  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._handle({})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        is_json = "json" in self.headers.get("Content-Type", "")
        form = json.loads(sent) if is_json and sent else {name: one[0] for name, one in parse_qs(sent).items()}
        self._handle(form)

    def _handle(self, form: dict[str, Any]) -> None:
        known: Network = self.server.network  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        known.paths.append(parts.path)
        if known.down:
            return self._answer(503, {"error": "down"})
        query = {name: one[0] for name, one in parse_qs(parts.query).items()}
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        answer = self._bluesky(known, parts.path, form) or self._mastodon(known, parts.path, form, query, bearer)
        return self._answer(*answer)

    def _mastodon(
        self, known: Network, path: str, form: dict[str, Any], query: dict[str, str], bearer: str
    ) -> tuple[int, Any]:
        if path == "/api/v2/instance":
            return 200, {"domain": known.host, "version": "4.6.4", "configuration": {}}
        if path == "/api/v1/apps":
            return 200, {"client_id": "app-id", "client_secret": "app-s3cret"}
        if path == "/oauth/authorize":
            brought = {"error": "access_denied"} if known.refuses else {"code": CODE}
            return 302, f"{query['redirect_uri']}?{urlencode({**brought, 'state': query['state']})}"
        if path == "/oauth/token":
            if form.get("code") != CODE:
                return 400, {"error": "invalid_grant"}
            known.valid.add(GIVEN)
            return 200, {"access_token": GIVEN}
        if path == "/oauth/revoke":
            known.revoked.append(form["token"])
            known.valid.discard(form["token"])
            return 200, {}
        if path == "/api/v1/accounts/verify_credentials":
            return (200, {"id": "1", "acct": "ana"}) if bearer in known.valid else (401, {"error": "invalid"})
        if "timelines" in path:
            known.read_by.add(bearer)
        return (200, []) if "timelines" in path else (404, {"error": "Record not found"})

    def _bluesky(self, known: Network, path: str, form: dict[str, Any]) -> tuple[int, Any] | None:
        name = path.rpartition(".")[2]
        if name == "createSession":
            if form["password"] not in (APP_PASSWORD, "main password"):
                return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
            if known.wants_code and "authFactorToken" not in form:
                return 401, {"error": "AuthFactorTokenRequired", "message": "A code was sent"}
            return 200, {**SESSION, "handle": form["identifier"]}
        if name == "deleteSession":
            known.revoked.append(self.headers["Authorization"].removeprefix("Bearer "))
            return 200, {}
        return (200, {"did": "did:plc:ana"}) if name == "getSession" else None

    def _answer(self, status: int, content: Any) -> None:
        body = b"" if status == 302 else json.dumps(content).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", content)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
