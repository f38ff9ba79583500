"""All targets of the desk beside what is found: one setting, and others that differ from it in one thing each."""

import statistics
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.desk.chat_file import Stretch
from tests.benchmarks.desk.hub_work import hub_figures
from tests.benchmarks.desk.load import Setting
from tests.benchmarks.desk.replaying import replay_figures
from tests.benchmarks.desk.rounds import PEER, Figures, in_turn, measure, show
from tests.benchmarks.desk.start_up import EMPTY, start_up_figures

_BUSY = (Stretch(100, 10), Stretch(0, 2))
_ALL_RATES = (Stretch(10, 4), Stretch(0, 2), *_BUSY, Stretch(1000, 4), Stretch(0, 2))
_SILENCE, _LONG_SILENCE = 18.0, 32.0
"""Seconds that joining and the work without load take; with 100,000 posts joining takes longer."""

CENTRE, FEW, MANY, BESIDE, CROWD, THRONG = "centre", "few posts", "many posts", "two desks", "300 people", "12,500"

SETTINGS = {
    CENTRE: Setting(10_000, 60, 1, _ALL_RATES, _SILENCE),
    FEW: Setting(100, 60, 1, _BUSY, _SILENCE),
    MANY: Setting(100_000, 60, 1, _BUSY, _LONG_SILENCE),
    BESIDE: Setting(10_000, 60, 2, _BUSY, _SILENCE),
    CROWD: Setting(10_000, 300, 1, _BUSY, _SILENCE),
    THRONG: Setting(10_000, 12_500, 2, _BUSY, _SILENCE),
}
PEERED = (CENTRE, FEW, MANY)
"""The settings that are others for a RichLog, too."""

REPLAY, HUB, START = "replay", "hub", "start"
START_ROUNDS = 7
HUB_POSTS = 100_000


class Target(NamedTuple):
    """A line of the table: what it says, where its figure is, what the peer's is called, and what it should be."""

    words: str
    setting: str
    figure: str
    peer: str = ""
    wanted: str = ""


_MOVE, _POST = "key to screen, 100/s move", "post to screen, 100/s"
_PEER_MOVE = "RichLog: key to screen, 100/s"
TARGETS: Sequence[Target] = (
    *(
        Target(f"key to screen at 100/s, {name}, {of} ms", name, f"{_MOVE}, {of} ms", f"{_PEER_MOVE}, {of} ms", wanted)
        for name in (MANY, CENTRE, FEW)
        for of, wanted in (("p50", "<= 12; few posts within 1.3 of the peer"), ("p99", "<= 50"))
    ),
    *(
        Target(f"post to desk {desk}, {name}, {of} ms", name, f"{_POST} desk {desk}, {of} ms", "", wanted)
        for name, desks in ((BESIDE, 2), (THRONG, 2), (CROWD, 1), (MANY, 1), (CENTRE, 1))
        for desk in range(1, desks + 1)
        for of, wanted in (("p50", "<= 25"), ("p99", "<= 70"))
    ),
    *(
        Target(
            f"processor at 100/s {what}, {name}, %",
            name,
            f"desk's processor, 100/s {what}, %",
            "RichLog: processor, 100/s, %",
            "<= 12, or a third of the peer's",
        )
        for name in (MANY, CENTRE)
        for what in ("reading", "following")
    ),
    *(
        Target(
            f"to the terminal at 100/s {what}, {name}, kB/s",
            name,
            f"to the terminal, 100/s {what}, kB/s",
            "RichLog: to the terminal, 100/s, kB/s",
            "<= 150",
        )
        for name in (MANY, CENTRE)
        for what in ("reading", "following")
    ),
    Target("resize, many posts, ms", MANY, "resize, ms", "", "<= 60"),
    Target("resize, centre, ms", CENTRE, "resize, ms", "", "<= 60"),
    Target("find, per letter, many posts, ms", MANY, "key to screen, idle find, p50 ms", "", "<= 50"),
    Target("key to screen, idle, centre, p50 ms", CENTRE, "key to screen, idle move, p50 ms"),
    Target("key to screen, idle, centre, p99 ms", CENTRE, "key to screen, idle move, p99 ms"),
    Target("key to screen at 10/s, centre, p99 ms", CENTRE, "key to screen, 10/s move, p99 ms"),
    Target("post to screen at 10/s, centre, p50 ms", CENTRE, "post to screen, 10/s desk 1, p50 ms"),
    Target("key to screen at 1,000/s, centre, p99 ms", CENTRE, "key to screen, 1000/s move, p99 ms", "", "<= 150"),
    Target("posts lost, centre, runs", CENTRE, "posts lost or never shown, runs", "", "0"),
    Target("posts lost, 12,500 people, runs", THRONG, "posts lost or never shown, runs", "", "0"),
    Target("replay: jump to a question, p95 ms", REPLAY, "a jump to a question, p95 ms", "", "<= 50"),
    Target("replay: open to the first frame, s", REPLAY, "open to the first frame, s", "", "<= 1.5"),
    Target("hub of 100,000 posts: answers after, s", HUB, "answers after, s", "", "<= 2"),
    Target("hub of 100,000 posts: stops when told, s", HUB, "stops when told while it reads, s", "", "<= 2"),
    Target("hub: first post after a resume, ms", HUB, "first post after a resume, ms", "", "<= 50"),
)
STARTS = (("first frame", "<= 2.0"), ("--help", "<= 0.35"))


