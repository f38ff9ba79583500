"""A TinyDB storage that appends events in place, and the table and database classes that use it.

Stock TinyDB reads, parses and rewrites the whole file on each insert. Here an insert into `events` overwrites the
file's last three bytes with the new document and the same three bytes, in one write, at a cost that does not depend on
the file's length. Every other change goes through `write`, which replaces the file as a whole.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from sessions.core.decoding import Unreadable, read_any_json
from sessions.files.disk import Disk
from sessions.files.errors import SaveFailed
from sessions.library.storage import layout
from sessions.library.storage.reading import read_last_record


class AppendStorage(Storage):
    """Reads and writes one session file in our layout (`layout`); its owner holds the writer's lock.

    `append` and `write` raise `SaveFailed` and then have changed nothing: what was durable before still is, and the
    next call works again once the cause is gone. Not safe for two threads at once.
    """

    def __init__(self, path: Path | str, disk: Disk | None = None) -> None:
        super().__init__()
        self.path = Path(path)
        self._disk = disk or Disk()
        self._length = self._durable_length = 0
        self._last_id = self._durable_id = 0
        self._torn = self._closed = False
        self._handle: int | None = self._open()

    @property
    def last_id(self) -> int:
        """The id of the last event that was written, 0 if there is none."""
        return self._last_id

    def append(self, events: Sequence[tuple[int, bytes]]) -> None:
        """Write events (id and JSON object) behind the last one, in one write; `sync` makes them durable.

        Raises `ValueError` unless the ids grow, `SaveFailed` when not all could be written.
        """
        if not events:
            return
        previous = self._last_id
        for seq, _ in events:
            if seq <= previous:
                raise ValueError(f"Document with ID {seq} already exists")
            previous = seq
        handle = self._ready()
        if self._disk.size(handle) != self._length:
            handle = self._adopt_foreign_write()
        data = layout.appended(events, first=self._last_id == 0)
        offset = self._length - len(layout.TAIL)
        try:
            self._disk.write_all(handle, data, offset)
        except OSError as error:
            self._restore(handle, self._length, self._last_id)
            raise SaveFailed.from_os(error) from error
        self._length = offset + len(data)
        self._last_id = previous

    def sync(self) -> None:
        """Return once all that was appended is on the disk; on `SaveFailed` all that was not is taken back."""
        handle = self._ready()
        try:
            self._disk.sync(handle)
        except OSError as error:
            self._restore(handle, self._durable_length, self._durable_id)
            raise SaveFailed.from_os(error) from error
        self._durable_length, self._durable_id = self._length, self._last_id

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The whole database, as TinyDB wants it."""
        return cast(dict[str, dict[str, Any]], read_any_json(self.path.read_bytes()))

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the whole database, `events` last. TinyDB calls this for all but inserts into `events`."""
        tables = {name: json.dumps(table).encode() for name, table in data.items() if name != layout.EVENTS}
        events = {int(key): json.dumps(document).encode() for key, document in data.get(layout.EVENTS, {}).items()}
        self.rewrite(tables, sorted(events.items()))

    def rewrite(self, tables: Mapping[str, bytes], events: Sequence[tuple[int, bytes]]) -> None:
        """Replace the file by one with these tables (name to JSON object) and events, which stay byte for byte."""
        data = layout.document(tables, events)
        self._let_go()  # Windows refuses to replace a file that its own writer has open
        try:
            self._disk.write_whole(self.path, data)
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        finally:
            self._handle = self._open()

    def close(self) -> None:
        """Close the file for good."""
        self._closed = True
        self._let_go()

    def _let_go(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self) -> int:
        try:
            handle = self._disk.open(self.path)
            self._length = self._disk.size(handle)
            with self.path.open("rb") as file:
                last = read_last_record(file)
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        self._last_id = last[0] if last else 0
        self._durable_length, self._durable_id = self._length, self._last_id
        return handle

    def _ready(self) -> int:
        """The open handle, once what an earlier failure left behind is taken back."""
        if self._closed:
            raise ValueError("the session file is closed")
        if self._handle is None:  # a rewrite could not open the file again
            self._handle = self._open()
        if self._torn:
            self._restore(self._handle, self._length, self._last_id)
            if self._torn:
                raise SaveFailed("the disk still refuses to write. Check it, or free some space")
        return self._handle

    def _restore(self, handle: int, length: int, last_id: int) -> None:
        """Make the file what it was at `length` bytes; where the disk refuses that too, the next call tries again.

        Cutting comes first: were the tail written first, a kill in between would leave whole events behind it.
        """
        self._length, self._last_id, self._torn = length, last_id, True
        try:
            self._disk.truncate(handle, length)
            self._disk.write_all(handle, layout.TAIL, length - len(layout.TAIL))
        except OSError:
            return
        self._torn = False

    def _adopt_foreign_write(self) -> int:
        """Keep what another program wrote beside our events, in our layout; refuse to go on where it lost events."""
        try:
            tables = layout.parse(self.path.read_bytes())
        except (OSError, Unreadable):
            tables = None
        if tables is None or list(tables.events) != list(range(1, self._last_id + 1)):
            raise SaveFailed("another program changed the chat's file. End the chat and host it again with --resume")
        self.rewrite({name: bytes(raw) for name, raw in tables.others.items()}, layout.raw_events(tables))
        return self._ready()


class EventsTable(Table):
    """A table whose inserts append in place when it is `events` of an `AppendStorage`, else an ordinary one."""

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert one document durably and return its id."""
        if self._appends() is None:
            return super().insert(document)
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents in one write, durably, and return their ids."""
        storage = self._appends()
        if storage is None:
            return super().insert_multiple(documents)
        events: list[tuple[int, bytes]] = []
        following = storage.last_id + 1
        for document in documents:
            if not isinstance(document, Mapping):
                raise ValueError("Document is not a Mapping")
            following = document.doc_id if isinstance(document, Document) else following
            events.append((following, json.dumps(dict(document)).encode()))
            following += 1
        self.append_encoded(events)
        storage.sync()
        return [seq for seq, _ in events]

    def append_encoded(self, events: Sequence[tuple[int, bytes]]) -> None:
        """Append documents that are JSON already, as id and object; not durable before `AppendStorage.sync`."""
        storage = self._appends()
        if storage is None:
            raise TypeError("only the events of a session file can be appended")
        storage.append(events)
        self.clear_cache()

    def _appends(self) -> AppendStorage | None:
        return self.storage if self.name == layout.EVENTS and isinstance(self.storage, AppendStorage) else None


class SessionDB(TinyDB):
    """A TinyDB over `AppendStorage`; tables have no query cache, because others may read while one writes."""

    table_class = EventsTable

    def __init__(self, path: Path | str, disk: Disk | None = None) -> None:
        super().__init__(path, disk, storage=AppendStorage)

    def table(self, name: str, **kwargs: Any) -> EventsTable:
        """The table `name`, as `TinyDB.table`."""
        return cast(EventsTable, super().table(name, **{"cache_size": 0, **kwargs}))

    @property
    def appending(self) -> AppendStorage:
        """The storage, as what it is. Raises `TypeError` where another was asked for."""
        if not isinstance(self.storage, AppendStorage):
            raise TypeError("this database was opened over another storage")
        return self.storage
