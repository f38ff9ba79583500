"""What a listing of the library shows, kept beside the saved chats so that a thousand of them list at once.

index.json holds a summary of each file with the file's size, time and number on the disk; a file that has others is
read again. The index can be deleted at any time, and a damaged one is made anew without a word: nothing is lost by it.
A checksum tells also a damage that is read as another title or number.
"""

import contextlib
import os
import zlib
from pathlib import Path
from typing import Any

import msgspec

from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.events import AnyEvent
from sessions.core.evolve import fold
from sessions.core.state import SessionState
from sessions.files.disk import Disk
from sessions.files.errors import StorageError
from sessions.files.small_file import SmallFile
from sessions.library.library import Library, Saved, describe, newest_first
from sessions.library.marks import marks_of
from sessions.library.storage import layout
from sessions.library.storage.layout import ASIDE, FILE_NAME
from sessions.library.storage.mending import Repair
from sessions.library.storage.reading import read_titled_events
from sessions.library.storage.rescue import rescuable

INDEX_FILE = "index.json"
_VERSION = 4


class Summary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One saved chat as the listing shows it. `started` and `ended` are UTC milliseconds, `size` is bytes.

    `people`, `newcomers` and `answers` count as the desk did at the end; `highlights` are posts and people with a star.
    `marks` are those of its posts, by which two libraries know a chat as the same. Of a `damaged` one `events` are
    those that can be rescued, and the rest is as in the file's name. `repair` is what this look had to mend.
    `keep_years` (0: always) and `records` are what the plan says of keeping it.
    """

    path: Path
    id: str
    date: str
    series: str
    size: int
    title: str = ""
    hashtags: tuple[str, ...] = ()
    started: int = 0
    ended: int | None = None
    events: int = 0
    people: int = 0
    newcomers: int = 0
    answers: int = 0
    highlights: int = 0
    questions: int = 0
    rehearsal: bool = False
    damaged: bool = False
    marks: tuple[str, ...] = ()
    kind: str = "chat"
    repair: Repair | None = None
    keep_years: int = 0
    records: str = ""

    @property
    def minutes(self) -> int | None:
        """How long the chat was, none while it is not over."""
        return None if self.ended is None else round((self.ended - self.started) / 60_000)


class _Entry(msgspec.Struct, frozen=True):
    """What the file was like when `summary` was made of it; none where it is no saved chat."""

    size: int
    mtime: int
    inode: int
    summary: Summary | None


_Files = dict[str, _Entry]


class _Index(msgspec.Struct, frozen=True):
    """`sum` is the CRC-32 of `files` as it is written."""

    version: int
    sum: int
    files: msgspec.Raw


def _path_hook(_kind: type[Any], value: Any) -> Path:
    return Path(value)


_encoder = msgspec.json.Encoder(enc_hook=str)
_reader = JsonReader(_Index)
_files_reader: JsonReader[_Files] = JsonReader(_Files, hook=_path_hook)


def summaries(library: Library, disk: Disk | None = None) -> list[Summary]:
    """All saved chats of the library, newest first; of several copies of one the longest.

    Blocks: a thousand files that the index knows take a fraction of a second, one that it does not know some
    milliseconds. Several programs may do so at once.
    """
    file = SmallFile(library.folder / INDEX_FILE, disk, patience=0)
    known = _read(file)
    fresh: _Files = {}
    repairs: dict[str, Repair] = {}
    for path in candidates(library):
        try:
            before = path.stat()
        except OSError:  # deleted meanwhile
            continue
        entry = known.get(path.name)
        if entry is None or (entry.size, entry.mtime, entry.inode) != _stamp(before):
            entry, repair = _look(path, before)
            if repair is not None:
                repairs[path.name] = repair
        fresh[path.name] = entry
    if fresh != known:
        _keep(file, fresh)
    found = (entry.summary for entry in fresh.values() if entry.summary is not None)
    return newest_first(
        msgspec.structs.replace(one, path=library.folder / one.path, repair=repairs.get(one.path.name)) for one in found
    )


def summary_of(saved: Saved, events: list[AnyEvent] | None) -> Summary:
    """The summary of a file; without events it is damaged."""
    named = Summary(path=saved.path, id=saved.id, date=saved.date, series=saved.series, size=saved.size)
    if saved.damaged or events is None:
        return msgspec.structs.replace(named, events=rescuable(saved.path), damaged=True)
    state = fold(events)
    return msgspec.structs.replace(
        named,
        title=saved.title,
        hashtags=saved.hashtags,
        started=saved.started,
        ended=saved.ended if state.closed_at is not None else None,
        events=state.seq,
        people=len(state.present()),
        newcomers=state.newcomers(),
        answers=state.answers,
        highlights=_highlights(state),
        questions=len({opening.question for opening in state.openings}),
        rehearsal=saved.rehearsal,
        kind=saved.kind,
        marks=marks_of(seen.post.posted_at for seen in state.posts.values()),
        keep_years=(state.plan.keep_years or 0) if state.plan is not None else 0,
        records=(state.plan.records or "") if state.plan is not None else "",
    )


def _highlights(state: SessionState) -> int:
    posts = sum(layer.starred is not None for layer in state.layers.values())
    return posts + sum(person.starred is not None for person in state.people.values())


def candidates(library: Library) -> list[Path]:
    """The files in the folder that may be chats, and those moved aside whose place nobody has taken."""
    found = list(library.paths())
    taken = {path.name for path in found}
    aside: dict[str, tuple[int, Path]] = {}
    for path in library.folder.glob("*.json.damaged-*"):
        match = ASIDE.fullmatch(path.name)
        if match and match[1] not in taken and FILE_NAME.fullmatch(match[1]):
            aside[match[1]] = max(aside.get(match[1], (0, path)), (int(match[2]), path))
    return [*found, *(path for _, path in aside.values())]


def _look(path: Path, before: os.stat_result) -> tuple[_Entry, Repair | None]:
    """What the index keeps of a file. A file that changes meanwhile is looked at again the next time."""
    saved = describe(path)
    if saved.repair is not None:
        with contextlib.suppress(OSError):
            before = path.stat()
    events: list[AnyEvent] | None = None
    if not saved.damaged:
        with contextlib.suppress(StorageError):
            events = read_titled_events(path)
    aside = ASIDE.fullmatch(path.name)
    name = FILE_NAME.fullmatch(aside[1] if aside else path.name)
    if events is None and name is None:
        return _Entry(*_stamp(before), None), None
    if aside and name:
        date, series, session = name.groups()
        saved = Saved(id=session, date=date, series=series, path=path, size=before.st_size, damaged=True)
    summary = msgspec.structs.replace(summary_of(saved, events), path=Path(path.name))
    return _Entry(*_stamp(before), summary), saved.repair


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _read(file: SmallFile) -> _Files:
    with contextlib.suppress(StorageError, Unreadable):
        index = _reader.read(file.read() or b"")
        if index.version == _VERSION and index.sum == zlib.crc32(index.files):
            return _files_reader.read(index.files)
    return {}


def _keep(file: SmallFile, files: _Files) -> None:
    """Write the index; where another program does so now, or the folder cannot be written, the next listing will."""
    with contextlib.suppress(StorageError), file.locked():
        written = layout.ascii_json(_encoder.encode(files))
        file.write(msgspec.json.encode(_Index(_VERSION, zlib.crc32(written), msgspec.Raw(written))))
