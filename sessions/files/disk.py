"""The few calls to the operating system that saving rests on, in one place that a test can make fail."""

import contextlib
import errno
import os
import sys
import time
from pathlib import Path

if sys.platform == "darwin":
    import fcntl

_OPEN_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0)
_FOLDERS_ARE_NOT_SYNCED = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}
"""What file systems answer that know no sync of a folder (some network and FUSE ones)."""


class Disk:
    """Writing to files so that it survives a loss of power. All methods raise `OSError` and block."""

    patience: float = 2.0
    """For how many seconds a replace is tried again while the system refuses it because a reader has the file open."""

    def open(self, path: Path) -> int:
        """A handle to read and write an existing file."""
        return os.open(path, _OPEN_FLAGS)

    def write(self, handle: int, data: bytes | memoryview, offset: int) -> int:
        """Write at `offset` in one call to the system and return how many bytes it took, perhaps fewer than given."""
        if sys.platform == "win32":  # has no pwrite; the handle is the writer's alone, so its position is too
            os.lseek(handle, offset, os.SEEK_SET)
            return os.write(handle, data)
        return os.pwrite(handle, data, offset)

    def sync(self, handle: int) -> None:
        """Return once the file's bytes and length are on the disk itself."""
        if sys.platform == "darwin":  # fsync leaves the bytes in the drive's own cache there
            try:
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            except OSError:  # network and foreign file systems do not know it
                os.fsync(handle)
        elif sys.platform == "win32":
            os.fsync(handle)
        else:
            os.fdatasync(handle)

    def truncate(self, handle: int, length: int) -> None:
        """Cut the file to `length` bytes."""
        os.ftruncate(handle, length)

    def size(self, handle: int) -> int:
        """How many bytes the file has."""
        return os.fstat(handle).st_size

    def replace(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target` at one instant."""
        source.replace(target)

    def write_whole(self, path: Path, data: bytes) -> None:
        """Replace the file `path` by one that holds `data`, or leave it as it was. A link stays: what it leads to is
        replaced.

        Raises `PermissionError` when the system refuses the replacement for longer than `patience`, as Windows does
        while a reader has the file open.
        """
        path = behind_links(path)
        new = new_path(path)
        try:
            self._write_new(new, data)
            deadline = time.monotonic() + self.patience
            while True:
                try:
                    self.replace(new, path)
                    break
                except PermissionError:
                    if time.monotonic() >= deadline:
                        raise
                    time.sleep(0.02)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            raise
        self.sync_folder(path.parent)

    def _write_new(self, path: Path, data: bytes) -> None:
        handle = os.open(path, _OPEN_FLAGS | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            self.write_all(handle, data, 0)
            self.sync(handle)
        finally:
            os.close(handle)

    def write_all(self, handle: int, data: bytes, offset: int) -> None:
        """Write all of `data`, going on where the system took only a part."""
        done = self.write(handle, data, offset)
        while done < len(data):
            done += self.write(handle, memoryview(data)[done:], offset + done)

    def sync_folder(self, folder: Path) -> None:
        """Return once the folder's names are on the disk, where the system can open a folder (Windows cannot)."""
        if sys.platform == "win32":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _FOLDERS_ARE_NOT_SYNCED:
                raise
        finally:
            os.close(handle)


def new_path(path: Path) -> Path:
    """Where a replacement of `path` is written first; the lock's holder removes what a kill left there."""
    path = behind_links(path)
    return path.with_name(path.name + ".new")


def behind_links(path: Path) -> Path:
    """The file itself where `path` is a symbolic link, as of somebody who keeps their files elsewhere."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path
