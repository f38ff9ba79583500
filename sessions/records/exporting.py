"""All of a series as a folder of files: what would be written, and writing it. It blocks.

The folder is there whole or not at all: it is made under another name beside its place, and renamed at the end.
"""

import contextlib
import datetime
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from sessions.core.events import AnyEvent, PostRedacted
from sessions.core.evolve import fold
from sessions.core.identity import is_pseudonym
from sessions.core.people import Register
from sessions.core.posts import Author
from sessions.files.disk import Disk
from sessions.files.errors import DamagedSession, LibraryError, SaveFailed, SessionLocked
from sessions.files.lock import WriterLock
from sessions.library.library import Library, Saved
from sessions.library.people import read_people
from sessions.library.removals import read_removals
from sessions.library.storage.layout import FILE_NAME
from sessions.library.storage.reading import read_titled_events
from sessions.library.storage.session_file import file_slug
from sessions.records.manifest import MANIFEST, SUMS, ExportedChat, ExportedFile, Manifest, Removal
from sessions.records.readme import readme
from sessions.reports.credit import attendance_page, to_csv
from sessions.reports.credit_chats import attendance_of
from sessions.reports.recap import Format
from sessions.reports.saved_recap import make_recap

RECAPS: dict[Format, str] = {"markdown": ".md", "html": ".html", "csv": ".csv", "json": ".json"}

_HOLDER = "a lunchroom command that copies it"

LIVE, DAMAGED = "it runs now", "it is damaged"

Progress = Callable[[int, int], None]
"""Told how many of how many chats are done."""


class Export(msgspec.Struct, frozen=True):
    """What would be written of a series: the `chats`, the earliest first, with the names that their files get.

    `left_out` are those that cannot be copied, with the reason. `people` is how many people are named in the files, and
    `in_no_recap` how many of them only in the session files.
    """

    series: str
    chats: tuple[tuple[Saved, str], ...]
    left_out: tuple[ExportedChat, ...]
    people: int
    in_no_recap: int
    removals: tuple[Removal, ...]


def look(library: Library, series: str, progress: Progress = lambda _done, _of: None) -> Export:
    """What `write` would write. Raises `LibraryError` where the series has no saved chat, `StorageError`.

    Rehearsals are no records. The months of the series' channel are.
    """
    everything = [one for one in library.saved_chats() if one.series == series and not one.rehearsal]
    if not everything:
        raise LibraryError(f"No saved chat belongs to the series {series!r}. `lunchroom sessions` lists what is saved.")
    register = read_people(library.folder)
    taken: list[tuple[Saved, str]] = []
    left_out: list[ExportedChat] = []
    persons: dict[str, bool] = {}
    removed = [
        Removal(note.day, note.act) for note in read_removals(library.folder) if note.series == file_slug(series)
    ]
    for done, saved in enumerate(reversed(everything)):
        progress(done, len(everything))
        why, events = _events(saved)
        if why:
            left_out.append(ExportedChat(saved.id, saved.date, saved.title, why))
            continue
        removed += [Removal(_day(one.at), "blank") for one in events if isinstance(one, PostRedacted)]
        for person in fold(events).people.values():
            if not is_pseudonym(person.author.id):
                key, hidden = _person(register, person.author)
                persons[key] = persons.get(key, True) and hidden
        taken.append((saved, _stem(saved, len(taken) + 1)))
    removed.sort(key=lambda one: one.day)
    return Export(series, tuple(taken), tuple(left_out), len(persons), sum(persons.values()), tuple(removed))


def write(
    export: Export,
    library: Library,
    folder: Path,
    *,
    by: str,
    now: datetime.datetime,
    progress: Progress = lambda _done, _of: None,
) -> Manifest:
    """Write the series into the folder, which must not be there or be empty; what its manifest says.

    `by` is the version that writes, `now` an aware moment. Raises `LibraryError` where something is there or a chat has
    changed meanwhile, `OSError` where the disk refuses: then nothing of it is left.
    """
    if why := occupied(folder):
        raise LibraryError(why)
    begun = folder.with_name(f"{folder.name}.new-{secrets.token_hex(4)}")
    try:
        begun.mkdir(mode=0o700, parents=True)
        manifest = _filled(export, library, begun, by, now, progress)
        _same_still(export, manifest)
        if folder.is_dir():
            folder.rmdir()
        begun.rename(folder)
        Disk().sync_folder(folder.parent)
    finally:
        shutil.rmtree(begun, ignore_errors=True)
    return manifest


def occupied(folder: Path) -> str:
    """Why nothing can be written there, in words; empty where it can."""
    if folder.name in ("", ".."):
        return f"{folder} is no name of a folder: name a new one."
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return f"{folder} is there already and no folder: name another."
    with contextlib.suppress(OSError):
        if folder.is_dir() and next(folder.iterdir(), None) is not None:
            return f"{folder} has something in it and is left as it is: name a new folder."
    return ""


