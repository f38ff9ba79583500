"""Writing into `config.toml` what somebody chose; its comments and layout stay."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.core.errors import LunchroomError
from sessions.files.errors import LibraryError, SaveFailed
from sessions.files.small_file import SmallFile
from sessions.words import _

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


class NotKept(LunchroomError):
    """Something chosen could not be written down; the text says why in one line."""


def change_config(path: Path | None, what: str, change: "Callable[[TOMLDocument], None]") -> None:
    """Change the config in this file, which need not be there yet, durably. Blocks.

    Raises `NotKept` where there is no place for a config, or it cannot be read or written; `what` was to be kept.
    """
    if path is None:
        raise NotKept(_("{what} was not kept: there is no config file here.").format(what=what))
    try:
        file = SmallFile(path.resolve())
        file.path.parent.mkdir(parents=True, exist_ok=True)
        with file.locked():
            file.write(_changed(file.read() or b"", change))
    except (LibraryError, OSError, RuntimeError) as error:  # the last one of a link that leads to itself
        raise NotKept(_("{what} was not kept: {error}").format(what=what, error=error)) from error
    except SaveFailed as failed:
        raise NotKept(_("{what} was not kept: {reason}.").format(what=what, reason=failed.reason)) from failed


def _changed(raw: bytes, change: "Callable[[TOMLDocument], None]") -> bytes:
    import tomlkit  # only who keeps something needs it
    import tomlkit.exceptions

    try:
        document = tomlkit.parse(raw.decode("utf-8"))
        change(document)
        return tomlkit.dumps(document).encode("utf-8")
    except (ValueError, TypeError, tomlkit.exceptions.TOMLKitError) as error:
        raise NotKept(_("config.toml cannot be added to ({error}): mend it first.").format(error=error)) from error
