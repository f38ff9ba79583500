"""Starts a hub that outlives the terminal it was started from."""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from sessions.core.decoding import Unreadable, read_json
from sessions.hub.process.program import Program
from sessions.hub.process.ready import HubError, Ready
from sessions.hub.process.runtime import make_runtime_folder

START_WITHIN = 30.0
"""Seconds that a hub may take until it is ready; a large library on a slow disk is read meanwhile."""

LOGS_KEPT = 30 * 24 * 3600
"""Seconds after which the log of an earlier hub is deleted."""

_LONGEST_LINE = 65536


class Starting:
    """A hub that was started; `ready` waits for it. `log` is where its messages go."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path, within: float) -> None:
        self._process = process
        self._log = log
        self._within = within

    def ready(self) -> Ready:
        """Return once it is ready; blocks. Raises `HubError` with the hub's own last line where it ends before that
        (with its `exit_code`), or where it is not ready in time."""
        process, log = self._process, self._log
        line = _first_line(process, self._within)
        if line is None:
            process.kill()
            process.wait()
            raise HubError(f"The chat was not ready within {self._within:.0f} seconds. {log} may tell why.")
        try:
            return read_json(line, Ready)
        except Unreadable:
            code = _ended(process)
        raise HubError(_last_line(log) or f"The chat could not be started. {log} may tell why.", code or 1)


def start_detached(program: Program, argv: Sequence[str], *, within: float = START_WITHIN) -> Ready:
    """Start `program` with these arguments (`serve --json ...`) in the background and return once it is ready.

    As `begin_detached` and `Starting.ready`; blocks.
    """
    return begin_detached(program, argv, within=within).ready()


def begin_detached(program: Program, argv: Sequence[str], *, within: float = START_WITHIN) -> Starting:
    """Start `program` with these arguments (`serve --json ...`) in the background, and do not wait for it.

    It has no terminal, so that closing one does not end it; its messages go to a log in the runtime folder. It may take
    `within` seconds. Raises `StorageError` where the log cannot be. Detaching on Windows has not been run there.
    """
    log = _new_log()
    with log.open("wb") as messages:
        process = subprocess.Popen(  # noqa: S603 - our own program, arguments as a list
            [*program.command, *argv],
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=messages,
            **_detached(),
        )
    return Starting(process, log, within)


def _ended(process: "subprocess.Popen[bytes]") -> int:
    """The exit code of a process that printed something else than it should, or nothing."""
    try:
        return process.wait(timeout=5.0)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _detached() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _first_line(process: "subprocess.Popen[bytes]", within: float) -> bytes | None:
    """The first line the process prints, empty where it ends without one; None where that takes too long.

    Reads in a thread: pipes of Windows cannot be waited for.
    """
    assert process.stdout is not None
    lines: Queue[bytes] = Queue()
    pipe = process.stdout

    def read() -> None:
        with pipe:
            lines.put(pipe.readline(_LONGEST_LINE))

    threading.Thread(target=read, daemon=True).start()
    try:
        return lines.get(timeout=within)
    except Empty:
        return None


def _new_log() -> Path:
    folder = make_runtime_folder() / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob("*.log"):
        with suppress(OSError):  # another hub may have deleted it, or have it open (Windows)
            if time.time() - old.stat().st_mtime > LOGS_KEPT:
                old.unlink()
    log = folder / f"hub-{secrets.token_hex(6)}.log"
    os.close(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return log


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return "".join(letter for letter in lines[-1] if letter.isprintable())[:500] if lines else ""
