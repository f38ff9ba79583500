"""Whole or not at all: chats are written to a folder inside the library that no listing looks into, then moved."""

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from sessions.derived import derived_tables
from sessions.events import AnyEvent
from sessions.plan import Plan
from sessions.state import SessionState
from sessions.storage.disk import Disk
from sessions.storage.errors import LibraryError, SaveFailed
from sessions.storage.library import Library
from sessions.storage.session_file import SessionFile, file_name

FOLDER = ".importing"
LOCK = ".importing.lock"


class Staging:
    """Use it in a `with`: `write` and `copy` prepare files, `place` moves all of them into the library, and whatever
    was not placed is gone at the end, also what a killed import left. One import at a time works on a library.

    Raises `LibraryError` where another one does, `SaveFailed` where the disk refuses.
    """

    def __init__(self, library: Library, disk: Disk | None = None) -> None:
        self._library = library.folder
        self._folder = library.folder / FOLDER
        self._lock = FileLock(
            library.folder / LOCK, timeout=0, thread_local=False, preserve_lock_file=True, fallback_to_soft=False
        )
        self._disk = disk or Disk()
        self._written: list[str] = []

    def __enter__(self) -> "Staging":
        try:
            self._lock.acquire()
        except Timeout:
            raise LibraryError(f"Another import works in {self._library}. Wait for its end and try again.") from None
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        try:
            self._sweep()
            self._folder.mkdir(mode=0o700)
        except BaseException as error:
            self._lock.release()
            if isinstance(error, OSError):
                raise SaveFailed.from_os(error) from error
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):  # the next import sweeps
            self._sweep()
        self._lock.release()

    def write(self, plan: Plan, session_id: str, events: Sequence[AnyEvent], state: SessionState) -> Path:
        """Prepare the file of a closed session; returns where it will lie."""
        ended = events[-1].at
        started = events[0].at
        with SessionFile.create(self._folder, plan, started=started, session_id=session_id, disk=self._disk) as file:
            file.commit(events)
            if not file.close_session(ended, derived_tables(state)):
                raise SaveFailed("another program has the new file open. Try again")
        return self._staged(file_name(plan, session_id))

    def copy(self, plan: Plan, session_id: str, data: bytes) -> Path:
        """Prepare a session file as it is; returns where it will lie."""
        name = file_name(plan, session_id)
        try:
            self._disk.write_whole(self._folder / name, data)
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        return self._staged(name)

    def place(self) -> None:
        """Move what was prepared into the library: all of it, or nothing where that fails or is interrupted."""
        placed: list[Path] = []
        try:
            for name in self._written:
                target = self._library / name
                if target.exists():
                    raise LibraryError(f"{target} exists already and is not overwritten. Try again.")
                self._disk.replace(self._folder / name, target)
                placed.append(target)
            self._disk.sync_folder(self._library)
        except BaseException as error:
            for path in placed:
                with contextlib.suppress(OSError):
                    path.unlink()
            if isinstance(error, OSError):
                raise SaveFailed.from_os(error) from error
            raise
        self._written.clear()

    def _staged(self, name: str) -> Path:
        self._written.append(name)
        return self._library / name

    def _sweep(self) -> None:
        if self._folder.exists():
            shutil.rmtree(self._folder)
