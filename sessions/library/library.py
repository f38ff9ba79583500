"""The library: the folder of saved chats, what is in it, and who was in earlier chats of a series."""

import contextlib
import datetime
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from sessions.core.channel.months import CHANNEL
from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.events import PostSeen
from sessions.core.identity import handle_key
from sessions.core.people import PersonRecord
from sessions.core.plan import clean_line
from sessions.core.posts import Author
from sessions.files.errors import DamagedSession, LibraryError, StorageError
from sessions.library.forgotten import FORGOTTEN_FILE
from sessions.library.location import LIBRARY_VARIABLE
from sessions.library.people import PEOPLE_FILE, read_people
from sessions.library.removals import REMOVALS_FILE
from sessions.library.storage.layout import FILE_NAME
from sessions.library.storage.mending import Repair, mend
from sessions.library.storage.reading import Head, is_torn, read_events, read_head
from sessions.library.storage.session_file import SessionFile

LONGEST_TITLE = 200

ANNOUNCED_FILE = "announced.json"
"""What was told of chats elsewhere, as hashes."""

OWN_FILES = frozenset({PEOPLE_FILE, FORGOTTEN_FILE, REMOVALS_FILE, ANNOUNCED_FILE, "index.json"})
"""What lies among the saved chats and is none."""


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """One saved chat as a listing shows it; `started` and `ended` are UTC milliseconds, `size` is bytes.

    Of a `damaged` one only `id`, `date`, `series` (as in the file's name), `path` and `size` are known. `repair` is
    what the look at it had to mend, because its writer had been killed.
    """

    id: str
    date: str
    series: str
    path: Path
    size: int
    title: str = ""
    hashtags: tuple[str, ...] = ()
    started: int = 0
    ended: int | None = None
    rehearsal: bool = False
    events: int = 0
    kind: str = "chat"
    damaged: bool = False
    repair: Repair | None = None

    @property
    def channel(self) -> bool:
        """Whether this is a month of a channel."""
        return self.kind == CHANNEL


class EarlierPeople(msgspec.Struct, frozen=True):
    """Everybody who posted in earlier chats of a series; `first` says that there was none.

    `handles` are `network:handle` in lower case, for a network that gave the same person another id. `chats` are those
    of them who were in a chat and not only in the channel of the series; None where it has no channel.
    """

    ids: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    first: bool = False
    chats: "EarlierPeople | None" = None

    def knows(self, author: Author) -> bool:
        """Whether the author was there before; else they are a newcomer."""
        return author.id in self.ids or (bool(author.handle) and handle_key(author) in self.handles)

    def from_channel(self, author: Author) -> bool:
        """Whether the author was in the channel alone."""
        return self.chats is not None and self.knows(author) and not self.chats.knows(author)

    def widened(
        self, authors: Iterable[Author], joined: Iterable[PersonRecord], *, channel: bool = False
    ) -> "EarlierPeople":
        """The same with those who posted in one chat more, or in the `channel`, and with all accounts of the people who
        have several."""
        authors, joined = tuple(authors), tuple(joined)
        chats = self if channel and self.chats is None else self.chats
        if chats is not None:
            chats = chats.widened(() if channel else authors, joined)
        ids, handles = set(self.ids), set(self.handles)
        first = self.first
        for author in authors:
            first = False
            ids.add(author.id)
            if author.handle:
                handles.add(handle_key(author))
        for person in joined:
            if ids.intersection(person.ids) or handles.intersection(person.handles):
                ids.update(person.ids)
                handles.update(person.handles)
        return EarlierPeople(ids=frozenset(ids), handles=frozenset(handles), first=first, chats=chats)


