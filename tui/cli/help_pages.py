"""How `--help` names arguments and values: in capitals, and none by a type of Python's; how those are read.

Help stands in the code in English, and is looked up here when a command is put together.
"""

import inspect
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from sessions.words import _

_VALUES = {
    "str": _("TEXT"), "float": _("NUMBER"), "float range": _("NUMBER"), "int": _("NUMBER"), "int range": _("NUMBER"),
    "path": _("FILE"),
}  # fmt: skip
_TYPE = re.compile(r"<(.+)>$")
_RANGE = re.compile(r"(\S+)<=x<=(\S+)(?=\])")

NETWORKS_HERE = "{networks}"
"""Stands in the help of an argument or option where it names all networks; they are imported when they are shown."""


class _AsWritten:
    """Reads a text as that text, a path that can be used as that path, what is not given as nothing, and a number that
    is not given as the one that the command has for it.

    All else is left to typer, errors too.

    typer itself does that with pydantic too, for which every command would wait a quarter as long as for its screen.
    """

    def coerce(self, value, param, ctx):  # type: ignore[no-untyped-def] # typer does not export the types
        """The value as the command gets it."""
        kind = param.type_descriptor
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if isinstance(value, (int, float)) and kind.annotation in (int, float):
            return kind.annotation(value)
        if isinstance(value, str) and kind.parameter_info.parser is None:
            if kind.annotation is str:
                return value
            if kind.annotation is Path and (os.access(value, os.R_OK) or not os.path.lexists(value)):
                return Path(value)
        param._runtime_param = None
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _read_as_written(params: Iterable[Any]) -> None:
    for param in params:
        if isinstance(param, (TyperArgument, TyperOption)) and param._runtime_param is None:
            as_written: Any = _AsWritten()
            param._runtime_param = as_written


class _Spoken:
    """A command whose help is in the program's language, where typer would write English."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        option = super().get_help_option(ctx)  # type: ignore[misc] # typer does not export what commands are
        if option is not None:
            option.help = _("Show this message and exit.")
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how it is called."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined] # as above
        formatter.write_usage(ctx.command_path, " ".join(pieces), _("Usage: "))


class PlainGroup(_Spoken, TyperGroup):
    """Several commands under one name."""

    def parse_args(self, ctx, args):  # type: ignore[no-untyped-def] # typer does not export the type of `ctx`
        """Read what stands before the name of one of them."""
        _read_as_written(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what stands before the name of a command, and the commands."""
        records = (param.get_help_record(ctx) for param in self.get_params(ctx))
        with formatter.section(_("Options")):
            formatter.write_dl([record for record in records if record is not None])
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write what each command is for, as much of it as a line has room for."""
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        room = formatter.width - 6 - max(map(len, commands))
        rows = [(name, one.get_short_help_str(room)) for name, one in commands.items() if one is not None]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


class PlainCommand(_Spoken, TyperCommand):
    """A command whose help says `PLAN`, `[SESSION]` and `--role driver|greeter`."""

    def parse_args(self, ctx, args):  # type: ignore[no-untyped-def] # typer does not export the type of `ctx`
        """Read what stands behind the command's name."""
        _read_as_written(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx):  # type: ignore[no-untyped-def] # typer does not export the type of `ctx`
        """What stands behind the command's name in the line of usage."""
        arguments = (param for param in self.get_params(ctx) if isinstance(param, TyperArgument))
        return [self.options_metavar or "", *map(_name, arguments)]

    def format_options(self, ctx, formatter):  # type: ignore[no-untyped-def] # as above
        """Write what the arguments and the options are."""
        arguments: list[tuple[str, str]] = []
        options: list[tuple[str, str]] = []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, TyperArgument):
                arguments.append((_name(param), _with_networks(record[1].removesuffix("  [required]"))))
            elif record is not None and isinstance(param, TyperOption):
                options.append((_TYPE.sub(_value, record[0]), _with_networks(_RANGE.sub(_(r"\1 to \2"), record[1]))))
        for heading, rows in ((_("Arguments"), arguments), (_("Options"), options)):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


def _with_networks(words: str) -> str:
    if NETWORKS_HERE not in words:
        return words
    from sessions.networks.registry import NETWORKS

    return words.replace(NETWORKS_HERE, ", ".join(NETWORKS))


def _name(argument: TyperArgument) -> str:
    """The argument as one writes it, between brackets where it may be left out."""
    name = (argument.metavar or argument.name or "").strip("[]")
    name = name if argument.metavar else name.upper()
    return name if argument.required else f"[{name}]"


def _value(found: re.Match[str]) -> str:
    return _VALUES.get(found[1], found[1])


def plain(app: typer.Typer) -> typer.Typer:
    """The same commands, those of its groups too, with such help."""
    app.info.cls = PlainGroup
    for command in app.registered_commands:
        command.cls = PlainCommand
    for group in app.registered_groups:
        if group.typer_instance is not None:
            plain(group.typer_instance)
    return app


def spoken(command: Any) -> Any:
    """The command with its help in the program's language, and those below it."""
    for words in ("help", "epilog"):
        if getattr(command, words):
            setattr(command, words, _(inspect.cleandoc(getattr(command, words))))
    for param in command.params:
        if getattr(param, "help", None):
            param.help = _(param.help)
    for one in getattr(command, "commands", {}).values():
        spoken(one)
    return command
