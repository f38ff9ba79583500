"""Lines in and out. A thread reads, so that nothing waits for who types; no byte that goes out steers a terminal."""

import asyncio
import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TextIO

from tui.text.outside import clean_line
from tui.text.taming import DRAWN

Complete = Callable[[str], Sequence[str]]
"""What the line so far may become: whole last words."""


class Lines(Protocol):
    """Where lines come from and go to."""

    @property
    def is_typed(self) -> bool:
        """Whether somebody types them, and not a script."""

    def put(self, words: str) -> None:
        """Write a line. Raises `OSError` where nobody reads any more."""

    async def line(self) -> str | None:
        """The next line without its end; None at the end of the input."""


class Terminal:
    """Standard input and output, or others for tests. `complete` is asked in the thread that reads."""

    def __init__(self, stdin: TextIO | None = None, stdout: TextIO | None = None) -> None:
        self._in = sys.stdin if stdin is None else stdin
        self._out = sys.stdout if stdout is None else stdout
        self.is_typed = all(stream is not None and stream.isatty() for stream in (self._in, self._out))
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._readline: Any = None
        self._modes: Any = None

    async def run(self, work: Callable[[], Awaitable[str]], complete: Complete, leave: Callable[[], None]) -> str:
        """Read lines until the work is over; Ctrl+C leaves. The result is that of the work."""
        self._start(complete)
        before = signal.signal(signal.SIGINT, _calling(leave))
        try:
            return await work()
        finally:
            signal.signal(signal.SIGINT, before)
            self._stop()

    def _start(self, complete: Complete) -> None:
        if self.is_typed:
            self._readline = _prepared(complete)
            self._modes = _modes()
        threading.Thread(target=self._read, args=(asyncio.get_running_loop(),), name="lines", daemon=True).start()

    def _stop(self) -> None:
        """Leave the terminal as it was: while a line is edited it is in a mode of its own."""
        if self._modes is not None:
            import termios

            with contextlib.suppress(OSError, termios.error):
                termios.tcsetattr(0, termios.TCSADRAIN, self._modes)

    def put(self, words: str) -> None:
        """Write a line; what is being typed stands behind it again."""
        if self._out is None:
            return
        encoding = self._out.encoding or "utf-8"
        line = clean_line(words).encode(encoding, errors=DRAWN).decode(encoding)
        typed = "" if self._readline is None else self._readline.get_line_buffer()
        if typed:
            self._out.write(f"\r{line:<{len(typed)}}\n{typed}")
        else:
            self._out.write(f"{line}\n")
        self._out.flush()

    async def line(self) -> str | None:
        """The next line; None at the end."""
        return await self._queue.get()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        read = input if self.is_typed else _from_pipe(self._in)
        while True:
            try:
                line: str | None = read()
            except (EOFError, OSError, ValueError):
                line = None
            except KeyboardInterrupt:  # told in the main thread
                return
            with contextlib.suppress(RuntimeError):  # the loop is over
                loop.call_soon_threadsafe(self._queue.put_nowait, line)
            if line is None:
                return


def _calling(leave: Callable[[], None]) -> Callable[[int, object], object]:
    """What to do at a signal, in the loop, which it wakes."""
    loop = asyncio.get_running_loop()
    return lambda _signal, _frame: loop.call_soon_threadsafe(leave)


def _from_pipe(stream: TextIO | None) -> Callable[[], str]:
    """Reads lines past Python's own buffer, whose lock a thread that still waits at the end would keep."""
    if stream is None:
        return _nothing
    try:
        number = stream.fileno()
    except (OSError, io.UnsupportedOperation):
        return lambda: _with_end(stream.readline())
    encoding, rest, ended = stream.encoding or "utf-8", bytearray(), False

    def read() -> str:
        nonlocal ended
        while b"\n" not in rest and not ended:
            piece = os.read(number, 65536)
            ended = not piece
            rest.extend(piece)
        if not rest:
            raise EOFError
        line, _, after = bytes(rest).partition(b"\n")
        rest[:] = after
        return line.decode(encoding, errors="replace").rstrip("\r")

    return read


def _with_end(line: str) -> str:
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _nothing() -> str:
    raise EOFError


def _modes() -> Any:
    """How the terminal is set, None where that cannot be asked."""
    try:
        import termios
    except ImportError:  # Windows
        return None
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _prepared(complete: Complete) -> Any:
    """Python's line editor with our completion, which sends no escape codes; None where there is none (Windows)."""
    os.environ["TERM"] = "dumb"  # before it looks which terminal this is
    try:
        import readline
    except ImportError:
        return None
    found: list[str] = []

    def completer(_text: str, place: int) -> str | None:
        if place == 0:
            try:
                found[:] = complete(readline.get_line_buffer()[: readline.get_endidx()])
            except RuntimeError:  # the chat changed meanwhile: the next tab finds it
                found.clear()
        return found[place] if place < len(found) else None

    readline.set_completer_delims(" \t\n")
    readline.set_completer(completer)
    editline = "libedit" in (readline.__doc__ or "")  # macOS
    readline.parse_and_bind("bind ^I rl_complete" if editline else "tab: complete")  # words: readline's
    if not editline:
        readline.parse_and_bind("set enable-bracketed-paste off")  # words: readline's
        readline.parse_and_bind("set bell-style none")  # words: readline's
    return readline
