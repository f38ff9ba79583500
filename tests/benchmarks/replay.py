"""How long a replay takes to open and to seek, beside folding again from the start.

    python -m tests.benchmarks.replay [--events 100000] [--seeks 300] [--folder DIR]

The session is as recorded hours are, only longer: 29 % reposts, a third of the posts answers, a star, a filing or a
greeting now and then, edits and removals. It is written to a session file and opened from it. It is the slower kind
to open, one whose hub was killed: removed words are still in it, and it is folded once more without them. Every seek
goes to a place drawn beforehand; the fold from the start goes to the same places. Take the ratios, the milliseconds are
this machine's.
"""

import argparse
import gc
import os
import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.events import AnyEvent
from sessions.core.evolve import fold
from sessions.core.plan import Plan, Question
from sessions.core.posts import Author, Filed, Post
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from sessions.replay import Replay
from tests.benchmarks.session_file import START, a_plan

QUESTIONS = 6
FOLDS = 40
"""Seeks that are also made by folding from the start."""


def a_session_plan() -> Plan:
    """A plan with six questions."""
    questions = tuple(Question(f"q{n}", str(n), f"What about station {n}?") for n in range(1, QUESTIONS + 1))
    return replace(a_plan(), questions=questions)


def a_session(count: int) -> list[AnyEvent]:
    """The events of a session: the same for the same count."""
    draw = random.Random(count)
    plan = a_session_plan()
    events: list[AnyEvent] = [
        e.SessionOpened(seq=1, at=START, by=None, command=None, plan=plan, schema=e.SCHEMA, rehearsal=False)
    ]
    posts: list[str] = []

    def add(event_type: Any, by: str | None = None, /, **fields: Any) -> None:
        seq = len(events) + 1
        command = None if by is None else f"{seq:016x}"
        events.append(event_type(seq=seq, at=START + seq * 3_600_000 // count, by=by, command=command, **fields))

    while len(events) < count - 1:
        question = f"q{len(events) * QUESTIONS // count + 1}"
        if len(events) % (count // QUESTIONS) == 1:
            add(e.QuestionAsked, "Ana", question=question, seconds=480)
        dice = draw.random()
        if not posts or dice < 0.93:
            posts.append(f"mastodon:{len(events):018d}")
            add(e.PostSeen, **a_post(draw, posts, question, people=max(120, count // 100)))
        elif dice < 0.95:
            add(e.PostHighlighted, "Ben", post=draw.choice(posts))
        elif dice < 0.97:
            add(e.PostFiled, "Ben", post=draw.choice(posts), question=question)
        elif dice < 0.98:
            add(e.PersonGreeted, "Ben", person=f"mastodon:{draw.randrange(max(120, count // 100))}")
        elif dice < 0.995:
            text = "A3 We rotate every 15 minutes"
            add(e.PostEdited, post=draw.choice(posts), text=text, kind="answer", filed=Filed(question, "label"))
        else:
            add(e.PostRemoved, post=draw.choice(posts))
    add(e.SessionClosed, "Ana")
    return events


def a_post(draw: random.Random, posts: Sequence[str], question: str, people: int) -> dict[str, Any]:
    """What a post was and was judged to be."""
    person = draw.randrange(people)
    dice = draw.random()
    post = Post(
        id=posts[-1],
        author=Author(id=f"mastodon:{person}", handle=f"teacher{person}", name=f"Teacher {person}"),
        text="A3 We rotate every 12 minutes, keep groups small #navasotaisd",
        posted_at=START + len(posts) * 1000,
        repost_of=draw.choice(posts) if dice < 0.29 else None,
    )
    if dice < 0.29:
        return {"post": post, "kind": "repost", "filed": None, "newcomer": person % 4 == 0}
    answer = dice < 0.62
    filed = Filed(question, "label") if answer else None
    return {"post": post, "kind": "answer" if answer else "aside", "filed": filed, "newcomer": person % 4 == 0}


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that the call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def first_frame(path: Path, home_folder: Path) -> float:
    """Milliseconds from starting `lunchroom replay FILE` in a real terminal to its playback bar on the screen."""
    from tests.e2e.terminal import Terminal, home  # of Unix only

    started = time.perf_counter()
    desk = Terminal(["replay", str(path)], home(home_folder, os.environ))
    desk.wait_for("playing")
    taken = (time.perf_counter() - started) * 1000
    desk.press("q")
    desk.wait_for_end()
    return taken


def memory(make: Callable[[], object]) -> float:
    """MB that what is made holds, by Python's own count."""
    gc.collect()
    tracemalloc.start()
    made = make()
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del made
    return held / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000, help="events of the session")
    parser.add_argument("--seeks", type=int, default=300, help="seeks to measure")
    parser.add_argument("--folder", type=Path, default=None, help="where the session file lies meanwhile")
    arguments = parser.parse_args()
    count = max(1_000, arguments.events)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        with SessionFile.create(Path(folder), a_session_plan(), started=START) as file:
            file.commit(a_session(count))
        opening = [timed(lambda: Replay(read_events(file.path))) for _ in range(5)]
        frames = [] if sys.platform == "win32" else [first_frame(file.path, Path(folder)) for _ in range(3)]
        reading = [timed(lambda: read_events(file.path)) for _ in range(5)]
        size = file.path.stat().st_size / 1e6
        events = read_events(file.path)
        decoded = memory(lambda: read_events(file.path))
    replay = Replay(events)
    held = memory(lambda: Replay(events))
    draw = random.Random(1)
    places = [draw.randrange(replay.length + 1) for _ in range(max(20, arguments.seeks))]
    seeks = [timed(lambda place=place: replay.seek(place)) for place in places]  # type: ignore[misc]
    steps = [timed(lambda by=by: replay.seek(by)) for by in range(0, replay.length, 10_000)]  # type: ignore[misc]
    seqs = [replay.seek(place).seq for place in places[:FOLDS]]
    folds = [timed(lambda seq=seq: fold(events[:seq])) for seq in seqs]  # type: ignore[misc]
    print(f"{count:,} events, {size:,.0f} MB on disk; milliseconds\n")
    print(f"{'':<44}{'median':>10}{'p95':>10}{'most':>10}")
    for what, each in (
        ("open: read, fold, keep copies on the way", opening),
        ("  of that read and decode", reading),
        *([("from the command line to the first frame", frames)] if frames else []),
        ("seek to any place", seeks),
        ("10 s forward from the start on", steps),
        ("the same places folded from the start", folds),
    ):
        high = statistics.quantiles(each, n=20, method="inclusive")[-1] if len(each) >= 20 else max(each)
        print(f"{what:<44}{statistics.median(each):>10,.1f}{high:>10,.1f}{max(each):>10,.1f}")
    print(f"\nmemory: the events {decoded:,.0f} MB, the replay with its copies {held:,.0f} MB more")


if __name__ == "__main__":
    main()
