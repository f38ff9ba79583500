"""The durable events of a session in the bytes in which all clients get them."""

from collections.abc import Iterable, Sequence

from sessions.core.events import AnyEvent, encode_event
from sessions.library.storage.layout import ascii_json


class Entry:
    """One durable event, encoded once for all clients, when the first of them gets it."""

    __slots__ = ("_line", "event")

    def __init__(self, event: AnyEvent) -> None:
        self.event = event
        self._line: bytes | None = None

    @property
    def line(self) -> bytes:
        """One JSON object in ASCII on one line: many a reader takes U+2028 and U+0085 for ends of lines too."""
        if self._line is None:
            self._line = ascii_json(encode_event(self.event))
        return self._line


class EventLog:
    """The durable events in order. Seqs have no gaps, so that the event `seq` is the entry `seq - 1`."""

    def __init__(self, events: Iterable[AnyEvent] = ()) -> None:
        self._entries = [Entry(event) for event in events]

    @property
    def seq(self) -> int:
        """The seq of the last event, 0 where there is none."""
        return len(self._entries)

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Take events in that have become durable. Raises `ValueError` on a gap."""
        for event in events:
            if event.seq != self.seq + 1:
                raise ValueError(f"event {event.seq} does not follow event {self.seq}")
            self._entries.append(Entry(event))

    def replace(self, event: AnyEvent) -> None:
        """Put another event in the place of the one with its seq (a text was blanked)."""
        self._entries[event.seq - 1] = Entry(event)

    def between(self, after: int, last: int) -> list[Entry]:
        """The entries whose seqs are above `after` and not above `last`."""
        return self._entries[max(0, after) : last]

    def event(self, seq: int) -> AnyEvent | None:
        """The event with this seq, or None."""
        return self._entries[seq - 1].event if 1 <= seq <= self.seq else None

    def events(self) -> list[AnyEvent]:
        """All events."""
        return [entry.event for entry in self._entries]
