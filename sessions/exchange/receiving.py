"""What comes from the other moderator's library: a saved chat, or what they noted about people.

A chat is checked as a whole before anything is written, and is in the library whole or not at all. Nothing that came
becomes a path: the file's name is made of the plan's date, a slug of the series and an id of six letters.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

import msgspec

from sessions.core.derived import derived_tables
from sessions.core.errors import LunchroomError
from sessions.core.events import SCHEMA, AnyEvent, SessionClosed, SessionOpened
from sessions.core.evolve import fold
from sessions.core.people import PersonRecord, Register
from sessions.core.plan import clean_line
from sessions.core.posts import Author
from sessions.core.redaction.blanking import removals
from sessions.core.redaction.forgetting import Blanker, Words
from sessions.core.session_id import SESSION_ID
from sessions.exchange.differences import received_people
from sessions.files.disk import Disk
from sessions.files.errors import DamagedSession, SaveFailed, StorageError
from sessions.files.lock import WriterLock
from sessions.library.forgotten import Forgotten, read_forgotten
from sessions.library.incoming.document import with_events
from sessions.library.incoming.merge import OtherChat, merge
from sessions.library.incoming.staging import Staging
from sessions.library.incoming.validation import cleaned, objection
from sessions.library.index import summaries
from sessions.library.library import LONGEST_TITLE, Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import note_session, rebuild_people
from sessions.library.rejudging import rejudge
from sessions.library.same_chat import same_chat
from sessions.library.storage import layout
from sessions.library.storage.layout import FILE_NAME
from sessions.library.storage.mending import mend_locked
from sessions.library.storage.reading import read_session
from sessions.library.storage.session_file import file_name
from sessions.networks.timing import wall_clock

logger = logging.getLogger(__name__)

_HOLDER = "a lunchroom program that takes in a copy"


class NotTaken(LunchroomError):
    """What came is no saved chat of the series, or nothing that people.json may hold; one line that says why."""


class SentChat(msgspec.Struct, frozen=True):
    """A closed session as it travels between libraries: its id, its title as it was last renamed, all its events."""

    id: str
    title: str
    events: tuple[AnyEvent, ...]


def receive_chat(library: Library, chat: SentChat, series: str, disk: Disk | None = None) -> bool:
    """Take in a copy of a closed chat of `series`; blocks. Whether it was missing here, or longer than the one here.

    One whose posts are here under another id is not taken. Of a chat that is here the events stay, and those that
    follow are added; words that an event of either blanks go. Whoever asked to be forgotten here is left out, and who
    was new in it and in later ones is judged anew. Raises `NotTaken`, `SessionLocked` where the chat here is being
    written, and `LibraryError` or `SaveFailed`; then the library is as it was.
    """
    disk = disk or Disk()
    chat = msgspec.structs.replace(chat, events=tuple(cleaned(chat.events)))
    opened = _checked(chat, series)
    forgotten = read_forgotten(library.folder)
    events = forgotten.respected(_without_removed(chat.events))
    with Staging(library, disk) as staging:
        saved = summaries(library)
        here = next((one for one in saved if one.id == chat.id), None)
        if here is not None and not here.damaged:
            if here.events >= len(events) or not _lengthened(here.path, events, forgotten, disk):
                return False
        else:
            posts = sorted((one.post for one in fold(events).posts.values()), key=lambda post: post.posted_at)
            if here is None and same_chat(posts, saved) is not None:
                return False
            if here is not None and FILE_NAME.fullmatch(here.path.name):
                _move_aside(here.path, disk)
            title = clean_line(chat.title)[:LONGEST_TITLE].strip() or opened.plan.title
            plan = msgspec.structs.replace(opened.plan, title=title)
            staging.write(plan, chat.id, events, fold(events))
            staging.place()
    rejudge(library, series, opened.at - 1, disk=disk)
    _note(library, chat.id, events)
    return True


def receive_people(library: Library, people: Sequence[PersonRecord]) -> bool:
    """Take in what another library sent of people; blocks. Whether that changed anything here.

    Whoever asked to be forgotten here is left out. Raises `NotTaken`, `LibraryError`, `SaveFailed`.
    """
    received = respected_people(library, people)
    file = PeopleFile(library.folder)
    if not file.exists():
        rebuild_people(library)

    def take_in(register: Register) -> bool:
        before = msgspec.json.encode(register.people)
        register.merge(received)
        return msgspec.json.encode(register.people) != before

    return file.change(take_in)


def respected_people(library: Library, people: Sequence[PersonRecord]) -> Register:
    """What another library sent of people, without whoever asked to be forgotten here.

    Raises `NotTaken`, and `LibraryError` where nobody can tell who asked.
    """
    try:
        received = received_people(people)
    except ValueError as error:
        raise NotTaken(str(error)) from error
    _forget(received, read_forgotten(library.folder))
    return received


def _checked(chat: SentChat, series: str) -> SessionOpened:
    """The chat's first event. Raises `NotTaken` unless all of it is a closed session of the series."""
    opened = chat.events[0] if chat.events else None
    if not SESSION_ID.fullmatch(chat.id):
        raise NotTaken("A chat's id has six letters from a to z or digits.")
    if not isinstance(opened, SessionOpened) or not isinstance(chat.events[-1], SessionClosed):
        raise NotTaken("Only a whole chat that is closed can be taken.")
    if [event.seq for event in chat.events] != list(range(1, len(chat.events) + 1)):
        raise NotTaken("The events of the chat are not numbered from 1 on.")
    if any(later.at < earlier.at for earlier, later in zip(chat.events, chat.events[1:], strict=False)):
        raise NotTaken("The events of the chat are not in the order of time.")
    against = objection(opened, chat.events, wall_clock())
    if against:
        raise NotTaken(against)
    if opened.rehearsal:
        raise NotTaken("Rehearsals are not exchanged.")
    if opened.plan.series != series:
        raise NotTaken("The chat belongs to another series.")
    if opened.schema > SCHEMA:
        raise NotTaken("The chat was saved by a later version of Lunchroom. Update this one.")
    if not FILE_NAME.fullmatch(file_name(opened.plan, chat.id)):
        raise NotTaken("The chat's date is none.")
    try:
        derived_tables(fold(chat.events))
    except Exception as error:  # whatever events that no hub made break in the fold, it is they that are against
        raise NotTaken("The events of the chat do not follow one another.") from error
    return opened


