"""`lunchroom export` and `lunchroom verify`: a series as a folder for who keeps records, and whether it is whole."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sessions.words import _
from tui.cli.commands.people import YesOption
from tui.cli.commands.saved import LibraryOption, saved_library
from tui.cli.output import Failure, fail_with, progress_bar, put, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from sessions.records.exporting import Export

_DIFFERS = {
    "changed": _("is not as it was written"),
    "missing": _("is not there"),
    "additional": _("is not in the manifest"),
    "link": _("is a link or no file, and was not read"),
    "refused": _("is no place in the folder, or is named twice: the manifest was not written by Lunchroom"),
}


def export(
    series: Annotated[str, typer.Argument(metavar="SERIES", help="As `lunchroom sessions` shows it.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
    yes: YesOption = False,
    library: LibraryOption = None,
) -> None:
    """Copy all of a series into a folder that needs no Lunchroom to be read; shows it first and asks.

    It has each chat as it was saved, its recap in all formats, who took part, and a list with a checksum of each file.
    Names of people are in it. `lunchroom verify FOLDER` checks it later.

    Example: lunchroom export navasotaisd records-2026
    """
    from sessions.core.plan import slug
    from sessions.records.exporting import look, occupied, write
    from tui.text.wording import counted

    if why := occupied(folder):
        raise Failure(_("Nothing was written: {why}").format(why=why), 2)
    opened = saved_library(library)
    with progress_bar(_("Looking")) as progress:
        found = look(opened, slug(series), progress)
    _preview(found, folder)
    if not found.chats:
        raise Failure(_("Nothing was written: no chat of this series can be copied."))
    if not yes and not confirm(
        _("Write this into {folder}?").format(folder=folder),
        _("Nothing was written: nobody is here to answer. Add --yes to go on unasked."),
    ):
        raise Failure(_("Nothing was written."))
    with (
        fail_with(OSError, what=_("Nothing was written into {folder}").format(folder=folder)),
        progress_bar(_("Writing")) as progress,
    ):
        made = write(found, opened, folder, by=_version(), now=datetime.datetime.now(datetime.UTC), progress=progress)
    say(
        _("{files} written into {folder}. `lunchroom verify {folder}` checks them.").format(
            files=counted(len(made.files) + 1, "{n} file", "{n} files"), folder=folder
        )
    )


def verify(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `lunchroom export` wrote.")],
) -> None:
    """Check whether a folder that export wrote is still as it was written. It reads nothing outside of the folder.

    The exit code is 0 where all is, 1 where something was changed, is missing or was added, 2 where it cannot be told.

    Example: lunchroom verify records-2026
    """
    from sessions.records.verifying import verify as check
    from tui.text.outside import clean_line
    from tui.text.wording import counted

    with progress_bar(_("Checking")) as progress:
        found = check(folder, progress)
    for one in found.differences:
        put(f"{one.kind}\t{clean_line(one.path)}\t{_DIFFERS[one.kind]}")
    manifest = found.manifest
    about = _("{series}, written on {made}").format(series=clean_line(manifest.series), made=clean_line(manifest.made))
    if removed := len(manifest.removals):
        say(
            _("Before it was written something had been removed {times}: the manifest says when.").format(
                times=counted(removed, "{n} time", "{n} times")
            )
        )
    if found.differences:
        say(
            _("{differences} from what was written ({about}).").format(
                differences=counted(len(found.differences), "{n} difference", "{n} differences"), about=about
            )
        )
        raise typer.Exit(1)
    say(
        _("All {files} are as they were written ({about}).").format(
            files=counted(len(manifest.files), "{n} file", "{n} files"), about=about
        )
    )


def _preview(found: "Export", folder: Path) -> None:
    """Which files would be written, and what leaves the computer with them."""
    from sessions.records.exporting import RECAPS
    from tui.text.outside import clean_line
    from tui.text.wording import counted

    for saved, stem in found.chats:
        file = f"{folder / 'sessions' / stem}.json"
        put(f"{file}\t{saved.size:,} bytes\t{clean_line(saved.title)}")  # words: the same in each language
    endings = ", ".join(RECAPS.values())
    say(
        _(
            "Beside each a recap ({endings}); and attendance.csv, attendance.html, README.txt, "
            "manifest.json, SHA256SUMS."
        ).format(endings=endings)
    )
    for one in found.left_out:
        say(
            _("Left out: {date} {title} {session}: {left_out}.").format(
                date=one.date, title=clean_line(one.title), session=one.session, left_out=one.left_out
            )
        )
    hidden = (
        _(", {in_no_recap} of them in the saved chats alone (in no recap)").format(in_no_recap=found.in_no_recap)
        if found.in_no_recap
        else ""
    )
    named = counted(found.people, "{n} person", "{n} people")
    say(
        _("{named} named in these files{hidden}: their names go wherever the folder does.").format(
            named=named, hidden=hidden
        )
    )
    if found.removals:
        say(
            _("The manifest notes on which days something was removed: {notes}.").format(
                notes=counted(len(found.removals), "{n} note", "{n} notes")
            )
        )


def _version() -> str:
    """Ours, empty where nothing is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lunchroom")
    except PackageNotFoundError:
        return ""
