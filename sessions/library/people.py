"""people.json: who took part in the saved chats of a library, and what moderators wrote of them."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.people import PersonRecord, Register
from sessions.core.state import SessionState
from sessions.files.disk import Disk
from sessions.files.encodings import text_of
from sessions.files.errors import DamagedPeople
from sessions.files.small_file import SmallFile
from sessions.library.storage import layout

PEOPLE_FILE = "people.json"

_OURS = b'{"people":{'
"""How a file begins that no other program has written: TinyDB's have blanks behind the colons."""

Result = TypeVar("Result")


class _Contents(msgspec.Struct):
    """The file as TinyDB reads it."""

    people: dict[str, PersonRecord]


class Aside(msgspec.Struct, frozen=True):
    """Where a damaged file is kept; `encoding` is set where all of it could be read in another than UTF-8."""

    path: Path
    encoding: str = ""


class PeopleFile:
    """people.json in the library `folder`. All methods block and raise `LibraryError` or `SaveFailed`."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._file = SmallFile(folder / PEOPLE_FILE, disk)
        self.path = self._file.path

    def exists(self) -> bool:
        """Whether there is such a file, damaged or not."""
        return self.path.exists()

    def read(self) -> Register:
        """The people; nobody where there is no file. Raises `DamagedPeople` where it is damaged."""
        raw = self._file.read()
        try:
            return Register() if raw is None else _register(raw)
        except Unreadable as error:
            raise DamagedPeople(self.path, str(error)) from error

    def change(self, change: Callable[[Register], Result]) -> Result:
        """Let `change` work on the register while nobody else does, and write it; on an exception nothing is."""
        with self._file.locked():
            register = self.read()
            result = change(register)
            self._write(register)
            return result

    def rebuild(self, chats: Callable[[], Iterator[tuple[str, SessionState]]]) -> tuple[Register, Aside | None]:
        """Make the file anew of these chats (id and state, earliest first), keeping what moderators wrote.

        Gives where a damaged file was moved, too.
        """
        with self._file.locked():
            aside = None
            try:
                known = self.read()
            except DamagedPeople:
                known, encoding = _rewritten(self._file.read() or b"")
                aside = Aside(self._file.move_aside(), encoding)
            register = known.rebuilt(chats())
            self._write(register)
            return register, aside

    def _write(self, register: Register) -> None:
        people = {str(number): person for number, person in enumerate(register, start=1)}
        self._file.write(layout.ascii_json(msgspec.json.encode(_Contents(people))))


def _register(raw: bytes) -> Register:
    return Register(read_json(raw, _Contents).people.values())


def _rewritten(raw: bytes) -> tuple[Register, str]:
    """The people in a file that another program rewrote in an encoding of its own; nobody where it is damaged more.

    What we wrote is ASCII, so that an odd byte in it is no letter.
    """
    if raw.startswith(_OURS):
        return Register(), ""
    text, encoding = text_of(raw)
    with contextlib.suppress(Unreadable, UnicodeEncodeError):
        return _register(text.encode()), encoding
    return Register(), ""


def read_people(folder: Path) -> Register:
    """The people of the library `folder`. Raises as `PeopleFile.read`."""
    return PeopleFile(folder).read()
