"""A fence around a walk: no file is written outside of some folders, no program started, nothing connected elsewhere.

What tries is refused by `PermissionError`, as where this user may not, and the desk has to bear it.
"""

import ipaddress
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_folders: list[str] = []
_begun = False

_WRITING = {
    "open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod", "os.utime",
}  # fmt: skip
_STARTING = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "webbrowser.open"}


@contextmanager
def fenced(*folders: Path) -> Iterator[None]:
    """Within it only these folders can be written to."""
    global _begun
    if not _begun:
        sys.addaudithook(_look)  # for good, but it lets all pass while there is no folder
        _begun = True
    _folders[:] = [os.path.realpath(folder) for folder in folders]
    try:
        yield
    finally:
        _folders.clear()


def _look(event: str, arguments: Sequence[Any]) -> None:
    if not _folders:
        return
    if event in _STARTING:
        raise PermissionError(f"{event} is not for a random walk")
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        if not ipaddress.ip_address(arguments[1][0]).is_loopback:
            raise PermissionError(f"no connection to {arguments[1][0]}")
    elif event in _WRITING and (event != "open" or _writes(*arguments[1:3])):
        for path in arguments[: 2 if event in ("os.rename", "os.link") else 1]:
            _check(path)


def _writes(mode: str | None, flags: int) -> bool:
    if mode is not None:
        return any(letter in mode for letter in "wax+")
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _check(path: object) -> None:
    if not isinstance(path, str | bytes | os.PathLike):
        return  # an open file, whose path was looked at
    whole = os.path.realpath(os.fsdecode(path))
    if whole != os.devnull and "__pycache__" not in whole and not any(_within(whole, folder) for folder in _folders):
        raise PermissionError(f"{whole} is outside of the fence")


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)
