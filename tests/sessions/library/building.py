"""Session files to test with, and a disk that fails on request."""

import errno
import threading
from pathlib import Path
from typing import Any

import tinydb

from sessions.core.events import SCHEMA, AnyEvent, NoteAdded, PostSeen, SessionClosed, SessionOpened
from sessions.core.posts import Author, Post
from sessions.files.disk import Disk
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, a_plan


def opened(*, rehearsal: bool = False, **plan: Any) -> SessionOpened:
    """The first event of a session."""
    return SessionOpened(
        seq=1, at=START, by=None, command=None, plan=a_plan(**plan), schema=SCHEMA, rehearsal=rehearsal
    )


def note(seq: int, text: str = "hello") -> NoteAdded:
    """A small event."""
    return NoteAdded(seq=seq, at=START + seq, by="Ana", command=f"c{seq}", text=text)


def seen(seq: int, author: Author, text: str = "A1: stations") -> PostSeen:
    """A post by `author`."""
    post = Post(id=f"mastodon:{seq}", author=author, text=text, posted_at=START + seq)
    return PostSeen(seq=seq, at=START + seq, by=None, command=None, post=post, kind="answer", filed=None, newcomer=True)


def closed(seq: int) -> SessionClosed:
    """The last event of a session."""
    return SessionClosed(seq=seq, at=START + seq, by="Ana", command=f"c{seq}")


def last_seq(file: SessionFile) -> int:
    """The seq of the last event that was written, durable or not."""
    return file._storage.last_id


def durable_seq(file: SessionFile) -> int:
    """The seq of the last event that a failed write falls back to."""
    return file._storage._durable_id


def new_file(folder: Path, events: int = 1, disk: Disk | None = None, **plan: Any) -> SessionFile:
    """A new session file in `folder` with `session_opened` and as many notes as make `events`; open for writing."""
    file = SessionFile.create(folder, a_plan(**plan), started=START, holder="Ana's chat", disk=disk)
    file.commit([opened(**plan), *(note(seq) for seq in range(2, events + 1))])
    return file


def stock_events(path: Path) -> list[dict[str, Any]]:
    """What stock TinyDB reads of the events, in the order of their ids, which must count from 1."""
    with tinydb.TinyDB(path, access_mode="r") as db:
        documents = db.table("events").all()
    assert [document.doc_id for document in documents] == list(range(1, len(documents) + 1))
    return [dict(document) for document in documents]


def seqs(events: list[AnyEvent] | list[dict[str, Any]]) -> list[int]:
    """The numbers of events, read by us or by stock TinyDB."""
    return [event["seq"] if isinstance(event, dict) else event.seq for event in events]


class FaultyDisk(Disk):
    """A real disk that fails where it is told to.

    `room` is how many bytes files may still grow by, as on a disk that fills up; `broken` names calls that fail;
    `refusals` is how often a replace is refused as Windows does while a reader has the file open.
    """

    patience = 0.1

    def __init__(self) -> None:
        self._room: int | None = None
        self._writing = threading.Lock()
        self.broken: set[str] = set()
        self.refusals = 0
        self.written: list[int] = []
        """The length of each write that the system was asked for."""

    @property
    def room(self) -> int | None:
        """How many bytes files may still grow by."""
        return self._room

    @room.setter
    def room(self, room: int | None) -> None:
        with self._writing:  # a write in another thread must not take its bytes off afterwards
            self._room = room

    def open(self, path: Path) -> int:
        self._fail("open")
        return super().open(path)

    def write(self, handle: int, data: bytes | memoryview, offset: int) -> int:
        self._fail("write")
        self.written.append(len(data))
        with self._writing:
            if self._room is not None:
                free = max(0, self.size(handle) - offset) + self._room
                if free == 0:
                    raise OSError(errno.ENOSPC, "No space left on device")
                data = data[:free]
                self._room -= max(0, offset + len(data) - self.size(handle))
        return super().write(handle, data, offset)

    def sync(self, handle: int) -> None:
        self._fail("sync")
        super().sync(handle)

    def truncate(self, handle: int, length: int) -> None:
        self._fail("truncate")
        super().truncate(handle, length)

    def replace(self, source: Path, target: Path) -> None:
        if self.refusals:
            self.refusals -= 1
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        super().replace(source, target)

    def _fail(self, call: str) -> None:
        if call in self.broken:
            raise OSError(errno.EIO, "Input/output error")
