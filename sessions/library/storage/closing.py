"""The last that is written to the file of a session, be it the hub's own or a copy: what makes it a closed chat."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sessions.core.derived import derived_tables
from sessions.core.events import AnyEvent, encode_event
from sessions.core.evolve import fold
from sessions.core.redaction.blanking import removals


class Closable(Protocol):
    """What closing a chat needs of its session file. All methods block and raise `SaveFailed`."""

    def redact(self, replacements: Mapping[int, bytes]) -> None:
        """Put other events in the place of those with these seqs."""
        ...

    def close_session(self, ended: int, derived: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
        """Write the end and the derived tables; false where that has to wait for the next opening."""
        ...


def close_chat(store: Closable, events: Sequence[AnyEvent]) -> bool:
    """Make a file that of a closed session: blank the words of removed posts, write the end and the derived tables.

    Blocks. Returns false where that has to wait for the next opening. Raises `SaveFailed`.
    """
    state = fold(events)
    if state.closed_at is None:
        raise ValueError("the session is not closed")
    blanks = removals(state, events)
    if blanks:
        store.redact({seq: encode_event(event) for seq, event in blanks.items()})
    kept = [blanks.get(event.seq, event) for event in events]
    return store.close_session(state.closed_at, derived_tables(fold(kept)))
