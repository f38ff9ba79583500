"""Measures and prints; see the package's docstring.

    python -m tests.benchmarks.desk [--posts 100 10000 100000] [--people 60] [--desks 1] [--rounds 3]
                                    [--rates 10:6 100:12 1000:6] [--calm 60] [--also OTHER_CHECKOUT] [--no-peer]
                                    [--table quick | --start-up | --replay | --hub]

`--also` measures another checkout (with a `.venv` of its own) in the same run, turn by turn. `--table quick` measures
one setting, and others that differ from it in one thing each, and prints all targets beside what was found. Take the
ratios: the milliseconds are this machine's, and of this load.
"""

import argparse
import statistics
from functools import partial
from pathlib import Path

from tests.benchmarks.desk.chat_file import Stretch
from tests.benchmarks.desk.hub_work import hub_figures
from tests.benchmarks.desk.load import Setting
from tests.benchmarks.desk.replaying import replay_figures
from tests.benchmarks.desk.rounds import in_turn, measure, show
from tests.benchmarks.desk.start_up import ratios, start_up_figures
from tests.benchmarks.desk.table import print_table
from tests.paths import ROOT


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, nargs="+", default=[100, 10_000, 100_000], help="posts that are there")
    parser.add_argument("--people", type=int, nargs="+", default=[60], help="people who wrote them")
    parser.add_argument("--desks", type=int, nargs="+", default=[1], help="desks beside each other")
    parser.add_argument("--rates", nargs="+", default=["10:6", "100:12", "1000:6"], help="posts a second:seconds")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each setting")
    parser.add_argument("--also", type=Path, default=None, help="another checkout to measure in turn")
    parser.add_argument("--no-peer", action="store_true", help="without the RichLog app")
    parser.add_argument("--calm", type=float, default=0.0, help="seconds until memory is measured once more")
    parser.add_argument("--table", choices=["quick"], default=None, help="all targets beside what is found")
    parser.add_argument("--replay", action="store_true", help="only a replay of 100,000 events")
    parser.add_argument("--hub", action="store_true", help="only a hub with the largest of --posts")
    parser.add_argument("--start-up", action="store_true", help="only how long programs take to their first frame")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    chosen = arguments()
    checkouts = {"this": ROOT} | ({"other": chosen.also.resolve()} if chosen.also is not None else {})
    if chosen.table:
        print_table(checkouts, chosen.rounds)
        return
    if chosen.start_up:
        figures = start_up_figures(checkouts, max(chosen.rounds, 5))
        show("Starting up", figures)
        print("\n".join(ratios(figures, statistics.median)))
        return
    if chosen.replay or chosen.hub:
        of_one = replay_figures if chosen.replay else partial(hub_figures, posts=max(chosen.posts))
        title = "Replay of 100,000 events" if chosen.replay else f"A hub with {max(chosen.posts):,} posts"
        turns = {name: partial(of_one, folder) for name, folder in checkouts.items()}
        show(f"{title}, {chosen.rounds} rounds", in_turn(turns, chosen.rounds))
        return
    stretches: list[Stretch] = []
    for written in chosen.rates:
        rate, _, seconds = written.partition(":")
        stretches += [Stretch(int(rate), float(seconds)), Stretch(0, 2)]
    for posts in chosen.posts:
        silence = 26.0 if posts < 50_000 else 40.0
        for people in chosen.people:
            for desks in chosen.desks:
                setting = Setting(posts, people, desks, tuple(stretches), silence, chosen.calm)
                found = measure(setting, checkouts, chosen.rounds, peer=not chosen.no_peer)
                show(f"{setting.words}, {chosen.rounds} rounds", found)


if __name__ == "__main__":
    main()
