"""`lunchroom config`: what you have set for yourself, and the file in which you do."""

from pathlib import Path
from typing import Annotated

import typer

from sessions.words import _
from tui.cli.output import Failure, put, put_json, say


def config(
    edit: Annotated[bool, typer.Option("--open", help="Open the file in your editor; a first one is written.")] = False,
    path_only: Annotated[bool, typer.Option("--path", help="Print only where the file is.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object instead of lines.")] = False,
) -> None:
    """Show what you have set: keys, theme, alerts, filters, the relay; and each mistake with its line.

    The editor is that of VISUAL or EDITOR, else what your system opens text files with. The exit code is 1 where
    something in the file is wrong.

    Example: lunchroom config --open
    """
    from tui.shell.away_config import config_path

    path = config_path()
    if path_only:
        put(str(path))
        return
    if edit and not _edited(path):
        return
    from tui.apps import TABLES
    from tui.cli.settings.holding import in_words, settings_in

    settings = settings_in(path, TABLES)
    if as_json:
        put_json(settings)
    else:
        put("\n".join(in_words(settings)))
    if settings.mistakes:
        say(
            _(
                "What begins with NOT is ignored. A mistake in [keys], [away] or keep_months leaves all keys as usual. "
                "`lunchroom config --open` opens the file."
            )
        )
        raise typer.Exit(1)
    if not settings.there:
        say(_("Nothing is set. `lunchroom config --open` writes a first file that says what can be, and opens it."))


def _edited(path: Path) -> bool:
    """Open the file, made where there is none; whether it has been edited on return."""
    from tui.cli.settings.editor import open_file
    from tui.cli.settings.sample import SAMPLE

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(SAMPLE)
        say(_("Written: {path}. It changes nothing until you take a # away.").format(path=path))
    except FileExistsError:
        pass
    except OSError as error:
        raise Failure(_("{path} cannot be written ({strerror}).").format(path=path, strerror=error.strerror)) from error
    say(_("Opening {path} ...").format(path=path))
    return open_file(path)
