"""people.json: who took part in the saved chats of a library, and what moderators wrote of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.people import PersonRecord, Register
from sessions.core.state import SessionState
from sessions.files.disk import Disk
from sessions.files.errors import DamagedSession
from sessions.files.small_file import SmallFile
from sessions.library.storage import layout

PEOPLE_FILE = "people.json"

Result = TypeVar("Result")


class _Contents(msgspec.Struct):
    """The file as TinyDB reads it."""

    people: dict[str, PersonRecord]


class PeopleFile:
    """people.json in the library `folder`. All methods block and raise `LibraryError` or `SaveFailed`."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._file = SmallFile(folder / PEOPLE_FILE, disk)
        self.path = self._file.path

    def exists(self) -> bool:
        """Whether there is such a file, damaged or not."""
        return self.path.exists()

    def read(self) -> Register:
        """The people; nobody where there is no file. Raises `DamagedSession` where it is damaged."""
        raw = self._file.read()
        if raw is None:
            return Register()
        try:
            return Register(read_json(raw, _Contents).people.values())
        except Unreadable as error:
            raise DamagedSession(
                self.path, f"{error}. `lunchroom people rebuild` makes it anew and keeps the damaged one"
            ) from error

    def change(self, change: Callable[[Register], Result]) -> Result:
        """Let `change` work on the register while nobody else does, and write it; on an exception nothing is."""
        with self._file.locked():
            register = self.read()
            result = change(register)
            self._write(register)
            return result

    def rebuild(self, chats: Callable[[], Iterator[tuple[str, SessionState]]]) -> tuple[Register, Path | None]:
        """Make the file anew of these chats (id and state, earliest first), keeping what moderators wrote.

        Gives where a damaged file was moved, too.
        """
        with self._file.locked():
            moved_to = None
            try:
                known = self.read()
            except DamagedSession:
                moved_to = self._file.move_aside()
                known = Register()
            register = known.rebuilt(chats())
            self._write(register)
            return register, moved_to

    def _write(self, register: Register) -> None:
        people = {str(number): person for number, person in enumerate(register, start=1)}
        self._file.write(layout.ascii_json(msgspec.json.encode(_Contents(people))))


def read_people(folder: Path) -> Register:
    """The people of the library `folder`. Raises as `PeopleFile.read`."""
    return PeopleFile(folder).read()
