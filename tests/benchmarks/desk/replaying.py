"""`lunchroom replay` of a long chat in a real terminal: to its first frame, and from a key to all that it changed."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from sessions.library.storage.session_file import SessionFile
from tests.benchmarks.desk.reading import spread
from tests.benchmarks.desk.terminal import RecordedTerminal
from tests.benchmarks.replay import START, a_session, a_session_plan
from tests.e2e.terminal import home

EVENTS = 100_000
SILENCE = 0.1
"""Seconds without a byte after which a jump counts as painted; they are not part of what is told."""

JUMPS = {
    "a jump to a question": (b"]", b"]", b"]", b"[", b"[", b"]", b"[", b"[") * 3,
    "10 s on or back": (b"\x1b[C", b"\x1b[C", b"\x1b[D") * 7,
    "to a newcomer or star": (b"}",) * 20,
}


def replay_figures(checkout: Path) -> dict[str, float]:
    """One replay with the program of this checkout."""
    flat: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="replay-benchmark-") as folder:
        with SessionFile.create(Path(folder), a_session_plan(), started=START) as file:
            file.commit(a_session(EVENTS))
            path = file.path
        program = str(checkout / ".venv" / "bin" / "lunchroom")
        terminal = RecordedTerminal([program, "replay", str(path)], home(Path(folder) / "home", os.environ))
        try:
            playing = terminal.wait_for(b"playing", 60)
            assert playing is not None, "the replay did not open"
            flat["open to the first frame, s"] = playing - terminal.started
            terminal.press(b" ")
            terminal.quiet(0.5, 10)
            for title, keys in JUMPS.items():
                painted = []
                for key in keys:
                    time.sleep(0.25)
                    at = terminal.press(key)
                    painted.append(terminal.quiet(SILENCE, 5, since=at) - at)
                found = spread(painted)
                assert found is not None
                flat[f"{title}, p50 ms"] = found.median
                flat[f"{title}, p95 ms"] = statistics.quantiles(painted, n=20, method="inclusive")[-1] * 1000
        finally:
            terminal.kill()
    return flat
