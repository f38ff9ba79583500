"""Taking a person, or the words of one post, out of everything that a library holds.

`look` says what would change, `forget` and `blank_post` do it. Each file is rewritten under its writer's lock and
replaced at one instant, so that a kill leaves the old one or the new one; doing it again finishes what was begun.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from sessions.core.events import AnyEvent, PostEdited
from sessions.core.identity import (
    UNNAMED_NETWORKS,
    Identity,
    called,
    canonical,
    is_pseudonym,
    merged,
    posts_in,
    united,
)
from sessions.core.people import PersonRecord, Register
from sessions.core.redaction.forgetting import LONG_TEXT, Blanker, Words, renamed
from sessions.core.redaction.handles import mentioned
from sessions.files.disk import Disk
from sessions.files.errors import DamagedPeople, DamagedSession, LibraryError, SessionLocked, StorageError
from sessions.files.lock import WriterLock
from sessions.library.file_rewriting import (
    chat_paths,
    left_behind,
    other_paths,
    readable_events,
    remove_index,
    remove_left_behind,
    rewrite_chat,
    rewrite_other,
    would_change,
)
from sessions.library.forgotten import Forgotten, ForgottenFile
from sessions.library.index import summaries
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.removals import Act, note_removals
from sessions.library.storage.layout import FILE_NAME
from sessions.library.storage.reading import read_events

_PASSES = 6
"""How often every chat is read at least: for who it is (three times), their words (twice), and what would change."""

Known = TypeVar("Known", Identity, Words)


class Touched(msgspec.Struct, frozen=True):
    """A file that told of the person. `places` are the events, records or lines of it that are changed."""

    path: Path
    places: int


class Unreached(msgspec.Struct, frozen=True):
    """A file that may still tell of the person, and why it is left so."""

    path: Path
    why: str


class Erasure(msgspec.Struct, frozen=True):
    """What is changed, or would be, and what cannot be reached. Of a post `who` and `shown` are empty."""

    who: Identity
    shown: str
    touched: tuple[Touched, ...]
    unreached: tuple[Unreached, ...]


Progress = Callable[[int, int], None]
"""Told how many files of how many have been read or written; of how many may grow, for one chat leads to another."""


def _unseen(_done: int, _of: int) -> None:
    return None


def look(folders: Sequence[Path], handle: str, *, progress: Progress = _unseen) -> Erasure:
    """What `forget` would do. The first folder is the library, others are copies of it that can be reached.

    Raises `LibraryError` where nobody or more than one goes by `handle` (an id, a `network:handle` or a handle), and
    where a chat that they are in is live.
    """
    return _Eraser(folders, Disk(), write=False, progress=progress).forget(handle)


def forget(folders: Sequence[Path], handle: str, disk: Disk | None = None, *, progress: Progress = _unseen) -> Erasure:
    """Take a person out of all that the folders hold, for good, and put them on the list that imports respect.

    Raises as `look`, and then nothing has been changed; `SaveFailed` where the disk refuses, and then it can be done
    again.
    """
    return _Eraser(folders, disk or Disk(), write=True, progress=progress).forget(handle)


def blank_post(folders: Sequence[Path], post: str, disk: Disk | None = None) -> Erasure:
    """Blank the words of one post (its id) out of every saved chat that has it, and of what it repeats or repeats it.

    For saved chats what `X` is for a live one (a student was named): seqs, authors and filing stay. Raises
    `LibraryError` where no chat has the post or one that has it is live, `SaveFailed`.
    """
    return _Eraser(folders, disk or Disk(), write=True).blank_post(post)


class _Eraser:
    def __init__(self, folders: Sequence[Path], disk: Disk, *, write: bool, progress: Progress = _unseen) -> None:
        for folder in folders:
            if not folder.is_dir():
                raise LibraryError(f"{folder} is no folder with saved chats.")
        self._folders = list(dict.fromkeys(folder.resolve() for folder in folders))
        self._disk = disk
        self._write = write
        self._touched: list[Touched] = []
        self._unreached: list[Unreached] = []
        self._places: dict[Path, int] = {}
        self._damaged: list[Path] = []
        self._chats = sorted({path for folder in self._folders for path in chat_paths(folder)})
        self._others = sorted({path for folder in self._folders for path in other_paths(folder)} - {*self._chats})
        self._progress = progress
        self._done = 0
        self._passes = _PASSES + write

    def forget(self, handle: str) -> Erasure:
        who = self._identity(handle)
        file = ForgottenFile(self._folders[0], self._disk)
        forgotten = file.with_key() if self._write else file.read()
        begun = Words(posts=self._begun(forgotten))
        words = self._collected(begun, lambda words, events: words.with_those_of(events, who))
        blanker = Blanker(who, words, forgotten.pseudonym)
        self._refuse_live(blanker, f"Forget {handle} when it has ended; until then X blanks a post there.")
        if self._write:
            self._note("forget")
            for folder in self._folders:
                ForgottenFile(folder, self._disk).add(who)
        self._all_files(blanker)
        for folder in self._folders:
            self._people(folder, who, blanker)
        return self._result(blanker, who, ", ".join(sorted(who.names) or sorted(who.handles) or sorted(who.ids)))

    def blank_post(self, post: str) -> Erasure:
        wanted = canonical(post)

        def more(words: Words, events: Sequence[AnyEvent]) -> Words:
            seen = [*posts_in(events)]
            own = [one for one in seen if canonical(one.id) == wanted]
            repeats = {*words.repeats, *(one.id for one in own)}
            repeats |= {one.repost_of for one in seen if one.id in repeats and one.repost_of is not None}
            repeats |= {one.id for one in seen if one.repost_of in repeats}
            edits = (event for event in events if isinstance(event, PostEdited) and canonical(event.post) == wanted)
            texts = {*words.texts, *(one.text for one in own), *(event.text for event in edits)}
            return Words(repeats=frozenset(repeats), texts=frozenset(text for text in texts if len(text) >= LONG_TEXT))

        words = self._collected(Words(), more)
        if not words.repeats:
            raise LibraryError(f"No saved chat has the post {post}.")
        blanker = Blanker(Identity(), words, lambda identifier: identifier)
        self._refuse_live(blanker, "X at the desk blanks the post there.")
        self._note("blank")
        self._all_files(blanker)
        return self._result(blanker, Identity(), "")

    # Who it is

    def _identity(self, handle: str) -> Identity:
        """All accounts, handles and names of the one person who goes by `handle`."""
        wanted = handle.strip().lstrip("@").casefold()
        records = [record for folder in self._folders for record in self._register(folder)]
        found = [record.identity for record in records if record.goes_by(wanted)]
        for events in self._events():
            found += called(events, wanted)
        persons = merged([*found, *(record.identity for record in records if _meets(record, found))])
        persons = persons or self._only_mentioned(wanted)
        named = [one for one in persons if _on_a_network(one)]
        if not persons:
            raise LibraryError(f"Nobody in the saved chats goes by {handle!r}. `lunchroom people list` shows who does.")
        if len(named) > 1:
            names = ", ".join(sorted(min(one.handles or one.ids) for one in named))
            raise LibraryError(f"{handle!r} is more than one person: {names}. Name one of these, or join them first.")
        return self._collected(united(persons), lambda known, events: known.widened(events))

    def _only_mentioned(self, wanted: str) -> list[Identity]:
        """Who never posted and is named by a handle in posts; with and without their server it is one person."""
        handles: frozenset[str] = frozenset()
        for events in self._events():
            handles |= mentioned(events, wanted)
        full = sorted(handle for handle in handles if "@" in handle)
        bare = sorted(handle for handle in handles if "@" not in handle)
        with_bare = {one for one in bare if sum(handle.startswith(f"{one}@") for handle in full) == 1}
        groups = [{one, *(short for short in with_bare if one.startswith(f"{short}@"))} for one in full]
        groups += [{one} for one in bare if one not in with_bare]
        return [Identity(handles=frozenset(group)) for group in groups]

    def _begun(self, forgotten: Forgotten) -> frozenset[str]:
        """Posts that others refer to and that go by a pseudonym where they stand: an earlier run did not come to all.

        That run has blanked whose they were; only the pseudonym, which is made the same way again, still tells.
        """
        if not forgotten.hashes:
            return frozenset()
        gone: set[str] = set()
        referred_to: set[str] = set()
        for events in self._events():
            for post in posts_in(events):
                gone |= {post.id} if is_pseudonym(post.id) else set()
                referred_to |= {one for one in (post.reply_to, post.repost_of, post.quote_of) if one is not None}
        return frozenset(one for one in referred_to if one not in gone and renamed(one, forgotten.pseudonym) in gone)

    def _register(self, folder: Path) -> Register:
        with contextlib.suppress(DamagedPeople):  # `_people` tells of it
            return PeopleFile(folder).read()
        return Register()

    def _collected(self, start: Known, more: Callable[[Known, list[AnyEvent]], Known]) -> Known:
        """What `more` makes of `start` with all chats, again until nothing is added: one refers to another."""
        found = start
        for events in self._events():
            found = more(found, events)
        return found if found == start else self._collected(found, more)

    def _step(self) -> None:
        """Tell that a file more is read or written."""
        self._done += 1
        of = len(self._chats) * self._passes
        if self._done > of:
            self._passes += 1
            of += len(self._chats)
        self._progress(self._done, of)

    def _events(self) -> Iterator[list[AnyEvent]]:
        """The events of every chat, as far as it can be read; the files are too many to keep them all."""
        for path in self._chats:
            self._step()
            try:
                yield read_events(path)
            except StorageError:  # `_all_files` tells of it
                yield readable_events(path)
        yield from filter(None, map(readable_events, self._others))

    # What is done

    def _refuse_live(self, blanker: Blanker, instead: str) -> None:
        """Look through all chats before anything is changed; raises `LibraryError` where one that must be is live."""
        for path in self._chats:
            self._step()
            try:
                self._places[path] = would_change(path, blanker)
            except DamagedSession:
                self._damaged.append(path)
                continue
            if not self._places[path]:
                continue
            try:
                WriterLock(path, "a lunchroom command that looks for somebody").release()
            except SessionLocked as error:
                who = error.holder or "another lunchroom program"
                raise LibraryError(f"{path.name} is live in {who} and is not rewritten. {instead}") from error

    def _all_files(self, blanker: Blanker) -> None:
        """Rewrite everything, what tells most of who it is last: a kill in between must leave that to begin again."""
        for path in (*self._others, *self._damaged):
            self._note_file(path, *rewrite_other(path, blanker, self._disk, write=self._write))
        for path in (path for folder in self._folders for path in left_behind(folder)):
            self._note_file(path, *remove_left_behind(path, blanker, write=self._write))
        for path, places in sorted(self._places.items(), key=lambda item: item[1]):
            if self._write:
                self._step()
            try:
                self._touch(path, rewrite_chat(path, blanker, self._disk) if places and self._write else places)
            except SessionLocked as error:
                self._unreached.append(Unreached(path, f"{error} Do it again when the chat has ended."))

    def _note(self, act: Act) -> None:
        """Leave a note of that something is removed, before it is: a kill in between must not leave none."""
        changed = [path for path, places in self._places.items() if places]
        for folder in self._folders:
            named = [FILE_NAME.fullmatch(path.name) for path in changed if path.is_relative_to(folder)]
            note_removals(folder, {one[2] for one in named if one is not None}, act, self._disk)

    def _note_file(self, path: Path, places: int, why: str) -> None:
        self._touch(path, places)
        if why:
            self._unreached.append(Unreached(path, why))

    def _people(self, folder: Path, who: Identity, blanker: Blanker) -> None:
        people = PeopleFile(folder, self._disk)
        try:
            changed = people.read().forget(who, blanker)
            if changed and self._write:
                people.change(lambda register: register.forget(who, blanker))
        except DamagedPeople as error:
            self._unreached.append(Unreached(people.path, str(error)))
        else:
            self._touch(people.path, changed)

    def _touch(self, path: Path, places: int) -> None:
        if places:
            self._touched.append(Touched(path, places))

    def _result(self, blanker: Blanker, who: Identity, shown: str) -> Erasure:
        if self._write:
            for folder in self._folders:
                summaries(Library(folder), self._disk)
                remove_index(folder, blanker)
        return Erasure(who, shown, tuple(self._touched), tuple(self._unreached))


def _meets(record: PersonRecord, found: Iterable[Identity]) -> bool:
    mine = record.identity
    return any(mine.ids & one.ids or mine.handles & one.handles for one in found)


def _on_a_network(person: Identity) -> bool:
    """Whether one of the accounts is more than a name in a recording, an archive or a directory."""
    return any(key.partition(":")[0] not in UNNAMED_NETWORKS for key in person.ids | person.handles)
