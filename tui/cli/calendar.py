"""Writing a chat as a file for calendars: what stands in it is shown first, and no file is overwritten by chance."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.words import _
from tui.cli.output import Failure, fail_with, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from sessions.core.plan import Plan


UNASKED = _("The file for calendars was not written: nobody is here to answer. Add --yes to go on unasked.")


def check_calendar_free(path: Path, force: bool) -> None:
    """Fail in one line where the file has another ending, or is there and may not be overwritten."""
    if path.suffix.lower() != ".ics":
        raise Failure(_("A calendar reads no {suffix} file: name it .ics.").format(suffix=path.suffix or path.name), 2)
    if path.exists() and not force:
        raise _taken(path)


def write_calendar(plan: "Plan", path: Path, force: bool, yes: bool) -> None:
    """Show the chat of the plan as the calendar gets it, and write it unless that is not wanted; fails in one line."""
    from sessions.core.plan.schedule import share_text
    from sessions.networks.registry import NETWORKS
    from sessions.reports.calendar_file import calendar_file, calendar_words
    from tui.text.outside import clean_line

    say(_("For calendars: {calendar}.").format(calendar=clean_line(calendar_words(plan))))
    for line in share_text(plan, NETWORKS).splitlines():
        say(f"  {clean_line(line)}".rstrip())
    if not yes and not confirm(_("Write this into {path}?").format(path=path), UNASKED):
        raise Failure(_("{path} was not written.").format(path=path))
    data = calendar_file(plan, NETWORKS, now=datetime.datetime.now(datetime.UTC))
    with fail_with(OSError, what=_("{path} cannot be written").format(path=path)):
        try:
            with path.open("wb" if force else "xb") as file:
                file.write(data)
        except FileExistsError:
            raise _taken(path) from None
    say(_("The entry for calendars is in {path}.").format(path=path))


def _taken(path: Path) -> Failure:
    return Failure(
        _("{path} is there already and is left as it is: give another name, or --force to overwrite.").format(
            path=path
        ),
        2,
    )
