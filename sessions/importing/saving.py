"""Archives into the library: judged chat by chat in the order of time, each saved whole or not at all."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from sessions.derived import derived_tables
from sessions.events import AnyEvent, encode_event
from sessions.evolve import fold
from sessions.importing.detecting import Detected
from sessions.importing.reading import Archive, SavedCopy
from sessions.importing.retelling import retold
from sessions.importing.shelf import Shelf
from sessions.importing.staging import Staging
from sessions.people import Register
from sessions.plan import Plan
from sessions.state import SessionState
from sessions.storage import layout
from sessions.storage.errors import DamagedSession
from sessions.storage.forgetting import Forgotten, ForgottenFile
from sessions.storage.library import Library
from sessions.storage.people import PeopleFile, rebuild_people
from sessions.storage.reading import read_events
from sessions.storage.session_file import DERIVED, new_session_id

Progress = Callable[[int], None]
"""Told how many posts more are done."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a chat: saved at `file` under `id`, or skipped and `why`. The numbers are those of its state."""

    source: Path
    plan: Plan
    id: str = ""
    file: Path | None = None
    why: str = ""
    posts: int = 0
    people: int = 0
    newcomers: int = 0
    answers: int = 0
    filed: int = 0
    reposts: int = 0


def save(
    found: Sequence[Archive | SavedCopy],
    library: Library,
    *,
    dry_run: bool = False,
    progress: Progress = lambda _posts: None,
) -> list[Outcome]:
    """Save the chats of all archives; blocks. With `dry_run` nothing is written.

    A chat most of whose posts are saved already, in the library or by this import, is skipped. Newcomers are judged
    against the chats of the series that started earlier, be they saved or of this import. An error or an interrupt
    leaves the library as it was. Raises `StorageError`.
    """
    forgotten = ForgottenFile(library.folder).read()
    if dry_run:
        return _take_all(found, Shelf(library), None, forgotten, progress)
    with Staging(library) as staging:
        outcomes = _take_all(found, Shelf(library), staging, forgotten, progress)
        staging.place()
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


def _take_all(
    found: Sequence[Archive | SavedCopy],
    shelf: Shelf,
    staging: Staging | None,
    forgotten: Forgotten,
    progress: Progress,
) -> list[Outcome]:
    copies = [one for one in found if isinstance(one, SavedCopy)]
    chats = [(archive.path, chat) for archive in found if isinstance(archive, Archive) for chat in archive.chats]
    chats.sort(key=lambda one: one[1].posts[0].posted_at)
    outcomes = [_copied(copy, shelf, staging, forgotten) for copy in copies]
    for path, chat in chats:
        outcomes.append(_told(path, chat, shelf, staging, forgotten))
        progress(len(chat.posts))
    return outcomes


def _told(path: Path, chat: Detected, shelf: Shelf, staging: Staging | None, forgotten: Forgotten) -> Outcome:
    same = shelf.match(chat.posts)
    if same is not None:
        return Outcome(source=path, plan=chat.plan, why=_saved_already(same.name, same.share), posts=len(chat.posts))
    earlier = shelf.earlier_people(chat.plan.series, chat.posts[0].posted_at)
    told, state = retold(chat, newcomer=lambda author: not earlier.knows(author), first=earlier.first)
    events = forgotten.respected(told)
    if events != told:
        state = fold(events)
    session_id = new_session_id()
    file = staging.write(chat.plan, session_id, events, state) if staging is not None else None
    shelf.add(session_id, chat.plan.series, events)
    return _outcome(path, chat.plan, session_id, file, state)


def _copied(copy: SavedCopy, shelf: Shelf, staging: Staging | None, forgotten: Forgotten) -> Outcome:
    plan = copy.opened.plan
    state = fold(copy.events)
    if shelf.has(copy.id):
        return Outcome(source=copy.path, plan=plan, id=copy.id, why=f"saved already as {copy.id}")
    posts = [seen.post for seen in state.posts.values()]
    same = shelf.match(posts) if posts else None
    if same is not None and not state.rehearsal:
        return Outcome(source=copy.path, plan=plan, why=_saved_already(same.name, same.share), posts=len(posts))
    events = forgotten.respected(copy.events)
    data = copy.data
    if events != list(copy.events):
        state = fold(events)
        data = _rewritten(copy.data, events, state)
    file = staging.copy(plan, copy.id, data) if staging is not None else None
    if not state.rehearsal:
        shelf.add(copy.id, plan.series, events)
    return _outcome(copy.path, plan, copy.id, file, state)


def _rewritten(data: bytes, events: Sequence[AnyEvent], state: SessionState) -> bytes:
    """The session file with these events, its derived tables made of them where it has any."""
    tables = layout.parse(data).others
    others = {name: bytes(raw) for name, raw in tables.items() if name not in DERIVED}
    if state.closed_at is not None:
        for name, documents in derived_tables(state).items():
            others[name] = msgspec.json.encode({str(n): document for n, document in enumerate(documents, start=1)})
    return layout.document(others, [(event.seq, encode_event(event)) for event in events])


def _saved_already(name: str, share: float) -> str:
    if share == 1:
        return f"the same posts are saved already as {name}"
    return f"{share:.0%} of its posts are saved already as {name}; delete that chat first to take this one"


def _outcome(path: Path, plan: Plan, session_id: str, file: Path | None, state: SessionState) -> Outcome:
    kinds = [state.kind(post) for post in state.posts]
    return Outcome(
        source=path,
        plan=plan,
        id=session_id,
        file=file,
        posts=len(state.posts),
        people=len(state.present()),
        newcomers=state.newcomers(),
        answers=state.answers,
        filed=sum(state.tally.values()),
        reposts=kinds.count("repost"),
    )
