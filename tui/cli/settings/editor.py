"""Opening a text file: in the editor that somebody has chosen, else in that of the system. No shell is in between."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from sessions.core.errors import LunchroomError
from sessions.words import _

_PLAIN_EDITORS = ("sensible-editor", "nano", "vi")


class NoEditor(LunchroomError):
    """The file could not be opened; the text says how to do it by hand."""


def editor_for(
    platform: str = sys.platform,
    environ: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> tuple[list[str], bool] | None:
    """The command that opens a file whose name is put behind it, and whether it ends with the editing.

    `VISUAL` goes before `EDITOR`; without them it is what the system opens text files with, and on a computer without
    a desktop the first editor for terminals that is there. None on Windows, which has no command for it, and where
    there is no editor.
    """
    for name in ("VISUAL", "EDITOR"):  # words: names of variables
        words = _words(environ.get(name, ""), platform)
        if words:
            return words, True
    if platform == "win32":
        return None
    if platform == "darwin":
        return ["open", "-t"], False
    if (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")) and (found := which("xdg-open")):
        return [found], False
    found = next(filter(None, map(which, _PLAIN_EDITORS)), None)
    return None if found is None else ([found], True)


def open_file(path: Path) -> bool:
    """Open the file; whether it has been edited on return, else that goes on beside. Blocks. Raises `NoEditor`."""
    command = editor_for()
    try:
        if command is not None:
            subprocess.run([*command[0], str(path)], check=True)  # noqa: S603 - the person's own editor
            return command[1]
        if sys.platform == "win32":  # not run there
            os.startfile(path)  # noqa: S606 - the same
            return False
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoEditor(
            _("{name} does not open it ({error}). Open it yourself: {path}").format(
                name=_name(command), error=error, path=path
            )
        ) from error
    raise NoEditor(_("There is no editor here. Open it yourself: {path}, or name one in EDITOR.").format(path=path))


def _words(written: str, platform: str) -> list[str]:
    """The program and its options; paths of Windows have backslashes, which stand for themselves."""
    try:
        words = shlex.split(written, posix=platform != "win32")
    except ValueError:  # a quote that is not closed
        return [written]
    return [word.strip('"') for word in words]


def _name(command: tuple[list[str], bool] | None) -> str:
    return "Windows" if command is None else command[0][0]
