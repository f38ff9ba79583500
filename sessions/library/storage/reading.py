"""Reading session files without the writer's lock: during the chat, after it, and after a kill.

An append is one write, so a reader sees it whole or, about once in a thousand reads, in part; then it reads again.
Where the tail stays torn (the writer was killed), whole events only are read; the lock's holder mends the file.
"""

import contextlib
import os
import time
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.events import AnyEvent, SessionClosed, SessionOpened, decode_event
from sessions.core.known_now import Rejudged, rejudged, titled
from sessions.files.errors import DamagedSession, LibraryError, StorageError
from sessions.files.reading import read_file
from sessions.library.storage import layout

_ATTEMPTS = 5
_PAUSE = 0.01
_CHUNK = 16 * 1024
_LARGEST = 1024 * 1024 * 1024
"""Bytes; the 100,000 posts that a chat is built for take about 50 MB."""
_REJUDGED_LINE = f'"{layout.REJUDGED}": '.encode()


class SessionRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """The one document of the table `session`; `started` and `ended` (null while it runs) are UTC milliseconds.

    `kind` is as in `session_opened`, and absent in a chat.
    """

    schema: int
    id: str
    title: str
    hashtags: tuple[str, ...]
    series: str
    started: int
    ended: int | None
    kind: str = "chat"


class Head(msgspec.Struct, frozen=True):
    """What a listing shows of a session, read from both ends of its file.

    `ended` is also known where only the event `session_closed` says so; `events` is the number of events. `rejudged`
    says who was new by what came into the library since, if that is another thing than the events say.
    """

    session: SessionRecord
    opened: SessionOpened
    ended: int | None
    events: int
    rejudged: Rejudged | None = None


_session_reader = JsonReader(dict[Literal["1"], SessionRecord])


def read_events(path: Path) -> list[AnyEvent]:
    """All whole events of a session file, in order; event types of a later version as `UnknownEvent`.

    Blocks, for up to 50 ms longer where the tail is torn. Raises `LibraryError` where there is no such file,
    `DamagedSession` where it is broken beyond its tail.
    """
    for attempt in range(_ATTEMPTS):
        data = _read(path)
        try:
            return layout.decode_events(data)
        except Unreadable as error:
            problem = error
        if attempt < _ATTEMPTS - 1:
            time.sleep(_PAUSE)
    torn = layout.find_tear(data)
    if torn is None:
        raise DamagedSession(path, str(problem))
    return torn.events


def read_titled_events(path: Path) -> list[AnyEvent]:
    """The events as `read_events`, but as the chat is known now: by the title to which it may have been renamed, and
    with those as newcomers who were in no earlier chat of the library."""
    events = read_judged_events(path)
    with contextlib.suppress(StorageError):  # without a table `session` the plan's own title is all there is
        return titled(events, read_head(path).session.title)
    return events


def read_judged_events(path: Path) -> list[AnyEvent]:
    """The events as `read_events`, but with those as newcomers who were in no earlier chat of the library."""
    events = read_events(path)
    with contextlib.suppress(StorageError):  # without a table `session` the events' own word is all there is
        judged = read_head(path).rejudged
        return events if judged is None else rejudged(events, judged)
    return events


def read_session(path: Path) -> SessionRecord:
    """The document of the table `session` of a whole file. Raises as `read_events`."""
    return _session_of(path, _read(path))


def read_head(path: Path) -> Head:
    """What a listing shows, without reading what lies between the first event and the last. Raises as `read_events`."""
    try:
        with path.open("rb") as file:
            head = _head_of_ours(file)
    except OSError as error:
        raise _missing(path, error) from error
    return head or _head_by_parsing(path)


def is_torn(path: Path) -> bool:
    """Whether the file does not end as all that we write do: its writer was killed, or is writing now.

    A file that stock TinyDB has written does not end so either, nor does one that cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _CHUNK))
            return layout.last_record(file.read()) is None
    except OSError:
        return True


def read_last_record(file: BinaryIO) -> tuple[int, bytes] | None:
    """Seq and JSON object of the last event of a file in our layout; none if there is no event or the tail is torn."""
    size = file.seek(0, os.SEEK_END)
    length = _CHUNK
    while True:
        file.seek(max(0, size - length))
        found = layout.last_record(file.read(length))
        if found or length >= size:
            return found
        length *= 8


def _head_of_ours(file: BinaryIO) -> Head | None:
    first = file.readline()
    if not first.startswith(b'{"session": ') or not first.endswith(b"},\n"):
        return None
    judged = None
    for line in file:
        if line == layout.EVENTS_LINE:
            break
        if line.startswith(_REJUDGED_LINE):
            judged = layout.rejudged_in(line[len(_REJUDGED_LINE) :].rstrip(b",\n"))
    else:
        return None
    opened = layout.decode_record(file.readline())
    last = read_last_record(file)
    if opened is None or last is None:
        return None
    try:
        session = _session_reader.read(first[len(b'{"session": ') : -len(b",\n")])
        return _head(session["1"], opened, decode_event(last[1]), judged)
    except (Unreadable, KeyError):
        return None


class _Whole(msgspec.Struct):
    session: dict[Literal["1"], SessionRecord]


_whole_reader = JsonReader(_Whole)


def _session_of(path: Path, data: bytes) -> SessionRecord:
    try:
        return _whole_reader.read(data).session["1"]
    except (Unreadable, KeyError) as error:
        raise DamagedSession(path, f"its table `session` is not right ({error})") from error


def _head_by_parsing(path: Path) -> Head:
    events = read_events(path)
    data = _read(path)
    torn = layout.find_tear(data)
    whole = layout.mended(data, torn) if torn else data
    session = _session_of(path, whole)
    judged = layout.rejudged_in(layout.parse(whole).others.get(layout.REJUDGED))
    head = _head(session, events[0], events[-1], judged) if events else None
    if head is None:
        raise DamagedSession(path, "it does not begin with `session_opened`")
    return head


def _head(record: SessionRecord, first: AnyEvent, last: AnyEvent, judged: Rejudged | None) -> Head | None:
    if not isinstance(first, SessionOpened):
        return None
    ended = last.at if record.ended is None and isinstance(last, SessionClosed) else record.ended
    return Head(session=record, opened=first, ended=ended, events=last.seq, rejudged=judged)


def _read(path: Path) -> bytes:
    try:
        return read_file(path, _LARGEST)
    except OSError as error:
        raise _missing(path, error) from error


def _missing(path: Path, error: OSError) -> LibraryError:
    if isinstance(error, FileNotFoundError):
        return LibraryError(f"There is no file {path}. `lunchroom sessions` lists the saved chats.")
    return LibraryError(f"{path} cannot be read: {error.strerror or error}.")
