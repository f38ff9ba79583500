"""`lunchroom sessions`: what lies in the library."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sessions.words import _, ngettext
from tui.cli.output import Failure, put, put_json, say

if TYPE_CHECKING:
    from sessions.library.index import Summary
    from sessions.library.library import Library

LibraryOption = Annotated[
    Path | None, typer.Option("--library", metavar="DIR", help="Where saved chats lie.", envvar="LUNCHROOM_LIBRARY")
]


def sessions(
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array instead of a table.")] = False,
) -> None:
    """List the saved chats, newest first.

    Example: lunchroom sessions --json
    """
    from sessions.hub.process.runtime import running_sessions
    from sessions.library.index import summaries
    from tui.cli.running import say_damaged_runtimes

    opened = saved_library(library)
    running = {found.runtime.session for found in running_sessions() if found.alive}
    say_damaged_runtimes()
    chats = summaries(opened)
    for chat in chats:
        if chat.repair is not None:
            say(f"{chat.path.name}: {chat.repair}")
    rows = [_row(saved, saved.id in running) for saved in chats]
    if as_json:
        put_json(rows)
        return
    if not rows:
        say(
            _(
                "No chat is saved in {folder} yet. `lunchroom demo` is a rehearsal, `lunchroom host PLAN` a chat."
            ).format(folder=opened.folder)
        )
        return
    width = max(len(row["series"]) for row in rows)
    for row in rows:
        put(_line(row, width))


_DAY = 24 * 60
_LONG = 2 * _DAY
"""Minutes from which the length of a slow chat or a channel is told in days."""


def open_library(folder: Path | None) -> "Library":
    """The library to save in: in this folder, which is made, or where saved chats lie by default.

    Fails in one line where it cannot be used.
    """
    from sessions.library.library import Library

    return Library(library_folder(folder))


def saved_library(folder: Path | None) -> "Library":
    """The library to look into, which makes no folder: on the first run there is none yet, and nothing in it.

    Fails in one line where somebody named a folder that is not there, for that is a slip of theirs.
    """
    from sessions.library.library import Library
    from sessions.library.location import default_library

    looked_for = library_folder(folder)
    if not looked_for.is_dir() and (looked_for != default_library() or looked_for.exists()):
        raise Failure(
            _("There is no folder {looked_for}: --library names the one in which chats are saved.").format(
                looked_for=looked_for
            ),
            2,
        )
    return Library(looked_for, make=False)


def known_library(folder: Path | None) -> "Library":
    """The library whose people are to be changed: a folder that somebody names must be there already."""
    saved_library(folder)
    return open_library(folder)


def library_folder(folder: Path | None) -> Path:
    """The folder of saved chats, without touching it."""
    from sessions.library.location import default_library

    return folder if folder is not None else default_library()


def _line(row: dict[str, Any], width: int) -> str:
    """What the table shows of a chat; of a damaged one how much can be rescued."""
    head = f"{row['date']}  {row['id']}  {row['series']:<{width}}  {row['state']:<11}"
    if row["state"] == "damaged":
        from tui.text.wording import counted

        told = _("{events} can be rescued") if row["events"] else _("nothing can be read")
        return f"{head}  {told.format(events=counted(row['events'], '{n} event', '{n} events'))}"
    minutes = row["minutes"]
    if minutes is None:
        length = ""
    elif minutes < _LONG:
        length = _("{n} min").format(n=minutes)
    else:
        days = round(minutes / _DAY)
        length = ngettext("{n} day", "{n} days", days).format(n=days)
    counts = _("{people:>4} people {newcomers:>3} new {answers:>4} answers {highlights:>3} starred").format(**row)
    return f"{head}  {length:>7}  {counts}  {row['title']}"


def _row(saved: "Summary", running: bool) -> dict[str, Any]:
    """What a script gets of a saved chat; times are UTC milliseconds."""
    stopped = "interrupted" if saved.kind == "chat" else "goes on"  # words: scripts get it
    unfinished = "saved" if saved.ended is not None else stopped
    state = "running" if running else "rehearsal" if saved.rehearsal else unfinished
    return {
        "id": saved.id,
        "date": saved.date,
        "title": saved.title,
        "series": saved.series,
        "hashtags": saved.hashtags,
        "started": saved.started,
        "ended": saved.ended,
        "minutes": saved.minutes,
        "state": "damaged" if saved.damaged else state,
        "rehearsal": saved.rehearsal,
        "kind": saved.kind,
        "events": saved.events,
        "people": saved.people,
        "newcomers": saved.newcomers,
        "answers": saved.answers,
        "highlights": saved.highlights,
        "file": str(saved.path),
    }
