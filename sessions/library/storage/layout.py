"""How a session file is laid out in bytes, so that it is one JSON document and can be appended to in place.

    {"session": {"1": {...}},
    "events": {
    "1": {...},
    "2": {...}
    }}

Each table but `events` is one line, each event is one line, `events` is the last table, and the file ends in `TAIL`.
All of it is ASCII, because stock TinyDB opens files in the locale's encoding. Pure functions; no I/O.
"""

import codecs
import contextlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from sessions.core.decoding import JsonReader, Unreadable, WrongShape, read_any_json
from sessions.core.events import AnyEvent, Event, decode_event
from sessions.core.known_now import Rejudged
from sessions.core.session_id import SESSION_ID

TAIL: Final = b"\n}}"
"""What every session file ends in, and what an append overwrites."""

EVENTS: Final = "events"
SESSION: Final = "session"
REJUDGED: Final = "rejudged"
"""The table that says who was new by what came into the library since; absent where the events are right."""

EVENTS_LINE: Final = b'"events": {\n'
"""The line behind which the events stand, one a line."""

FILE_NAME: Final = re.compile(rf"(\d{{4}}-\d\d-\d\d)-(.+)-({SESSION_ID.pattern})\.json")
"""What every session file is called: date, series and id."""

ASIDE: Final = re.compile(r"(.+\.json)\.damaged-(\d+)")
"""What a file is called that did not parse and was moved aside: its own name, and a number."""

STOPPED: Final = re.compile(r"(.+\.json)\.stopped-(\d+)")
"""What a file is called that has something which the chat, as it went on elsewhere, has not; numbered, too."""

_RECORD: Final = re.compile(rb'"([1-9][0-9]{0,17})": (\{.*\})')
_START: Final = b'{"session": '


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error("sessions.json-ascii", _escape)


def ascii_json(raw: bytes) -> bytes:
    """The same JSON value on one line and in ASCII only; already plain bytes are returned as they are."""
    if b"\n" in raw or b"\r" in raw:
        raw = msgspec.json.format(raw, indent=-1)
    return raw if raw.isascii() else raw.decode().encode("ascii", "sessions.json-ascii")


def records(events: Iterable[tuple[int, bytes]]) -> bytes:
    """The events (seq and JSON object) as they stand in the file, without what comes before and after them."""
    return b",\n".join(b'"%d": %b' % (seq, ascii_json(raw)) for seq, raw in events)


def appended(events: Iterable[tuple[int, bytes]], *, first: bool) -> bytes:
    """What to write over `TAIL` to append `events`; `first` says that the table is still empty."""
    return (b"\n" if first else b",\n") + records(events) + TAIL


def document(tables: Mapping[str, bytes], events: Sequence[tuple[int, bytes]]) -> bytes:
    """A whole file: `tables` (name to JSON object) one a line, `session` first, then `events` in the order given."""
    names = sorted((name for name in tables if name != EVENTS), key=lambda name: name != SESSION)
    lines = [ascii_json(msgspec.json.encode(name)) + b": " + ascii_json(tables[name]) + b",\n" for name in names]
    return b"{" + b"".join(lines) + b'"events": {' + (b"\n" + records(events) if events else b"") + TAIL


class Tables(msgspec.Struct):
    """A parsed file: every table but `events` as it stands there, and the events by seq as they stand there."""

    others: dict[str, msgspec.Raw]
    events: dict[int, msgspec.Raw]


_tables_reader = JsonReader(dict[str, msgspec.Raw])
_raw_events_reader = JsonReader(dict[int, msgspec.Raw])


def raw_events(tables: Tables) -> list[tuple[int, bytes]]:
    """The events of a parsed file as `document` and `appended` want them."""
    return [(seq, bytes(raw)) for seq, raw in tables.events.items()]


class _OnlyEvents(msgspec.Struct):
    events: dict[int, Event]


_events_reader = JsonReader(_OnlyEvents)


def parse(data: bytes) -> Tables:
    """All tables of a file, laid out as here or written by stock TinyDB. Raises `Unreadable`."""
    tables = _tables_reader.read(data)
    raw = tables.pop(EVENTS, None)
    if SESSION not in tables or raw is None:
        raise Unreadable("it has no tables `session` and `events`")
    events = _raw_events_reader.read(raw)
    return Tables(others=tables, events={seq: events[seq] for seq in sorted(events)})


_rejudged_reader = JsonReader(dict[str, Rejudged])


