"""What can go wrong with saved chats, each in one line that says what to do next."""

import errno
from pathlib import Path

from sessions.core.errors import LunchroomError


class StorageError(LunchroomError):
    """Any trouble with the library or a session file; its text is one line for the user."""


class LibraryError(StorageError):
    """The library cannot be used, or does not hold what was asked for."""


class SaveFailed(StorageError):
    """Nothing of the last write was kept; all that was acknowledged before is still there. `reason` is in words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The chat cannot be saved: {reason}.")

    @classmethod
    def from_os(cls, error: OSError) -> "SaveFailed":
        """The same in words that a teacher can act on."""
        return cls(_WORDS.get(error.errno or 0) or f"the system says: {error.strerror or error}")


class SessionLocked(StorageError):
    """Another process writes this session; `holder` says which, as it named itself (empty: it did not)."""

    def __init__(self, path: Path, holder: str) -> None:
        self.path = path
        self.holder = holder
        who = holder or "another lunchroom program"
        super().__init__(f"{path.name} is already open in {who}. Use `lunchroom join` to go there.")


class DamagedSession(StorageError):
    """The file is no session file or is broken beyond a torn tail. `moved_to` is where it was moved, if it was."""

    def __init__(self, path: Path, why: str, moved_to: Path | None = None) -> None:
        self.path = path
        self.moved_to = moved_to
        kept = f" It was moved unchanged to {moved_to}; `lunchroom library` rescues what it can." if moved_to else ""
        super().__init__(f"{path} cannot be read as a saved chat: {why}.{kept}")


class DamagedPeople(StorageError):
    """people.json cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} is damaged: {why}. `lunchroom people rebuild` makes it anew and keeps this one.")


_WORDS = {
    errno.ENOSPC: "the disk is full. Free some space; saving goes on by itself",
    errno.EFBIG: "the file may not grow any further on this disk",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the disk reports an error. Check its cable or use another disk",
    errno.EACCES: "this account may not write there",
    errno.EPERM: "this account may not write there",
    errno.ENOENT: "its folder is gone",
    getattr(errno, "EDQUOT", -1): "your disk quota is used up. Delete something; saving goes on by itself",
}
