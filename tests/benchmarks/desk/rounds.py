"""Rounds of measuring: one program after the other, in turn, so that what else the machine does falls on all alike."""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.desk.chat_file import Stretch
from tests.benchmarks.desk.load import Measured, Run, Setting
from tests.benchmarks.desk.peer import RATES
from tests.benchmarks.desk.reading import Spread, spread
from tests.benchmarks.desk.terminal import RecordedTerminal, processor_seconds
from tests.paths import ROOT

PEER = "RichLog"
"""The peer's column."""

Figures = dict[str, list[float]]
"""By what was measured: its value in each round."""


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


def measure(setting: Setting, checkouts: Mapping[str, Path], rounds: int, *, peer: bool = True) -> dict[str, Figures]:
    """So many rounds of one setting, by the name of a checkout, and of the RichLog app."""
    turns: dict[str, Callable[[], dict[str, float]]] = {
        name: partial(desk_figures, folder, setting) for name, folder in checkouts.items()
    }
    if peer:
        turns[PEER] = partial(peer_figures, setting.posts, [one for one in setting.stretches if one.rate])
    return in_turn(turns, rounds)


def in_turn(turns: Mapping[str, Callable[[], dict[str, float]]], rounds: int) -> dict[str, Figures]:
    """What each of them measures in so many rounds."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in turns}
    for _ in range(rounds):
        for name, turn in turns.items():
            found[name].append(turn())
    return {name: gather(each) for name, each in found.items()}


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
