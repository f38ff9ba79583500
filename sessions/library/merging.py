"""Adding to a saved chat what only another file of it has: that of a hub that was taken over, or of a desk's copy.

What is added is shown first; what is then written is exactly that, or nothing.
"""

import time
from pathlib import Path

import msgspec

from sessions.core.events import AnyEvent, SessionOpened, encode_event
from sessions.core.evolve import fold
from sessions.core.redaction.blanking import removals, still_told
from sessions.core.reunion import NotOneChat, Reunion, reunite
from sessions.files.disk import Disk
from sessions.files.errors import LibraryError, StorageError
from sessions.library.forgotten import read_forgotten
from sessions.library.incoming.validation import cleaned, objection
from sessions.library.library import Library
from sessions.library.people_rebuild import note_session
from sessions.library.rejudging import rejudge
from sessions.library.storage.closing import close_chat
from sessions.library.storage.reading import read_events, read_head
from sessions.library.storage.session_file import SessionFile

_HOLDER = "a lunchroom command that merges another file into it"


class TwoFiles(msgspec.Struct, frozen=True):
    """A saved chat and another file of it: the events of both, and what is to be added where."""

    session: str
    series: str
    path: Path
    ours: list[AnyEvent]
    theirs: list[AnyEvent]
    reunion: Reunion


def compare(library: Library, other: Path, session: str | None = None) -> TwoFiles:
    """What only the file `other` has of the chat that `session` names, as `Library.find` does, or of its own; blocks.

    Whoever asked to be forgotten here is left out. Raises `LibraryError`, `DamagedSession`.
    """
    now = time.time_ns() // 1_000_000
    theirs: list[AnyEvent] = cleaned(read_events(other))
    record = read_head(other).session.id
    ours = next((one for one in library.saved_chats() if one.id == record), None)
    if session is not None:
        ours = library.find(session)
    if ours is None or ours.damaged:
        raise LibraryError(f"The library has no whole file of that chat. `lunchroom import {other}` takes it in.")
    if ours.path.samefile(other):
        raise LibraryError(f"{other} is the library's own file of that chat. Give the other one.")
    if ours.id != record:
        raise LibraryError(f"{other} is of another chat: its id is {record}, that of {ours.title!r} is {ours.id}.")
    opened = theirs[0] if theirs else None
    against = objection(opened, theirs, now) if isinstance(opened, SessionOpened) else "It holds no chat."
    if against:
        raise LibraryError(f"{other} is not merged: {against}")
    theirs = read_forgotten(library.folder).respected(theirs)
    kept = read_events(ours.path)
    return TwoFiles(ours.id, ours.series, ours.path, kept, theirs, _reunited(other, kept, theirs, now))


def add(library: Library, two: TwoFiles, disk: Disk | None = None) -> str:
    """Write what was shown into the saved chat, durably; blocks. A chat that was closed stays so.

    Returns why its people are not in people.json yet, empty where they are. Raises `SessionLocked` where the chat
    runs, `LibraryError` where its file is another than when it was shown, `SaveFailed`; a second try is of use then.
    """
    with SessionFile.open(two.path, holder=_HOLDER, disk=disk) as file:
        ours = file.read_events()
        if ours != two.ours:
            raise LibraryError("The chat went on meanwhile, and nothing was added. Look once more.")
        events = [*ours, *two.reunion.events]
        state = fold(events)
        closed = state.closed_at is not None
        gone = removals(state, events) if closed else still_told(state, events)
        whole = [gone.get(event.seq, event) for event in events]
        earlier = {seq: encode_event(event) for seq, event in gone.items() if seq <= len(ours)}
        if earlier:  # first, so that a kill in between leaves no word that is to go
            file.redact(earlier)
        file.commit(whole[len(ours) :])
        if closed:
            close_chat(file, whole)
    if not closed:
        return ""
    try:
        rejudge(library, two.series, events[0].at - 1, disk=disk)
        note_session(library, two.session, whole)
    except StorageError as error:
        return str(error)
    return ""


def _reunited(other: Path, ours: list[AnyEvent], theirs: list[AnyEvent], now: int) -> Reunion:
    try:
        return reunite(ours, theirs, now)
    except NotOneChat as error:
        raise LibraryError(f"{other} is another chat under the same id, and is not merged.") from error
