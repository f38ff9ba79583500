"""A writer killed at any moment loses nothing that it acknowledged."""

import contextlib
import json
import multiprocessing
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from sessions.library.storage.mending import Repair
from sessions.library.storage.session_file import SessionFile
from tests.sessions.library.building import new_file, seqs, stock_events
from tests.sessions.library.writer_child import write_and_send

KILLS = 100

FORKS = "forkserver" in multiprocessing.get_all_start_methods()
WRITERS = multiprocessing.get_context("forkserver" if FORKS else "spawn")
"""Writers are forked of a process that has everything loaded, where that can be."""


class Life(NamedTuple):
    acknowledged: int
    readable_before: bool
    repair: Repair | None
    events: list[int]


def live_and_die(folder: Path, seed: int) -> Life:
    """One writer from its start to its death, and what is found after it."""
    choose = random.Random(seed)
    with new_file(folder) as file:
        pass
    how = choose.choice(("synced", "written"))
    heard, telling = WRITERS.Pipe(duplex=False)
    child = WRITERS.Process(target=write_and_send, args=(file.path, seed, how, telling))
    child.start()
    telling.close()
    with heard:
        told = [heard.recv_bytes() for _ in range(choose.randint(1, 20))]
        threading.Timer(choose.uniform(0, 0.01), child.kill).start()
        with contextlib.suppress(EOFError):
            while True:
                told.append(heard.recv_bytes())
    child.join()
    assert child.exitcode != 0
    acknowledged = int(told[-1])
    readable = False
    with contextlib.suppress(json.JSONDecodeError):
        stock_events(file.path)
        readable = True
    with SessionFile.open(file.path) as again:
        return Life(acknowledged, readable, again.repair, seqs(stock_events(file.path)))


@pytest.mark.timeout(120)
def test_a_hundred_kills_lose_no_acknowledged_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if FORKS:
        WRITERS.set_forkserver_preload([write_and_send.__module__])
    folders = [tmp_path / str(number) for number in range(KILLS)]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(2) as pool:
        lives = list(pool.map(live_and_die, folders, range(KILLS)))
    for life in lives:
        assert life.events == list(range(1, len(life.events) + 1))
        assert len(life.events) >= life.acknowledged
        assert (life.repair is None) == life.readable_before
    readable = sum(life.readable_before for life in lives)
    with capsys.disabled():
        print(
            f"\n{KILLS} kills: {readable} files readable by stock TinyDB before the repair, {KILLS} after it; "
            f"{sum(life.acknowledged for life in lives)} events acknowledged, none lost"
        )
