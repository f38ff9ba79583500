"""A real server process that speaks Mastodon's API (mastodon-mock), and a relay that can cut connections to it."""

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx

_READY_WITHIN = 60.0
"""Seconds until the process has to answer: its first import takes some on a busy computer."""


class MockServer:
    """The process. Its posts carry the address of `relayed`, a port at which a test may put a relay to `port`."""

    def __init__(self, port: int, relayed: int) -> None:
        self.port = port
        self.relayed = relayed
        self.url = f"http://127.0.0.1:{port}"
        self.host = f"127.0.0.1:{relayed}"
        self.http = httpx.Client(base_url=self.url, trust_env=False, timeout=20)

    def fault(self, effect: dict[str, Any], *, path: str, methods: Sequence[str] = ("GET",), count: int = 1) -> None:
        """Let the next `count` requests to `path` (with `*`) go wrong."""
        rule = {"match": {"path": path, "methods": list(methods)}, "effect": effect, "count": count}
        self.http.post("/api/v1/_mock/faults", json=rule).raise_for_status()

    def mend(self) -> None:
        """Nothing goes wrong any more."""
        self.http.delete("/api/v1/_mock/faults").raise_for_status()

    def faults_left(self) -> list[dict[str, Any]]:
        """What was to go wrong and has not."""
        answer: Any = self.http.get("/api/v1/_mock/faults").raise_for_status().json()
        left: list[dict[str, Any]] = answer["rules"] if isinstance(answer, dict) else answer
        return left

    def posts_of(self, username: str) -> list[dict[str, Any]]:
        """The posts of an account, newest first."""
        account = self.http.get("/api/v1/accounts/lookup", params={"acct": username}).raise_for_status().json()
        found: list[dict[str, Any]] = (
            self.http.get(f"/api/v1/accounts/{account['id']}/statuses", params={"limit": 40}).raise_for_status().json()
        )
        return found


def token(username: str) -> str:
    """The access token of an account."""
    return f"token-of-{username}"


@contextmanager
def mock_server(folder: Path, usernames: Sequence[str]) -> Iterator[MockServer]:
    """Starts the process with these accounts, waits until it answers, and ends it."""
    config = folder / "mock.toml"
    accounts = [
        f"[[seed.accounts]]\nusername = {json.dumps(one)}\naccess_token = {json.dumps(token(one))}\n"
        for one in usernames
    ]
    port, relayed = _free_ports(2)
    config.write_text("".join(accounts), encoding="utf-8")
    where = ["--host", "127.0.0.1", "--port", str(port), "--domain", f"127.0.0.1:{relayed}"]
    how = ["--in-memory", "--config", str(config), "--log-level", "warning"]
    command = [sys.executable, "-m", "mastodon_mock", "serve", *where, *how]
    with (folder / "mock.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    server = MockServer(port, relayed)
    try:
        _wait_until_ready(server, process, folder / "mock.log")
        yield server
    finally:
        server.http.close()
        process.kill()
        process.wait()


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        bound = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in bound:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in bound]


def _wait_until_ready(server: MockServer, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + _READY_WITHIN
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            if server.http.get("/api/v2/instance").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"mastodon-mock does not answer: {log.read_text(encoding='utf-8')}")


class Relay:
    """Passes on what comes to a port, and cuts the connections that carry a stream when it is told to."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._streams: list[asyncio.StreamWriter] = []
        self._serving: set[asyncio.Task[object]] = set()
        self.cut = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._pass_on(reader, back, writer))
                tasks.create_task(self._pass_on(there, writer))
        except* (OSError, asyncio.CancelledError):
            pass  # either side has gone, or the test is over: so do both
        finally:
            self._serving.discard(task)
            for end in (back, writer):
                end.close()

    async def end(self) -> None:
        """Let go of all connections."""
        serving = list(self._serving)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _pass_on(
        self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, client: asyncio.StreamWriter | None = None
    ) -> None:
        while data := await reader.read(65536):
            if client is not None and b"/api/v1/streaming/" in data:
                self._streams.append(client)
            to.write(data)
            await to.drain()
        if to.can_write_eof():
            to.write_eof()

    def cut_streams(self) -> None:
        """Break the streams off in the middle."""
        for client in self._streams:
            client.transport.abort()
            self.cut += 1
        self._streams.clear()


@asynccontextmanager
async def relay(server: MockServer) -> AsyncGenerator[Relay, None]:
    """A relay to the process at the port whose address the process gives as its own."""
    relaying = Relay(server.port)
    listening = await asyncio.start_server(relaying.serve, "127.0.0.1", server.relayed)
    try:
        yield relaying
    finally:
        listening.close()
        await relaying.end()


class Hasty(httpx.AsyncHTTPTransport):
    """The network as it is, on which an answer that takes longer than `patience` seconds counts as none."""

    def __init__(self, patience: float) -> None:
        super().__init__(trust_env=False)
        self._patience = patience

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if "/streaming/" not in request.url.path:
            request.extensions["timeout"] = dict(request.extensions["timeout"], read=self._patience)
        return await super().handle_async_request(request)
