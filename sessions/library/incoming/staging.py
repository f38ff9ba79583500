"""Whole or not at all: chats are written to a folder inside the library that no listing looks into, then moved."""

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from filelock import FileLock, Timeout

from sessions.core.derived import derived_tables
from sessions.core.events import AnyEvent
from sessions.core.plan import Plan
from sessions.core.state import SessionState
from sessions.files.disk import Disk
from sessions.files.errors import LibraryError, SaveFailed
from sessions.files.lock import WriterLock
from sessions.files.small_file import SmallFile
from sessions.library.library import Library
from sessions.library.storage.session_file import SessionFile, file_name

FOLDER = ".importing"
LOCK = ".importing.lock"


class _Move(NamedTuple):
    """From where a file goes where; `before` is where to what is kept meanwhile that lies there, if something may."""

    staged: Path
    target: Path
    before: Path | None = None


class Staging:
    """Use it in a `with`: `write`, `copy`, `lengthen` and `mend` prepare files, `place` moves all of them into the
    library, and whatever was not placed is gone at the end, also what a killed import left.

    One import at a time works on a library. Raises `LibraryError` where another one does, `SaveFailed` where the disk
    refuses.
    """

    def __init__(self, library: Library, disk: Disk | None = None) -> None:
        self._library = library.folder
        self._folder = library.folder / FOLDER
        self._lock = FileLock(
            library.folder / LOCK, timeout=0, thread_local=False, preserve_lock_file=True, fallback_to_soft=False
        )
        self._disk = disk or Disk()
        self._moves: list[_Move] = []
        self._held = contextlib.ExitStack()
        self.placed = False
        """Whether all that was prepared is in the library."""

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
        self._held.close()
        self._lock.release()

    def write(self, plan: Plan, session_id: str, events: Sequence[AnyEvent], state: SessionState) -> Path:
        """Prepare the file of a closed session; returns where it will lie."""
        ended = events[-1].at
        started = events[0].at
        with SessionFile.create(
            self._folder, plan, started=started, session_id=session_id, kind=state.session_kind, disk=self._disk
        ) as file:
            file.commit(events)
            if not file.close_session(ended, derived_tables(state)):
                raise SaveFailed("another program has the new file open. Try again")
        return self._staged(file_name(plan, session_id))

    def copy(self, plan: Plan, session_id: str, data: bytes) -> Path:
        """Prepare a session file as it is; returns where it will lie."""
        name = file_name(plan, session_id)
        self._keep(self._folder / name, data)
        return self._staged(name)

    def hold(self, path: Path) -> None:
        """Be the only writer of a saved chat until the end. Raises `SessionLocked`."""
        lock = WriterLock(path, "a lunchroom import")
        self._held.callback(lock.release)

    def lengthen(self, path: Path, data: bytes) -> Path:
        """Prepare a longer copy in the place of a saved chat that is held; returns `path`."""
        return self._instead(path, data, self._folder / f"{path.name}.before")

    def mend(self, path: Path, data: bytes) -> Path:
        """Prepare a whole copy in the place of a damaged chat that is held, which is kept beside; returns `path`."""
        return self._instead(path, data, SmallFile(path, self._disk).free_name())

    def place(self) -> None:
        """Move what was prepared into the library: all of it, or nothing where that fails or is interrupted."""
        begun: list[_Move] = []
        try:
            for move in self._moves:
                if move.before is None and move.target.exists():
                    raise LibraryError(f"{move.target} exists already and is not overwritten. Try again.")
                begun.append(move)
                if move.before is not None:
                    self._disk.write_whole(move.before, move.target.read_bytes())
                self._put(move)
            self._disk.sync_folder(self._library)
            self.placed = True
        except BaseException as error:
            if not self.placed:
                self._take_back(begun)
            if isinstance(error, OSError):
                raise SaveFailed.from_os(error) from error
            raise

    def _take_back(self, begun: list["_Move"]) -> None:
        while begun:
            move = begun[-1]
            with contextlib.suppress(OSError, KeyboardInterrupt):  # pressed again: it is being obeyed
                if move.before is None:
                    move.target.unlink(missing_ok=True)
                elif move.target.is_symlink():
                    self._put_back(move.before, move.target)
                elif not move.staged.exists():
                    self._disk.replace(move.before, move.target)
                else:
                    move.before.unlink(missing_ok=True)
                begun.pop()

    def _put(self, move: _Move) -> None:
        """Put a file where it goes. A link stays one: what it leads to is replaced, be it on another disk."""
        if move.target.is_symlink():
            self._disk.write_whole(move.target, move.staged.read_bytes())
        else:
            self._disk.replace(move.staged, move.target)

    def _put_back(self, before: Path, link: Path) -> None:
        if before.exists():  # else nothing was put there yet
            self._disk.write_whole(link, before.read_bytes())
            before.unlink()

    def _instead(self, path: Path, data: bytes, before: Path) -> Path:
        staged = self._folder / path.name
        self._keep(staged, data)
        self._moves.append(_Move(staged, path, before))
        return path

    def _keep(self, path: Path, data: bytes) -> None:
        try:
            self._disk.write_whole(path, data)
        except OSError as error:
            raise SaveFailed.from_os(error) from error

    def _staged(self, name: str) -> Path:
        self._moves.append(_Move(self._folder / name, self._library / name))
        return self._library / name

    def _sweep(self) -> None:
        if self._folder.exists():
            shutil.rmtree(self._folder)
