"""A file of the library that several programs of ours change and that is replaced as a whole, or moved aside."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sessions.files.disk import Disk
from sessions.files.errors import LibraryError, SaveFailed
from sessions.files.reading import read_file

PATIENCE = 10.0
"""Seconds for which a change waits for another program that changes the same file."""


LARGEST = 256 * 1024 * 1024
"""Bytes; people.json of 100,000 people has about a tenth of it."""


class SmallFile:
    """Read as a whole, replaced as a whole: whoever reads sees the old contents or the new ones.

    A change reads, decides and writes while it holds `locked`. All methods block.
    """

    def __init__(self, path: Path, disk: Disk | None = None, *, patience: float = PATIENCE) -> None:
        self.path = path
        self._disk = disk or Disk()
        self._patience = patience

    def read(self) -> bytes | None:
        """The contents, none where there is no such file. Raises `LibraryError` where it cannot be read."""
        try:
            return read_file(self.path, LARGEST)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be read: {error.strerror or error}.") from error

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other programs from changing the file meanwhile. Raises `LibraryError` where one does so for long."""
        from filelock import FileLock, Timeout  # a start of a desk only reads

        lock = FileLock(
            self.path.with_name(self.path.name + ".lock"),
            timeout=self._patience,
            preserve_lock_file=True,
            fallback_to_soft=False,
        )
        try:
            lock.acquire()
        except Timeout:
            raise LibraryError(f"Another lunchroom program is changing {self.path.name}. Try again.") from None
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        try:
            yield
        finally:
            lock.release()

    def write(self, data: bytes) -> None:
        """Replace the contents, durably. Raises `SaveFailed`, and then the old ones are still there."""
        try:
            self._disk.write_whole(self.path, data)
        except OSError as error:
            raise SaveFailed.from_os(error) from error

    def move_aside(self) -> Path:
        """Give a file that is damaged another name, never overwriting one. Raises `SaveFailed`."""
        aside = self.free_name()
        self.move_to(aside)
        return aside

    def move_to(self, path: Path) -> None:
        """Give the file another name in its folder, at one instant. Raises `SaveFailed`."""
        try:
            self._disk.replace(self.path, path)
            self._disk.sync_folder(path.parent)
        except OSError as error:
            raise SaveFailed.from_os(error) from error

    def free_name(self) -> Path:
        """A name beside the file that says that it is damaged and is not taken."""
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        return aside
