"""Who was new in saved chats, judged again when chats come in that were held before them.

What a chat's events say stays as it is. The table `rejudged` of its file says who was there before, so that recap,
replay, growth and listings tell the same in whatever order chats came into the library.
"""

import contextlib
import logging
from collections.abc import Container, Iterable
from pathlib import Path

import msgspec

from sessions.core.derived import derived_tables
from sessions.core.events import AnyEvent, PostSeen, SessionOpened
from sessions.core.evolve import fold
from sessions.core.identity import handle_key
from sessions.core.known_now import Rejudged
from sessions.core.posts import Author
from sessions.files.disk import Disk
from sessions.files.errors import StorageError
from sessions.library.library import Library, Saved, authors_in
from sessions.library.people import read_people
from sessions.library.storage.layout import REJUDGED
from sessions.library.storage.reading import read_events, read_head
from sessions.library.storage.session_file import PARTICIPANTS, SessionFile, table_of, tables_of

logger = logging.getLogger(__name__)


def rejudge(library: Library, series: str, since: int, judged: Container[str] = (), *, disk: Disk | None = None) -> int:
    """Judge anew who was new in the closed chats of `series` that started after `since` (UTC milliseconds), but for
    those (ids) that are `judged` by all that is in the library now.

    Blocks, some milliseconds for each chat of the series. How many files that changed. One that is being written or
    cannot be read stays as it is; the log says so.
    """

    def is_rejudged(saved: Saved) -> bool:
        return saved.started > since and saved.ended is not None and saved.id not in judged

    chats = [one for one in library.saved_chats() if one.series == series and not (one.damaged or one.rehearsal)]
    chats.sort(key=lambda one: one.started)
    if not any(is_rejudged(one) for one in chats):
        return 0
    known = _Known(library.folder)
    changed = 0
    for saved in chats:
        try:
            if is_rejudged(saved):
                events = read_events(saved.path)
                changed += _write(saved.path, events, known.judgement(events, saved.started), disk)
            known.add(authors_in(saved.path), saved.started)
        except StorageError as error:
            logger.warning("Who was new in %s is not judged anew. %s", saved.path.name, error)
    return changed


class _Known:
    """Since when (UTC milliseconds) each account is known, with all that people.json joins with it."""

    def __init__(self, folder: Path) -> None:
        self._since: dict[str, int] = {}
        self._first: int | None = None
        self._joined: dict[str, tuple[str, ...]] = {}
        with contextlib.suppress(StorageError):  # as for the hub: without the joins it goes on
            for person in read_people(folder).joined():
                accounts = (*person.ids, *person.handles)
                self._joined |= dict.fromkeys(accounts, accounts)

    def add(self, authors: Iterable[Author], started: int) -> None:
        """Take in who was in a chat; chats come earliest first."""
        self._first = started if self._first is None else self._first
        for author in {one.id: one for one in authors}.values():
            for account in _accounts(author):
                for one in self._joined.get(account, (account,)):
                    self._since.setdefault(one, started)

    def judgement(self, events: Iterable[AnyEvent], started: int) -> Rejudged | None:
        """Who was called new in a chat and was not; none where the events are right."""
        first = True
        new: dict[str, Author] = {}
        for event in events:
            if isinstance(event, SessionOpened):
                first = event.first
            elif isinstance(event, PostSeen) and event.newcomer:
                new[event.post.author.id] = event.post.author
        known = sorted(who for who, author in new.items() if self._knows(author, started))
        still_first = first and (self._first is None or self._first >= started)
        return Rejudged(still_first, tuple(known)) if known or still_first != first else None

    def _knows(self, author: Author, started: int) -> bool:
        return any(self._since.get(account, started) < started for account in _accounts(author))


def _accounts(author: Author) -> tuple[str, ...]:
    return (author.id, handle_key(author)) if author.handle else (author.id,)


def _write(path: Path, events: list[AnyEvent], judged: Rejudged | None, disk: Disk | None) -> bool:
    """Write the judgement into the file, and the table of participants anew; whether that changed it."""
    if read_head(path).rejudged == judged:
        return False
    derived = tables_of(derived_tables(fold(events)), judged)

    def change(tables: dict[str, bytes]) -> dict[str, bytes]:
        new = {REJUDGED: table_of([msgspec.to_builtins(judged)] if judged is not None else [])}
        return new | ({PARTICIPANTS: derived[PARTICIPANTS]} if PARTICIPANTS in tables else {})

    with SessionFile.open(path, holder="a lunchroom command that judges who was new", disk=disk) as file:
        file.rewrite({}, change)
    return True
