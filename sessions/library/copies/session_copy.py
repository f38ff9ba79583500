"""A desk's own copy of a chat that another computer's hub keeps, so that each moderator has it afterwards.

The copy is a session file like any other, under the same name as the hub's. Its events are those that the desk
receives, byte for byte, but for people whom this library forgot.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from sessions.core.events import AnyEvent, PostRedacted, SessionClosed, SessionOpened, UnknownEvent, encode_event
from sessions.core.evolve import blanked, fold
from sessions.core.redaction.blanking import blanked_events, still_told
from sessions.core.session_id import SESSION_ID
from sessions.files.disk import Disk
from sessions.files.errors import LibraryError, StorageError
from sessions.files.small_file import SmallFile
from sessions.library.forgotten import Forgotten, read_forgotten
from sessions.library.library import Library
from sessions.library.people_rebuild import note_session
from sessions.library.storage.closing import close_chat
from sessions.library.storage.session_file import SessionFile, file_name


class CopyDiffers(LibraryError):
    """What came cannot be a part of what the library holds; trying again is of no use, and nothing was changed."""


class SessionCopy:
    """The copy of the session `session_id` in the folder `library`, made or gone on with by the first `take`.

    `holder` names this desk to whoever wants to write the file too. All methods block; they may be called from any
    thread, one call at a time running.
    """

    def __init__(self, library: Path, session_id: str, *, holder: str = "", disk: Disk | None = None) -> None:
        self._folder = library
        self._id = session_id
        self._holder = holder
        self._disk = disk
        self._busy = threading.Lock()
        self._file: SessionFile | None = None
        self._path: Path | None = None
        self._forgotten = Forgotten(b"", frozenset())
        self._concerned = False
        """Whether somebody whom this library forgot is in the first `_looked` events that were received."""
        self._looked = 0
        self._received: list[AnyEvent] = []
        self._kept: list[AnyEvent] = []
        self._before = 0
        """How many events the file had when it was opened."""
        self._own: set[int] = set()
        """Seqs that read otherwise here since an earlier time, because somebody forgot or blanked something."""
        self._unblanked: dict[int, AnyEvent] = {}
        self._compared = 0
        self._finished = False
        self._whole = False
        self.unnoted = ""
        """Why the chat, of which all is in the copy, is not in people.json, in words; empty if it is."""

    @property
    def path(self) -> Path | None:
        """Where the copy lies, None before it is made."""
        return self._path

    @property
    def whole(self) -> bool:
        """Whether the chat is closed and all of it is in the copy, which others may write from then on."""
        return self._whole and self._file is None

    def take(self, events: Sequence[AnyEvent]) -> None:
        """Keep what was received, in order from the first event of the session on; on return it is durable.

        On an error nothing received is lost: calling it again, be it without events, tries again. What came before is
        passed by. Raises `SessionLocked` where another program writes that file (the hub itself, or another desk of
        this account), `CopyDiffers` where it is of no use to try again, and any other `StorageError`.
        """
        with self._busy:
            self._receive(events)
            if self._received and not self._whole:
                self._keep()
        if self._whole:
            self.close()

    @property
    def place(self) -> Path | None:
        """Where the chat's file lies in this library, whoever writes it; None while nothing is known of the chat."""
        opened = self._received[0] if self._received else None
        return self._folder / file_name(opened.plan, self._id) if isinstance(opened, SessionOpened) else None

    def rewind(self, seq: int) -> Path | None:
        """Go on from behind the event `seq`: the chat goes on elsewhere, without what was kept behind it.

        A file that has more is put aside as it is, and another one made; gives where it lies then. Raises as `take`.
        """
        with self._busy:
            self._received = self._received[:seq]
            self._looked = min(self._looked, seq)
            place = self.place
            if place is None or not (self._file is not None or place.exists()):
                return None
            file = self._file = self._file or self._open()
            self._path = file.path
            if len(self._kept) <= seq:
                return None
            aside = stopped_name(file.path)
            file.close()
            self._file = None
            SmallFile(file.path, self._disk).move_to(aside)
            self._kept, self._before, self._compared = [], 0, 0
            self._own, self._unblanked, self._finished = set(), {}, False
            return aside

    def close(self) -> None:
        """Let others write the file; an unfinished copy is gone on with by another `SessionCopy`."""
        with self._busy:
            if self._file is not None:
                try:
                    self._file.close()
                finally:
                    self._file = None

    def _keep(self) -> None:
        file = self._file
        if file is None:
            file = self._file = self._open()
            self._path = file.path
        self._compare(file.path)
        self._append(file)
        self._blank(file)
        if isinstance(self._kept[-1], SessionClosed):
            self._finish(file)

    def _receive(self, events: Sequence[AnyEvent]) -> None:
        fresh = [event for event in events if event.seq > len(self._received)]
        for event in fresh:
            if event.seq != len(self._received) + 1:
                raise CopyDiffers(f"event {len(self._received) + 1} of it never came")
            self._received.append(event)
        gone = _redacted(fresh)
        for seq, blank in blanked_events(self._received, gone).items() if gone else ():
            self._received[seq - 1] = blank

    def _open(self) -> SessionFile:
        """The file, with the lock, and in `_kept` what is in it."""
        library = Library(self._folder)
        self._forgotten = read_forgotten(library.folder)
        opened = self._forgotten.respected(self._received)[0]
        if not isinstance(opened, SessionOpened) or not SESSION_ID.fullmatch(self._id):
            raise CopyDiffers("its computer runs another version of Lunchroom")
        path = library.folder / file_name(opened.plan, self._id)
        self._kept, self._before, self._compared = [], 0, 0
        if not path.exists():
            return SessionFile.create(
                self._folder, opened.plan, started=opened.at, session_id=self._id, holder=self._holder, disk=self._disk
            )
        file = SessionFile.open(path, holder=self._holder, disk=self._disk)
        try:
            self._kept = file.read_events()
            self._before = len(self._kept)
            self._compare(path)
            self._unblanked |= still_told(fold(self._kept), self._kept)  # killed between an `X` and its rewriting
            self._finished = file.session.ended is not None
        except BaseException:  # nobody could open the file while the lock is held; raised again
            file.close()
            raise
        return file

    def _compare(self, path: Path) -> None:
        """Look whether what is received is what the file had already, as far as both go.

        Words may be missing there because of an `X`, and then are taken out here, or here because somebody forgot a
        person or blanked a post, and then stay out.
        """
        for ours, theirs in zip(
            self._kept[self._compared : self._before], self._received[self._compared :], strict=False
        ):
            if ours == theirs:
                continue
            if type(ours) is not type(theirs) or ours.at != theirs.at or isinstance(ours, UnknownEvent):
                raise CopyDiffers(f"{path} holds something else under its name and is left as it is")
            if theirs == blanked(ours):
                self._unblanked[theirs.seq] = theirs
            else:
                self._own.add(theirs.seq)
        self._compared = min(self._before, len(self._received))

    def _append(self, file: SessionFile) -> None:
        fresh = self._respected(self._received[len(self._kept) :])
        if not fresh:
            return
        file.commit(fresh)
        self._kept += fresh
        gone = _redacted(fresh)
        if gone:
            wanted = [self._unblanked.get(event.seq, event) for event in self._kept]
            self._unblanked |= blanked_events(wanted, gone)

    def _respected(self, fresh: list[AnyEvent]) -> list[AnyEvent]:
        """The new events without whoever is forgotten; who they are may show in older events only now."""
        self._concerned = self._concerned or self._forgotten.concerns(self._received[self._looked :])
        self._looked = len(self._received)
        if not fresh or not self._concerned:
            return fresh
        all_of_them = self._forgotten.respected(self._received)
        for kept, wanted in zip(self._kept, all_of_them, strict=False):
            if kept != wanted and kept.seq not in self._own:
                self._unblanked[kept.seq] = wanted
        return all_of_them[len(self._kept) :]

    def _blank(self, file: SessionFile) -> None:
        """Take off the disk what may not be read any more; what could not be is tried again by the next `take`."""
        if not self._unblanked:
            return
        file.redact({seq: encode_event(event) for seq, event in self._unblanked.items()})
        for seq, event in self._unblanked.items():
            self._kept[seq - 1] = event
        self._unblanked = {}
        self._finished = False  # that emptied the derived tables

    def _finish(self, file: SessionFile) -> None:
        """Make it a closed chat and take it into people.json, as the hub does with its own."""
        if not self._finished:
            self._finished = close_chat(file, self._kept)
        if self._finished:
            self._whole = True
            try:
                note_session(Library(self._folder), self._id, self._kept)
            except StorageError as error:
                self.unnoted = f"{error} `lunchroom people rebuild` takes the chat in later."


def stopped_name(path: Path) -> Path:
    """A name beside a session file for what its hub, or a desk, kept of it before the chat went on without that."""
    number = 1
    while (aside := path.with_name(f"{path.name}.stopped-{number}")).exists():
        number += 1
    return aside


def _redacted(events: Sequence[AnyEvent]) -> set[str]:
    return {event.post for event in events if isinstance(event, PostRedacted)}
