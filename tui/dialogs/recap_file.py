"""Where a recap is written, and writing it, for the command line, the library and the desk. Everything here blocks."""

from dataclasses import dataclass
from pathlib import Path

from sessions.core.plan import Plan
from sessions.core.state import SessionState
from sessions.library.storage.session_file import file_slug
from sessions.reports.recap import Format
from sessions.reports.saved_recap import MadeRecap, recap_of
from tui.dialogs.documents import write_document

SUFFIXES: dict[Format, str] = {"markdown": ".md", "html": ".html", "csv": ".csv", "json": ".json"}
"""How a file of each format is called."""


@dataclass(frozen=True)
class RecapWish:
    """Which recap somebody wants, and whether it is to be written at `path` (`force`: over what is there)."""

    form: Format
    path: Path
    anonymous: bool = False
    write: bool = False
    force: bool = False


def fulfil(wish: RecapWish, state: SessionState, library: Path, session: str) -> MadeRecap:
    """The recap that is wished of the chat in this state, written if that is wished too.

    Raises `StorageError`, `FileExistsError` where another file is there, and `OSError`.
    """
    made = recap_of(state, library, session, wish.form, wish.anonymous)
    if wish.write:
        write_recap(wish.path, made.text, wish.form, force=wish.force)
    return made


def recap_path(plan: Plan, form: Format = "markdown") -> Path:
    """Where a recap is written unless one says otherwise: in the current folder, under the chat's date and series."""
    return Path.cwd() / f"recap-{plan.starts:%Y-%m-%d}-{file_slug(plan.series)}{SUFFIXES[form]}"


def write_recap(output: Path, text: str, form: Format, *, force: bool = False) -> None:
    """Write a recap; without `force` over no other file: `FileExistsError`. Raises `OSError`.

    A CSV file gets the mark and the line ends by which spreadsheets know it; all others are plain UTF-8.
    """
    write_document(output, text, table=form == "csv", force=force)
