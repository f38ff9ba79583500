"""Session files of another library into this one: of a session that is here too the longer copy wins."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from sessions.core.events import AnyEvent
from sessions.core.evolve import fold
from sessions.files.errors import SessionLocked
from sessions.importing.archive import SavedCopy
from sessions.importing.chat_store import ChatStore
from sessions.importing.outcomes import Outcome, outcome_of, saved_already
from sessions.library.forgotten import Forgotten
from sessions.library.incoming.document import with_events
from sessions.library.incoming.merge import OtherChat, merge
from sessions.library.incoming.staging import Staging
from sessions.library.incoming.validation import cleaned
from sessions.library.library import Saved
from sessions.library.storage.reading import read_events, read_session


def take_copy(copy: SavedCopy, store: ChatStore, staging: Staging | None, forgotten: Forgotten) -> Outcome:
    """What becomes of a session file; without `staging` nothing is prepared to be written. Raises `StorageError`."""
    plan = copy.opened.plan
    here = store.saved(copy.id)
    if store.has_taken(copy.id):
        return Outcome(source=copy.path, plan=plan, id=copy.id, why=f"already here as {copy.id}, of another file")
    events = forgotten.respected(cleaned(copy.events))
    if here is not None and not here.damaged:
        return _longer(copy, events, here, store, staging, forgotten)
    state = fold(events)
    same = store.match([seen.post for seen in state.posts.values()]) if state.posts else None
    if same is not None and not state.rehearsal:
        return Outcome(source=copy.path, plan=plan, why=saved_already(same.name, same.share), posts=len(state.posts))
    data = copy.data if events == list(copy.events) else with_events(copy.data, events, state)
    file: Path | None = None
    if here is not None:
        if staging is not None:
            staging.hold(here.path)
            file = staging.mend(here.path, data)
    elif staging is not None:
        file = staging.copy(plan, copy.id, data)
    store.add(copy.id, plan.series, events, rehearsal=state.rehearsal)
    return outcome_of(copy.path, plan, copy.id, file, state)


def _longer(
    copy: SavedCopy,
    theirs: Sequence[AnyEvent],
    here: Saved,
    store: ChatStore,
    staging: Staging | None,
    forgotten: Forgotten,
) -> Outcome:
    """The copy in the place of a shorter one, under its lock; else the word that it is here."""

    def skipped(why: str) -> Outcome:
        return Outcome(source=copy.path, plan=copy.opened.plan, id=copy.id, why=why)

    if len(theirs) > here.events and staging is not None:
        try:
            staging.hold(here.path)
        except SessionLocked as error:
            who = error.holder or "another lunchroom program"
            return skipped(f"it is being written by {who}; import it again when the chat is over")
    ours = read_events(here.path)
    if len(theirs) <= len(ours):
        more = f", {len(ours) - len(theirs)} events longer" if len(theirs) < len(ours) else ""
        return skipped(f"already here as {copy.id}{more}")
    try:
        events = forgotten.respected(merge(ours, theirs))
    except OtherChat:
        return skipped(f"another chat is here under its id {copy.id}; rename neither, import it into another --library")
    state = fold(events)
    title = read_session(here.path).title
    renamed = bool(title) and title != copy.opened.plan.title
    record = msgspec.structs.replace(copy.record, title=title) if renamed else None
    data = with_events(copy.data, events, state, record)
    file = staging.lengthen(here.path, data) if staging is not None else None
    store.add(copy.id, copy.opened.plan.series, events, rehearsal=state.rehearsal)
    done = outcome_of(copy.path, copy.opened.plan, copy.id, file, state)
    return msgspec.structs.replace(done, shorter=len(ours), longer=len(events))
