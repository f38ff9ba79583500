"""Rewriting single files of a library without a person: session files, moved-aside ones, and what else lies there."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from sessions.core.decoding import JsonReader, Unreadable, read_any_json, read_json_at
from sessions.core.derived import derived_tables
from sessions.core.events import AnyEvent, decode_event
from sessions.core.evolve import fold
from sessions.core.redaction.forgetting import Blanker
from sessions.files.disk import Disk
from sessions.files.errors import DamagedSession, LibraryError, SaveFailed
from sessions.files.small_file import SmallFile
from sessions.library.forgotten import FORGOTTEN_FILE
from sessions.library.index import INDEX_FILE
from sessions.library.library import OWN_FILES
from sessions.library.people import PEOPLE_FILE
from sessions.library.removals import REMOVALS_FILE
from sessions.library.storage import layout
from sessions.library.storage.layout import ASIDE, FILE_NAME, STOPPED
from sessions.library.storage.reading import SessionRecord, read_events
from sessions.library.storage.rescue import salvage
from sessions.library.storage.session_file import DERIVED, SessionFile, tables_of

LARGEST = 64 * 1024 * 1024
"""Bytes up to which a file that is no session file is looked through."""

_LEFT_BEHIND = (".new", ".holder")
"""Endings of what a killed program leaves beside a file; whoever holds the file's lock may remove it."""

_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(rf"(?:{_PAIR}|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{{4}})+")
"""Letters that are escaped; half of one stays as it is written, for it is no letter of a name."""

_record_reader = JsonReader(dict[str, SessionRecord])


def chat_paths(folder: Path) -> Iterator[Path]:
    """The files in a library, its trash and whatever folders lie in it that are session files by name or contents."""
    yield from (path for path in folder.rglob("*.json") if path.name not in OWN_FILES and _is_chat(path))


def other_paths(folder: Path) -> Iterator[Path]:
    """All files under the library that are neither session files nor written anew in another way."""
    elsewhere = {folder / INDEX_FILE, folder / PEOPLE_FILE}
    for path in sorted(folder.rglob("*")):
        passed_by = path in elsewhere or path.name == FORGOTTEN_FILE or path.suffix == ".lock" or is_left_behind(path)
        if not passed_by and path.is_file():
            yield path


def left_behind(folder: Path) -> Iterator[Path]:
    """What killed programs left under the library beside files of ours."""
    yield from (path for path in sorted(folder.rglob("*")) if is_left_behind(path) and path.is_file())


def is_left_behind(path: Path) -> bool:
    """Whether a file is the half of a replacement, or tells who held the lock of a file."""
    base = path.with_suffix("").name
    return path.suffix in _LEFT_BEHIND and bool(_is_ours(base) or base in OWN_FILES)


def readable_events(path: Path) -> list[AnyEvent]:
    """The events that can be read in a file of ours that is no whole session file; none in any other file."""
    if not _is_ours(path.name):
        return []
    with contextlib.suppress(OSError):
        if path.stat().st_size <= LARGEST:
            data = path.read_bytes()
            by_line = [event for line in data.split(b"\n") if (event := layout.decode_record(line)) is not None]
            return by_line or salvage(data)
    return []


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
    if not _is_ours(path.name):
        named = blanker.names(_unescaped(data.decode("utf-8", errors="replace")))
        return 0, "It names them and is no file of ours: change or delete it yourself." if named else ""
    lines = data.split(b"\n")
    whole = _whole(data, blanker)
    new = [(whole, False)] if whole is not None else [_line(line, blanker) for line in lines]
    places = int(whole != data) if whole is not None else sum(a != b for a, (b, _) in zip(lines, new, strict=True))
    doubtful = any(doubt for _, doubt in new)
    if places and write:
        try:
            disk.write_whole(path, b"\n".join(line for line, _ in new))
        except OSError as error:
            raise SaveFailed.from_os(error) from error
    why = "It is damaged and may tell of them where it cannot be read: delete it when you need it no more."
    return places, why if doubtful else ""


