"""A month of a channel beside an hour's chat of as many posts: until the desk shows it, what a key and a post costs.

    python -m tests.benchmarks.channel [--posts 50000] [--people 600] [--rounds 3] [--folder DIR]

Both files have the same posts by the same people. The month also has two tasks, two hashtags, a month before it and
who is known from there. `lunchroom channel` and `lunchroom host --resume` start a hub and a desk on them in a real
terminal. Take the ratios: the milliseconds are this machine's, and of its load, which is printed. Unix only.
"""

import argparse
import contextlib
import datetime
import json
import os
import random
import signal
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.channel.months import CHANNEL, Month, channel_plan, month_of
from sessions.core.events import AnyEvent
from sessions.core.plan import Lookup, Plan, Question
from sessions.core.posts import Author, Filed, Post
from sessions.library.storage.closing import close_chat
from sessions.library.storage.session_file import SessionFile
from tests.benchmarks.desk.chat_file import TEXTS, serial
from tests.benchmarks.desk.terminal import RecordedTerminal, processor_seconds, resident_mb
from tests.benchmarks.session_file import a_plan
from tests.benchmarks.slow_chat import key_figures, post_figures, still_figures
from tests.e2e.terminal import LUNCHROOM, home

CHANNEL_FILE, HOUR_FILE = "month of a channel", "hour"

BEFORE = 5_000
"""Posts of the month before."""

DAY = 86_400_000


class Seat(NamedTuple):
    """Where the hub is that a desk started."""

    url: str
    token: str
    pid: int


def plan_of(kind: str) -> Plan:
    """The plan of either file; both began some time ago."""
    now = _now()
    plan = replace(a_plan(), timezone="UTC")
    if kind == CHANNEL_FILE:
        tasks = Lookup("pbl", "What do others build?"), Lookup("flipped", "Who films lessons?")
        tags = {"hashtags": ("benchmark", "stations"), "optional_hashtags": ("stations",)}
        return channel_plan(replace(plan, **tags, lookups=tasks), month_of(now, "UTC"))
    questions = tuple(Question(f"q{n}", str(n), f"What about station {n}?", minutes=8) for n in range(1, 7))
    begins_at = now - 3_600_000
    begins = datetime.datetime.fromtimestamp(begins_at / 1000, datetime.UTC).replace(tzinfo=None)
    return replace(plan, title="An hour", starts=begins, starts_at=begins_at, questions=questions, minutes=90.0)


