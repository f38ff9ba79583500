"""Archives into the library: judged chat by chat in the order of time, each saved whole or not at all."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from sessions.core.evolve import fold
from sessions.core.people import Register
from sessions.core.posts import Post
from sessions.files.errors import DamagedSession
from sessions.importing.archive import Archive, SavedCopy
from sessions.importing.chat_store import ChatStore
from sessions.importing.detecting import Detected
from sessions.importing.outcomes import Outcome, outcome_of, saved_already
from sessions.importing.session_files import take_copy
from sessions.importing.to_events import events_of
from sessions.library.forgotten import Forgotten, ForgottenFile
from sessions.library.incoming.staging import Staging
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import rebuild_people
from sessions.library.rejudging import rejudge
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import new_session_id

Progress = Callable[[int], None]
"""Told how many posts, and events of session files, are done more."""


class SavedThenStopped(KeyboardInterrupt):
    """The interrupt came when all chats were in the library already."""


def save(
    found: Sequence[Archive | SavedCopy],
    library: Library,
    *,
    dry_run: bool = False,
    progress: Progress = lambda _posts: None,
) -> list[Outcome]:
    """Save the chats of all archives; blocks. With `dry_run` nothing is written.

    A chat most of whose posts are saved already, in the library or by this import, is skipped; of two copies of one
    session the longer one wins. Newcomers are judged against the chats of the series that started earlier, be they
    saved or of this import; those of saved chats that started later are judged anew. An error or an interrupt leaves
    the library as it was. Raises `StorageError`, and `SavedThenStopped` at an interrupt that came too late for that.
    """
    forgotten = ForgottenFile(library.folder).read()
    if dry_run:
        return _take_all(found, ChatStore(library), None, forgotten, progress)
    staging = Staging(library)
    try:
        with staging:
            outcomes = _take_all(found, ChatStore(library), staging, forgotten, progress)
            staging.place()
            _rejudge(found, outcomes, library)
    except KeyboardInterrupt:
        if staging.placed:
            raise SavedThenStopped from None
        raise
    return outcomes


def note_people(library: Library, outcomes: Sequence[Outcome]) -> None:
    """Take the chats that were saved into people.json. Raises `StorageError`; the chats are saved all the same."""
    files = [(outcome.id, outcome.file) for outcome in outcomes if outcome.file is not None]
    people = PeopleFile(library.folder)

    def note(register: Register) -> None:
        for session, path in files:
            register.note(session, fold(read_events(path)))

    if files and people.exists():
        with contextlib.suppress(DamagedSession):  # it is then made anew, and the damaged one moved aside
            people.change(note)
            return
    if files:
        rebuild_people(library)


def _rejudge(found: Sequence[Archive | SavedCopy], outcomes: Sequence[Outcome], library: Library) -> None:
    """Judge anew who was new in chats that were held after those that came in, also where a kill kept it from that."""
    earliest: dict[str, int] = {}
    for one in found:
        if isinstance(one, Archive):
            starts = [(chat.plan.series, chat.posts[0].posted_at) for chat in one.chats]
        else:
            starts = [(one.opened.plan.series, one.opened.at - 1)]  # it was judged by another library
        for series, at in starts:
            earliest[series] = min(earliest.get(series, at), at)
    copies = {one.id for one in found if isinstance(one, SavedCopy)}
    judged = frozenset(one.id for one in outcomes if one.file is not None and one.id not in copies)
    for series, at in earliest.items():
        rejudge(library, series, at, judged)


def _take_all(
    found: Sequence[Archive | SavedCopy],
    store: ChatStore,
    staging: Staging | None,
    forgotten: Forgotten,
    progress: Progress,
) -> list[Outcome]:
    copies = sorted((one for one in found if isinstance(one, SavedCopy)), key=lambda copy: -len(copy.events))
    chats = [(archive.path, chat) for archive in found if isinstance(archive, Archive) for chat in archive.chats]
    chats.sort(key=lambda one: one[1].posts[0].posted_at)
    outcomes = []
    for copy in copies:
        outcomes.append(take_copy(copy, store, staging, forgotten))
        progress(len(copy.events))
    for path, chat in chats:
        outcomes.append(_save_chat(path, chat, store, staging, forgotten))
        progress(len(chat.posts))
    return outcomes


def _save_chat(path: Path, chat: Detected, store: ChatStore, staging: Staging | None, forgotten: Forgotten) -> Outcome:
    def here(posts: Sequence[Post]) -> Outcome | None:
        """The word that a chat with these posts is saved already, if it is."""
        same = store.match(posts)
        why = saved_already(same.name, same.share) if same is not None else ""
        return Outcome(source=path, plan=chat.plan, why=why, posts=len(posts)) if why else None

    skipped = here(chat.posts) if not forgotten else None
    if skipped is not None:
        return skipped
    earlier = store.earlier(chat.plan.series, chat.posts[0].posted_at)
    whole, state = events_of(chat, newcomer=lambda author: not earlier.knows(author), first=earlier.first)
    events = forgotten.respected(whole)
    if events != whole:
        state = fold(events)
    skipped = here([seen.post for seen in state.posts.values()]) if forgotten else None  # who is gone is gone in both
    if skipped is not None:
        return skipped
    session_id = new_session_id()
    file = staging.write(chat.plan, session_id, events, state) if staging is not None else None
    store.add(session_id, chat.plan.series, events)
    return outcome_of(path, chat.plan, session_id, file, state)
