"""The commands of `lunchroom`, put together: each is imported when it is called, none for the list of them."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from tui.cli.command_list import ABOUT, BEGIN, COMMANDS, OPTIONS
from tui.cli.help_pages import PlainGroup, plain, spoken


def command(name: str) -> Any:
    """The command of this name, with such help as `tui.cli.help_pages` writes."""
    row = COMMANDS[name]
    found = getattr(import_module(f"tui.cli.commands.{row.module}"), row.name)
    if isinstance(found, typer.Typer):
        made: Any = typer.main.get_group(plain(found))
    else:
        alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        alone.command(name)(found)
        made = typer.main.get_command(plain(alone))
    made.name = name
    return spoken(made)


class _Commands(PlainGroup):
    """All of them, of which only the one that is called is imported."""

    def get_command(self, ctx, cmd_name):  # type: ignore[no-untyped-def] # typer does not export the type of `ctx`
        """The one of this name; None if there is none."""
        return command(cmd_name) if cmd_name in COMMANDS else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx, formatter):  # type: ignore[no-untyped-def] # as above
        """Write what each of them is for."""
        PlainGroup(commands=_listed()).format_commands(ctx, formatter)

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def] # as above
        """The one that is called; of a name that none has, typer tells which are like it."""
        self.commands = _listed()
        return super().resolve_command(ctx, args)


def _listed() -> dict[str, Any]:
    return {name: TyperCommand(name=name, help=row.told) for name, row in COMMANDS.items()}


app = typer.Typer(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},  # of all commands below, too
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help=ABOUT,
    epilog=BEGIN,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from tui.cli.output import put

        put(f"lunchroom {version('lunchroom')}")  # words: for programs
        raise typer.Exit


@app.callback()
def lunchroom(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=OPTIONS["--version"])
    ] = False,
) -> None:
    """Two moderators run a live hashtag chat for teachers, each at a terminal of their own."""