def remove_left_behind(path: Path, blanker: Blanker, *, write: bool) -> tuple[int, str]:
    """Remove what a killed program left, if it tells of the person, and gives the same as `rewrite_other`."""
    try:
        if not blanker.names(_unescaped(path.read_bytes().decode("utf-8", errors="replace"))):
            return 0, ""
        with SmallFile(path.with_suffix(""), patience=0).locked():
            if write:
                path.unlink(missing_ok=True)
    except LibraryError:
        return 0, "Another lunchroom program is writing it. Do it again when that has ended."
    except OSError as error:
        return 0, f"It cannot be removed: {error.strerror or error}."
    return 1, ""


def remove_index(folder: Path, blanker: Blanker) -> None:
    """Remove a library's index where it still tells of the person, as one that another program keeps just now may.

    Raises `SaveFailed`.
    """
    index = folder / INDEX_FILE
    try:
        if index.is_file() and blanker.names(_unescaped(index.read_text("utf-8", "replace"))):
            index.unlink(missing_ok=True)
    except OSError as error:
        raise SaveFailed.from_os(error) from error


def _changes(path: Path, blanker: Blanker) -> tuple[dict[int, bytes], Mapping[str, bytes]]:
    """The events of a session file that are to read otherwise, by seq, and its tables, by name."""
    events = read_events(path)
    blanked = blanker.blanked(events)
    data = path.read_bytes()
    torn = layout.find_tear(data)
    try:
        tables = layout.parse(layout.mended(data, torn) if torn else data).others
    except Unreadable as error:
        raise DamagedSession(path, str(error)) from error
    kept: list[AnyEvent] = [decode_event(blanked[one.seq]) if one.seq in blanked else one for one in events]
    judged = tables.get(layout.REJUDGED)
    by = None if judged is None else layout.rejudged_in(_table(layout.REJUDGED, bytes(judged), blanker))
    repeated = any(name in DERIVED and read_any_json(raw) for name, raw in tables.items())
    derived = tables_of(derived_tables(fold(kept)), by) if repeated else {}
    changed: dict[str, bytes] = {}
    for name, raw in tables.items():
        new = derived[name] if name in derived and read_any_json(raw) else _table(name, bytes(raw), blanker)
        if read_any_json(new) != read_any_json(raw):
            changed[name] = new
    return blanked, changed


def _table(name: str, raw: bytes, blanker: Blanker) -> bytes:
    if name == layout.SESSION:
        with contextlib.suppress(Unreadable):
            documents = _record_reader.read(raw)
            new = {key: msgspec.structs.replace(one, title=blanker.text(one.title)) for key, one in documents.items()}
            return msgspec.json.encode(new)
    return msgspec.json.encode(blanker.anything(read_any_json(raw)))


def _whole(data: bytes, blanker: Blanker) -> bytes | None:
    """A file that is one JSON value, such as a kept people.json, without the person; none if it is not."""
    try:
        value = read_any_json(data)
    except Unreadable:
        return None
    new = msgspec.json.encode(blanker.anything(value))
    return data if read_any_json(new) == value else layout.ascii_json(new)


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
    with contextlib.suppress(Unreadable):
        inner = line.strip().removesuffix(b",")
        opening = b"" if inner.startswith(b"{") else b"{"
        table = read_any_json(opening + inner + b"}")
        new = msgspec.json.encode(blanker.anything(table))
        if read_any_json(new) == table:
            return line, False
        return layout.ascii_json(new)[len(opening) : -1] + b",", False
    text = _unescaped(line.decode("utf-8", errors="surrogateescape"))
    blanked_text = blanker.raw(text)
    return (line if blanked_text == text else blanked_text.encode("utf-8", errors="surrogateescape")), True


def _unescaped(text: str) -> str:
    """A text that may be JSON with the letters that are escaped there (`\\u00fc`) as they read."""
    return _ESCAPE.sub(lambda escapes: read_json_at(f'"{escapes[0]}"', 0)[0], text)


def _is_ours(name: str) -> bool:
    """Whether a file of this name is one that we wrote, whole or not."""
    forms = (ASIDE, STOPPED, FILE_NAME)
    return name in (PEOPLE_FILE, INDEX_FILE, REMOVALS_FILE) or any(form.fullmatch(name) for form in forms)


def _is_chat(path: Path) -> bool:
    """Whether a file is a session file, be it by its name alone."""
    if FILE_NAME.fullmatch(path.name):
        return True
    with contextlib.suppress(OSError, Unreadable):
        layout.parse(path.read_bytes())
        return True
    return False
