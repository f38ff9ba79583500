"""Questions to the person at the terminal, which stand on stderr as every message does: stdout is for data."""

import sys

import typer

from tui.cli.saying import Failure, say


def ask(question: str, unanswered: str) -> str:
    """What is typed at the question.

    Where the input is at its end and no terminal, so that nobody can answer, it fails with the words `unanswered`.
    """
    if sys.stderr is not None:
        sys.stderr.write(f"{question}: ")
        sys.stderr.flush()
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except KeyboardInterrupt:
        raise typer.Abort from None
    if line:
        return line.strip()
    if sys.stdin is not None and sys.stdin.isatty():  # Ctrl+D, or Ctrl+Z on Windows
        raise typer.Abort
    say("")
    raise Failure(unanswered, 2)


def confirm(question: str, unanswered: str, *, default: bool = False) -> bool:
    """Whether yes is typed at the question, or Enter where that is the `default`; fails as `ask` does."""
    choice = "[Y/n]" if default else "[y/N]"
    while True:
        typed = ask(f"{question} {choice}", unanswered).casefold()
        if typed in ("", "y", "yes", "n", "no"):
            return typed.startswith("y") if typed else default
        say("Type y or n.")
