"""The key of this computer's account, to which its seats in other homes are bound.

It lies in a folder that only its user may read: mode 0700 and 0600 on Linux and macOS, the rules of the user's profile
on Windows (not run there).
"""

import os
from pathlib import Path

import platformdirs

from sessions.files.errors import SaveFailed
from sessions.files.homes import own_folder
from sessions.files.small_file import SmallFile
from sessions.hub.away.endpoint import new_secret
from sessions.hub.away.relay import AwayError

_LENGTH = 32


def away_folder(folder: Path | None = None) -> Path:
    """The folder of this account's key, made where it is not there; `folder` is for tests. Blocks.

    Raises `StorageError`.
    """
    folder = folder or own_folder(lambda: platformdirs.user_state_path("lunchroom", appauthor=False)) / "away"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
    except OSError as error:
        raise SaveFailed.from_os(error) from error
    return folder


def own_secret(folder: Path | None = None) -> bytes:
    """The secret half of the key, made the first time that it is asked for; `folder` is for tests. Blocks.

    Raises `AwayError` where its file is damaged, and `StorageError` where it cannot be read or written.
    """
    file = SmallFile(away_folder(folder) / "key")
    with file.locked():
        kept = file.read()
        if kept is None:
            kept = new_secret().hex().encode()
            file.write(kept)
    try:
        secret = bytes.fromhex(kept.decode())
    except ValueError:
        secret = b""
    if len(secret) != _LENGTH:
        raise AwayError(f"{file.path} is damaged. Delete it; then each seat in another home needs a new invite.")
    return secret
