"""Writing a chat as a file for calendars: what stands in it is shown first, and no file is overwritten by chance."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.output import Failure, fail_with, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from sessions.core.plan import Plan


UNASKED = "The file for calendars was not written: nobody is here to answer. Add --yes to go on unasked."


def check_calendar_free(path: Path, force: bool) -> None:
    """Fail in one line where the file has another ending, or is there and may not be overwritten."""
    if path.suffix.lower() != ".ics":
        raise Failure(f"A calendar reads no {path.suffix or path.name} file: name it .ics.", 2)
    if path.exists() and not force:
        raise _taken(path)


def write_calendar(plan: "Plan", path: Path, force: bool, yes: bool) -> None:
    """Show the chat of the plan as the calendar gets it, and write it unless that is not wanted; fails in one line."""
    from sessions.core.plan.schedule import share_text
    from sessions.networks.registry import NETWORKS
    from sessions.reports.calendar_file import calendar_file, calendar_words
    from tui.text.outside import clean_line

    say(f"For calendars: {clean_line(calendar_words(plan))}.")
    for line in share_text(plan, NETWORKS).splitlines():
        say(f"  {clean_line(line)}".rstrip())
    if not yes and not confirm(f"Write this into {path}?", UNASKED):
        raise Failure(f"{path} was not written.")
    data = calendar_file(plan, NETWORKS, now=datetime.datetime.now(datetime.UTC))
    with fail_with(OSError, what=f"{path} cannot be written"):
        try:
            with path.open("wb" if force else "xb") as file:
                file.write(data)
        except FileExistsError:
            raise _taken(path) from None
    say(f"The entry for calendars is in {path}.")


def _taken(path: Path) -> Failure:
    return Failure(f"{path} is there already and is left as it is: give another name, or --force to overwrite.", 2)
