"""A real terminal: a program in a pseudo-terminal, and the screen that a person would see."""

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

from tests.waiting import PATIENCE
from tui.shell.kept.remembered import NAME
from tui.widgets.pace import BURST

LUNCHROOM = (sys.executable, "-m", "tui")
"""The program of this checkout."""

_PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-ln-zA-Z]|\x1b\[\?[0-9;$]*[a-z]|\x1bP[^\x1b]*\x1b\\")
"""What Textual asks of newer terminals (keyboard protocol, synchronised output) and pyte would print."""

_SIZES = ("COLUMNS", "LINES")
"""What pytest-xdist tells its workers, and what Textual believes before the terminal's own size."""


class Terminal:
    """`lunchroom ARGV` in a pseudo-terminal of its own."""

    def __init__(
        self,
        argv: list[str],
        env: Mapping[str, str],
        *,
        columns: int = 120,
        rows: int = 36,
        program: Sequence[str] = LUNCHROOM,
    ) -> None:
        self.child = pexpect.spawn(
            program[0], [*program[1:], *argv], env=_of_no_size(env), dimensions=(rows, columns), timeout=PATIENCE
        )
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._held = b""
        self._pressed_at = 0.0

    @property
    def lines(self) -> list[str]:
        """The screen as it is, a string a row."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.lines)

    def press(self, *keys: str) -> None:
        """Press keys, given as what the terminal sends for them, no closer upon another than a hand that commands.

        The program takes keys that come faster for typing, and those behind one that closes a dialog for stray.
        """
        for key in keys:
            time.sleep(max(0.0, self._pressed_at + 2 * BURST - time.monotonic()))
            self.child.send(key)
            self._pressed_at = time.monotonic()

    def wait_for(self, wanted: str | Callable[[str], bool], within: float = PATIENCE) -> float:
        """Read until the screen shows `wanted`; the seconds that it took. Fails with the screen as it was."""
        shows = wanted if callable(wanted) else lambda text: wanted in text
        begun = time.monotonic()
        while not shows(self.text):
            passed = time.monotonic() - begun
            assert passed < within, f"not on the screen after {within} s: {wanted}\n{self.text}"
            assert self._read(min(1.0, within - passed)), f"ended without: {wanted}\n{self.text}"
        return time.monotonic() - begun

    def wait_for_end(self, within: float = PATIENCE) -> int:
        """Read until the program ends; its exit code."""
        deadline = time.monotonic() + within
        while self._read(0.5):
            assert time.monotonic() < deadline, f"still there\n{self.text}"
        self.child.wait()  # its end of the terminal closes before it has ended, and close() would kill it then
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -(self.child.signalstatus or 0)

    def close(self) -> None:
        """Close the terminal under the program, as when its window is closed; on return the program has ended."""
        with contextlib.suppress(pexpect.ExceptionPexpect):  # it was killed, and takes longer to go than pexpect waits
            self.child.close(force=True)
        if self.child.isalive():
            self.child.wait()

    def _read(self, timeout: float) -> bool:
        """Feed the screen with what has come; whether the program still runs."""
        try:
            data = self._held + self.child.read_nonblocking(65536, timeout)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        cut = data.rfind(b"\x1b") if b"\x1b" in data[-32:] else len(data)
        whole = len(data) if re.search(rb"[a-zA-Z~\\]", data[cut + 2 :]) else cut
        self._held = data[whole:]
        self._stream.feed(_PRIVATE.sub(b"", data[:whole]))
        return True


def shows(pattern: str) -> Callable[[str], bool]:
    """Whether a line of the screen has this."""
    return lambda text: re.search(pattern, text) is not None


def lunchroom(
    env: Mapping[str, str], *argv: str, program: Sequence[str] = LUNCHROOM
) -> subprocess.CompletedProcess[str]:
    """What `lunchroom ARGV` gives without a terminal."""
    return subprocess.run([*program, *argv], env=env, capture_output=True, text=True, check=False, timeout=PATIENCE)


def _of_no_size(env: Mapping[str, str]) -> dict[str, str]:
    """The environment in which the terminal itself says how large it is."""
    return {name: value for name, value in env.items() if name not in _SIZES}


def knows_desks(config: Path) -> None:
    """Remember in the folder of a config that somebody was told what a desk is."""
    config.mkdir(parents=True, exist_ok=True)
    (config / NAME).write_text('{"first_run": {"shown": true}}', encoding="utf-8")


def home(folder: Path, base: Mapping[str, str]) -> dict[str, str]:
    """The environment of a person with a home of their own, who sat at a desk before."""
    knows_desks(folder / "lunchroom")
    paths = dict.fromkeys(
        ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"), str(folder)
    )
    own = {"LUNCHROOM_LIBRARY": str(folder / "chats"), "LUNCHROOM_RUNTIME": str(folder / "run")}
    return {**_of_no_size(base), **paths, **own, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
