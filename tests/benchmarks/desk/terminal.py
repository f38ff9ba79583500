"""Programs whose output is kept with the moment at which each piece of it came, so that nothing is read meanwhile."""

import contextlib
import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

COLUMNS, ROWS = 120, 40
TAIL = 300_000
"""Bytes of the latest output in which `wait_for` looks."""


class RecordedTerminal:
    """A program in a pseudo-terminal. `chunks` are all pieces of its output with their times (monotonic seconds)."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self.chunks: list[tuple[float, bytes]] = []
        self.written = 0
        self._tail = b""
        self._more = threading.Condition()
        self._open = True
        self.started = time.monotonic()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], list(argv), dict(env))
        self.resize(COLUMNS)
        threading.Thread(target=self._read, daemon=True).start()

    def resize(self, columns: int) -> float:
        """Give the window so many columns; when that was."""
        at = time.monotonic()
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        return at

    def press(self, key: bytes) -> float:
        """Send what a terminal sends for a key; when that was."""
        at = time.monotonic()
        os.write(self._fd, key)
        return at

    def wait_for(self, wanted: bytes, within: float) -> float | None:
        """When the latest output had this in it; None if it did not come."""
        deadline = time.monotonic() + within
        with self._more:
            while wanted not in self._tail:
                left = deadline - time.monotonic()
                if left <= 0 or not self._open:
                    return None
                self._more.wait(left)
            return self.chunks[-1][0]

    def forget(self) -> None:
        """Look only at what comes from now on."""
        with self._more:
            self._tail = b""

    def quiet(self, silence: float, within: float, since: float = 0.0) -> float:
        """When the last piece came before `silence` seconds without any; at the latest after `within` seconds."""
        deadline = time.monotonic() + within
        with self._more:
            while True:
                last = self.chunks[-1][0] if self.chunks else self.started
                now = time.monotonic()
                if now >= deadline or not self._open or (last >= since and now - last >= silence):
                    return last
                self._more.wait(min(silence, deadline - now))

    def kill(self) -> None:
        """End the program at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                data = b""
            at = time.monotonic()
            with self._more:
                if data:
                    self.chunks.append((at, data))
                    self.written += len(data)
                    self._tail = (self._tail + data)[-TAIL:]
                self._open = bool(data)
                self._more.notify_all()
            if not data:
                os.close(self._fd)
                return


class Hub:
    """`lunchroom serve` on a plan and a practice file."""

    def __init__(self, program: str, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            [program, "serve", *argv, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(env)
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the hub did not start"
        self.ready = time.monotonic()
        told = json.loads(line)
        self.file = Path(told["file"])
        self.url: str = told["url"]
        self.token: str = told["token"]
        self.invite = f"lunchroom://{self.url.removeprefix('http://')}#{self.token}"
        self.pid = self._process.pid

    def stop(self, within: float = 30.0) -> float | None:
        """Ask it to end as a shell does; the seconds that it took, None if it had to be killed."""
        begun = time.monotonic()
        self._process.terminate()
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return None
        return time.monotonic() - begun


def processor_seconds(pid: int) -> float:
    """What a running program has taken of the processor so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int) -> float:
    """The memory that a running program holds now."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024
