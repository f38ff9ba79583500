"""How long the growth of a long series takes: reading and folding all of its chats, then drawing what is shown.

    python -m tests.benchmarks.growth [--chats 200] [--posts 258] [--folder DIR]

Its peer, in the same run, is msgspec decoding the same files and nothing else: the least that reading them can cost.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from sessions.library.library import Library
from sessions.library.people_rebuild import rebuild_people
from sessions.reports.series_growth import SeriesGrowth, read_growth
from tests.benchmarks.library import a_chat
from tui.growth.charts import charts
from tui.growth.tables import numbers

WIDTH = 80
RUNS = 5

Result = TypeVar("Result")


def decode_all(files: list[Path]) -> int:
    """The peer: every file through msgspec's JSON decoder; how many events there were."""
    return sum(len(msgspec.json.decode(file.read_bytes())["events"]) for file in files)


def draw(found: SeriesGrowth) -> str:
    """What the screen shows in 80 columns."""
    return charts(found.growth, WIDTH) + numbers(found.growth, WIDTH)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """The median seconds of some runs, and the result of the last."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - started)
    return statistics.median(times), result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chats", type=int, default=200, help="chats of the series")
    parser.add_argument("--posts", type=int, default=258, help="posts in each of them")
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="a folder on the disk to measure")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        library = Library(Path(folder))
        for number in range(arguments.chats):
            a_chat(library.folder, number, arguments.posts)
        rebuild_people(library)
        files = [saved.path for saved in library.saved_chats()]
        decoded, events = timed(partial(decode_all, files))
        read, found = timed(partial(read_growth, library))
        drawn, text = timed(partial(draw, found))
        shown = [one for one in found.growth.sessions if one.people]
        if len(shown) != arguments.chats or events != arguments.chats * (arguments.posts + 2) or not text:
            raise SystemExit("The growth of this benchmark is not whole.")
        print(f"{arguments.chats:,} chats of {arguments.posts} posts; seconds, median of {RUNS}")
        print(f"  growth, read from the files:      {read:.3f}")
        print(f"  peer: msgspec decodes the files:  {decoded:.3f}")
        print(f"  growth to its peer:               {read / decoded:.1f} times as long")
        print(f"  drawn, 80 columns:                {drawn:.3f}")


if __name__ == "__main__":
    main()
