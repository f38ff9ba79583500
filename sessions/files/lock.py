"""One writer for each session file: an OS lock on a sibling that is never deleted.

A lock on the file itself would be lost when the file is replaced, and on Windows would shut out readers. Who holds the
lock is told in a second sibling, because Windows does not let others read a locked range.
"""

import contextlib
from pathlib import Path

from sessions.files.errors import SaveFailed, SessionLocked


class WriterLock:
    """Held from construction until `release`. Raises `SessionLocked`, or `SaveFailed` where no lock can be made.

    `holder` is what a second writer is told: a name without any secret, such as `Ana's chat at http://127.0.0.1:8123`.
    """

    def __init__(self, path: Path, holder: str) -> None:
        from filelock import FileLock, Timeout  # who only reads saved chats waits for none of it

        self._holder_path = path.with_name(path.name + ".holder")
        self._lock = FileLock(
            path.with_name(path.name + ".lock"),
            timeout=0,
            thread_local=False,  # the hub opens and closes in different threads
            preserve_lock_file=True,
            fallback_to_soft=False,  # a lock that outlives a kill would shut out the restarted hub
        )
        try:
            self._lock.acquire()
        except Timeout:
            raise SessionLocked(path, self._read_holder()) from None
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        self.announce(holder)

    def announce(self, holder: str) -> None:
        """Tell others who holds the lock from now on; a failure to do so costs them only the name."""
        with contextlib.suppress(OSError):
            self._holder_path.write_text(" ".join(holder.split()), encoding="utf-8")

    def release(self) -> None:
        """Let another writer in."""
        with contextlib.suppress(OSError):
            self._holder_path.unlink(missing_ok=True)
        self._lock.release()

    def _read_holder(self) -> str:
        try:
            text = self._holder_path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "".join(letter for letter in text[:200] if letter.isprintable())
