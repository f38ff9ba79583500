"""What the import makes of the recorded chats, and how long it takes for 100,000 posts.

    python -m tests.benchmarks.importing [--posts 100000] [--folder DIR]

Each recorded chat is imported as a user would and read back from its session file; that with a gold file is compared
with it (tests/chats/LABELLING.md). Then an invented export is imported twice: as one chat, and as chats of 100 posts.
Its peer, in the same run, is Python's own csv module reading the same file: the least that reading it can cost.
"""

import argparse
import csv
import datetime
import io
import tempfile
import time
from collections import Counter
from pathlib import Path

from sessions.core.evolve import fold
from sessions.core.state import SessionState
from sessions.importing import Archive, Wanted, read_archive, save
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from tests.gold import CHATS, gold_rows

START = datetime.datetime(2016, 1, 20, 20, tzinfo=datetime.UTC)


def imported(path: Path, library: Library) -> list[tuple[Archive, SessionState]]:
    """The chats of an archive as they read in the library afterwards."""
    archive = read_archive(path, Wanted(zone="UTC"))
    assert isinstance(archive, Archive)
    return [
        (archive, fold(read_events(outcome.file))) for outcome in save([archive], library) if outcome.file is not None
    ]


def filed(state: SessionState, post: str) -> str:
    """The label of the question that a post is filed under, empty if there is none."""
    found = state.filed(post)
    return state.questions[found.question].label if found is not None and found.question is not None else ""


def right(state: SessionState, name: str = "lthechat-on") -> tuple[int, int, int]:
    """How many posts are filed as the gold file says, how many it files, and how many there are."""
    gold = {f"x:{row['id']}": row["parent"] or "" for row in gold_rows(f"{name}.gold.tsv")}
    return sum(filed(state, post) == label for post, label in gold.items()), sum(map(bool, gold.values())), len(gold)


def export(path: Path, posts: int, chat: int) -> None:
    """An export of so many posts as CSV, in weekly chats of `chat` posts with eight questions each."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id_str", "created_at", "from_user", "text"))
        for number in range(posts):
            week, place = divmod(number, chat)
            at = START + datetime.timedelta(weeks=week, seconds=place * 3600 / chat)
            part, first = divmod(place, max(chat // 8, 1))
            words = f"Q{part + 1} What about part {part}?" if not first else f"A{part + 1} answer {number} about things"
            who = f"teacher{number * 7 % 3000}" if first else "host"
            writer.writerow((10**17 + number, f"{at:%Y-%m-%d %H:%M:%S}", who, f"{words} #bigchat"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=100_000, help="posts of the invented export")
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="a folder on the disk to measure")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        print(f"{'recorded chat':<30} posts people asked label thread guess reposts")
        for path in sorted(CHATS.glob("*.jsonl")):
            for _, state in imported(path, Library(Path(folder) / "recorded")):
                by = Counter(found.why for post in state.posts if (found := state.filed(post)) is not None)
                reposts = sum(state.kind(post) == "repost" for post in state.posts)
                print(
                    f"{path.stem:<30}{len(state.posts):>6}{len(state.present()):>7}{len(state.questions):>6}"
                    f"{by['label']:>6}{by['thread']:>7}{by['guess']:>6}{reposts:>8}"
                )
                if path.stem == "lthechat-on":
                    print("  filed as the gold file says: {} posts (it files {} of {})".format(*right(state)))
        for name, chat in (("one chat", arguments.posts), ("chats of 100 posts", 100)):
            path = Path(folder) / "export.csv"
            export(path, arguments.posts, chat)
            started = time.process_time()
            peer = sum(1 for _ in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
            read = time.process_time()
            chats = imported(path, Library(Path(folder) / name))
            done = time.process_time()
            print(
                f"{arguments.posts} posts as {name}: {len(chats)} imported and read back in {done - read:.1f} s of the "
                f"processor; csv alone reads the {peer} lines in {read - started:.2f} s"
            )


if __name__ == "__main__":
    main()
