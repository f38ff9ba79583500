"""How `--help` names arguments and values: in capitals, and none by a type of Python's."""

import re

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption

_VALUES = {"str": "TEXT", "float": "NUMBER", "float range": "NUMBER", "int": "NUMBER", "int range": "NUMBER",
           "path": "FILE"}  # fmt: skip
_TYPE = re.compile(r"<(.+)>$")
_RANGE = re.compile(r"(\S+)<=x<=(\S+)(?=\])")


class PlainCommand(TyperCommand):
    """A command whose help says `PLAN`, `[SESSION]` and `--role driver|greeter`."""

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
                arguments.append((_name(param), record[1].removesuffix("  [required]")))
            elif record is not None and isinstance(param, TyperOption):
                options.append((_TYPE.sub(_value, record[0]), _RANGE.sub(r"\1 to \2", record[1])))
        for heading, rows in (("Arguments", arguments), ("Options", options)):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


def _name(argument: TyperArgument) -> str:
    """The argument as one writes it, between brackets where it may be left out."""
    name = (argument.metavar or argument.name or "").strip("[]")
    name = name if argument.metavar else name.upper()
    return name if argument.required else f"[{name}]"


def _value(found: re.Match[str]) -> str:
    return _VALUES.get(found[1], found[1])


def plain(app: typer.Typer) -> typer.Typer:
    """The same commands, those of its groups too, with such help."""
    for command in app.registered_commands:
        command.cls = PlainCommand
    for group in app.registered_groups:
        if group.typer_instance is not None:
            plain(group.typer_instance)
    return app
