"""What one durable event costs, against the floor and the alternatives, at growing lengths of the session.

    python -m tests.benchmarks.session_file [--rounds 400] [--sizes 100,1000,10000,50000] [--folder DIR]

Each round saves one event of about 300 bytes with every contender, one after the other and in a turning order, so that
whatever else the disk does hits all of them. Take the ratios; the microseconds are this machine's. `--folder` should be
on the disk that chats are saved on: on a disk in memory every sync is free.
"""

import argparse
import datetime
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import tinydb

from sessions.core.events import SCHEMA, NoteAdded, PostSeen, SessionOpened, encode_event
from sessions.core.plan import Plan
from sessions.core.posts import Author, Filed, Post
from sessions.files.disk import Disk
from sessions.library.storage.reading import read_events, read_head
from sessions.library.storage.session_file import SessionFile
from tests.sessions.library.building import last_seq

START = 1_764_637_200_000
STOCK_SECONDS = 4.0
"""Stock TinyDB is asked again until this long has passed at one size: an insert takes up to a second there."""

Save = Callable[[int], None]


def an_event(seq: int) -> PostSeen:
    """A post as most are: 300 bytes and a few."""
    return PostSeen(
        seq=seq,
        at=START + seq * 1000,
        by=None,
        command=None,
        post=Post(
            id=f"mastodon:{seq:018d}",
            author=Author(id="mastodon:109248372", handle="mlopez", name="Maria Lopez"),
            text="A3 We rotate every 12 minutes, keep groups small #navasotaisd",
            posted_at=START + seq * 1000,
        ),
        kind="answer",
        filed=Filed("q3", "label"),
        newcomer=False,
    )


def a_plan() -> Plan:
    """A plan as short as can be."""
    return Plan(
        title="Benchmark",
        hashtags=("benchmark",),
        series="benchmark",
        starts=datetime.datetime.fromisoformat("2025-12-01T19:00:00"),
        starts_at=START,
        timezone="America/Chicago",
        minutes=60,
        introductions=8,
        close=2,
        sources=(),
        hosts=(),
        questions=(),
        script={},
    )


@contextmanager
def session_file(folder: Path, size: int) -> Iterator[Save]:
    """Ours, as the hub calls it: the event is encoded, appended to the TinyDB file and synced."""
    with a_session(folder, size) as file:
        yield lambda _: file.commit([an_event(last_seq(file) + 1)])


def a_session(folder: Path, size: int) -> SessionFile:
    """A session file with `size` events, open for writing."""
    file = SessionFile.create(folder, a_plan(), started=START)
    opened = SessionOpened(seq=1, at=START, by=None, command=None, plan=a_plan(), schema=SCHEMA, rehearsal=True)
    file.commit([opened, *(an_event(seq) for seq in range(2, size + 1))])
    return file


@contextmanager
def raw_append(folder: Path, size: int) -> Iterator[Save]:
    """The floor: the same bytes, encoded beforehand, at the end of a plain file of the same length."""
    path = folder / "raw"
    disk = Disk()
    with path.open("wb") as file:
        file.writelines(a_record(seq) for seq in range(1, size + 1))
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    disk.sync(handle)

    def save(number: int) -> None:
        os.write(handle, records[number])
        disk.sync(handle)

    records = {number: a_record(size + number) for number in range(1, 10_001)}
    try:
        yield save
    finally:
        os.close(handle)


def a_record(seq: int) -> bytes:
    """The bytes that an event takes in a session file."""
    return b',\n"%d": %b' % (seq, encode_event(an_event(seq)))