def _without_removed(events: Sequence[AnyEvent]) -> list[AnyEvent]:
    """The events with the words blanked that a hub would have blanked by the end of the chat."""
    blanks = removals(fold(events), events)
    return [blanks.get(event.seq, event) for event in events]


def _lengthened(path: Path, events: Sequence[AnyEvent], forgotten: Forgotten, disk: Disk) -> bool:
    """Add what follows to a copy that is shorter, at one instant under its lock; false where it is not shorter."""
    lock = WriterLock(path, _HOLDER)
    try:
        mend_locked(path, disk)
        data = path.read_bytes()
        kept = layout.decode_events(data)
        if len(kept) >= len(events):
            return False
        try:
            whole = forgotten.respected(merge(kept, events))
        except OtherChat as error:
            raise NotTaken("There is another chat of the same id, which is left as it is.") from error
        record = msgspec.structs.replace(read_session(path), ended=whole[-1].at)
        disk.write_whole(path, with_events(data, whole, fold(whole), record))
        return True
    except OSError as error:
        raise SaveFailed.from_os(error) from error
    finally:
        lock.release()


def _move_aside(path: Path, disk: Disk) -> None:
    """Make room for a whole copy of a damaged file, which is kept. Raises `StorageError` where it cannot be moved."""
    lock = WriterLock(path, _HOLDER)
    try:
        mend_locked(path, disk)
    except DamagedSession as error:
        if error.moved_to is None and path.exists():
            raise
    finally:
        lock.release()


def _note(library: Library, session: str, events: Sequence[AnyEvent]) -> None:
    """Take the chat into people.json; a failure costs only that, and the log says how to make up for it."""
    try:
        note_session(library, session, events)
    except StorageError as error:
        logger.warning("%s `lunchroom people rebuild` takes the chat in later.", error)


def _forget(received: Register, forgotten: Forgotten) -> None:
    """Take out whoever is on the list of those who asked to be forgotten."""
    for person in list(received):
        if any(forgotten.is_forgotten(author) for author in _authors(person)):
            received.forget(person.identity, Blanker(person.identity, Words(), forgotten.pseudonym))


def _authors(person: PersonRecord) -> list[Author]:
    """The accounts of a person as authors, once for each handle."""
    return [
        Author(account.id, handle.partition(":")[2] or handle, account.name)
        for account in person.accounts
        for handle in account.handles or ("",)
    ]
