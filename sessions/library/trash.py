"""Deleting saved chats so that it can be undone until the program ends.

A deleted chat is moved to a folder of this program's own under `trash` in the library. It is removed for good when the
program ends, or, where it was killed, by the next one that opens the trash.
"""

import contextlib
import os
import secrets
import shutil
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from sessions.files.disk import Disk
from sessions.files.errors import DamagedPeople, LibraryError, SaveFailed, StorageError
from sessions.files.lock import WriterLock
from sessions.files.small_file import SmallFile
from sessions.library.library import Library, authors_in
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import note_session
from sessions.library.rejudging import rejudge
from sessions.library.removals import RemovalNote, note_removals, take_back
from sessions.library.storage.layout import FILE_NAME
from sessions.library.storage.reading import read_events, read_head, read_session

TRASH_FOLDER = "trash"
_LOCK = "in-use.lock"


class Deleted(msgspec.Struct, frozen=True):
    """A chat that lies in the trash at `kept` and came from `path`; `id` is the session's, if it could be read.

    `note` is what is noted of that it was deleted, none of a rehearsal.
    """

    path: Path
    kept: Path
    id: str | None
    note: RemovalNote | None = None


class Trash:
    """The trash of this program; `empty` it when the program ends. All methods block."""

    def __init__(self, library: Library, disk: Disk | None = None) -> None:
        self._library = library
        self._disk = disk or Disk()
        self._folder = library.folder / TRASH_FOLDER
        self._own: Path | None = None
        self._lock: FileLock | None = None
        self._remove_left_behind()

    def delete(self, path: Path) -> Deleted:
        """Move a saved chat of the library, damaged or not, to the trash; people.json then no longer counts it, and
        who was new in later chats of its series is judged anew.

        Raises `SessionLocked` where it is being written, `LibraryError`, `SaveFailed`.
        """
        if path.parent != self._library.folder or not path.is_file():
            raise LibraryError(f"{path} is no saved chat of {self._library.folder}.")
        lock = WriterLock(path, "a lunchroom command that deletes it")
        try:
            session = None
            with contextlib.suppress(StorageError):
                session = read_session(path).id
            kept = self._place() / path.name
            note = self._note(path)
            try:
                self._move(path, kept)
                try:
                    self._drop(session)
                except StorageError:  # it must not lie in the trash, which is emptied, and not be known to be there
                    self._move(kept, path)
                    raise
            except StorageError:
                self._take_back(note)
                raise
        finally:
            lock.release()
        self._rejudge(kept, gone=True)
        return Deleted(path=path, kept=kept, id=session, note=note)

    def restore(self, deleted: Deleted) -> Path:
        """Bring a deleted chat back. Raises `LibraryError` where it is gone or its name is taken, `SaveFailed`."""
        if not deleted.kept.is_file():
            raise LibraryError(f"{deleted.path.name} is not in the trash any more.")
        lock = WriterLock(deleted.path, "a lunchroom command that brings it back")
        try:
            if deleted.path.exists():
                raise LibraryError(f"{deleted.path} is there already and is left as it is.")
            self._move(deleted.kept, deleted.path)
            self._take_back(deleted.note)
        finally:
            lock.release()
        if deleted.id is not None:
            with contextlib.suppress(StorageError):  # the chat is back; `people rebuild` counts it where this cannot
                note_session(self._library, deleted.id, read_events(deleted.path))
        self._rejudge(deleted.path, gone=False)
        return deleted.path

    def empty(self) -> None:
        """Remove for good what this program deleted."""
        if self._own is not None and self._lock is not None:
            self._lock.release()
            shutil.rmtree(self._own, ignore_errors=True)  # what stays goes at the next start
            self._own = self._lock = None
        with contextlib.suppress(OSError):  # other programs have deleted chats of their own
            self._folder.rmdir()

    def __enter__(self) -> "Trash":
        return self

    def __exit__(self, *_: object) -> None:
        self.empty()

    def _note(self, path: Path) -> RemovalNote | None:
        named = FILE_NAME.fullmatch(path.name)
        with contextlib.suppress(StorageError):  # a damaged one was a chat for all that is known
            if read_head(path).opened.rehearsal:
                return None
        return None if named is None else next(iter(note_removals(path.parent, [named[2]], "delete", self._disk)))

    def _take_back(self, note: RemovalNote | None) -> None:
        if note is not None:
            with contextlib.suppress(StorageError):  # the chat is back; a note too many tells of nothing that is lost
                take_back(self._library.folder, note, self._disk)

    def _drop(self, session: str | None) -> None:
        """Count the session in people.json no longer, unless another copy of it is still saved."""
        people = PeopleFile(self._library.folder, self._disk)
        if session is not None and people.exists() and not self._is_there(session):
            with contextlib.suppress(DamagedPeople):  # a rebuild, which that file needs anyway, does not count it
                people.change(lambda register: register.drop(session))

    def _rejudge(self, path: Path, *, gone: bool) -> None:
        """Judge anew who was new in the chats that were held after one that was deleted or came back."""
        with contextlib.suppress(StorageError):  # a damaged chat let nobody be known
            head = read_head(path)
            if not head.opened.rehearsal and (not gone or not self._is_there(head.session.id)):
                authors = authors_in(path) if gone else None
                rejudge(self._library, head.session.series, head.session.started, gone=authors, disk=self._disk)

    def _is_there(self, session: str) -> bool:
        """Whether another copy of the session is still saved."""
        return any(saved.id == session for saved in self._library.saved_chats())

    def _place(self) -> Path:
        """A new folder in this program's own one, so that a name can be deleted twice."""
        if self._own is None:
            own = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}"
            with SmallFile(self._folder).locked():  # else another program takes the folder for one left behind
                try:
                    own.mkdir(mode=0o700, parents=True)
                    self._lock = FileLock(own / _LOCK, timeout=0, fallback_to_soft=False, thread_local=False)
                    self._lock.acquire()
                except OSError as error:
                    raise SaveFailed.from_os(error) from error
            self._own = own
        place = self._own / secrets.token_hex(4)
        place.mkdir(mode=0o700)
        return place

    def _move(self, source: Path, target: Path) -> None:
        try:
            self._disk.replace(source, target)
            self._disk.sync_folder(target.parent)
            self._disk.sync_folder(source.parent)
        except OSError as error:
            raise SaveFailed.from_os(error) from error

    def _remove_left_behind(self) -> None:
        """Remove what programs deleted that do not run any more."""
        if not self._folder.is_dir():
            return
        with contextlib.suppress(StorageError), SmallFile(self._folder).locked():  # else the next start does
            for own in self._folder.iterdir():
                lock = FileLock(own / _LOCK, timeout=0, fallback_to_soft=False)
                try:
                    lock.acquire()
                except (Timeout, OSError):  # still in use, or of another user
                    continue
                lock.release()
                for path in own.glob("*/*.json"):  # the program may have ended before people.json was told
                    with contextlib.suppress(StorageError):
                        self._drop(read_session(path).id)
                    self._rejudge(path, gone=True)
                shutil.rmtree(own, ignore_errors=True)
        with contextlib.suppress(OSError):
            self._folder.rmdir()
