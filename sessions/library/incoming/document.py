"""A session file as it is written in the place of a shorter or damaged copy, or with people left out."""

from collections.abc import Sequence

import msgspec

from sessions.core.derived import derived_tables
from sessions.core.events import AnyEvent, encode_event
from sessions.core.state import SessionState
from sessions.library.storage import layout
from sessions.library.storage.reading import SessionRecord
from sessions.library.storage.session_file import DERIVED, tables_of


def with_events(
    data: bytes, events: Sequence[AnyEvent], state: SessionState, record: SessionRecord | None = None
) -> bytes:
    """The session file `data` with these events, of which `state` is the fold, and with `record` in the place of its
    own; with derived tables where it is closed.
    """
    others = {name: bytes(raw) for name, raw in layout.parse(data).others.items() if name not in DERIVED}
    if record is not None:
        others[layout.SESSION] = msgspec.json.encode({"1": record})
    if state.closed_at is not None:
        others |= tables_of(derived_tables(state), layout.rejudged_in(others.get(layout.REJUDGED)))
    return layout.document(others, [(event.seq, encode_event(event)) for event in events])
