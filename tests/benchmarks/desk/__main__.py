"""Measures and prints; see the package's docstring.

    python -m tests.benchmarks.desk [--posts 100 10000 100000] [--people 60] [--desks 1] [--rounds 3]
                                    [--rates 10:6 100:12 1000:6] [--calm 60] [--also OTHER_CHECKOUT] [--no-peer]
                                    [--start-up | --replay | --hub]

`--also` measures another checkout (with a `.venv` of its own) in the same run, turn by turn. Take the ratios: the
milliseconds are this machine's, and of this load.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.desk.chat_file import Stretch
from tests.benchmarks.desk.hub_work import hub_figures
from tests.benchmarks.desk.load import Measured, Run, Setting
from tests.benchmarks.desk.peer import RATES
from tests.benchmarks.desk.reading import Spread, spread
from tests.benchmarks.desk.replaying import replay_figures
from tests.benchmarks.desk.start_up import ratios, start_up_figures
from tests.benchmarks.desk.terminal import RecordedTerminal, processor_seconds
from tests.paths import ROOT

Figures = dict[str, list[float]]
"""By what was measured: its value in each round."""


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
    parser.add_argument("--replay", action="store_true", help="only a replay of 100,000 events")
    parser.add_argument("--hub", action="store_true", help="only a hub with the largest of --posts")
    parser.add_argument("--start-up", action="store_true", help="only how long programs take to their first frame")
    return parser.parse_args()


def figures_of(measured: Measured) -> dict[str, float]:
    """One run as a flat table."""
    flat: dict[str, float] = {"hub ready, s": measured.hub_ready_s, "first frame, s": max(measured.first_frame_s)}

    def add(title: str, found: Spread) -> None:
        flat[f"{title}, p50 ms"] = found.median
        flat[f"{title}, p99 ms"] = found.p99

    for key, found in measured.keys.items():
        add(f"key to screen, {key}", found)
    for post, found in measured.posts.items():
        add(f"post to screen, {post}", found)
    for part, percent in measured.processor.items():
        flat[f"desk's processor, {part}, %"] = percent
    for part, kilobytes in measured.output.items():
        flat[f"to the terminal, {part}, kB/s"] = kilobytes
    if measured.resize_ms:
        flat["resize, ms"] = statistics.median(measured.resize_ms)
    flat["desk's memory, MB"] = max(measured.desk_mb)
    if measured.calm_mb:
        flat["desk's memory when calm again, MB"] = max(measured.calm_mb)
    flat["posts lost or never shown, runs"] = float(not measured.whole)
    return flat


def desk_figures(checkout: Path, setting: Setting) -> dict[str, float]:
    """One run with the programs of this checkout."""
    return figures_of(Run(checkout, setting).measure())


def peer_figures(posts: int, stretches: Sequence[Stretch]) -> dict[str, float]:
    """The RichLog app at the same rates."""
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
    terminal = RecordedTerminal([sys.executable, "-m", "tests.benchmarks.desk.peer", str(posts)], env)
    keys = {rate: key for key, rate in RATES.items()}
    flat: dict[str, float] = {}
    echoes = 0
    dice = random.Random(7)
    try:
        assert terminal.wait_for(b"FILLED", 300) is not None, "the RichLog app was not filled"
        terminal.quiet(0.5, 10)
        for stretch in (Stretch(0, 5), *stretches):
            terminal.press(keys[stretch.rate].encode())
            time.sleep(0.5)
            taken, written, begun = processor_seconds(terminal.pid), terminal.written, time.monotonic()
            delays = []
            while time.monotonic() - begun < stretch.seconds:
                echoes += 1
                terminal.forget()
                at = terminal.press(b"k")
                shown = terminal.wait_for(f"K{echoes:05d}".encode(), 10)
                if shown is None:
                    break
                delays.append(shown - at)
                time.sleep(dice.uniform(0.1, 0.18))
            passed = time.monotonic() - begun
            part = f"{stretch.rate}/s" if stretch.rate else "idle"
            if found := spread(delays):
                flat[f"RichLog: key to screen, {part}, p50 ms"] = found.median
                flat[f"RichLog: key to screen, {part}, p99 ms"] = found.p99
            flat[f"RichLog: processor, {part}, %"] = (processor_seconds(terminal.pid) - taken) / passed * 100
            flat[f"RichLog: to the terminal, {part}, kB/s"] = (terminal.written - written) / passed / 1000
    finally:
        terminal.kill()
    return flat


def gather(rounds: Iterable[dict[str, float]]) -> Figures:
    """The rounds of one setting side by side."""
    figures: Figures = {}
    for flat in rounds:
        for title, value in flat.items():
            figures.setdefault(title, []).append(value)
    return figures


def show(title: str, columns: dict[str, Figures]) -> None:
    """Print one setting: the median of each figure, and least and most in brackets."""
    print(f"\n{title}; load {os.getloadavg()[0]:.1f}")
    print(f"{'':<46}" + "".join(f"{name:>28}" for name in columns))
    rows = dict.fromkeys(row for figures in columns.values() for row in figures)
    for row in rows:
        cells = []
        for figures in columns.values():
            values = figures.get(row)
            words = f"{statistics.median(values):,.1f} ({min(values):,.1f}-{max(values):,.1f})" if values else "-"
            cells.append(f"{words:>28}")
        print(f"{row:<46}{''.join(cells)}")


def main() -> None:
    """Measure and print."""
    chosen = arguments()
    stretches: list[Stretch] = []
    for written in chosen.rates:
        rate, _, seconds = written.partition(":")
        stretches += [Stretch(int(rate), float(seconds)), Stretch(0, 2)]
    checkouts = {"this": ROOT} | ({"other": chosen.also.resolve()} if chosen.also is not None else {})
    if chosen.start_up:
        figures = start_up_figures(checkouts, max(chosen.rounds, 5))
        show("Starting up", figures)
        print("\n".join(ratios(figures, statistics.median)))
        return
    if chosen.replay or chosen.hub:
        measure = replay_figures if chosen.replay else partial(hub_figures, posts=max(chosen.posts))
        title = "Replay of 100,000 events" if chosen.replay else f"A hub with {max(chosen.posts):,} posts"
        found: dict[str, list[dict[str, float]]] = {name: [] for name in checkouts}
        for _ in range(chosen.rounds):
            for name, folder in checkouts.items():
                found[name].append(measure(folder))
        show(f"{title}, {chosen.rounds} rounds", {name: gather(each) for name, each in found.items()})
        return
    for posts in chosen.posts:
        silence = 26.0 if posts < 50_000 else 40.0
        for people in chosen.people:
            for desks in chosen.desks:
                setting = Setting(posts, people, desks, tuple(stretches), silence, chosen.calm)
                rounds: dict[str, list[dict[str, float]]] = {name: [] for name in checkouts}
                turns: dict[str, Callable[[], dict[str, float]]] = {
                    name: partial(desk_figures, folder, setting) for name, folder in checkouts.items()
                }
                if not chosen.no_peer:
                    rounds["RichLog"] = []
                    turns["RichLog"] = partial(peer_figures, posts, [one for one in stretches if one.rate])
                for _ in range(chosen.rounds):
                    for name, turn in turns.items():
                        rounds[name].append(turn())
                title = f"{posts:,} posts present, {people:,} people, {desks} desk{'s' if desks > 1 else ''}"
                show(f"{title}, {chosen.rounds} rounds", {name: gather(each) for name, each in rounds.items()})


if __name__ == "__main__":
    main()
