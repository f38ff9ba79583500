"""The one writer of a session file (docs/develop/session-file.md): creates, mends, appends, closes."""

import secrets
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sessions.core.decoding import JsonReader
from sessions.core.events import SCHEMA, AnyEvent, SessionClosed, encode_event
from sessions.core.known_now import Rejudged, participants_rejudged
from sessions.core.plan import Plan, slug
from sessions.files.disk import Disk
from sessions.files.errors import LibraryError, SaveFailed
from sessions.files.lock import WriterLock
from sessions.library.storage import layout
from sessions.library.storage.append_storage import SessionDB
from sessions.library.storage.mending import Repair, mended_events
from sessions.library.storage.reading import SessionRecord, read_events, read_head, read_session

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
PARTICIPANTS = "participants"
DERIVED = ("questions", "answers", PARTICIPANTS)
"""The tables that repeat the events for TinyDB scripts; no reader of ours trusts them."""


class _Seq(msgspec.Struct):
    seq: int


_seq_reader = JsonReader(_Seq)


class SessionFile:
    """A session file and the lock that makes this process its only writer.

    Every method blocks and may be called from any thread, one call at a time running. Methods that write raise
    `SaveFailed` and then have changed nothing that was durable; the next call works again once the cause is gone.
    """

    def __init__(
        self, path: Path, lock: WriterLock, disk: Disk, repair: Repair | None, found: list[AnyEvent] | None = None
    ) -> None:
        self.path = path
        self.repair = repair
        """What opening had to mend, none if nothing."""
        self._found = found
        self._lock = lock
        self._busy = threading.Lock()
        self._db = SessionDB(path, disk)
        self._events = self._db.table(layout.EVENTS)
        self._storage = self._db.appending

    @classmethod
    def create(
        cls,
        library: Path,
        plan: Plan,
        *,
        started: int,
        session_id: str | None = None,
        holder: str = "",
        kind: str = "chat",
        disk: Disk | None = None,
    ) -> "SessionFile":
        """Make the file of a new session in the folder `library` and open it.

        `started` is the hub's clock in UTC milliseconds. `holder` names this writer to a second one, without secrets.
        `kind` is that of its `session_opened`.
        """
        disk = disk or Disk()
        session_id = session_id or new_session_id()
        path = library / file_name(plan, session_id)
        record = SessionRecord(
            schema=SCHEMA,
            id=session_id,
            title=plan.title,
            hashtags=plan.hashtags,
            series=plan.series,
            started=started,
            ended=None,
            kind=kind,
        )
        lock = WriterLock(path, holder)
        try:
            if path.exists():
                raise LibraryError(f"{path} exists already and is not overwritten. Try again.")
            try:
                disk.write_whole(path, layout.document({layout.SESSION: _one_document(record)}, []))
            except OSError as error:
                raise SaveFailed.from_os(error) from error
            return cls(path, lock, disk, repair=None)
        except BaseException:  # nobody could open the file while the lock is held; raised again
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, holder: str = "", disk: Disk | None = None) -> "SessionFile":
        """Open an existing file for writing, mending a torn tail first (see `repair`).

        Raises `LibraryError` if there is none, `SessionLocked` if another process writes it, `DamagedSession` if it
        does not parse; it is then moved aside, never overwritten.
        """
        if not path.is_file():
            raise LibraryError(f"There is no file {path}. `lunchroom sessions` lists the saved chats.")
        if not layout.FILE_NAME.fullmatch(path.name):
            read_head(path)  # a file named by mistake is refused before a lock is left beside it
        disk = disk or Disk()
        lock = WriterLock(path, holder)
        try:
            return cls(path, lock, disk, *mended_events(path, disk))
        except BaseException:
            lock.release()
            raise

    @property
    def session(self) -> SessionRecord:
        """The document of the table `session`."""
        return read_session(self.path)

    def read_events(self) -> list[AnyEvent]:
        """All events of the file; those that were read to open it are not read again, the first time."""
        found, self._found = self._found, None
        return read_events(self.path) if found is None else found

    def announce(self, holder: str) -> None:
        """Name this writer anew, for instance once its address is known."""
        self._lock.announce(holder)

    def append(self, events: Sequence[AnyEvent | bytes]) -> None:
        """Write `events`, structs or what `encode_event` made of them, in one write; durable only after `sync`.

        Raises `ValueError` where a seq is not the one that follows.
        """
        with self._busy:
            self._append(events)

    def sync(self) -> None:
        """Return once every event that was appended is on the disk. On `SaveFailed` those that were not are gone."""
        with self._busy:
            self._storage.sync()

    def commit(self, events: Sequence[AnyEvent | bytes]) -> None:
        """`append` and `sync` in one: on return `events` are durable, on `SaveFailed` none of them is in the file."""
        with self._busy:
            self._append(events)
            self._storage.sync()

    def close_session(self, ended: int, derived: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
        """Write `ended` (UTC milliseconds) and the derived tables, each a list of documents; events stay byte for byte.

        Returns whether they were written: false where a reader kept the file open for longer than 2 s (Windows), and
        then the next opening should call this again (`needs_closing`). Nothing but the derived tables waits for that.
        """
        with self._busy:
            self._storage.sync()
            tables = layout.parse(self.path.read_bytes())
            record = msgspec.structs.replace(read_session(self.path), ended=ended)
            others = {name: bytes(raw) for name, raw in tables.others.items()}
            others[layout.SESSION] = _one_document(record)
            others |= tables_of(derived, layout.rejudged_in(tables.others.get(layout.REJUDGED)))
            try:
                self._storage.rewrite(others, layout.raw_events(tables))
            except SaveFailed as error:
                if isinstance(error.__cause__, PermissionError):
                    return False
                raise
            return True

    @property
    def needs_closing(self) -> bool:
        """Whether the chat is over but `close_session` has not been able to say so in the table `session`."""
        events = self.read_events()
        return bool(events) and isinstance(events[-1], SessionClosed) and self.session.ended is None

    def redact(self, replacements: Mapping[int, bytes]) -> None:
        """Put other events in the place of those with these seqs, so that no byte of the old ones stays in the file.

        Derived tables are emptied, because they may repeat the text; `close_session` writes them again.
        """
        self.rewrite(replacements, lambda tables: {name: b"{}" for name in DERIVED if name in tables})

    def rewrite(
        self, replacements: Mapping[int, bytes], change: Callable[[dict[str, bytes]], Mapping[str, bytes]]
    ) -> None:
        """Put other events in the place of those with these seqs, and other tables in the place of those named.

        `change` is given the tables but `events` (name to JSON object) and gives those that are to read otherwise. All
        of it happens at one instant.
        """
        with self._busy:
            self._found = None
            self._storage.sync()
            tables = layout.parse(self.path.read_bytes())
            events = dict(layout.raw_events(tables))
            for seq, raw in replacements.items():
                if seq not in events or _seq_reader.read(raw).seq != seq:
                    raise ValueError(f"there is no event {seq} to replace")
                events[seq] = raw
            others = {name: bytes(raw) for name, raw in tables.others.items()}
            self._storage.rewrite({**others, **change(others)}, list(events.items()))

    def rename(self, title: str) -> None:
        """Give the chat another title in the table `session`, whence listings and replays take it; events stay."""
        record = _one_document(msgspec.structs.replace(read_session(self.path), title=title))
        self.rewrite({}, lambda _tables: {layout.SESSION: record})

    def close(self) -> None:
        """Close the file and let another writer in; the session itself may go on."""
        with self._busy:
            self._db.close()
            self._lock.release()

    def __enter__(self) -> "SessionFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _append(self, events: Sequence[AnyEvent | bytes]) -> None:
        self._found = None
        encoded: list[tuple[int, bytes]] = []
        expected = self._storage.last_id
        for event in events:
            expected += 1
            raw = event if isinstance(event, bytes) else encode_event(event)
            seq = _seq_reader.read(raw).seq if isinstance(event, bytes) else event.seq
            if seq != expected:
                raise ValueError(f"event {seq} cannot follow event {expected - 1}")
            encoded.append((seq, raw))
        self._events.append_encoded(encoded)


def new_session_id() -> str:
    """Six lower-case base32 characters that nobody can foresee."""
    return "".join(secrets.choice(_BASE32) for _ in range(6))


def file_name(plan: Plan, session_id: str) -> str:
    """`<YYYY-MM-DD>-<series>-<id>.json`; the date is that of `starts` in the plan's own timezone."""
    return f"{plan.starts:%Y-%m-%d}-{file_slug(plan.series)}-{session_id}.json"


def file_slug(series: str) -> str:
    """The series in letters that every file system takes, at most 40 of them."""
    return slug(unicodedata.normalize("NFKD", series).encode("ascii", "ignore").decode(), longest=40)


def table_of(documents: Sequence[Mapping[str, Any]]) -> bytes:
    """A table of TinyDB's with these documents, numbered from 1."""
    return msgspec.json.encode({str(number): document for number, document in enumerate(documents, start=1)})


def tables_of(derived: Mapping[str, Sequence[Mapping[str, Any]]], judged: Rejudged | None) -> dict[str, bytes]:
    """The derived tables as they stand in the file, with who was new as it is known now."""
    known = {**derived}
    if PARTICIPANTS in known:
        known[PARTICIPANTS] = participants_rejudged(known[PARTICIPANTS], judged)
    return {name: table_of(documents) for name, documents in known.items()}


def _one_document(record: SessionRecord) -> bytes:
    return b'{"1": ' + msgspec.json.encode(record) + b"}"
