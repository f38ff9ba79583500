"""Notes of that something was removed from the chats of a series, and when: for who keeps records.

Beside the saved chats lies a file with a note for each removal. It never says what was removed or of whom.
"""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.files.disk import Disk
from sessions.files.errors import LibraryError
from sessions.files.small_file import SmallFile

REMOVALS_FILE = "removals.json"

Act = Literal["forget", "blank", "delete"]
"""Somebody was forgotten, the words of a post were blanked out in a saved chat, or a saved chat was deleted."""


class RemovalNote(msgspec.Struct, frozen=True):
    """On which `day` (UTC, `2026-12-01`) something was removed from the chats of a series, and by which act.

    The series is as in the names of its files.
    """

    day: str
    series: str
    act: Act


class _Contents(msgspec.Struct, frozen=True):
    """The file as TinyDB reads it."""

    removals: dict[str, RemovalNote]


def read_removals(folder: Path) -> list[RemovalNote]:
    """The notes of the library in `folder`, the oldest first. Raises `LibraryError` where they cannot be read."""
    return _notes(SmallFile(folder / REMOVALS_FILE))


def note_removals(folder: Path, series: Iterable[str], act: Act, disk: Disk | None = None) -> list[RemovalNote]:
    """Note for each series that something is removed today, durably; the notes.

    A file that is damaged is moved aside, since what was asked to be removed has to go all the same. Raises
    `LibraryError` where another program keeps the file, `SaveFailed`.
    """
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    notes = [RemovalNote(day, one, act) for one in sorted(set(series))]
    if notes:
        file = SmallFile(folder / REMOVALS_FILE, disk)
        with file.locked():
            try:
                known = _notes(file)
            except LibraryError:
                file.move_aside()
                known = []
            _write(file, [*known, *notes])
    return notes


def take_back(folder: Path, note: RemovalNote, disk: Disk | None = None) -> None:
    """Take the latest note that reads so away, because what was removed is back. Raises as `note_removals`."""
    file = SmallFile(folder / REMOVALS_FILE, disk)
    with file.locked():
        known = _notes(file)
        if note in known:
            known.reverse()
            known.remove(note)
            known.reverse()
            _write(file, known)


def _notes(file: SmallFile) -> list[RemovalNote]:
    raw = file.read()
    try:
        return [] if raw is None else [*read_json(raw, _Contents).removals.values()]
    except Unreadable as error:
        raise LibraryError(
            f"{file.path} is damaged ({error}), and it says when something was removed. Bring back a copy of it, or "
            "delete it."
        ) from error


def _write(file: SmallFile, notes: list[RemovalNote]) -> None:
    file.write(msgspec.json.encode(_Contents({str(number): note for number, note in enumerate(notes, start=1)})))
