"""How long programs take to their first frame, or to their end, beside an empty Textual app's first frame.

Everything is started in turn and in another order each round, so that what else the machine does falls on all alike.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.desk.chat_file import PLAN, write_chat
from tests.benchmarks.desk.empty_app import READY
from tests.benchmarks.desk.terminal import Hub, RecordedTerminal, processor_seconds
from tests.e2e.terminal import home
from tests.paths import ROOT

EMPTY = "empty app"
"""The peer by its name in the table."""

POSTS, PEOPLE = 100, 40
_CLOCK, _PROCESSOR = "ms", "ms of the processor"


class Took(NamedTuple):
    """Milliseconds by the clock on the wall and of the processor."""

    wall: float
    processor: float


def to_frame(argv: Sequence[str], wanted: bytes, env: Mapping[str, str]) -> Took:
    """What it takes from the start until the terminal was sent this."""
    terminal = RecordedTerminal(argv, env)
    try:
        shown = terminal.wait_for(wanted, 60)
        assert shown is not None, f"{' '.join(argv)} did not show {wanted!r}"
        return Took((shown - terminal.started) * 1000, processor_seconds(terminal.pid) * 1000)
    finally:
        terminal.kill()


def to_end(argv: Sequence[str], env: Mapping[str, str]) -> Took:
    """What it takes from the start to the end, with its output thrown away."""
    begun = time.monotonic()
    with Path(os.devnull).open("wb") as nowhere:
        silent = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1), (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2)]
        pid = os.posix_spawn(argv[0], list(argv), dict(env), file_actions=silent)
        _, _, usage = os.wait4(pid, 0)
    return Took((time.monotonic() - begun) * 1000, (usage.ru_utime + usage.ru_stime) * 1000)


def start_up_figures(checkouts: Mapping[str, Path], rounds: int) -> dict[str, dict[str, list[float]]]:
    """By the name of a checkout: each figure in each round. The empty app has a column of its own."""
    figures: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory(prefix="start-up-") as folder:
        hubs = [_hub(folder, name, checkout) for name, checkout in checkouts.items()]
        try:
            turns: list[tuple[str, str, Callable[[], Took]]] = []
            for (name, checkout), (_, env) in zip(checkouts.items(), hubs, strict=True):
                turns += [(name, title, turn) for title, turn in _turns(checkout, env).items()]
            peer = [sys.executable, "-m", "tests.benchmarks.desk.empty_app"]
            env = hubs[0][1] | {"PYTHONPATH": str(ROOT)}
            turns.append((EMPTY, "first frame", partial(to_frame, peer, READY.encode(), env)))
            for _ in range(rounds):
                for name, title, turn in random.sample(turns, len(turns)):
                    took = turn()
                    column = figures.setdefault(name, {})
                    column.setdefault(f"{title}, {_CLOCK}", []).append(took.wall)
                    column.setdefault(f"{title}, {_PROCESSOR}", []).append(took.processor)
        finally:
            for hub, _ in hubs:
                hub.stop()
    return figures


def _hub(folder: str, name: str, checkout: Path) -> tuple[Hub, dict[str, str]]:
    base = Path(folder) / name
    base.mkdir()
    chat, plan = base / "chat.jsonl", base / "plan.toml"
    write_chat(chat, POSTS, PEOPLE, 0.0, ())
    plan.write_text(PLAN, encoding="utf-8")
    # A program of a user is compiled once, at its first start or when it is installed.
    env = home(base / "home", {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"})
    return Hub(_program(checkout), [str(plan), "--source", f"practice:{chat}"], env), env


def _program(checkout: Path) -> str:
    return str(checkout / ".venv" / "bin" / "lunchroom")


def _turns(checkout: Path, env: Mapping[str, str]) -> dict[str, Callable[[], Took]]:
    lunchroom = _program(checkout)
    join = [lunchroom, "join", "--name", "Ana"]
    return {
        "first frame": partial(to_frame, join, b"Answers", env),
        f"{POSTS} posts shown": partial(to_frame, join, b"k%07d" % (POSTS - 1), env),
        "--help": partial(to_end, [lunchroom, "--help"], env),
        "sessions": partial(to_end, [lunchroom, "sessions"], env),
    }


def ratios(figures: Mapping[str, Mapping[str, list[float]]], median: Callable[[Sequence[float]], float]) -> list[str]:
    """A line for each figure of a checkout: how many times the empty app's first frame it is."""
    lines = []
    for name, column in figures.items():
        for title, values in column.items():
            kind = _PROCESSOR if title.endswith(_PROCESSOR) else _CLOCK
            if name != EMPTY:
                least = median(figures[EMPTY][f"first frame, {kind}"])
                lines.append(f"{name}: {title} / empty app's first frame: {median(values) / least:.2f}")
    return lines