def _copied(saved: Saved) -> bytes:
    """The chat's file, while nobody writes into it. Raises `LibraryError` where it runs by now, or is another than
    shown."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(SaveFailed):  # a library that cannot be written can be read
            try:
                stack.callback(WriterLock(saved.path, _HOLDER).release)
            except SessionLocked:
                raise LibraryError(f"{saved.path.name} runs by now. Export again: it is left out then.") from None
        try:
            data = saved.path.read_bytes()
        except FileNotFoundError:
            raise _changed(saved) from None
        if len(data) != saved.size:
            raise _changed(saved)
        return data


def _same_still(export: Export, manifest: Manifest) -> None:
    """Raises `LibraryError` where a chat is no longer what was copied: somebody may have asked to be removed.

    By its bytes, since a word that is blanked keeps its length, and some disks note the time to two seconds only.
    """
    sums = {one.path: one.sha256 for one in manifest.files}
    for saved, stem in export.chats:
        try:
            with saved.path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise _changed(saved) from None
        if found != sums[_place(stem)]:
            raise _changed(saved)


def _changed(saved: Saved) -> LibraryError:
    return LibraryError(f"{saved.path.name} has changed since it was shown. Export again.")


def _filled(
    export: Export, library: Library, folder: Path, by: str, now: datetime.datetime, progress: Progress
) -> Manifest:
    made = now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    chats = [ExportedChat(saved.id, saved.date, saved.title) for saved, _ in export.chats]
    listed = tuple(sorted([*chats, *export.left_out], key=lambda one: (one.date, one.session)))
    files: list[ExportedFile] = []
    for saved, stem in export.chats:  # one lock at a time: a system lets a program open few files at once
        files.append(_written(folder, _place(stem), _copied(saved)))
    for path, data in _made_of_them(export, library, folder, progress):
        files.append(_written(folder, path, data))
    text = readme(export.series, made, by, listed, export.removals)
    files.append(_written(folder, "README.txt", text.encode(errors="replace")))
    files.sort(key=lambda one: one.path)
    sums = "".join(f"{one.sha256}  {one.path}\n" for one in files)
    files.append(_written(folder, SUMS, sums.encode()))
    manifest = Manifest(
        series=export.series, made=made, by=by, people=export.people, chats=listed, removals=export.removals,
        files=tuple(files),
    )  # fmt: skip
    _written(folder, MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    return manifest


def _place(stem: str) -> str:
    """Where in the folder the copy of a session file is."""
    return f"sessions/{stem}.json"


def _made_of_them(export: Export, library: Library, folder: Path, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Each file that is made of the copies in the folder, with its place there."""
    for done, (saved, stem) in enumerate(export.chats):
        progress(done, len(export.chats))
        for form, suffix in RECAPS.items():
            text = make_recap(library.folder, folder / _place(stem), saved.id, form).text
            yield f"recaps/{stem}{suffix}", _encoded(text, table=form == "csv")
    attended = {saved.id: folder / _place(stem) for saved, stem in export.chats if not saved.channel}
    if attended:
        attendance = attendance_of(library, attended)
        yield "attendance.csv", _encoded(to_csv(attendance.chats), table=True)
        yield "attendance.html", _encoded(attendance_page(attendance.chats, attendance.languages))


def _encoded(text: str, *, table: bool = False) -> bytes:
    """A text in UTF-8; a table with the mark and the line ends by which spreadsheets know it."""
    if table:
        return text.replace("\n", "\r\n").encode("utf-8-sig", errors="replace")
    return text.encode(errors="replace")


def _written(folder: Path, path: str, data: bytes) -> ExportedFile:
    target = folder.joinpath(*path.split("/"))
    target.parent.mkdir(mode=0o700, exist_ok=True)
    with target.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return ExportedFile(path, len(data), hashlib.sha256(data).hexdigest())


def _events(saved: Saved) -> tuple[str, list[AnyEvent]]:
    """Why the chat cannot be copied, empty where it can, and its events."""
    try:
        with contextlib.suppress(SaveFailed):  # a library that cannot be written can be read: nobody writes there
            WriterLock(saved.path, _HOLDER).release()
    except SessionLocked:
        return LIVE, []
    try:
        return (DAMAGED, []) if saved.damaged else ("", read_titled_events(saved.path))
    except DamagedSession:
        return DAMAGED, []


def _person(register: Register, author: Author) -> tuple[str, bool]:
    """Whose account it is, and whether they are in no recap."""
    record = register.of(author)
    if record is None:
        return author.id, False
    return next(iter(record.ids), author.id), record.recap == "no" or record.muted


def _stem(saved: Saved, number: int) -> str:
    """What the files of a chat are called: as the session file, where that is called as all are."""
    stem = (
        saved.path.stem if FILE_NAME.fullmatch(saved.path.name) else f"{saved.date}-{file_slug(saved.series)}-{number}"
    )
    return re.sub(r"[^A-Za-z0-9._-]", "-", stem)


def _day(at: int) -> str:
    return datetime.datetime.fromtimestamp(at / 1000, datetime.UTC).date().isoformat()
