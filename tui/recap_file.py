"""Making the recap of a saved chat and writing it, for the command line and the library. Everything here blocks."""

from pathlib import Path
from typing import NamedTuple

from sessions.evolve import fold
from sessions.plan import Plan
from sessions.recap import Format, NextChat, build_recap, render, week_on
from sessions.storage.left_out import left_out_ids
from sessions.storage.plans import following_plan, system_timezone
from sessions.storage.reading import read_events

SUFFIXES: dict[Format, str] = {"markdown": ".md", "html": ".html", "csv": ".csv", "json": ".json"}
"""How a file of each format is called."""


class MadeRecap(NamedTuple):
    """The recap's `text`; `closed` is whether the chat was, `planned` whether a plan of the next chat was found."""

    text: str
    closed: bool
    planned: bool


def make_recap(library: Path, path: Path, session: str, form: Format, *, anonymous: bool = False) -> MadeRecap:
    """The recap of the session file at `path`, as what its folder and the present one know. Raises `StorageError`."""
    state = fold(read_events(path))
    following = None if state.plan is None else _following(state.plan, library)
    made = build_recap(state, session, left_out=left_out_ids(library, state), next_chat=following, anonymous=anonymous)
    planned = following is None or following.planned
    return MadeRecap(render(made, form), state.closed_at is not None, planned)


def write_recap(output: Path, text: str, form: Format, *, force: bool = False) -> None:
    """Write a recap; without `force` over no other file: `FileExistsError`. Raises `OSError`.

    A CSV file gets the mark and the line ends by which spreadsheets know it; all others are plain UTF-8.
    """
    encoding, line_end = ("utf-8-sig", "\r\n") if form == "csv" else ("utf-8", "\n")
    with output.open("w" if force else "x", encoding=encoding, newline=line_end, errors="replace") as file:
        file.write(text)


def _following(plan: Plan, library: Path) -> NextChat:
    """The next chat by the plan of one here or among the library's plans, else by custom a week on."""
    found = following_plan([Path.cwd(), library / "plans"], plan, default_timezone=system_timezone())
    if found is None:
        return week_on(plan)
    following = found.plan
    return NextChat(starts_at=following.starts_at, timezone=following.timezone, title=following.title, planned=True)