def events_of(kind: str, plan: Plan, posts: int, people: int, *, until: int, ids: str = "") -> Iterator[AnyEvent]:
    """So many posts by so many people from the plan's beginning until then (UTC milliseconds)."""
    draw = random.Random(posts)
    channel, begins = kind == CHANNEL_FILE, plan.starts_at
    common: dict[str, Any] = {"by": None, "command": None}
    opened = e.SessionOpened(seq=1, at=begins, **common, plan=plan, schema=e.SCHEMA, rehearsal=False)
    yield replace(opened, kind=CHANNEL) if channel else opened
    seq = 2
    if channel:
        known = tuple(_known(number, begins) for number in range(people // 2))
        yield e.PeopleCarried(seq=2, at=begins, **common, people=known, last_chat=begins - 7 * DAY)
        seq += 1
    for number in range(posts):
        at = begins + (until - begins) * number // posts
        person = draw.randrange(people)
        words = [serial(number), TEXTS[number % len(TEXTS)], "#stations" if number % 3 else "#benchmark"]
        if number % 40 == 7:
            words.append("#pbl")
        if number % 50 == 9:
            words.append(f"https://social.example/@t/{draw.randrange(number)}")
        url = f"https://social.example/@t/{number}"
        post = Post(f"mastodon:{ids}{number:07d}", _author(person), " ".join(words), at, url=url)
        filed = Filed(f"q{1 + number % 6}", "label") if not channel and number % 3 else None
        what: dict[str, Any] = {"kind": "answer" if filed else "aside", "filed": filed, "newcomer": person % 4 == 0}
        yield e.PostSeen(seq=seq + number, at=at, **common, post=post, **what)


def _author(person: int) -> Author:
    return Author(f"mastodon:t{person}", f"teacher{person}", f"Teacher {person}")


def _known(person: int, begins: int) -> e.KnownPerson:
    last = begins - (person % 90) * DAY
    return e.KnownPerson(author=_author(person), first_at=last, last_at=last, new=person % 9 == 0)


def _now() -> int:
    return round(time.time() * 1000)


def write(kind: str, library: Path, posts: int, people: int) -> Path:
    """Save that file, for a channel the month before too; the path of the former."""
    plan = plan_of(kind)
    if kind == CHANNEL_FILE:
        before = channel_plan(plan, Month(plan.starts.date(), "UTC").before)
        events = list(events_of(kind, before, BEFORE, people, until=plan.starts_at, ids="before-"))
        events.append(e.SessionClosed(seq=len(events) + 1, at=plan.starts_at, by=None, command=None))
        with SessionFile.create(library, before, started=before.starts_at, kind=CHANNEL) as file:
            file.commit(events)
            close_chat(file, events)
    session = CHANNEL if kind == CHANNEL_FILE else "chat"
    with SessionFile.create(library, plan, started=plan.starts_at, kind=session) as file:
        file.commit(list(events_of(kind, plan, posts, people, until=_now() - 60_000)))
        return file.path


def figures(folder: Path, kind: str, posts: int, people: int) -> dict[str, float]:
    """What a desk on one of the two costs."""
    base = folder / uuid.uuid4().hex[:6]
    # A program of a user is compiled once, at its first start or when it is installed.
    env = home(base, {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"})
    library = Path(env["LUNCHROOM_LIBRARY"])
    library.mkdir(parents=True)
    path = write(kind, library, posts, people)
    argv = ["channel", "benchmark"] if kind == CHANNEL_FILE else ["host", "--resume", str(path)]
    desk = RecordedTerminal([*LUNCHROOM, *argv, "--name", "Ana"], env)
    found: dict[str, float] = {}
    try:
        # A dialog over the panes, or the footer, would show neither of the two.
        frame = desk.wait_for(b"Posts" if kind == CHANNEL_FILE else b"Answers", 60)
        shown = desk.wait_for(serial(posts - 1).encode(), 120)
        assert frame is not None
        assert shown is not None
        seat = _seat(env)
        desk.quiet(1.5, 30)
        found["first frame, s"] = frame - desk.started
        found["last posts shown, s"] = shown - desk.started
        found["  processor of the desk, s"] = processor_seconds(desk.pid)
        found["  processor of the hub, s"] = processor_seconds(seat.pid)
        found |= key_figures(desk) | still_figures(desk, seat.pid) | post_figures(desk, seat)
        found["desk, MB"], found["hub, MB"] = resident_mb(desk.pid), resident_mb(seat.pid)
    finally:
        desk.kill()
        _end_hub(env)
    return found


def _seat(env: Mapping[str, str]) -> Seat:
    (file,) = Path(env["LUNCHROOM_RUNTIME"]).glob("*.json")
    told = json.loads(file.read_text(encoding="utf-8"))
    return Seat(told["url"], told["keys"]["token"], told["pid"])


def _end_hub(env: Mapping[str, str]) -> None:
    for file in Path(env["LUNCHROOM_RUNTIME"]).glob("*.json"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(json.loads(file.read_text(encoding="utf-8"))["pid"], signal.SIGTERM)


def show(found: Mapping[str, Mapping[str, float]]) -> None:
    """Print the medians, and how many times the channel takes what the hour does."""
    print(f"{'':<38}" + "".join(f"{kind:>20}" for kind in found) + f"{'ratio':>9}")
    for name in found[HOUR_FILE]:
        channel, hour = found[CHANNEL_FILE][name], found[HOUR_FILE][name]
        ratio = f"{channel / hour:>8.2f}x" if hour else "        -"
        print(f"{name:<38}{channel:>20.2f}{hour:>20.2f}{ratio}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=50_000, help="posts of each file")
    parser.add_argument("--people", type=int, default=600, help="people who wrote them")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, in turn")
    parser.add_argument("--folder", type=Path, default=None, help="where the files lie meanwhile")
    chosen = parser.parse_args()
    runs: dict[str, list[dict[str, float]]] = {CHANNEL_FILE: [], HOUR_FILE: []}
    begun = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(
        dir=chosen.folder, prefix="channel-benchmark-", ignore_cleanup_errors=True
    ) as folder:
        for _ in range(chosen.rounds):
            for kind, each in runs.items():
                each.append(figures(Path(folder), kind, chosen.posts, chosen.people))
    medians = {
        kind: {name: statistics.median(run[name] for run in each) for name in each[0]} for kind, each in runs.items()
    }
    load = f"load {begun:.1f} to {os.getloadavg()[0]:.1f}"
    print(f"{chosen.posts:,} posts by {chosen.people:,} people, median of {chosen.rounds} rounds, {load}\n")
    show(medians)


if __name__ == "__main__":
    main()
