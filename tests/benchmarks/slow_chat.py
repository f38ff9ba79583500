"""A slow chat that has been open for weeks beside one of a day: until it opens, what a key and what an event costs.

    python -m tests.benchmarks.slow_chat [--events 500 50000] [--rounds 3] [--folder DIR]

Both are files of the same plan, which began fifty days ago and has a question a day. Each is found again by its plan,
resumed by `lunchroom serve`, joined by a desk in a real terminal, and written to. Take the ratios of the largest to the
smallest: the milliseconds are this machine's.
"""

import argparse
import datetime
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.events import AnyEvent
from sessions.core.plan import Plan, Question, instant
from sessions.core.plan.days import on_days, opening_days
from sessions.core.posts import Author, Filed, Post
from sessions.hub.process.coming_back import coming_back
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from tests.benchmarks.desk.chat_file import TEXTS, serial
from tests.benchmarks.session_file import a_plan

DAYS, OPEN = 60, 50
"""Days of the chat, and how many of them have passed."""

PEOPLE = 120
KEYS, POSTS = 40, 30
UP, DOWN = b"\x1b[A", b"\x1b[B"
DAY = 86_400_000


def a_slow_plan() -> Plan:
    """A question a day; it began fifty days ago at 7:00 of UTC."""
    begun = datetime.datetime.now(datetime.UTC).replace(hour=7, minute=0, second=0, microsecond=0, tzinfo=None)
    begun -= datetime.timedelta(days=OPEN)
    questions = tuple(Question(f"q{n}", str(n), f"What about station {n}?") for n in range(1, DAYS + 1))
    plan = replace(a_plan(), starts=begun, starts_at=instant(begun, "UTC"), timezone="UTC", sources=())
    return on_days(replace(plan, questions=questions), opening_days(begun, [None] * DAYS))


def weeks_of(plan: Plan, count: int) -> Iterator[AnyEvent]:
    """So many events from the start to an hour before now."""
    draw = random.Random(count)
    step = (OPEN * DAY - 3_600_000) / count
    seq, asked, posts = 1, 0, 0
    common: dict[str, Any] = {"by": None, "command": None}
    yield e.SessionOpened(seq=1, at=plan.starts_at, **common, plan=plan, schema=e.SCHEMA, rehearsal=False)
    while seq < count:
        seq += 1
        at = plan.starts_at + round(seq * step)
        here: dict[str, Any] = {"seq": seq, "at": at}
        if asked < DAYS and plan.questions[asked].opens_at <= at:
            asked += 1
            yield e.QuestionAsked(**here, by="Ana", command=f"{seq:016x}", question=f"q{asked}", seconds=86_400)
        elif posts and draw.random() < 0.05:
            post = f"mastodon:{draw.randrange(posts):07d}"
            yield e.PostHighlighted(**here, by="Ben", command=f"{seq:016x}", post=post)
        else:
            yield e.PostSeen(**here, **common, **_a_post(posts, at, asked, draw))
            posts += 1


def _a_post(number: int, at: int, asked: int, draw: random.Random) -> dict[str, Any]:
    person = draw.randrange(PEOPLE)
    author = Author(f"mastodon:t{person}", f"teacher{person}", f"Teacher {person}")
    text = f"A{asked} {serial(number)} {TEXTS[number % len(TEXTS)]}"
    filed = Filed(f"q{asked}", "label") if asked and number % 3 else None
    post = Post(f"mastodon:{number:07d}", author, text, at)
    return {"post": post, "kind": "answer" if filed else "aside", "filed": filed, "newcomer": person % 4 == 0}


def figures(folder: Path, count: int) -> dict[str, float]:
    """What one chat of so many events costs."""
    from tests.benchmarks.desk.terminal import Hub, RecordedTerminal, processor_seconds  # of Unix only
    from tests.e2e.terminal import home

    base = folder / f"chat-{count}-{uuid.uuid4().hex[:6]}"
    env = home(base / "home", os.environ)
    library, plan = Path(env["LUNCHROOM_LIBRARY"]), a_slow_plan()
    library.mkdir(parents=True)
    with SessionFile.create(library, plan, started=plan.starts_at) as file:
        file.commit(list(weeks_of(plan, count)))
    found: dict[str, float] = {}
    begun = time.perf_counter()
    back = coming_back(library, plan, rehearsal=False)
    found["found by its plan, ms"] = (time.perf_counter() - begun) * 1000
    assert back is not None
    assert back.events == count
    program = str(Path(sys.executable).with_name("lunchroom"))
    hub = Hub(program, ["--resume", str(file.path)], env)
    desk: RecordedTerminal | None = None
    try:
        found["hub answers after, ms"] = (hub.ready - hub.started) * 1000
        answered = processor_seconds(hub.pid)
        found["  of the processor, ms"] = answered * 1000
        desk = RecordedTerminal([program, "join", "--name", "Ana"], env)
        frame = desk.wait_for(b"Answers", 60)
        last = next(event for event in reversed(read_events(file.path)) if isinstance(event, e.PostSeen))
        shown = desk.wait_for(last.post.text.split()[1].encode(), 120)
        assert frame is not None
        assert shown is not None
        found["desk's first frame, ms"] = (frame - desk.started) * 1000
        found["desk has caught up, ms"] = (shown - desk.started) * 1000
        desk.quiet(1.5, 15)
        found["  of the desk's processor, ms"] = processor_seconds(desk.pid) * 1000
        found["  of the hub's processor, ms"] = (processor_seconds(hub.pid) - answered) * 1000
        found |= key_figures(desk) | still_figures(desk, hub.pid) | post_figures(desk, hub)
        found["desk, MB"] = _resident(desk.pid)
        found["hub, MB"] = _resident(hub.pid)
    finally:
        if desk is not None:
            desk.kill()
        hub.stop()
    return found


