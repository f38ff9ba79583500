"""A hub with a long chat: until it answers, until it stops when told, and what a post costs after it was resumed."""

import os
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

import httpx

from tests.benchmarks.desk.chat_file import PLAN, write_chat
from tests.benchmarks.desk.terminal import Hub
from tests.e2e.terminal import home

PEOPLE = 60
POSTS_AFTER = 20


def hub_figures(checkout: Path, posts: int) -> dict[str, float]:
    """One hub that reads so many posts and is told to stop meanwhile, and one that reads them all and is resumed."""
    program = str(checkout / ".venv" / "bin" / "lunchroom")
    flat: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="hub-benchmark-") as folder:
        base = Path(folder)
        chat, plan = base / "chat.jsonl", base / "plan.toml"
        write_chat(chat, posts, PEOPLE, 0.0, ())
        plan.write_text(PLAN, encoding="utf-8")
        env = home(base / "home", os.environ)
        source = [str(plan), "--source", f"practice:{chat}"]
        told = Hub(program, source, env)
        flat["answers after, s"] = told.ready - told.started
        stopped = told.stop(60)
        flat["stops when told while it reads, s"] = 60.0 if stopped is None else stopped
        whole = Hub(program, source, env)
        _wait_until_read(whole.file, posts)
        whole.stop(60)
        resumed = Hub(program, ["--resume", str(whole.file)], env)
        try:
            flat["answers after a resume, s"] = resumed.ready - resumed.started
            took = _add_posts(resumed)
            flat["first post after a resume, ms"] = took[0]
            flat["later posts, ms"] = sorted(took[1:])[len(took) // 2]
        finally:
            resumed.stop(60)
    return flat


def _wait_until_read(file: Path, posts: int) -> None:
    last = b"k%07d" % (posts - 1)
    while True:
        with file.open("rb") as reading:
            reading.seek(max(0, file.stat().st_size - 100_000))
            if last in reading.read():
                return
        time.sleep(0.1)


def _add_posts(hub: Hub) -> Sequence[float]:
    """Milliseconds that each of some posts took from being sent until it was saved."""
    took = []
    with httpx.Client(base_url=hub.url, headers={"Authorization": f"Bearer {hub.token}"}, timeout=60) as client:
        joined = client.post("/v1/moderators", json={"name": "Ana"}).raise_for_status().json()
        client.headers["Authorization"] = f"Bearer {joined['token']}"
        for number in range(POSTS_AFTER):
            post = {"type": "add_post", "id": uuid.uuid4().hex, "text": f"A1 by hand {number}", "author": "Dora"}
            begun = time.perf_counter()
            client.post("/v1/commands", json=post).raise_for_status()
            took.append((time.perf_counter() - begun) * 1000)
    return took
