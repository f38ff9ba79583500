"""The commands of `lunchroom`, put together: each is imported when it is called, none for the list of them."""

from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from tui.cli.help_pages import PlainGroup, plain


class _Row(NamedTuple):
    """The module of `tui.cli.commands` in which a command is, its name there, and the first sentence of its help.

    What is named there is a function or, where the command is several, an app.
    """

    module: str
    name: str
    help: str


COMMANDS = {
    "demo": _Row(
        "live",
        "demo",
        "Rehearse with an invented cast of teachers; nothing is posted anywhere, and it ends when you leave.",
    ),
    "new": _Row("plans", "new", "Write a plan: a text file that says when the chat is and what is asked."),
    "check": _Row(
        "plans",
        "check",
        "Show the schedule of a plan in clock times, what does not fit, who reads and posts, and what reading X will "
        "cost.",
    ),
    "host": _Row("live", "host", "Begin the chat of a plan and sit down at its desk."),
    "join": _Row("live", "join", "Sit down at a running chat, or come back to it."),
    "serve": _Row("live", "serve", "Run the hub of a chat in the foreground, without a desk."),
    "end": _Row("live", "end", "Close the chat that runs on this computer: it is saved, and every desk is told."),
    "sessions": _Row("saved", "sessions", "List the saved chats, newest first."),
    "library": _Row(
        "library",
        "library",
        "Show the saved chats: replay, recap, rename, delete or rescue them; go to the desk of one that runs.",
    ),
    "recap": _Row(
        "recap", "recap", "Make the recap of a saved chat: questions with their answers, links, welcome and thanks."
    ),
    "replay": _Row(
        "replay",
        "replay",
        "Replay a saved chat at a desk: what was posted, and what both moderators did, at any moment of it.",
    ),
    "growth": _Row(
        "growth", "growth", "Show how a series of chats grows: who comes, comes back, answers and is greeted."
    ),
    "import": _Row(
        "importing", "import_chats", "Bring old archives into the library, each chat in them as a saved chat."
    ),
    "merge": _Row("merging", "merge", "Add to a saved chat what only another file of it has; shows it first and asks."),
    "forget": _Row("people", "forget", "Take a person's name, handle and words out of all saved chats, for good."),
    "login": _Row("signing", "login", "Sign in, so that chats can be read, and posted to if you want."),
    "logout": _Row(
        "signing",
        "logout",
        "Sign out: the token is removed here, and made worth nothing at the network where that is possible.",
    ),
    "doctor": _Row(
        "doctor",
        "doctor",
        "Say which accounts work, what limits are left, whether the clock is right, and whether chats can be saved.",
    ),
    "people": _Row("people", "app", "Who was in the saved chats, and what you know of them."),
}
"""By the names that one types."""


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
    return made


class _Commands(PlainGroup):
    """All of them, of which only the one that is called is imported."""

    def get_command(self, ctx, cmd_name):  # type: ignore[no-untyped-def] # typer does not export the type of `ctx`
        """The one of this name; None if there is none."""
        return command(cmd_name) if cmd_name in COMMANDS else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx, formatter):  # type: ignore[no-untyped-def] # as above
        """Write what each of them is for."""
        TyperGroup(commands=_listed()).format_commands(ctx, formatter)

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def] # as above
        """The one that is called; of a name that none has, typer tells which are like it."""
        self.commands = _listed()
        return super().resolve_command(ctx, args)


def _listed() -> dict[str, Any]:
    return {name: TyperCommand(name=name, help=row.help) for name, row in COMMANDS.items()}


app = typer.Typer(
    cls=_Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Run a live hashtag chat for teachers: two moderators, each at a terminal of their own.",
    epilog="Begin with: lunchroom demo",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from tui.cli.output import put

        put(f"lunchroom {version('lunchroom')}")
        raise typer.Exit


@app.callback()
def lunchroom(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Two moderators run a live hashtag chat for teachers, each at a terminal of their own."""
