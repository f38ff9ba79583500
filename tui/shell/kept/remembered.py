"""What the program remembers from run to run without being told: `desk.json` beside the config."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.files.disk import Disk
from sessions.files.errors import SaveFailed, StorageError
from sessions.files.small_file import SmallFile
from sessions.words import _

NAME = "desk.json"


class Remembered:
    """Values by their names, each a table of its own; without a `path` nothing is remembered.

    What another version put there stays as it is. `problem` is one clear line where the file is damaged: then nothing
    is remembered, and the file is moved aside as soon as something is kept.
    """

    def __init__(self, path: Path | None = None, disk: Disk | None = None) -> None:
        self._file = None if path is None else SmallFile(path, disk)
        self.problem = ""
        self._values: dict[str, Any] = {}
        if self._file is not None:
            try:
                self._values = _values(self._file)
            except Unreadable as error:
                self.problem = _("{name} is damaged ({error}); the usual layout holds.").format(
                    name=self._file.path.name, error=error
                )
            except StorageError as error:
                self.problem = _("{error} The usual layout holds.").format(error=error)

    def value(self, name: str) -> Mapping[str, Any]:
        """What was remembered under this name when the program began; empty where that is nothing."""
        value = self._values.get(name)
        return value if isinstance(value, dict) else {}

    def keep(self, name: str, value: Mapping[str, Any]) -> None:
        """Remember these keys of a value; its others stay. Blocks. Raises `StorageError` where it cannot be saved."""
        if self._file is None:
            return
        try:
            self._file.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        with self._file.locked():
            try:
                values = _values(self._file)
            except Unreadable:
                self._file.move_aside()
                values = {}
            before = values.get(name)
            values[name] = {**(before if isinstance(before, dict) else {}), **value}
            self._values[name] = values[name]
            self._file.write(msgspec.json.format(msgspec.json.encode(values), indent=2) + b"\n")


def _values(file: SmallFile) -> dict[str, Any]:
    """What is in the file. Raises `Unreadable` where it is damaged, `StorageError` where it cannot be read."""
    raw = file.read()
    return {} if raw is None else read_json(raw, dict[str, Any])
