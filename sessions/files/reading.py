"""Reading a whole file that may be anything by now: a disk's image, a pipe that never ends."""

import errno
import stat
from pathlib import Path


def read_file(path: Path, largest: int) -> bytes:
    """The contents of a file of at most `largest` bytes. Raises `OSError`, also where it is larger or no file."""
    known = path.stat()
    if stat.S_ISDIR(known.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(known.st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(path))
    if known.st_size > largest:
        raise OSError(errno.EFBIG, f"it is larger than {largest // 1024 // 1024} MB", str(path))
    return path.read_bytes()
