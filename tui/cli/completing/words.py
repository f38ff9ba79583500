"""What fits behind the words before the cursor; the command that they name is asked what it takes."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tui.cli.command_list import COMMANDS, OPTIONS
from tui.cli.completing.asking import SHELLS, VARIABLE, WORD
from tui.cli.completing.candidates import CANDIDATES, MOST, SESSIONS, Candidate, is_safe

_LONGEST_HELP = 70
_PLAIN = re.compile(r"[^\w .,()-]")


def offered(environ: "os._Environ[str] | dict[str, str]", before: Sequence[str]) -> str | None:
    """What is printed for the shell that asks, one candidate a line; None where no shell does."""
    shell = environ.get(VARIABLE)
    if shell is None or shell not in SHELLS:
        return None
    word = environ.get(WORD, "")
    fitting = [one for one in _fitting(before, word) if one.word.startswith(word)]
    between = {"bash": "", "zsh": ":"}.get(shell, "\t")
    return "".join(f"{_line(one, between)}\n" for one in fitting[:MOST] if is_safe(one.word.lstrip("-")))


def _line(candidate: Candidate, between: str) -> str:
    words = " ".join(_PLAIN.sub(" ", candidate.help).split())[:_LONGEST_HELP]
    return f"{candidate.word}{between}{words}" if between and words else candidate.word


def _fitting(before: Sequence[str], word: str) -> Iterable[Candidate]:
    """All that may stand there."""
    place = next((at for at, one in enumerate(before) if not one.startswith("-")), None)
    if place is None:
        return _of(OPTIONS) if word.startswith("-") else [Candidate(name, row.told) for name, row in COMMANDS.items()]
    name, rest = before[place], list(before[place + 1 :])
    if name not in COMMANDS:
        return ()
    from tui.cli.command_line import command

    called: Any = command(name)
    while commands := getattr(called, "commands", None):
        at = next((at for at, one in enumerate(rest) if not one.startswith("-")), None)
        if at is None:
            return [Candidate(one, made.get_short_help_str()) for one, made in commands.items()]
        if rest[at] not in commands:
            return ()
        called, rest = commands[rest[at]], rest[at + 1 :]
    return _of_command(name, called, rest, word)


def _of(options: dict[str, str]) -> list[Candidate]:
    return [Candidate(one, help) for names, help in options.items() for one in names.split(", ")]


def _of_command(name: str, called: Any, rest: list[str], word: str) -> Iterable[Candidate]:
    context = called.make_context(name, [], resilient_parsing=True)
    options = [one for one in called.get_params(context) if one.param_type_name == "option"]
    by_name = {written: one for one in options for written in (*one.opts, *one.secondary_opts)}
    arguments = [one for one in called.params if one.param_type_name == "argument"]
    given = 0
    waiting = None
    for one in rest:
        if waiting is not None:
            waiting = None
        elif one.startswith("-") and one != "-":
            option = by_name.get(one)
            waiting = option if option is not None and not option.is_flag and not option.count else None
        else:
            given += 1
    if waiting is not None:
        return _values(name, waiting, context, word)
    if word.startswith("-"):
        return _shown(by_name, rest, context)
    if given < len(arguments):
        return _values(name, arguments[given], context, word)
    return _values(name, arguments[-1], context, word) if arguments and arguments[-1].nargs == -1 else ()


def _shown(by_name: dict[str, Any], rest: list[str], context: Any) -> Iterator[Candidate]:
    """The options that were not given yet."""
    for written, option in by_name.items():
        record = option.get_help_record(context)
        if record is not None and (option.multiple or not {*option.opts, *option.secondary_opts} & {*rest}):
            yield Candidate(written, record[1])


def _values(name: str, param: Any, context: Any, word: str) -> Iterable[Candidate]:
    """What an argument or an option takes; nothing where that is a text or a file, which shells complete themselves."""
    if param.param_type_name == "argument" and param.name in ("session", "invite"):
        return SESSIONS[name](word) if name in SESSIONS else ()
    of_name = CANDIDATES.get(param.name)
    if of_name is not None:
        return of_name(word)
    record = param.get_help_record(context)
    choices = record[0].rpartition(" ")[2].strip("<>[]") if record is not None else ""
    return [Candidate(one) for one in choices.split("|") if one and not one.isupper()] if "|" in choices else ()
