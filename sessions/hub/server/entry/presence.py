"""Who is there: computed from open streams and last requests, never stored."""

SEEN_LATELY = 15_000
"""Milliseconds for which somebody without an open stream counts as present after a request."""

ABSENT = 15_000
"""Milliseconds without a word after which the others are told that somebody is not there: longer than a lost connection
takes to come back."""


class Presence:
    """Counts streams and remembers when each person was last heard of. All times are the hub's UTC milliseconds.

    Somebody who has been invited and not joined counts as the person None: for "nobody is there" they are somebody.
    """

    def __init__(self, now: int) -> None:
        self._streams: dict[str | None, int] = {}
        self._seen: dict[str | None, int] = {}
        self._since = now

    def seen(self, name: str | None, now: int) -> None:
        """Somebody made a request."""
        self._seen[name] = now

    def open_stream(self, name: str | None, now: int) -> None:
        """Somebody opened a stream of events."""
        self._streams[name] = self._streams.get(name, 0) + 1
        self.seen(name, now)

    def close_stream(self, name: str | None, now: int) -> None:
        """One of their streams ended; nothing where they were forgotten meanwhile."""
        if name in self._streams:
            self._streams[name] = max(0, self._streams[name] - 1)
            self.seen(name, now)

    def forget(self, name: str) -> None:
        """Nobody has this name any more."""
        self._streams.pop(name, None)
        self._seen.pop(name, None)

    def here(self, now: int) -> tuple[str, ...]:
        """The names of those who are present, in the order in which they were first seen."""
        return tuple(name for name in self._seen if name is not None and self.present(name, now))

    def present(self, name: str, now: int) -> bool:
        """Whether this person has a stream or made a request just now."""
        if self._streams.get(name):
            return True
        seen = self._seen.get(name)
        return seen is not None and now - seen <= SEEN_LATELY

    def streams(self, name: str) -> bool:
        """Whether this person has a stream now."""
        return bool(self._streams.get(name))

    def gone_for(self, name: str, now: int) -> int:
        """For how many milliseconds this person has had no stream and made no request, since the hub runs."""
        return 0 if self._streams.get(name) else now - self._seen.get(name, self._since)

    def empty_for(self, now: int) -> int:
        """For how many milliseconds nobody at all has been there, since the hub runs."""
        if any(self._streams.values()):
            return 0
        return now - max(self._seen.values(), default=self._since)
