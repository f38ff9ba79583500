"""`lunchroom recap`: what goes to the blog and the teachers afterwards."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from tui.cli.commands.saved import LibraryOption, saved_library
from tui.cli.output import Failure, fail_with, put_data, say

FormatName = Literal["markdown", "html", "csv", "json"]

_BY_SUFFIX: dict[str, FormatName] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json",
}  # fmt: skip


def recap(
    session: Annotated[
        str, typer.Argument(metavar="SESSION", help="A file, an id, a date, a part of a title, or latest.")
    ],
    form: Annotated[
        FormatName | None,
        typer.Option("--format", help="By the name of the --output file, else markdown.", show_default=False),
    ] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write there instead of to stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Replace all names by Teacher 1, Host 1, ...")] = False,
    library: LibraryOption = None,
) -> None:
    """Make the recap of a saved chat: questions with their answers, links, welcome and thanks.

    Example: lunchroom recap latest --format html --output recap.html
    """
    from tui.dialogs.recap_file import make_recap

    chosen = form or _by_name(output)
    _check_free(output, force)
    opened = saved_library(library)
    saved = opened.find(session)
    made = make_recap(opened.folder, saved.path, saved.id, chosen, anonymous=anonymous)
    if not made.closed:
        say("This chat was not closed: the recap is of what is saved so far. `lunchroom end` closes a running one.")
    if not made.planned:
        say("No plan of the next chat is here, so the recap names none. `lunchroom new --like latest` writes one.")
    if made.left_out_words:
        say(made.left_out_words)
    if anonymous:
        say("Names are replaced, words are not: read it through before you pass it on, and search for a name or two.")
    if output is None:
        put_data(made.text)
    else:
        _write(output, made.text, chosen, force)


def _by_name(output: Path | None) -> FormatName:
    """The format that the name of the file asks for; a plain text is Markdown."""
    suffix = "" if output is None else output.suffix.lower()
    if suffix in ("", ".txt"):
        return "markdown"
    if suffix not in _BY_SUFFIX:
        raise Failure(f"A recap is no {suffix} file: name it .md, .html, .csv or .json, or say --format.", 2)
    return _BY_SUFFIX[suffix]


def _check_free(output: Path | None, force: bool) -> None:
    """Before any work is done; the file is opened so that it is never overwritten by chance anyway."""
    if output is not None and output.exists() and not force:
        raise _taken(output)


def _taken(output: Path) -> Failure:
    return Failure(f"{output} is there already and is left as it is: give another name, or --force to overwrite.", 2)


def _write(output: Path, text: str, chosen: FormatName, force: bool) -> None:
    from tui.dialogs.recap_file import write_recap

    with fail_with(OSError, what=f"{output} cannot be written"):
        try:
            write_recap(output, text, chosen, force=force)
        except FileExistsError:
            raise _taken(output) from None
    say(f"The recap is in {output}.")
