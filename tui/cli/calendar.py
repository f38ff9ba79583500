"""Writing a chat as a file for calendars: what stands in it is said, and no file is overwritten by chance."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.output import Failure, fail_with, say

if TYPE_CHECKING:
    from sessions.core.plan import Plan


def check_calendar_free(path: Path, force: bool) -> None:
    """Fail in one line where the file has another ending, or is there and may not be overwritten."""
    if path.suffix.lower() != ".ics":
        raise Failure(f"A calendar reads no {path.suffix or path.name} file: name it .ics.", 2)
    if path.exists() and not force:
        raise _taken(path)


def write_calendar(plan: "Plan", path: Path, force: bool) -> None:
    """Write the chat of the plan; fails in one line."""
    from sessions.networks.registry import NETWORKS
    from sessions.reports.calendar_file import calendar_file, calendar_words

    data = calendar_file(plan, NETWORKS, now=datetime.datetime.now(datetime.UTC))
    with fail_with(OSError, what=f"{path} cannot be written"):
        try:
            with path.open("wb" if force else "xb") as file:
                file.write(data)
        except FileExistsError:
            raise _taken(path) from None
    say(f"For calendars, in {path}: {calendar_words(plan)}. It has what --share prints.")


def _taken(path: Path) -> Failure:
    return Failure(f"{path} is there already and is left as it is: give another name, or --force to overwrite.", 2)