def rejudged_in(table: bytes | msgspec.Raw | None) -> Rejudged | None:
    """What the table `rejudged` says; nothing where there is none or a script has made something else of it."""
    if table is not None:
        with contextlib.suppress(Unreadable):
            return next(iter(_rejudged_reader.read(table).values()), None)
    return None


def is_session_file(raw: bytes) -> bool:
    """A session file is one JSON object over many lines with a table `events`; a chat file has an object a line."""
    first = raw.lstrip()[:1]
    return first == b"{" and b'"events"' in raw and not _is_line_of_chat(raw.lstrip().partition(b"\n")[0])


def _is_line_of_chat(raw: bytes) -> bool:
    try:
        value = read_any_json(raw)
    except Unreadable:
        return False
    return isinstance(value, dict) and "text" in value


def is_ours(data: bytes) -> bool:
    """Whether a file that parses is laid out so that it can be appended to."""
    start = _events_start(data)
    if start is None or not data.startswith(_START) or not data.isascii():
        return False
    lines = data.count(b"\n", start - 1)
    last = last_record(data)
    return data.endswith(TAIL) and lines == 1 + (last[0] if last else 0)


def decode_events(data: bytes) -> list[AnyEvent]:
    """The events of a file that parses, in order; unknown types as `UnknownEvent`.

    Raises `Unreadable` where the file does not parse, an event is malformed or not stored under its own seq.
    """
    found: dict[int, Event] | dict[int, AnyEvent]
    try:
        found = _events_reader.read(data).events
    except WrongShape:
        found = {seq: decode_event(bytes(raw)) for seq, raw in parse(data).events.items()}
    expected = 0
    for key in sorted(found):
        expected += 1
        if key != expected or found[key].seq != expected:
            raise WrongShape(f"event {expected} is missing or stored under another number")
    return [found[key] for key in range(1, expected + 1)]


def last_record(chunk: bytes) -> tuple[int, bytes] | None:
    """Seq and JSON object of the last event in `chunk`, the end of a file in our layout; none if it begins before."""
    if not chunk.endswith(TAIL):
        return None
    before = chunk.rfind(b"\n", 0, -len(TAIL))
    match = _RECORD.fullmatch(chunk, before + 1, len(chunk) - len(TAIL)) if before >= 0 else None
    return (int(match[1]), match[2]) if match else None


def decode_record(line: bytes) -> AnyEvent | None:
    """The event on one line of the table, none if it is not a whole one."""
    return _whole_event(line.rstrip(b"\n").removesuffix(b","), None)


class Torn(msgspec.Struct, frozen=True):
    """A file whose tail is torn: its first `keep` bytes hold the whole `events`, and `TAIL` belongs behind them."""

    keep: int
    events: list[AnyEvent]


def find_tear(data: bytes) -> Torn | None:
    """Where a file in our layout that does not parse was torn; none if it is broken in another way.

    A tear is a last line that a killed append left: no whole event follows it, and the file does not end in `TAIL`
    unless blocks before it were never written (zeros, after a loss of power). A line that begins with the old `}}` is a
    tear too, whatever follows, for had the append behind it been synced, that tail would be overwritten.
    """
    start = _events_start(data)
    if start is None or not data.startswith(_START):
        return None
    try:
        parse(data[: start - 1] + TAIL)
    except Unreadable:
        return None
    kept: list[AnyEvent] = []
    keep = position = start
    keep -= 1
    while position < len(data):
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        line = data[position:end]
        body = line.removesuffix(b",}}").removesuffix(b",")
        event = _whole_event(body, len(kept) + 1)
        if event is None:
            if not line.startswith(b"}}") and not _is_last_write(data[position:]):
                return None
            break
        kept.append(event)
        keep = position + len(body)
        position = end + 1
    return None if data[keep:] == TAIL else Torn(keep=keep, events=kept)


def _is_last_write(rest: bytes) -> bool:
    first, *others = rest.split(b"\n")
    if rest.endswith(TAIL) and b"\0" not in first:
        return False
    return not any(decode_record(line) for line in others)


def mended(data: bytes, torn: Torn) -> bytes:
    """The file without its torn tail."""
    return data[: torn.keep] + TAIL


def _whole_event(line: bytes, seq: int | None) -> AnyEvent | None:
    match = _RECORD.fullmatch(line)
    if match is None or (seq is not None and int(match[1]) != seq):
        return None
    try:
        event = decode_event(match[2])
    except Unreadable:
        return None
    return event if event.seq == int(match[1]) else None


def _events_start(data: bytes) -> int | None:
    """Where the first event's line begins, or would."""
    at = data.find(b"\n" + EVENTS_LINE)
    return None if at < 0 else at + 1 + len(EVENTS_LINE)