def print_table(checkouts: Mapping[str, Path], rounds: int) -> None:
    """Measure all settings, print each, and then the table; at least six minutes a round, ten with another checkout."""
    begun = time.monotonic()
    found: dict[str, dict[str, Figures]] = {}
    for name, setting in SETTINGS.items():
        found[name] = measure(setting, checkouts, rounds, peer=name in PEERED)
        show(f"{name}: {setting.words}, {rounds} rounds", found[name])
    found[REPLAY] = in_turn({name: partial(replay_figures, folder) for name, folder in checkouts.items()}, rounds)
    show(f"Replay of 100,000 events, {rounds} rounds", found[REPLAY])
    hubs = {name: partial(hub_figures, folder, posts=HUB_POSTS) for name, folder in checkouts.items()}
    found[HUB] = in_turn(hubs, rounds)
    show(f"A hub with {HUB_POSTS:,} posts, {rounds} rounds", found[HUB])
    found[START] = start_up_figures(checkouts, START_ROUNDS)
    show(f"Starting up, {START_ROUNDS} rounds", found[START])
    print(f"\nAll of it: {(time.monotonic() - begun) / 60:.0f} minutes\n")
    _print(found, [*checkouts])


def _print(found: Mapping[str, Mapping[str, Figures]], checkouts: Sequence[str]) -> None:
    print(
        f"{'what, medians (least to most)':<58}" + "".join(f"{name:>26}" for name in (*checkouts, PEER)) + "   target"
    )
    for target in TARGETS:
        columns = found[target.setting]
        cells = [_cell(columns[name].get(target.figure)) for name in checkouts]
        cells.append(_cell(columns.get(PEER, {}).get(target.peer)))
        print(f"{target.words:<58}" + "".join(f"{cell:>26}" for cell in cells) + f"   {target.wanted}")
    for title, wanted in STARTS:
        for kind in ("ms", "ms of the processor"):
            least = statistics.median(found[START][EMPTY][f"first frame, {kind}"])
            cells = [f"{statistics.median(found[START][name][f'{title}, {kind}']) / least:.2f}" for name in checkouts]
            words = f"{title} / empty app's first frame, {kind}"
            print(f"{words:<58}" + "".join(f"{cell:>26}" for cell in (*cells, "1")) + f"   {wanted}")


def _cell(values: Sequence[float] | None) -> str:
    if not values:
        return "-"
    return f"{statistics.median(values):,.1f} ({min(values):,.1f}-{max(values):,.1f})"
