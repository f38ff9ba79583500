"""What commands write: messages to stderr, data to stdout; a failure is one line that says what to do next."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sessions.core.errors import LunchroomError


class Failure(LunchroomError):
    """The command cannot do what was asked. `exit_code` is what it ends with."""

    def __init__(self, words: str, code: int = 1) -> None:
        super().__init__(words)
        self.exit_code = code


def say(words: str) -> None:
    """Write a message to stderr, with whatever would steer the terminal made harmless."""
    if sys.stderr is None:  # it was closed by whoever started the program: nobody listens
        return
    shown = "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in words)
    sys.stderr.write(shown + "\n")
    sys.stderr.flush()


def put(text: str) -> None:
    """Write data to stdout, also on a console that lacks some of its characters."""
    _need_stdout()
    line = text if text.endswith("\n") else text + "\n"
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, errors="replace").decode(encoding))
    sys.stdout.flush()


def put_data(text: str) -> None:
    """Write a document: to a terminal as `put` does, to a file or a program in UTF-8 on every system."""
    _need_stdout()
    if sys.stdout.isatty():
        put(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
        sys.stdout.buffer.flush()


def _need_stdout() -> None:
    """Fail in words where whoever started the program has closed its output."""
    if sys.stdout is None:
        raise Failure("There is nowhere to print to: the output is closed.")


@contextmanager
def fail_with(*kinds: type[Exception], code: int = 1, what: str = "") -> Iterator[None]:
    """Turn errors of these kinds, whose texts are for people, into a `Failure`; `what` stands before the text."""
    try:
        yield
    except kinds as error:
        from tui.text.wording import failure_words

        words = failure_words(error)
        raise Failure(f"{what}: {words}" if what else words, code) from error