class Library:
    """The saved chats in `folder`, which is made when it is missing. Whatever looks at one mends it after a kill.

    Raises `LibraryError` where it cannot be made or written, or its name is no text. With `make` off, for who only
    looks into it, a folder that is missing stays so and holds nothing, and one that cannot be written is read.
    """

    def __init__(self, folder: Path, *, make: bool = True) -> None:
        self.folder = folder
        try:
            str(folder.absolute()).encode()
        except UnicodeEncodeError as error:  # notes of ours are JSON, which has no such names
            raise LibraryError(
                f"Chats cannot be saved in {folder}: the name of the folder is not UTF-8. Rename it, or choose another "
                f"with --library or {LIBRARY_VARIABLE}."
            ) from error
        if make:
            self._make()

    def _make(self) -> None:
        folder = self.folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):  # os.access knows neither ACLs nor a read-only disk
                pass
        except OSError as error:
            raise LibraryError(
                f"Chats cannot be saved in {folder} ({error.strerror or error}). "
                f"Choose another folder with --library or {LIBRARY_VARIABLE}."
            ) from error

    def saved_chats(self) -> list[Saved]:
        """All saved chats, newest first; of several copies of one the longest."""
        return newest_first(self._saved())

    def paths(self) -> Iterator[Path]:
        """The files that may be saved chats; what else lies in the folder is among them."""
        return (path for path in self.folder.glob("*.json") if path.name not in OWN_FILES)

    def find(self, what: str) -> Saved:
        """The chat that `what` names: `latest`, an id, a date (`2026-12-01`), a part of a title or a file anywhere.

        A title is looked at last, in whatever case it is written.

        Raises `LibraryError` where none or more than one is meant, `DamagedSession` where it cannot be read.
        """
        path = _file_called(what)
        if path is not None:
            return self._usable(describe(path))
        everything = self.saved_chats()
        if what == "latest":
            found = [saved for saved in everything if not saved.damaged][:1]
        else:
            found = [saved for saved in everything if what in (saved.id, saved.date, saved.path.name)]
            words = " ".join(what.casefold().split())
            if not found and words:
                found = [saved for saved in everything if words in " ".join(saved.title.casefold().split())]
        if len(found) > 1:
            ids = ", ".join(f"{saved.id} ({saved.date})" for saved in found)
            raise LibraryError(f"{len(found)} saved chats go by {what!r}. Name one by its id: {ids}.")
        if not everything:
            raise LibraryError(f"No chat is saved in {self.folder} yet. `lunchroom demo` is a rehearsal.")
        if not found:
            raise LibraryError(f"There is no saved chat {what!r}. `lunchroom sessions` lists what there is.")
        return self._usable(found[0])

    def rename(self, path: Path, title: str) -> str:
        """Give a saved chat another title and return it as it was kept: one line of at most 200 characters.

        Raises `LibraryError` where nothing remains of it, `SessionLocked` where the chat is live, `SaveFailed`.
        """
        title = clean_line(title)[:LONGEST_TITLE].strip()
        if not title:
            raise LibraryError("A chat needs a title of at least one letter.")
        with SessionFile.open(path, holder="a lunchroom command that renames it") as file:
            file.rename(title)
        return title

    def earlier_people(self, series: str, before: str | None = None) -> EarlierPeople:
        """Who posted in the saved chats of `series` that started before the session with the id `before`.

        Without `before`, or where it is not saved, in all of them. Rehearsals never count; damaged files are passed by.
        Who was there with one of their accounts is known by every account that people.json joins with it. In a channel
        they had to be before that session, and who is in a channel knows everybody of all other chats.
        """
        return self._people_of(*self._earlier(series, before))

    def _people_of(self, chats: Sequence[Saved], until: int | None) -> EarlierPeople:
        joined: list[PersonRecord] = []
        with contextlib.suppress(StorageError):  # without the joins the chat goes on; `doctor` and a rebuild tell more
            joined = read_people(self.folder).joined()
        hours, months = ([one for one in chats if one.channel == channel] for channel in (False, True))
        found = EarlierPeople(first=not chats).widened([who for one in hours for who in authors_in(one.path)], joined)
        if months:
            found = found.widened([who for one in months for who in authors_in(one.path, until)], joined, channel=True)
        return found

    def earlier_authors(self, series: str, before: str | None = None) -> list[Author]:
        """The authors of all posts in these chats, those of the latest chat first."""
        chats, limit = self._earlier(series, before)
        chats.sort(key=lambda saved: saved.started, reverse=True)
        return [author for saved in chats for author in authors_in(saved.path, limit if saved.channel else None)]

    def _earlier(self, series: str, before: str | None) -> tuple[list[Saved], int | None]:
        """These chats, and the moment before which one had to be in a channel: when the session began, None in a
        channel, which knows everybody of all other chats."""
        chats = [saved for saved in self._saved() if saved.series == series and not (saved.damaged or saved.rehearsal)]
        limit = next((saved.started for saved in chats if saved.id == before and not saved.channel), None)
        return [
            one for one in chats if one.id != before and (limit is None or one.channel or one.started < limit)
        ], limit

    def _saved(self) -> Iterator[Saved]:
        for path in self.paths():
            saved = describe(path)
            if not saved.damaged or FILE_NAME.fullmatch(path.name):
                yield saved

    def _usable(self, saved: Saved) -> Saved:
        if saved.damaged:
            raise DamagedSession(saved.path, "its contents are not those of a session file")
        return saved


