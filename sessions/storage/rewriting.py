"""Rewriting single files of a library without a person: session files, moved-aside ones, and what else lies there."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from sessions.derived import derived_tables
from sessions.events import AnyEvent, decode_event
from sessions.evolve import fold
from sessions.forgetting import Blanker
from sessions.storage import layout
from sessions.storage.disk import Disk
from sessions.storage.errors import DamagedSession, SaveFailed
from sessions.storage.forgetting import FORGOTTEN_FILE
from sessions.storage.index import INDEX_FILE
from sessions.storage.layout import FILE_NAME
from sessions.storage.library import OWN_FILES
from sessions.storage.people import PEOPLE_FILE
from sessions.storage.reading import SessionRecord, read_events
from sessions.storage.session_file import DERIVED, SessionFile
from sessions.storage.trash import TRASH_FOLDER

LARGEST = 64 * 1024 * 1024
"""Bytes up to which a file that is no session file is looked through."""

_OURS = re.compile(r"(people|index)\.json\.damaged-\d+|.+\.json\.damaged-\d+")
_PASSED_BY = frozenset({FORGOTTEN_FILE, INDEX_FILE, PEOPLE_FILE})

_record_decoder = msgspec.json.Decoder(dict[str, SessionRecord])


def chat_paths(folder: Path) -> Iterator[Path]:
    """The files in a library, and in its trash, that are session files by their names or may be by their endings."""
    yield from (path for path in folder.glob("*.json") if path.name not in OWN_FILES and _is_chat(path))
    yield from (folder / TRASH_FOLDER).glob("*/*/*.json")


def other_paths(folder: Path) -> Iterator[Path]:
    """All files under the library that are neither session files nor written anew in another way."""
    for path in sorted(folder.rglob("*")):
        if path.name not in _PASSED_BY and path.suffix not in (".lock", ".holder", ".new") and path.is_file():
            yield path


def would_change(path: Path, blanker: Blanker) -> int:
    """How many events and tables of a session file tell of the person. Raises `DamagedSession`, `LibraryError`."""
    events, tables = _changes(path, blanker)
    return len(events) + len(tables)


def rewrite_chat(path: Path, blanker: Blanker, disk: Disk) -> int:
    """Take the person out of a session file; how many events and tables that changed.

    Raises `SessionLocked` where it is being written, `DamagedSession`, `SaveFailed`.
    """
    with SessionFile.open(path, holder="lunchroom forget", disk=disk) as file:
        events, tables = _changes(path, blanker)
        file.rewrite(events, lambda _tables: tables)
        return len(events) + len(tables)


def rewrite_other(path: Path, blanker: Blanker, disk: Disk, *, write: bool) -> tuple[int, str]:
    """Take the person out of a file that is no session file or a damaged one, if it is ours.

    Gives how many lines that changes, and why the person may still be told in it (empty: they are not).
    """
    try:
        if path.stat().st_size > LARGEST:
            return 0, "It is too large to be looked through."
        data = path.read_bytes()
    except OSError as error:
        return 0, f"It cannot be read: {error.strerror or error}."
    if not _OURS.fullmatch(path.name) and not FILE_NAME.fullmatch(path.name):
        named = blanker.names(data.decode("utf-8", errors="replace"))
        return 0, "It names them and is no file of ours: change or delete it yourself." if named else ""
    lines = data.split(b"\n")
    new = [_line(line, blanker) for line in lines]
    places = sum(line != other for line, (other, _) in zip(lines, new, strict=True))
    doubtful = any(doubt for _, doubt in new)
    if places and write:
        try:
            disk.write_whole(path, b"\n".join(line for line, _ in new))
        except OSError as error:
            raise SaveFailed.from_os(error) from error
    why = "It is damaged and may tell of them where it cannot be read: delete it when you need it no more."
    return places, why if doubtful else ""


def _changes(path: Path, blanker: Blanker) -> tuple[dict[int, bytes], Mapping[str, bytes]]:
    """The events of a session file that are to read otherwise, by seq, and its tables, by name."""
    events = read_events(path)
    blanked = blanker.blanked(events)
    data = path.read_bytes()
    torn = layout.find_tear(data)
    try:
        tables = layout.parse(layout.mended(data, torn) if torn else data).others
    except msgspec.DecodeError as error:
        raise DamagedSession(path, str(error)) from error
    kept: list[AnyEvent] = [decode_event(blanked[one.seq]) if one.seq in blanked else one for one in events]
    changed: dict[str, bytes] = {}
    for name, raw in tables.items():
        new = _table(name, bytes(raw), kept, blanker)
        if msgspec.json.decode(new) != msgspec.json.decode(raw):
            changed[name] = new
    return blanked, changed


def _table(name: str, raw: bytes, events: list[AnyEvent], blanker: Blanker) -> bytes:
    if name == layout.SESSION:
        with contextlib.suppress(msgspec.DecodeError):
            documents = _record_decoder.decode(raw)
            new = {key: msgspec.structs.replace(one, title=blanker.text(one.title)) for key, one in documents.items()}
            return msgspec.json.encode(new)
    if name in DERIVED and msgspec.json.decode(raw):
        documents_of = derived_tables(fold(events))[name]
        return msgspec.json.encode({str(number): one for number, one in enumerate(documents_of, start=1)})
    return msgspec.json.encode(blanker.anything(msgspec.json.decode(raw)))


def _line(line: bytes, blanker: Blanker) -> tuple[bytes, bool]:
    """A line of a damaged file without the person, and whether they may still be told in it."""
    event = layout.decode_record(line)
    if event is not None:
        blanked = blanker.blanked([event]).get(event.seq)
        if blanked is None:
            return line, False
        comma = b"," if line.rstrip().endswith(b",") else b""
        return layout.records([(event.seq, blanked)]) + comma, False
    if not line.strip(b"{}, \t\r") or line + b"\n" == layout.EVENTS_LINE:
        return line, False
    with contextlib.suppress(msgspec.DecodeError):
        inner = line.strip().removesuffix(b",")
        opening = b"" if inner.startswith(b"{") else b"{"
        table = msgspec.json.decode(opening + inner + b"}")
        new = msgspec.json.encode(blanker.anything(table))
        if msgspec.json.decode(new) == table:
            return line, False
        return layout.ascii_json(new)[len(opening) : -1] + b",", False
    text = line.decode("utf-8", errors="surrogateescape")
    blanked_text = blanker.text(text)
    return (line if blanked_text == text else blanked_text.encode("utf-8", errors="surrogateescape")), True


def _is_chat(path: Path) -> bool:
    """Whether a file is a session file, be it by its name alone."""
    if FILE_NAME.fullmatch(path.name):
        return True
    with contextlib.suppress(OSError, msgspec.DecodeError):
        layout.parse(path.read_bytes())
        return True
    return False
