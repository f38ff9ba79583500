"""The hub as a process: its ready line, signals, a kill and the return from it, and that there is only one."""

import asyncio
import json
import os
import signal
import sys
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import tinydb

from sessions.core.commands import decode_command
from sessions.core.events import PostSeen, SessionClosed
from sessions.core.evolve import fold
from sessions.core.posts import Author, Post
from sessions.hub.client.client import Accepted, Ended, Events, HubClient, Invite
from sessions.hub.process.runtime import load_runtime, running_sessions
from sessions.library.storage.reading import read_events
from tests.paths import ROOT
from tests.sessions.core.building import START, Chat
from tests.sessions.hub.live import Desk, Patient, hasty
from tests.waiting import patience

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent like this on Windows")


class Process:
    """A running hub and its ready line."""

    def __init__(self, process: asyncio.subprocess.Process, errors: Path) -> None:
        self.process = process
        self.errors = errors
        self.ready: dict[str, str] = {}

    async def started(self) -> None:
        assert self.process.stdout is not None
        async with patience():
            line = await self.process.stdout.readline()
        assert line, f"it ended: {self.errors}"
        self.ready = json.loads(line)

    def desk(self) -> Desk:
        return Desk(self.ready["url"], self.ready["token"])

    def client(self) -> HubClient:
        return HubClient(Invite(self.ready["url"], self.ready["token"]), transport=Patient(), sleep=hasty)

    async def ends(self, number: signal.Signals | None = None) -> int:
        """Its exit code, perhaps after a signal."""
        if number is not None:
            self.process.send_signal(number)
        async with patience():
            return await self.process.wait()


