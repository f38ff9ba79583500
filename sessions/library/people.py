"""people.json: who took part in the saved chats of a library, and what moderators wrote of them."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from sessions.core.events import AnyEvent
from sessions.core.evolve import fold
from sessions.core.people import PersonRecord, Register
from sessions.core.state import SessionState
from sessions.files.disk import Disk
from sessions.files.errors import DamagedSession, LibraryError, StorageError
from sessions.files.small_file import SmallFile
from sessions.library.storage import layout
from sessions.library.storage.reading import read_events

if TYPE_CHECKING:
    from sessions.library.library import Library

PEOPLE_FILE = "people.json"

Result = TypeVar("Result")


class _Contents(msgspec.Struct):
    """The file as TinyDB reads it."""

    people: dict[str, PersonRecord]


class Rebuilt(msgspec.Struct, frozen=True):
    """What a rebuild came to: how many people in how many chats, chats that could not be read, and a damaged
    people.json that was moved aside.
    """

    people: int
    chats: int
    unreadable: tuple[Path, ...] = ()
    moved_to: Path | None = None


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
            return Register(msgspec.json.decode(raw, type=_Contents).people.values())
        except msgspec.DecodeError as error:
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


def rebuild_people(library: "Library") -> Rebuilt:
    """Make people.json anew from all saved chats but rehearsals, keeping what moderators wrote.

    A damaged one is moved aside first; what was written in it is then lost to us, not to whoever opens it.
    """
    unreadable: list[Path] = []
    count = 0

    def chats() -> Iterator[tuple[str, SessionState]]:
        nonlocal count
        for saved in reversed(library.saved_chats()):
            if saved.rehearsal:
                continue
            try:
                state = fold(read_events(saved.path))
            except StorageError:
                unreadable.append(saved.path)
                continue
            count += 1
            yield saved.id, state

    register, moved_to = PeopleFile(library.folder).rebuild(chats)
    return Rebuilt(people=len(register), chats=count, unreadable=tuple(unreadable), moved_to=moved_to)


def note_session(library: "Library", session: str, events: Sequence[AnyEvent]) -> Rebuilt | None:
    """Take a chat that has just been closed, imported or copied into people.json; again changes nothing.

    Where there is no people.json yet, or a damaged one, it is made of all saved chats, and what `rebuild_people` gives
    is given. Raises `LibraryError` or `SaveFailed`; the chat itself is not touched.
    """
    state = fold(events)
    if state.rehearsal:
        return None
    people = PeopleFile(library.folder)
    if people.exists():
        with contextlib.suppress(DamagedSession):
            people.change(lambda register: register.note(session, state))
            return None
    return rebuild_people(library)


__all__ = ["PEOPLE_FILE", "LibraryError", "PeopleFile", "Rebuilt", "note_session", "read_people", "rebuild_people"]
