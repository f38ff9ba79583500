"""Who was new in saved chats, judged again when chats come in that were held before them, or are deleted.

What a chat's events say stays as it is. The table `rejudged` of its file says who was there before, so that recap,
replay, growth and listings tell the same in whatever order chats came into the library.
"""

import contextlib
import logging
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

import msgspec

from sessions.core.derived import derived_tables
from sessions.core.events import AnyEvent, SessionOpened
from sessions.core.evolve import fold
from sessions.core.identity import handle_key
from sessions.core.known_now import Rejudged
from sessions.core.posts import Author
from sessions.files.disk import Disk
from sessions.files.errors import StorageError
from sessions.library.library import Library, Saved, authored_in
from sessions.library.people import read_people
from sessions.library.storage.layout import REJUDGED
from sessions.library.storage.reading import read_events, read_head
from sessions.library.storage.session_file import PARTICIPANTS, SessionFile, table_of, tables_of

logger = logging.getLogger(__name__)


def rejudge(
    library: Library,
    series: str,
    since: int,
    judged: Container[str] = (),
    *,
    gone: Iterable[Author] | None = None,
    disk: Disk | None = None,
) -> int:
    """Judge anew who was new in the closed chats of `series` that started after `since` (UTC milliseconds), but for
    those (ids) that are `judged` by all that is in the library now.

    `gone` are those who were in a chat that started then and was deleted: they alone can become new by it, since
    another library may have known the others.

    Blocks, some milliseconds for each chat of the series. How many files that changed. One that is being written or
    cannot be read stays as it is; the log says so.
    """

    def is_rejudged(saved: Saved) -> bool:
        return saved.started > since and saved.ended is not None and saved.id not in judged

    saved_chats = [one for one in library.saved_chats() if one.series == series and not (one.damaged or one.rehearsal)]
    chats = sorted((one for one in saved_chats if not one.channel), key=lambda one: one.started)
    if not any(is_rejudged(one) for one in chats):
        return 0
    known = _Known(library.folder, gone)
    for saved in saved_chats:
        if saved.channel:
            known.add(authored_in(saved.path), None)
    changed = 0
    for saved in chats:
        try:
            if is_rejudged(saved):
                events = read_events(saved.path)
                before = read_head(saved.path).rejudged
                judgement = known.judgement(events, saved.started, before)
                changed += judgement != before and _write(saved.path, events, judgement, disk)
            known.add(authored_in(saved.path), saved.started)
        except StorageError as error:
            logger.warning("Who was new in %s is not judged anew. %s", saved.path.name, error)
    return changed


class _Known:
    """Since when (UTC milliseconds) each account is known, with all that people.json joins with it."""

    def __init__(self, folder: Path, gone: Iterable[Author] | None) -> None:
        self._deleted = gone is not None
        self._since: dict[str, int] = {}
        self._first: int | None = None
        self._joined: dict[str, tuple[str, ...]] = {}
        with contextlib.suppress(StorageError):  # as for the hub: without the joins it goes on
            for person in read_people(folder).joined():
                accounts = (*person.ids, *person.handles)
                self._joined |= dict.fromkeys(accounts, accounts)
        self._gone = {one for author in gone or () for account in _accounts(author) for one in self._of(account)}

    def add(self, authored: Iterable[tuple[Author, int]], started: int | None) -> None:
        """Take in who was in a chat, given the author and the time of each post; chats come earliest first.

        Without `started` it was no chat but a channel, in which each is since their first post.
        """
        since = {author: started if started is not None else at for author, at in reversed(list(authored))}
        self._first = min(filter(None, (self._first, started, *since.values())), default=None)
        for author, at in since.items():
            for account in _accounts(author):
                for one in self._of(account):
                    self._since[one] = min(at, self._since.get(one, at))

    def judgement(self, events: Sequence[AnyEvent], started: int, before: Rejudged | None) -> Rejudged | None:
        """Who was called new in a chat and was not, and the other way round by what was deleted, now and `before`;
        none where the events are right."""
        state = fold(events)
        first = next((event.first for event in events if isinstance(event, SessionOpened)), True)
        was_new = frozenset(before.new if before is not None else ())
        people = {who: person for who, person in state.people.items() if not person.host}
        known = sorted(who for who, one in people.items() if one.newcomer and self._knows(one.author, started))
        new = sorted(
            who
            for who, one in people.items()
            if not one.newcomer
            and (who in was_new or any(account in self._gone for account in _accounts(one.author)))
            and not self._knows(one.author, started)
        )
        may_be_first = first or self._deleted or (before is not None and before.first)
        still_first = may_be_first and (self._first is None or self._first >= started)
        judged = Rejudged(still_first, tuple(known), tuple(new))
        return judged if known or new or still_first != first else None

    def _of(self, account: str) -> tuple[str, ...]:
        """All accounts of whoever has this one."""
        return self._joined.get(account, (account,))

    def _knows(self, author: Author, started: int) -> bool:
        return any(self._since.get(account, started) < started for account in _accounts(author))


def _accounts(author: Author) -> tuple[str, ...]:
    return (author.id, handle_key(author)) if author.handle else (author.id,)


def _write(path: Path, events: Sequence[AnyEvent], judged: Rejudged | None, disk: Disk | None) -> bool:
    """Write the judgement into the file, and the table of participants anew."""
    derived = tables_of(derived_tables(fold(events)), judged)

    def change(tables: dict[str, bytes]) -> dict[str, bytes]:
        new = {REJUDGED: table_of([msgspec.to_builtins(judged)] if judged is not None else [])}
        return new | ({PARTICIPANTS: derived[PARTICIPANTS]} if PARTICIPANTS in tables else {})

    with SessionFile.open(path, holder="a lunchroom command that judges who was new", disk=disk) as file:
        file.rewrite({}, change)
    return True
