"""A file that somebody gives, opened: its bytes, or those of what is packed in it."""

import stat
from pathlib import Path

from sessions.importing.formats.containers import Part, Unpacked, is_zip, ungzipped, unzipped
from sessions.importing.formats.errors import CannotImport
from sessions.importing.formats.texts import SIZE_LIMIT

_GZIP = b"\x1f\x8b"


def opened(path: Path) -> Unpacked:
    """What is to be read of the file, never nothing. Raises `CannotImport`."""
    try:
        known = path.stat()
        if not (stat.S_ISREG(known.st_mode) or stat.S_ISDIR(known.st_mode)):  # a pipe or a device may never end
            raise CannotImport(f"{path}: not a file; save what it gives in a file and import that")
        with path.open("rb") as file:
            beginning = file.read(4)
        if is_zip(beginning):
            return unzipped(path)
        if known.st_size > SIZE_LIMIT:
            raise CannotImport(f"{path}: larger than {SIZE_LIMIT // 1024 // 1024} MB; cut it into shorter pieces")
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotImport(f"{path}: {reason}; give the path of an archive") from None
    unpacked = ungzipped(path, raw) if raw.startswith(_GZIP) else Unpacked((Part("", raw),))
    if not unpacked.parts[0].raw.strip():
        raise CannotImport(f"{path}: the file is empty")
    return unpacked