@asynccontextmanager
async def hub(folder: Path, *options: str, ready: bool = True) -> AsyncGenerator[Process, None]:
    """`serve` in a process of its own, with its library in `folder`."""
    errors = _new_file(folder)
    with errors.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.sessions.hub.serve_child",
            str(folder / "library"),
            *options,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=file,
        )
    running = Process(process, errors)
    try:
        if ready:
            await running.started()
        yield running
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_the_ready_line_names_all_one_needs_and_stdout_has_nothing_else(tmp_path: Path) -> None:
    async with hub(tmp_path) as running:
        assert list(running.ready) == ["url", "token", "observer_token", "session", "file"]
        assert running.ready["url"].startswith("http://127.0.0.1:")
        desk = running.desk()
        shown = await desk.show()
        assert (shown["id"], shown["rehearsal"]) == (running.ready["session"], True)
        await desk.http.aclose()
        assert await running.ends(signal.SIGTERM) == 0
        assert running.process.stdout is not None
        assert await running.process.stdout.read() == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_saves_and_ends_with_0_and_the_session_can_be_resumed(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with hub(tmp_path) as running:
        client = running.client()
        await client.join("Ana")
        following = client.follow()
        await anext(following)
        assert await running.ends(number) == 0
        await following.aclose()
        await client.aclose()
    assert load_runtime(running.ready["session"]) is not None
    assert [one.alive for one in await asyncio.to_thread(running_sessions)] == [False]


async def test_while_a_long_practice_file_comes_in_it_answers_and_stops_when_told(tmp_path: Path) -> None:
    chat, count = tmp_path / "long.jsonl", 20_000
    post = {"handle": "mlopez", "created_at": "2025-12-01T19:00:00Z"}
    lines = (json.dumps({"id": number, "text": f"A1: table number {number}", **post}) for number in range(count))
    chat.write_text("\n".join(lines), encoding="utf-8")
    async with hub(tmp_path, "--source", f"practice:{chat}") as running:
        desk = running.desk()
        while (await desk.show())["counts"]["posts"] == 0:
            pass
        assert await running.ends(signal.SIGTERM) == 0
        await desk.http.aclose()
    saved = [event.post.id for event in read_events(Path(running.ready["file"])) if isinstance(event, PostSeen)]
    assert 0 < len(saved) < count
    assert saved == [f"practice:{number}" for number in range(len(saved))]


async def test_the_loss_of_the_terminal_does_not_end_it(tmp_path: Path) -> None:
    async with hub(tmp_path) as running:
        running.process.send_signal(signal.SIGHUP)
        desk = running.desk()
        assert (await desk.show())["closed"] is False
        await desk.http.aclose()


async def test_closing_the_chat_finishes_the_file_tells_the_desks_and_ends_with_0(tmp_path: Path) -> None:
    async with hub(tmp_path) as running:
        client = running.client()
        await client.join("Ana")
        following = client.follow()
        await anext(following)
        desk = running.desk()
        answer = await client.command(_command("close"))
        assert isinstance(answer, Accepted)
        async for told in following:
            last = told
        assert last == Ended("The chat is closed.")
        assert await running.ends() == 0
        await client.aclose()
        await desk.http.aclose()
    assert load_runtime(running.ready["session"]) is None
    with tinydb.TinyDB(running.ready["file"], access_mode="r") as db:
        assert {"session", "questions", "answers", "participants", "events"} == db.tables()
        assert db.table("session").all()[0]["ended"] is not None
    async with hub(tmp_path, "--resume", running.ready["file"], ready=False) as again:
        assert await again.ends() == 1
        assert "This chat is closed." in again.errors.read_text()


async def test_killed_it_comes_back_at_the_same_address_with_the_same_tokens_and_the_desks_with_it(
    tmp_path: Path,
) -> None:
    async with hub(tmp_path) as running:
        client = running.client()
        joined = await client.join("Ana")
        seqs: list[int] = []
        following = client.follow()

        async def read_to(seq: int) -> None:
            async with patience():
                async for told in following:
                    if isinstance(told, Events):
                        seqs.extend(event.seq for event in told.events)
                    if seqs and seqs[-1] >= seq:
                        return

        acknowledged = [await client.command(_command("note", text=f"{n}")) for n in range(20)]
        await read_to(acknowledged[-1].seq)  # type: ignore[union-attr]
        running.process.kill()
        await running.process.wait()
    async with hub(tmp_path, "--resume", running.ready["file"]) as again:
        assert again.ready == running.ready
        more = await client.command(_command("note", text="after"))
        assert isinstance(more, Accepted)
        await read_to(more.seq)
        assert seqs == list(range(1, seqs[-1] + 1))
        assert (await client.join("Ana")) == joined
        session = await client.session()
        assert [one.state for one in session.questions] == ["waiting"] * 6
        await following.aclose()
        await client.aclose()
        assert await again.ends(signal.SIGINT) == 0
    kept = {answer.seq for answer in acknowledged if isinstance(answer, Accepted)}
    events = read_events(Path(running.ready["file"]))
    assert kept <= {event.seq for event in events}
    assert fold(events).roles == {"driver": "Ana", "greeter": "Ana"}


async def test_a_second_hub_for_the_same_file_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    async with hub(tmp_path) as first, hub(tmp_path, "--resume", first.ready["file"], ready=False) as second:
        assert await second.ends() == 1
        said = second.errors.read_text().strip().splitlines()[-1]
        assert f"Stations that work at {first.ready['url']}" in said
        assert "lunchroom join" in said
        assert first.process.returncode is None


async def test_tokens_are_in_the_runtime_file_and_nowhere_else(tmp_path: Path) -> None:
    async with hub(tmp_path) as running:
        client = running.client()
        joined = await client.join("Ana")
        await client.command(_command("note", text="hello"))
        async with httpx.AsyncClient(base_url=running.ready["url"], trust_env=False) as stranger:
            await stranger.get(f"/v1/session?token={joined.token}")
        await client.aclose()
        assert await running.ends(signal.SIGTERM) == 0
    runtime = load_runtime(running.ready["session"])
    assert runtime is not None
    tokens = [runtime.keys.token, runtime.keys.observer_token, *(one.token for one in runtime.keys.admitted)]
    assert joined.token in tokens
    assert _files_with(tokens, tmp_path) == []


@pytest.mark.parametrize(
    ("listen", "code", "words"),
    [
        ("nonsense", 2, "HOST:PORT"),
        ("127.0.0.1:99999", 2, "HOST:PORT"),
        ("203.0.113.1:80", 1, "Nothing can listen"),
        ("0.0.0.0:0", 2, "--behind-proxy"),
        ("[::]:0", 2, "--away"),
    ],
)
async def test_a_bad_address_is_told_in_one_line_and_leaves_no_file(
    tmp_path: Path, listen: str, code: int, words: str
) -> None:
    async with hub(tmp_path, "--listen", listen, ready=False) as running:
        assert await running.ends() == code
        assert words in running.errors.read_text().strip().splitlines()[-1]
    assert list((tmp_path / "library").glob("*.json")) == []


async def test_behind_a_proxy_a_hub_listens_on_the_network_and_comes_back_there(tmp_path: Path) -> None:
    async with hub(tmp_path, "--listen", "0.0.0.0:0", "--behind-proxy", "yes") as running:
        assert running.ready["url"].startswith("http://0.0.0.0:")
        assert await running.ends(signal.SIGTERM) == 0
    async with hub(tmp_path, "--resume", running.ready["file"]) as again:
        assert again.ready["url"] == running.ready["url"]


async def test_an_old_address_that_is_taken_is_told_with_what_to_do(tmp_path: Path) -> None:
    async with hub(tmp_path) as running:
        assert await running.ends(signal.SIGTERM) == 0
    port = running.ready["url"].rpartition(":")[2]
    async with (
        hub(tmp_path, "--listen", f"127.0.0.1:{port}"),
        hub(tmp_path, "--resume", running.ready["file"], ready=False) as again,
    ):
        assert await again.ends() == 1
        assert "--listen" in again.errors.read_text().strip().splitlines()[-1]


async def test_a_file_that_is_no_chat_cannot_be_resumed(tmp_path: Path) -> None:
    async with hub(tmp_path, "--resume", os.devnull, ready=False) as running:
        assert await running.ends() == 1
        assert "Traceback" not in running.errors.read_text()


def _new_file(folder: Path) -> Path:
    return folder / f"errors-{len(list(folder.glob('errors-*')))}"


def _files_with(words: list[str], folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 3
    return [path for path in files if any(word in path.read_text() for word in words)]


def _command(kind: str, **fields: Any) -> Any:
    return decode_command(json.dumps({"id": uuid.uuid4().hex, "type": kind, **fields}).encode())


async def test_a_saved_chat_that_a_desk_gives_counts_for_the_newcomers_of_the_next_posts(tmp_path: Path) -> None:
    chat = Chat(at=START - 7 * 86_400_000)
    author = Author("hand:jim", name="Jim")
    chat.hear(PostSeen, post=Post("hand:1", author, "A1: me", chat.at), kind="answer", filed=None, newcomer=True)
    chat.hear(SessionClosed)
    async with hub(tmp_path) as running:
        client = running.client()
        await client.join("Ben")

        async def is_new(name: str) -> bool:
            command = {"id": uuid.uuid4().hex, "type": "add_post", "author": name, "text": "A1: me too"}
            accepted = await client.command(decode_command(json.dumps(command).encode()))
            assert isinstance(accepted, Accepted)
            async for told in client.follow(accepted.seq - 1):
                if isinstance(told, Events):
                    seen = told.events[0]
                    assert isinstance(seen, PostSeen)
                    return seen.newcomer
            raise AssertionError("the hub ended")

        assert await is_new("Sue")
        assert await client.give_chat("aaaaaa", "", chat.events)
        assert not await is_new("Jim")
        await client.aclose()
