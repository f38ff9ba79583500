"""Forgets somebody and stops in the middle of the N-th replacement of a file, to be killed there.

Run as `python -m tests.sessions.library.forget_child FOLDER HANDLE N`.
"""

import os
import sys
import threading
from pathlib import Path

from sessions.files.disk import Disk
from sessions.library.erasure import forget


class StoppingDisk(Disk):
    """Stops for good when the N-th file is about to be replaced, and says so."""

    def __init__(self, stop_at: int) -> None:
        self._left = stop_at

    def replace(self, source: Path, target: Path) -> None:
        if target.name.startswith("20"):
            self._left -= 1
        if self._left == 0:
            os.write(1, b"stopped\n")
            threading.Event().wait()
        super().replace(source, target)


if __name__ == "__main__":
    forget([Path(sys.argv[1])], sys.argv[2], StoppingDisk(int(sys.argv[3])))