def key_figures(desk: Any) -> dict[str, float]:
    """From a key to the last of what it changes, and the processor's part of it."""
    from tests.benchmarks.desk.terminal import processor_seconds

    taken, before = [], processor_seconds(desk.pid)
    for number in range(KEYS):
        at = desk.press(UP if number % 4 else DOWN)
        taken.append((desk.quiet(0.08, 3, since=at) - at) * 1000)
        time.sleep(0.05)
    cost = (processor_seconds(desk.pid) - before) * 1000 / KEYS
    return {"key, ms": statistics.median(taken), "key, processor ms": cost}


def still_figures(desk: Any, hub: int) -> dict[str, float]:
    """What a second costs in which nothing happens."""
    from tests.benchmarks.desk.terminal import processor_seconds

    before = processor_seconds(desk.pid), processor_seconds(hub)
    time.sleep(6)
    after = processor_seconds(desk.pid), processor_seconds(hub)
    names = ("desk, still, processor ms a second", "hub, still, processor ms a second")
    return {name: (end - begin) * 1000 / 6 for name, begin, end in zip(names, before, after, strict=True)}


def post_figures(desk: Any, hub: Any) -> dict[str, float]:
    """From a post at the hub until it is saved and until the desk shows it, and what it costs the processor."""
    from tests.benchmarks.desk.terminal import processor_seconds

    saved, shown = [], []
    with httpx.Client(base_url=hub.url, headers={"Authorization": f"Bearer {hub.token}"}, timeout=60) as client:
        joined = client.post("/v1/moderators", json={"name": "Ben"}).raise_for_status().json()
        client.headers["Authorization"] = f"Bearer {joined['token']}"
        desk.press(b"G")
        desk.quiet(0.5, 5)
        before = processor_seconds(desk.pid), processor_seconds(hub.pid)
        for number in range(POSTS):
            words = f"zz{number:05d}"
            post = {"type": "add_post", "id": uuid.uuid4().hex, "text": f"{words} by hand", "author": f"Dora {number}"}
            begun = time.monotonic()
            client.post("/v1/commands", json=post).raise_for_status()
            saved.append((time.monotonic() - begun) * 1000)
            came = desk.wait_for(words.encode(), 10)
            assert came is not None
            shown.append((came - begun) * 1000)
        after = processor_seconds(desk.pid), processor_seconds(hub.pid)
    return {
        "post saved, ms": statistics.median(saved),
        "post shown, ms": statistics.median(shown),
        "post, desk's processor ms": (after[0] - before[0]) * 1000 / POSTS,
        "post, hub's processor ms": (after[1] - before[1]) * 1000 / POSTS,
    }


def _resident(pid: int) -> float:
    from tests.benchmarks.desk.terminal import resident_mb

    return resident_mb(pid)


def show(found: Mapping[int, Mapping[str, float]]) -> None:
    """Print the medians, and how many times the largest chat takes what the smallest does."""
    sizes = sorted(found)
    print(f"{'':<38}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ratio':>9}")
    for name in found[sizes[0]]:
        each = [found[size][name] for size in sizes]
        ratio = f"{each[-1] / each[0]:>8.2f}x" if each[0] else "        -"
        print(f"{name:<38}" + "".join(f"{one:>12.1f}" for one in each) + ratio)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, nargs="+", default=[500, 50_000], help="events of each chat")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, in turn")
    parser.add_argument("--folder", type=Path, default=None, help="where the files lie meanwhile")
    arguments = parser.parse_args()
    runs: dict[int, list[dict[str, float]]] = {count: [] for count in arguments.events}
    with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="slow-benchmark-") as folder:
        for _ in range(arguments.rounds):
            for count in arguments.events:
                runs[count].append(figures(Path(folder), count))
    medians = {
        count: {name: statistics.median(run[name] for run in each) for name in each[0]} for count, each in runs.items()
    }
    print(f"A slow chat that has been open for {OPEN} days, median of {arguments.rounds} rounds\n")
    show(medians)


if __name__ == "__main__":
    main()
