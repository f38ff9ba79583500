"""`lunchroom growth`: who comes to a series of chats, who comes back, and who is greeted."""

import datetime
import os
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sessions.words import _
from tui.cli.commands.saved import LibraryOption, saved_library
from tui.cli.output import Failure, put_data, say
from tui.cli.prompts import need_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.reports.growth import Growth

_DATE = ["%Y-%m-%d"]
_TABLES = ("sessions", "cohorts", "questions", "schools", "levels", "channel", "tasks")


def growth(
    series: Annotated[
        str | None, typer.Argument(metavar="SERIES", help="The latest chat's series, if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as a JSON object.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print one table for a spreadsheet.")] = False,
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help=f"Which table --csv prints: {', '.join(_TABLES)}.")
    ] = None,
    since: Annotated[
        datetime.datetime | None, typer.Option("--from", metavar="DATE", formats=_DATE, help="No chat before it.")
    ] = None,
    until: Annotated[
        datetime.datetime | None, typer.Option("--to", metavar="DATE", formats=_DATE, help="No chat after it.")
    ] = None,
    screen: Annotated[bool, typer.Option("--screen", help="Show it on a screen to scroll in and save from.")] = False,
    library: LibraryOption = None,
) -> None:
    """Show how a series of chats grows: who comes, comes back, answers and is greeted. Numbers only, no names.

    It prints charts and tables; the screen with them is here with --screen, and under g in `lunchroom library`.

    Example: lunchroom growth navasotaisd --from 2025-09-01 --csv
    """
    _check(as_json, as_csv, screen, table, since, until)
    if screen:
        _show_screen(series, since, until, library)
        return
    from sessions.core.plan import slug
    from sessions.reports.growth import TABLES, to_csv, to_json
    from sessions.reports.series_growth import read_growth
    from tui.growth.tables import notes

    opened = saved_library(library)
    found = read_growth(
        opened,
        slug(series) if series is not None else None,
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    for words in notes(found):
        say(words)
    if series is None and found.others:
        say(
            _("This is the series {series}; `lunchroom growth SERIES` for {others}.").format(
                series=found.growth.series, others=", ".join(found.others)
            )
        )
    if as_json:
        put_data(to_json(found.growth))
    elif as_csv:
        put_data(to_csv(found.growth, next(name for name in TABLES if name == (table or "sessions"))))
    elif not found.growth.sessions:
        say(
            _("There is no chat to count yet in {folder}. `lunchroom sessions` lists what is saved.").format(
                folder=opened.folder
            )
        )
    else:
        _show(found.growth)


def _show(growth: "Growth") -> None:
    """Charts and tables on a terminal, tables alone in a file or to another program."""
    from tui.growth.charts import NARROWEST, charts, drawable
    from tui.growth.tables import tables

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if width is not None and width >= NARROWEST and os.environ.get("TERM") != "dumb" and drawable(sys.stdout.encoding):
        from rich.console import Console
        from rich.text import Text

        # rich leaves the colours out where NO_COLOR asks for it or an old Windows console does not know them
        Console(width=width, soft_wrap=True).print(Text.from_ansi(charts(growth, width)), end="\n\n")
    put_data(tables(growth, width) + "\n")


def _show_screen(
    series: str | None,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    library: "Path | None",
) -> None:
    """The screen until it is left."""
    from sessions.core.plan import slug
    from tui.apps import growth_app

    need_terminal(_("The growth screen"), _("without --screen to print the numbers"))
    app = growth_app(
        saved_library(library),
        slug(series) if series is not None else None,
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    app.run()
    if app.return_code:
        raise typer.Exit(app.return_code)


def _check(
    as_json: bool,
    as_csv: bool,
    screen: bool,
    table: str | None,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
) -> None:
    if as_json + as_csv + screen > 1:
        raise Failure(_("--json, --csv or --screen: only one of them."), 2)
    if table is not None and table not in _TABLES:
        raise Failure(
            _("There is no table {table!r}: --table is one of {tables}.").format(
                table=table, tables=", ".join(_TABLES)
            ),
            2,
        )
    if table is not None and not as_csv:
        raise Failure(_("--table says what --csv prints: add --csv."), 2)
    if since is not None and until is not None and since > until:
        raise Failure(
            _("--from {since:%Y-%m-%d} is after --to {until:%Y-%m-%d}: exchange them.").format(
                since=since, until=until
            ),
            2,
        )
