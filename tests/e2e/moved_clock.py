"""`lunchroom` on a computer whose clock a test moves: `python tests/e2e/moved_clock.py ARGV`.

The file that `CLOCK` names holds by how many milliseconds its clock is ahead of this one's, as eight bytes. Programs
that it starts, such as a hub, have the same clock. It runs on as ever; what is measured in between is not moved.
"""

import mmap
import os
import struct
import sys
import time
from pathlib import Path

CLOCK = "LUNCHROOM_TEST_CLOCK"

_AHEAD = struct.Struct("<q")


def set_ahead(clock: Path, milliseconds: int) -> None:
    """Let the clock be so far ahead, also in programs that run."""
    mode = "r+b" if clock.exists() else "wb"
    with clock.open(mode) as file:
        file.write(_AHEAD.pack(milliseconds))


def main() -> None:
    """Run the program."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    with Path(os.environ[CLOCK]).open("rb") as file:
        ahead = mmap.mmap(file.fileno(), _AHEAD.size, access=mmap.ACCESS_READ)
    seconds, nanoseconds = time.time, time.time_ns

    def ahead_ms() -> int:
        (moved,) = _AHEAD.unpack_from(ahead)
        return int(moved)

    time.time = lambda: seconds() + ahead_ms() / 1000
    time.time_ns = lambda: nanoseconds() + ahead_ms() * 1_000_000

    from tui.cli import main as lunchroom  # only now, so that everything takes this clock

    lunchroom()


if __name__ == "__main__":
    main()
