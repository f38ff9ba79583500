"""The commands of `lunchroom`, put together."""

from typing import Annotated

import typer

from tui.cli.commands import (
    doctor,
    growth,
    importing,
    library,
    live,
    merging,
    people,
    plans,
    recap,
    replay,
    saved,
    signing,
)
from tui.cli.output import put

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Run a live hashtag chat for teachers: two moderators, each at a terminal of their own.",
    epilog="Begin with: lunchroom demo",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        put(f"lunchroom {version('lunchroom')}")
        raise typer.Exit


@app.callback()
def lunchroom(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Two moderators run a live hashtag chat for teachers, each at a terminal of their own."""


app.command()(live.demo)
app.command()(plans.new)
app.command()(plans.check)
app.command()(live.host)
app.command()(live.join)
app.command()(live.serve)
app.command()(live.end)
app.command()(saved.sessions)
app.command()(library.library)
app.command()(recap.recap)
app.command()(replay.replay)
app.command()(growth.growth)
app.command("import")(importing.import_chats)
app.command()(merging.merge)
app.add_typer(people.app, name="people")
app.command()(people.forget)
app.command()(signing.login)
app.command()(signing.logout)
app.command()(doctor.doctor)
