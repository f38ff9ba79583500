"""How much is read at once: as much as one can listen to; the rest is summed up. Pure."""

AT_ONCE = 4.0
"""Posts that are read one after another."""

EVERY = 5.0
"""Seconds that reading a post takes a listener, about: after so many another one is read."""

SUMMED_UP = 12.0
"""Seconds after which what was not read is told in one line."""


class Bursts:
    """Which posts are read, by seconds of any monotonic clock."""

    def __init__(self) -> None:
        self._room = AT_ONCE
        self._at = 0.0
        self._held: list[str] = []
        self._since = 0.0

    def admit(self, post: str, now: float, *, free: bool = False) -> bool:
        """Whether the post is read now; else it is held to be summed up. With `free` it always is."""
        self._room = min(AT_ONCE, self._room + (now - self._at) / EVERY)
        self._at = now
        if free or (self._room >= 1 and not self._held):
            self._room = max(0.0, self._room - 1)
            return True
        self.hold(post, now)
        return False

    def hold(self, post: str, now: float) -> None:
        """Sum this post up later."""
        if not self._held:
            self._since = now
        self._held.append(post)

    def due(self, now: float) -> list[str]:
        """What is to be summed up now; it is forgotten with that."""
        if not self._held or now - self._since < SUMMED_UP:
            return []
        held, self._held = self._held, []
        return held
