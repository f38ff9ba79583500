"""What can be saved of a damaged session file: the events before the damage, or all where its encoding alone is odd."""

import contextlib
import re
from pathlib import Path
from typing import Any

import msgspec

from sessions.core.decoding import Unreadable, read_json_at
from sessions.core.events import AnyEvent, SessionClosed, SessionOpened, encode_event, event_from_builtins
from sessions.files.disk import Disk
from sessions.files.encodings import text_of
from sessions.files.errors import DamagedSession, LibraryError, SaveFailed
from sessions.files.lock import WriterLock
from sessions.files.small_file import SmallFile
from sessions.library.storage import layout
from sessions.library.storage.layout import ASIDE, FILE_NAME
from sessions.library.storage.reading import SessionRecord

_EVENTS = re.compile(r'"events"\s*:\s*\{')
_KEY = re.compile(r'[\s,]*"([0-9]{1,18})"\s*:\s*')
_ESCAPED = re.compile(rb"\\u(?!00[0-7])[0-9a-fA-F]{4}")
"""A letter of another alphabet as programs write it that write ASCII alone."""

_SESSION = re.compile(r'"session"\s*:\s*(?=\{)')


class Rescued(msgspec.Struct, frozen=True):
    """`path` holds the rescued `events` now; the damaged file is kept unchanged at `kept`.

    `encoding` is what the letters of a file that is no UTF-8 were taken for, else empty.
    """

    path: Path
    events: int
    kept: Path
    encoding: str = ""


def salvage(data: bytes) -> list[AnyEvent]:
    """The events of a damaged file from the first to the last before the damage, be it in our layout or TinyDB's.

    A program that rewrote the file may have done so in an encoding of its own; see `text_of`.
    """
    return _salvaged(_text(data)[0])


def _text(data: bytes) -> tuple[str, str]:
    """The text, and its encoding where that is none of ours. In what was written as ASCII odd bytes are damage."""
    if data[:1] == b"{" and b"\0" not in data[:4] and (layout.EVENTS_LINE in data or _ESCAPED.search(data)):
        return data.decode("utf-8", errors="replace"), ""
    text, encoding = text_of(data)
    return text, "" if encoding == "utf-8" else encoding


def _salvaged(text: str) -> list[AnyEvent]:
    start = _EVENTS.search(text)
    found: list[AnyEvent] = []
    position = start.end() if start else len(text)
    while (key := _KEY.match(text, position)) and int(key[1]) == len(found) + 1:
        try:
            document, position = read_json_at(text, key.end())
            event = event_from_builtins(document)
        except (Unreadable, ValueError):  # half a character, which a document may have, is none in JSON
            break
        if event.seq != len(found) + 1 or "\ufffd" in text[key.end() : position]:
            break
        found.append(event)
    return found if found and isinstance(found[0], SessionOpened) else []


def rescuable(path: Path) -> int:
    """How many events `rescue` would save of a file; 0 where none."""
    try:
        return len(salvage(path.read_bytes()))
    except OSError:
        return 0


def rescue(path: Path, disk: Disk | None = None) -> Rescued:
    """Write a whole session file of the events before the damage, and keep the damaged one beside it.

    `path` is a session file that does not parse, or one that was moved aside. Raises `DamagedSession` where nothing can
    be rescued, `SessionLocked`, `LibraryError` where the chat's own name is taken by a whole file, `SaveFailed`.
    """
    disk = disk or Disk()
    aside = ASIDE.fullmatch(path.name)
    target = path.with_name(aside[1]) if aside else path
    lock = WriterLock(target, "a lunchroom command that rescues it")
    try:
        data = path.read_bytes()
        text, encoding = _text(data)
        events = _salvaged(text)
        if not events:
            raise DamagedSession(path, "nothing before the damage can be read")
        if aside and target.exists():
            raise LibraryError(f"{target} is there already and is left as it is. Move one of the two elsewhere.")
        kept = path
        if not aside:
            kept = SmallFile(path, disk).free_name()
            disk.write_whole(kept, data)
        records = [(event.seq, encode_event(event)) for event in events]
        session = b'{"1": ' + msgspec.json.encode(_record(text, target, events)) + b"}"
        tables = {**_other_tables(text, events), layout.SESSION: session}
        disk.write_whole(target, layout.document(tables, records))
    except OSError as error:
        raise SaveFailed.from_os(error) from error
    finally:
        lock.release()
    return Rescued(path=target, events=len(events), kept=kept, encoding=encoding)


def _other_tables(text: str, events: list[AnyEvent]) -> dict[str, bytes]:
    """What else stands in a file of which nothing is lost but its encoding; else none, for it would tell of more."""
    with contextlib.suppress(Unreadable, UnicodeEncodeError):
        tables = layout.parse(text.encode())
        if len(tables.events) == len(events):
            return {name: bytes(raw) for name, raw in tables.others.items()}
    return {}


def _record(text: str, path: Path, events: list[AnyEvent]) -> SessionRecord:
    """The document of the table `session` as it stands there, else as the first event has it."""
    opened = events[0]
    assert isinstance(opened, SessionOpened)
    ended = events[-1].at if isinstance(events[-1], SessionClosed) else None
    start = _SESSION.search(text)
    try:
        table: Any = read_json_at(text, start.end())[0] if start else {}
        return msgspec.structs.replace(msgspec.convert(table["1"], SessionRecord), ended=ended)
    except (Unreadable, ValueError, KeyError, TypeError):
        name = FILE_NAME.fullmatch(path.name)
        return SessionRecord(
            schema=opened.schema,
            id=name[3] if name else path.stem,
            title=opened.plan.title,
            hashtags=opened.plan.hashtags,
            series=opened.plan.series,
            started=opened.at,
            ended=ended,
        )
