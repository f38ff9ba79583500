"""What the holder of the writer's lock does to a session file before it writes: mend, or move aside."""

import contextlib
import os
from pathlib import Path

import msgspec

from sessions.core.decoding import Unreadable
from sessions.core.events import AnyEvent
from sessions.files.disk import Disk, new_path
from sessions.files.errors import DamagedSession, LibraryError, SaveFailed, SessionLocked
from sessions.files.lock import WriterLock
from sessions.files.small_file import SmallFile
from sessions.library.storage import layout
from sessions.library.storage.layout import FILE_NAME


class Repair(msgspec.Struct, frozen=True):
    """A torn tail was cut: `cut` bytes of an event that was never acknowledged; `events` whole ones were kept."""

    cut: int
    events: int

    def __str__(self) -> str:
        return f"The last save was interrupted; {self.events} events are whole, {self.cut} bytes of another were cut."


def mend(path: Path, disk: Disk | None = None) -> Repair | None:
    """Mend a session file unless somebody writes it now; what every `lunchroom` command does before it reads one.

    A file that parses is not touched, one in a folder that cannot be written is left to its readers, who pass a torn
    tail by. Raises `DamagedSession` where it is no torn session file, which then stays where it is, and `SaveFailed`
    where the disk refuses.
    """
    with contextlib.suppress(Unreadable):
        layout.parse(_read(path))
        return None
    try:
        lock = WriterLock(path, "a lunchroom command that mends it")
    except (SessionLocked, SaveFailed):
        return None
    try:
        return mend_locked(path, disk or Disk(), move_aside=False)
    finally:
        lock.release()


def mend_locked(path: Path, disk: Disk, *, move_aside: bool = True) -> Repair | None:
    """Make the file one that can be appended to; the caller holds the lock.

    Raises `DamagedSession` where it cannot be made one. It has then been moved aside, unless `move_aside` is false or
    its name is not that of a session file: somebody may have named a file of their own by mistake.
    """
    return mended_events(path, disk, move_aside=move_aside)[0]


def mended_events(path: Path, disk: Disk, *, move_aside: bool = True) -> tuple[Repair | None, list[AnyEvent]]:
    """As `mend_locked`; also the events that are in the file then. A long one that is whole is parsed once."""
    try:
        new_path(path).unlink(missing_ok=True)
    except OSError as error:
        raise SaveFailed.from_os(error) from error
    data = _read(path)
    if layout.is_ours(data):
        with contextlib.suppress(Unreadable):  # what is wrong is found out below
            return None, layout.decode_events(data)
    try:
        tables = layout.parse(data)
    except Unreadable as error:
        torn = layout.find_tear(data)
        if torn is None:
            aside = SmallFile(path, disk).move_aside() if move_aside and FILE_NAME.fullmatch(path.name) else None
            raise DamagedSession(path, str(error), aside) from error
        _cut(path, disk, torn.keep)
        return Repair(cut=len(data) - torn.keep, events=len(torn.events)), torn.events
    try:
        events = layout.decode_events(data)
    except Unreadable as error:
        raise DamagedSession(path, str(error)) from error
    if not layout.is_ours(data):
        others = {name: bytes(raw) for name, raw in tables.others.items()}
        try:
            disk.write_whole(path, layout.document(others, layout.raw_events(tables)))
        except OSError as error:
            raise SaveFailed.from_os(error) from error
    return None, events


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LibraryError(f"{path} cannot be opened: {error.strerror or error}.") from error


def _cut(path: Path, disk: Disk, keep: int) -> None:
    """End the file behind its first `keep` bytes; a kill in between leaves a tail that is cut the same way again."""
    try:
        handle = disk.open(path)
        try:
            disk.truncate(handle, keep)
            disk.write_all(handle, layout.TAIL, keep)
            disk.sync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise SaveFailed.from_os(error) from error