@contextmanager
def sqlite(folder: Path, size: int) -> Iterator[Save]:
    """SQLite with a write-ahead log, a sync at every commit and one insert a transaction."""
    with closing(sqlite3.connect(folder / "sqlite.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE events (seq INTEGER PRIMARY KEY, event TEXT)")
        db.execute("BEGIN")
        insert = "INSERT INTO events VALUES (?, ?)"
        db.executemany(insert, ((seq, encode_event(an_event(seq)).decode()) for seq in range(1, size + 1)))
        db.execute("COMMIT")

        def save(number: int) -> None:
            db.execute(insert, (size + number, encode_event(an_event(size + number)).decode()))

        yield save


@contextmanager
def stock_tinydb(folder: Path, size: int) -> Iterator[Save]:
    """TinyDB with its own storage, which rewrites and syncs the whole file."""
    path = folder / "stock.json"
    events = {str(seq): json.loads(encode_event(an_event(seq))) for seq in range(1, size + 1)}
    path.write_text(json.dumps({"session": {"1": {}}, "events": events}))
    with tinydb.TinyDB(path) as db:
        table = db.table("events", cache_size=0)

        def save(number: int) -> None:
            table.insert(json.loads(encode_event(an_event(size + number))))

        yield save


FLOOR = "raw append"
CONTENDERS: dict[str, Any] = {FLOOR: raw_append, "session file": session_file, "SQLite": sqlite}


def measure(folder: Path, size: int, rounds: int) -> dict[str, list[float]]:
    """Seconds of each save by contender; the session has `size` events at the start."""
    times: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    with ExitStack() as stack:
        saves = [(name, stack.enter_context(make(folder, size))) for name, make in CONTENDERS.items()]
        for number in range(1, rounds + 1):
            turn = number % len(saves)
            for name, save in saves[turn:] + saves[:turn]:
                times[name].append(timed(save, number))
    stock = times["stock TinyDB"] = []
    with stock_tinydb(folder, size) as save:
        while len(stock) < rounds and (len(stock) < 3 or sum(stock) < STOCK_SECONDS):
            stock.append(timed(save, len(stock) + 1))
    return times


def timed(save: Save, number: int) -> float:
    """Seconds that one save takes."""
    started = time.perf_counter()
    save(number)
    return time.perf_counter() - started


def report(size: int, times: dict[str, list[float]]) -> Iterator[str]:
    """A line for each contender: median and spread in microseconds, and the median as a multiple of the floor's."""
    floor = statistics.median(times[FLOOR])
    for name, each in times.items():
        tenths = statistics.quantiles(each, n=10, method="inclusive")
        median = statistics.median(each)
        yield (
            f"{size:>7,}  {name:<13} {median * 1e6:>11,.0f} {tenths[0] * 1e6:>11,.0f} {tenths[-1] * 1e6:>11,.0f}"
            f" {median / floor:>10,.2f} {len(each):>7,}"
        )


def reading(folder: Path, size: int) -> Iterator[str]:
    """How long a whole session takes to read, and what a listing needs of it."""
    with a_session(folder, size) as file:
        file.commit([NoteAdded(seq=size + 1, at=START, by="Ana", command="c", text="the end")])
    for what, read in (("all its events", read_events), ("its head", read_head)):
        elapsed = min(timed(lambda _, read=read: read(file.path), 0) for _ in range(5))  # type: ignore[misc]
        yield f"{size:>7,}  reading {what}: {elapsed * 1e3:,.2f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=400, help="events saved by each contender at each size")
    parser.add_argument("--sizes", default="100,1000,10000,50000", help="events in the session, separated by commas")
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="a folder on the disk to measure")
    arguments = parser.parse_args()
    rounds = max(3, min(arguments.rounds, 10_000))
    print("One durable event of about 300 bytes, microseconds; `ratio` is the median against raw append + sync.\n")
    print(f"{'events':>7}  {'saved by':<13} {'median':>11} {'p10':>11} {'p90':>11} {'ratio':>10} {'saves':>7}")
    for size in (int(size) for size in arguments.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            for line in report(size, measure(Path(folder), size, rounds)):
                print(line, flush=True)
        print()
    for size in (int(size) * 2 for size in arguments.sizes.split(",")[-1:]):
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            for line in reading(Path(folder), size):
                print(line, flush=True)


if __name__ == "__main__":
    main()
