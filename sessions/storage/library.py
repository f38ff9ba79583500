"""The library: the folder of saved chats, what is in it, and who was in earlier chats of a series."""

import contextlib
import datetime
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import platformdirs

from sessions.events import PostSeen
from sessions.posts import Author
from sessions.storage.errors import DamagedSession, LibraryError, StorageError
from sessions.storage.layout import FILE_NAME
from sessions.storage.mending import Repair, mend
from sessions.storage.reading import Head, is_torn, read_events, read_head

LIBRARY_VARIABLE = "LUNCHROOM_LIBRARY"
"""The environment variable that names another folder."""

PEOPLE_FILE = "people.json"


def default_library() -> Path:
    """Where saved chats lie unless `--library` says otherwise: `LUNCHROOM_LIBRARY`, else the user's data folder.

    Not the Documents folder, which Windows and macOS often copy to a cloud: teachers' words stay on this machine.
    """
    named = os.environ.get(LIBRARY_VARIABLE)
    return Path(named).expanduser() if named else platformdirs.user_data_path("lunchroom", appauthor=False) / "chats"


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
    damaged: bool = False
    repair: Repair | None = None


class EarlierPeople(msgspec.Struct, frozen=True):
    """Everybody who posted in earlier chats of a series; `first` says that there was none.

    `handles` are `network:handle` in lower case, for a network that gave the same person another id.
    """

    ids: frozenset[str]
    handles: frozenset[str]
    first: bool

    def knows(self, author: Author) -> bool:
        """Whether the author was there before; else they are a newcomer."""
        return author.id in self.ids or (bool(author.handle) and _handle(author) in self.handles)


class Library:
    """The saved chats in `folder`, which is made when it is missing. Whatever looks at one mends it after a kill.

    Raises `LibraryError` where it cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
        """All saved chats, newest first."""
        return sorted(self._saved(), key=lambda saved: (saved.started or _midnight(saved.date), saved.id), reverse=True)

    def find(self, what: str) -> Saved:
        """The chat that `what` names: `latest`, an id, a date (`2026-12-01`) or the path of a file anywhere.

        Raises `LibraryError` where none or more than one is meant, `DamagedSession` where it cannot be read.
        """
        path = Path(what).expanduser()
        if path.is_file():
            return self._usable(_describe(path))
        everything = self.saved_chats()
        if what == "latest":
            found = [saved for saved in everything if not saved.damaged][:1]
        else:
            found = [saved for saved in everything if what in (saved.id, saved.date, saved.path.name)]
        if len(found) > 1:
            ids = ", ".join(saved.id for saved in found)
            raise LibraryError(f"There are {len(found)} chats of {what}. Name one of them: {ids}.")
        if not found:
            raise LibraryError(f"There is no saved chat {what!r}. `lunchroom sessions` lists what there is.")
        return self._usable(found[0])

    def earlier_people(self, series: str, before: str | None = None) -> EarlierPeople:
        """Who posted in the saved chats of `series` that started before the session with the id `before`.

        Without `before`, or where it is not saved, in all of them. Rehearsals never count; damaged files are passed by.
        """
        chats = [saved for saved in self._saved() if saved.series == series and not (saved.damaged or saved.rehearsal)]
        limit = next((saved.started for saved in chats if saved.id == before), None)
        ids: set[str] = set()
        handles: set[str] = set()
        first = True
        for saved in chats:
            if saved.id == before or (limit is not None and saved.started >= limit):
                continue
            first = False
            for author in _authors(saved.path):
                ids.add(author.id)
                if author.handle:
                    handles.add(_handle(author))
        return EarlierPeople(ids=frozenset(ids), handles=frozenset(handles), first=first)

    def _saved(self) -> Iterator[Saved]:
        for path in self.folder.glob("*.json"):
            if path.name == PEOPLE_FILE:
                continue
            saved = _describe(path)
            if not saved.damaged or FILE_NAME.fullmatch(path.name):
                yield saved

    def _usable(self, saved: Saved) -> Saved:
        if saved.damaged:
            raise DamagedSession(saved.path, "its contents are not those of a session file")
        return saved


def _describe(path: Path) -> Saved:
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
        repair=repair,
    )


class _PostAuthor(msgspec.Struct):
    author: Author


class _MaybePost(msgspec.Struct):
    post: _PostAuthor | str | None = None


class _Authors(msgspec.Struct):
    events: dict[str, _MaybePost]


_authors_decoder = msgspec.json.Decoder(_Authors)


def _authors(path: Path) -> list[Author]:
    try:
        events = _authors_decoder.decode(path.read_bytes()).events.values()
        return [event.post.author for event in events if isinstance(event.post, _PostAuthor)]
    except (OSError, msgspec.DecodeError):  # torn, or with events of a later version: the slower way knows them
        with contextlib.suppress(StorageError):
            return [event.post.author for event in read_events(path) if isinstance(event, PostSeen)]
        return []


def _handle(author: Author) -> str:
    return f"{author.network}:{author.handle.lstrip('@').casefold()}"


def _midnight(date: str) -> int:
    """The date of a file's name in UTC milliseconds, to sort by; 0 where there is none."""
    try:
        return int(datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC).timestamp() * 1000)
    except ValueError:
        return 0