class _Listed(Protocol):
    """What listings sort by."""

    @property
    def id(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def started(self) -> int: ...
    @property
    def damaged(self) -> bool: ...
    @property
    def events(self) -> int: ...


Listed = TypeVar("Listed", bound=_Listed)


def newest_first(chats: Iterable[Listed]) -> list[Listed]:
    """The chats, newest first; of several copies of one session (same id) the longest whole one."""
    best: dict[str, Listed] = {}
    for chat in chats:
        other = best.get(chat.id)
        if other is None or (not chat.damaged, chat.events) > (not other.damaged, other.events):
            best[chat.id] = chat
    return sorted(best.values(), key=lambda chat: (chat.started or _midnight(chat.date), chat.id), reverse=True)


def _file_called(what: str) -> Path | None:
    """The file of this name, if there is one; what somebody types may be no name of a file at all."""
    with contextlib.suppress(OSError, RuntimeError, ValueError):  # too long, `~nobody`, a zero byte
        path = Path(what).expanduser()
        return path if path.is_file() else None
    return None


def describe(path: Path) -> Saved:
    """What a listing shows of a file, read from both ends of it; a torn one is mended unless somebody writes it."""
    name = FILE_NAME.fullmatch(path.name)
    date, series, session_id = name.groups() if name else ("", "", path.stem)
    head: Head | None = None
    repair: Repair | None = None
    size = 0
    if name and is_torn(path):
        with contextlib.suppress(StorageError):  # whatever cannot be mended is read as far as it is whole
            repair = mend(path)
    with contextlib.suppress(OSError, StorageError):
        size = path.stat().st_size
        head = read_head(path)
    if head is None:
        return Saved(id=session_id, date=date, series=series, path=path, size=size, damaged=True)
    session, plan = head.session, head.opened.plan
    return Saved(
        id=session.id,
        date=f"{plan.starts:%Y-%m-%d}",
        series=session.series,
        path=path,
        size=size,
        title=session.title,
        hashtags=session.hashtags,
        started=session.started,
        ended=head.ended,
        rehearsal=head.opened.rehearsal,
        events=head.events,
        kind=head.opened.kind,
        repair=repair,
    )


class _PostAuthor(msgspec.Struct):
    author: Author
    posted_at: int = 0


class _MaybePost(msgspec.Struct):
    post: _PostAuthor | str | None = None


class _Authors(msgspec.Struct):
    events: dict[str, _MaybePost]


_authors_reader = JsonReader(_Authors)


def authors_in(path: Path, until: int | None = None) -> list[Author]:
    """The authors of all posts of a session file, or of those before a moment (UTC milliseconds); nobody where it
    cannot be read."""
    return [author for author, at in authored_in(path) if until is None or at < until]


def authored_in(path: Path) -> list[tuple[Author, int]]:
    """The author of each post of a session file, and when it was posted; none where it cannot be read."""
    try:
        events = _authors_reader.read(path.read_bytes()).events.values()
        return [(one.post.author, one.post.posted_at) for one in events if isinstance(one.post, _PostAuthor)]
    except (OSError, Unreadable):  # torn, or with events of a later version: the slower way knows them
        with contextlib.suppress(StorageError):
            seen = [event.post for event in read_events(path) if isinstance(event, PostSeen)]
            return [(post.author, post.posted_at) for post in seen]
        return []


def _midnight(date: str) -> int:
    """The date of a file's name in UTC milliseconds, to sort by; 0 where there is none."""
    try:
        return int(datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC).timestamp() * 1000)
    except ValueError:
        return 0
