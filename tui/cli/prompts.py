"""The person at the terminal: whether one is there, and questions, which stand on stderr because stdout is for data."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Generator

import typer

from sessions.words import _
from tui.cli.output import Failure, say, write
from tui.text.browser import in_browser
from tui.text.letters import draw_what_it_can, terminal_lacks


def wants_plain(asked: bool) -> bool:
    """Whether a chat is in plain lines: where that is `asked` for, or no screen can be drawn on what there is."""
    if in_browser():
        return asked
    return asked or os.environ.get("TERM") == "dumb" or sys.stdout is None or not sys.stdout.isatty()


def need_terminal(what: str = _("A desk"), instead: str = _("`lunchroom serve` for the hub alone")) -> None:
    """Fail in words where `what` has no terminal to be on; they name what there is `instead`.

    One of few letters is said and drawn on as well as can be.
    """
    if not in_browser() and not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise Failure(
            _("{what} needs a terminal: run this in a terminal window, or {instead}.").format(
                what=what, instead=instead
            )
        )
    if lacking := terminal_lacks():
        say(lacking)
        draw_what_it_can()


def ask(question: str, unanswered: str) -> str:
    """What is typed at the question.

    Where the input is at its end and no terminal, so that nobody can answer, it fails with the words `unanswered`.
    """
    try:
        with _interruptible():
            if sys.stderr is not None:
                write(sys.stderr, f"{question}: ")
            line = _line()
    except KeyboardInterrupt:
        raise typer.Abort from None
    if line:
        return line.strip()
    if sys.stdin is not None and sys.stdin.isatty():  # Ctrl+D, or Ctrl+Z on Windows
        raise typer.Abort
    say("")
    raise Failure(unanswered, 2)


def _line() -> str:
    """The next line with its end; on a pipe no byte more is taken, since what follows may be for who reads next."""
    if sys.stdin is None:
        return ""
    try:
        number = sys.stdin.fileno()
    except (OSError, ValueError):
        return sys.stdin.readline()
    if sys.stdin.isatty():
        return sys.stdin.readline()
    line = bytearray()
    while not line.endswith(b"\n") and (byte := os.read(number, 1)):
        line += byte
    return line.decode(sys.stdin.encoding or "utf-8", errors="replace")


@contextlib.contextmanager
def _interruptible() -> Generator[None, None, None]:
    """Let Ctrl+C end the reading at once: under an event loop it would only be heard once Enter was pressed, too."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before in (None, signal.SIG_IGN):
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def confirm(question: str, unanswered: str, *, default: bool = False) -> bool:
    """Whether yes is typed at the question, or Enter where that is the `default`; fails as `ask` does."""
    choice = "[Y/n]" if default else "[y/N]"
    while True:
        typed = ask(f"{question} {choice}", unanswered).casefold()
        if typed in ("", "y", "yes", "n", "no"):
            return typed.startswith("y") if typed else default
        say(_("Type y or n."))
