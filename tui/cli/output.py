"""What commands write: messages to stderr, data to stdout; a failure is one line that says what to do next."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TextIO

from sessions.core.errors import LunchroomError
from sessions.words import _
from tui.text.taming import DRAWN, clean, clean_json


class Failure(LunchroomError):
    """The command cannot do what was asked. `exit_code` is what it ends with."""

    def __init__(self, words: str, code: int = 1) -> None:
        super().__init__(words)
        self.exit_code = code


def say(words: str) -> None:
    """Write a message to stderr, with whatever would steer the terminal made harmless."""
    if sys.stderr is None:  # it was closed by whoever started the program: nobody listens
        return
    write(sys.stderr, words + "\n")


def write(stream: TextIO, text: str) -> None:
    """Write for people, wherever that goes: nothing a terminal would obey, and what its encoding lacks is drawn."""
    encoding = stream.encoding or "utf-8"
    tame = "\t".join(map(clean, text.split("\t")))
    stream.write(tame.encode(encoding, errors=DRAWN).decode(encoding))
    stream.flush()


def put(text: str) -> None:
    """Write lines for people to stdout, as `write`; who wants them exact takes the JSON."""
    _need_stdout()
    write(sys.stdout, text if text.endswith("\n") else text + "\n")


def put_json(value: Any, *, indent: int = 2) -> None:
    """Write a value as JSON to stdout: exact, and on a terminal with escapes for what would steer it.

    `indent` is as in `msgspec.json.format`; negative ones put all of it on one line.
    """
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(value), indent=indent).decode() + "\n"
    _need_stdout()
    if sys.stdout.isatty():
        put(clean_json(text))
    else:
        _put_bytes(text)


def put_data(text: str) -> None:
    """Write a document: to a terminal as `put` does, to a file or a program as it is and in UTF-8 on every system."""
    _need_stdout()
    if sys.stdout.isatty():
        put(text)
    else:
        _put_bytes(text)


def _put_bytes(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    sys.stdout.buffer.flush()


def _need_stdout() -> None:
    """Fail in words where whoever started the program has closed its output."""
    if sys.stdout is None:
        raise Failure(_("There is nowhere to print to: the output is closed."))


@contextmanager
def fail_with(*kinds: type[Exception], code: int = 1, what: str = "") -> Iterator[None]:
    """Turn errors of these kinds, whose texts are for people, into a `Failure`; `what` stands before the text."""
    try:
        yield
    except kinds as error:
        from tui.text.wording import failure_words

        words = failure_words(error)
        raise Failure(f"{what}: {words}" if what else words, code) from error


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """What shows on a terminal how much of how much is done; elsewhere, and where it is done at once, nothing."""
    import typer

    with ExitStack() as shown:
        bar: Any = None

        def progress(done: int, of: int) -> None:
            nonlocal bar
            if bar is None and sys.stderr is not None and sys.stderr.isatty():
                bar = shown.enter_context(typer.progressbar(length=of, label=label, file=sys.stderr))
            if bar is not None:
                bar.length = of
                bar.update(done - bar.pos)

        yield progress
