"""How long a library of many chats takes to list: without an index, with one, and with one chat more than it knows.

    python -m tests.benchmarks.library [--chats 1000] [--posts 258] [--folder DIR]

Cold is the first listing ever, which reads and folds every session; warm is every later one.
"""

import argparse
import datetime
import statistics
import tempfile
import time
from pathlib import Path

import msgspec

from sessions.core.events import SCHEMA, PostSeen, SessionClosed, SessionOpened, encode_event
from sessions.core.posts import Author, Filed, Post
from sessions.library.index import INDEX_FILE, summaries
from sessions.library.library import Library
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage import layout
from sessions.library.storage.reading import SessionRecord
from sessions.library.storage.session_file import file_name
from tests.benchmarks.session_file import START, a_plan

DAY = 86_400_000


def a_chat(folder: Path, number: int, posts: int) -> None:
    """A closed chat of 31 people, as the median recorded hour had."""
    started = START + number * 7 * DAY
    wall = datetime.datetime.fromisoformat("2025-12-01T19:00:00") + datetime.timedelta(days=7 * number)
    plan = msgspec.structs.replace(a_plan(), title=f"Chat {number}", starts=wall, starts_at=started)
    fields = {"by": None, "command": None}
    events: list[PostSeen | SessionOpened | SessionClosed] = [
        SessionOpened(seq=1, at=started, **fields, plan=plan, schema=SCHEMA, rehearsal=False)  # type: ignore[arg-type]
    ]
    for place in range(posts):
        seq = place + 2
        who = (number * 7 + place) % 31 + number % 40
        post = Post(
            id=f"mastodon:{number}-{seq:015d}",
            author=Author(id=f"mastodon:{who:018d}", handle=f"teacher{who}", name=f"Teacher {who}"),
            text="A3 We rotate every 12 minutes, keep groups small #navasotaisd",
            posted_at=started + seq * 1000,
        )
        filed = Filed("q3", "label")
        seen = PostSeen(
            seq=seq, at=started + seq, by=None, command=None, post=post, kind="answer", filed=filed, newcomer=False
        )
        events.append(seen)
    events.append(SessionClosed(seq=posts + 2, at=started + 3_600_000, by=None, command=None))
    session = f"{number:06d}".translate(str.maketrans("0123456789", "abcdefghij"))
    record = SessionRecord(SCHEMA, session, plan.title, plan.hashtags, plan.series, started, started + 3_600_000)
    table = b'{"1": ' + msgspec.json.encode(record) + b"}"
    data = layout.document({layout.SESSION: table}, [(event.seq, encode_event(event)) for event in events])
    (folder / file_name(plan, session)).write_bytes(data)


def timed(library: Library) -> float:
    """Seconds of one listing."""
    started = time.perf_counter()
    listed = summaries(library)
    elapsed = time.perf_counter() - started
    if any(one.damaged or not one.people for one in listed):
        raise SystemExit("The chats of this benchmark are not whole.")
    return elapsed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chats", type=int, default=1000, help="saved chats in the library")
    parser.add_argument("--posts", type=int, default=258, help="posts in each of them")
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="a folder on the disk to measure")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        library = Library(Path(folder))
        for number in range(arguments.chats):
            a_chat(library.folder, number, arguments.posts)
        print(f"{arguments.chats:,} chats of {arguments.posts} posts; seconds")
        print(f"  cold, no index:                {timed(library):.3f}")
        warm = [timed(library) for _ in range(7)]
        print(f"  warm, median of 7:             {statistics.median(warm):.3f}")
        a_chat(library.folder, arguments.chats, arguments.posts)
        print(f"  one chat is new:               {timed(library):.3f}")
        (library.folder / INDEX_FILE).write_bytes(b"{")
        print(f"  the index is damaged:          {timed(library):.3f}")
        started = time.perf_counter()
        library.earlier_people("benchmark")
        print(f"  who was in earlier chats:      {time.perf_counter() - started:.3f}")
        started = time.perf_counter()
        done = rebuild_people(library)
        print(f"  people.json anew ({done.people} people): {time.perf_counter() - started:.3f}")


if __name__ == "__main__":
    main()
