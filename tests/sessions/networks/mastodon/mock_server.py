"""A real server process that speaks Mastodon's API (mastodon-mock), and a relay that can cut connections to it."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import httpx
import tomlkit

from tests.paths import ROOT
from tests.waiting import PATIENCE

AHEAD = "LUNCHROOM_TEST_MOCK_CLOCK"
"""The environment variable by which `moved_mock` knows its clock."""

_READY_WITHIN = 60.0
"""Seconds until the process has to answer: its first import takes some on a busy computer."""


class MockServer:
    """The process. Its posts carry the address at which `relayed` listens, where a test may put a relay to `port`; or,
    without one, its own.
    """

    def __init__(self, port: int, relayed: socket.socket | None = None) -> None:
        self.port = port
        self.relayed = relayed
        self.url = f"http://127.0.0.1:{port}"
        self.host = f"127.0.0.1:{port if relayed is None else relayed.getsockname()[1]}"
        self.http = httpx.Client(base_url=self.url, trust_env=False, timeout=PATIENCE)

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
def mock_server(
    folder: Path, usernames: Sequence[str], *, relayed: bool = True, clock: Path | None = None
) -> Iterator[MockServer]:
    """Starts the process with these accounts, waits until it answers, and ends it. `clock` is as in `moved_mock`."""
    config = folder / "mock.toml"
    seeds = [{"username": one, "access_token": token(one)} for one in usernames]
    rows = [f"[[seed.accounts]]\n{tomlkit.dumps(seed)}" for seed in seeds]
    config.write_text("\n".join(rows), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) if relayed else nullcontext() as listening:
        server, process = _started(folder, config, listening, clock)
        try:
            yield server
        finally:
            server.http.close()
            process.kill()
            process.wait()


def _started(
    folder: Path, config: Path, relayed: socket.socket | None, clock: Path | None
) -> "tuple[MockServer, subprocess.Popen[bytes]]":
    module = "mastodon_mock" if clock is None else "tests.sessions.networks.mastodon.moved_mock"
    env = dict(os.environ, PYTHONPATH=str(ROOT)) | ({} if clock is None else {AHEAD: str(clock)})
    log = folder / "mock.log"
    for _ in range(5):  # another process may take the free port before this one does
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = MockServer(port, relayed)
        where = ["--host", "127.0.0.1", "--port", str(port), "--domain", server.host]
        how = ["--in-memory", "--config", str(config), "--log-level", "warning"]
        command = [sys.executable, "-m", module, "serve", *where, *how]
        with log.open("wb") as file:
            process = subprocess.Popen(command, cwd=folder, env=env, stdout=file, stderr=file)
        if _answers(server, process):
            return server, process
        process.kill()
        process.wait()
    raise AssertionError(f"mastodon-mock does not answer: {log.read_text(encoding='utf-8')}")


def _answers(server: MockServer, process: "subprocess.Popen[bytes]") -> bool:
    end = time.monotonic() + _READY_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            if server.http.get("/api/v2/instance").json()["domain"] == server.host:
                return True
        except httpx.TransportError:
            time.sleep(0.05)
    return False


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
    assert server.relayed is not None, "it was started without"
    relaying = Relay(server.port)
    listening = await asyncio.start_server(relaying.serve, sock=server.relayed.dup())
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
