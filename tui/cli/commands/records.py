"""`lunchroom export` and `lunchroom verify`: a series as a folder for who keeps records, and whether it is whole."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.cli.commands.people import UNASKED, YesOption
from tui.cli.commands.saved import LibraryOption, saved_library
from tui.cli.output import Failure, fail_with, progress_bar, put, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from sessions.records.exporting import Export

_DIFFERS = {
    "changed": "is not as it was written",
    "missing": "is not there",
    "additional": "is not in the manifest",
    "link": "is a link or no file, and was not read",
    "refused": "is no place in the folder, or is named twice: the manifest was not written by Lunchroom",
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
    from tui.text.wording import count

    if why := occupied(folder):
        raise Failure(f"Nothing was written: {why}", 2)
    opened = saved_library(library)
    with progress_bar("Looking") as progress:
        found = look(opened, slug(series), progress)
    _preview(found, folder)
    if not found.chats:
        raise Failure("Nothing was written: no chat of this series can be copied.")
    if not yes and not confirm(f"Write this into {folder}?", UNASKED.replace("changed", "written")):
        raise Failure("Nothing was written.")
    with fail_with(OSError, what=f"Nothing was written into {folder}"), progress_bar("Writing") as progress:
        made = write(found, opened, folder, by=_version(), now=datetime.datetime.now(datetime.UTC), progress=progress)
    say(f"{count(len(made.files) + 1, 'file')} written into {folder}. `lunchroom verify {folder}` checks them.")


def verify(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `lunchroom export` wrote.")],
) -> None:
    """Check whether a folder that export wrote is still as it was written. It reads nothing outside of the folder.

    The exit code is 0 where all is, 1 where something was changed, is missing or was added, 2 where it cannot be told.

    Example: lunchroom verify records-2026
    """
    from sessions.records.verifying import verify as check
    from tui.text.outside import clean_line
    from tui.text.wording import count

    with progress_bar("Checking") as progress:
        found = check(folder, progress)
    for one in found.differences:
        put(f"{one.kind}\t{clean_line(one.path)}\t{_DIFFERS[one.kind]}")
    manifest = found.manifest
    about = f"{clean_line(manifest.series)}, written on {clean_line(manifest.made)}"
    if removed := len(manifest.removals):
        say(f"Before it was written something had been removed {count(removed, 'time')}: the manifest says when.")
    if found.differences:
        say(f"{count(len(found.differences), 'difference')} from what was written ({about}).")
        raise typer.Exit(1)
    say(f"All {count(len(manifest.files), 'file')} are as they were written ({about}).")


def _preview(found: "Export", folder: Path) -> None:
    """Which files would be written, and what leaves the computer with them."""
    from sessions.records.exporting import RECAPS
    from tui.text.outside import clean_line
    from tui.text.wording import count

    for saved, stem in found.chats:
        put(f"{folder / 'sessions' / stem}.json\t{saved.size:,} bytes\t{clean_line(saved.title)}")
    endings = ", ".join(RECAPS.values())
    say(f"Beside each a recap ({endings}); and attendance.csv, attendance.html, README.txt, manifest.json, SHA256SUMS.")
    for one in found.left_out:
        say(f"Left out: {one.date} {clean_line(one.title)} {one.session}: {one.left_out}.")
    hidden = f", {found.in_no_recap} of them in the saved chats alone (in no recap)" if found.in_no_recap else ""
    named = count(found.people, "person", "people")
    say(f"{named} named in these files{hidden}: their names go wherever the folder does.")
    if found.removals:
        say(f"The manifest notes on which days something was removed: {count(len(found.removals), 'note')}.")


def _version() -> str:
    """Ours, empty where nothing is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lunchroom")
    except PackageNotFoundError:
        return ""
