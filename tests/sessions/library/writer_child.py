"""A writer to be killed: commits batches and tells each, by itself on standard output, once it is acknowledged.

Run as `python -m tests.sessions.library.writer_child FILE SEED synced|written|asked`; with `asked` it writes a batch
for each line on its standard input and ends with that.
"""

import os
import random
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from sessions.core.events import NoteAdded
from sessions.library.storage.session_file import SessionFile
from tests.sessions.library.building import last_seq


def write_and_send(path: Path, seed: int, how: str, to: Connection) -> None:
    """The same in a process that was forked, which costs no start."""
    main(path, seed, how, to.send_bytes)


def main(path: Path, seed: int, how: str, tell: Callable[[bytes], object]) -> None:
    """Write until killed or out of questions; batches are of 1 to 400 events of 0 to 4,000 characters."""
    choose = random.Random(seed)
    with SessionFile.open(path) as file:
        while how != "asked" or sys.stdin.readline():
            first = last_seq(file) + 1
            length = choose.choice((0, 100, 4_000))
            size = choose.choice((1, 1, 3, 20, 400 if length < 4_000 else 100))
            text = "é" * length
            events = [
                NoteAdded(seq=seq, at=seq, by="Ana", command=None, text=text) for seq in range(first, first + size)
            ]
            if how == "synced":
                file.commit(events)
            else:
                file.append(events)
            tell(b"%d\n" % last_seq(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], lambda words: os.write(1, words))
