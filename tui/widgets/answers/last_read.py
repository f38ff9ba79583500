"""How far somebody had read when they looked away, and whether they were away long enough to be shown that. Pure."""

AWAY = 5.0
"""Seconds away from the posts from which on it is shown what came meanwhile."""


class LastRead:
    """Looking away for one reason or several at once: another pane or screen, a dialog, another window.

    `line` is where what is new begins: the seq up to which all was read, and the moment (UTC milliseconds) until which.
    """

    def __init__(self) -> None:
        self.line: tuple[int, int] | None = None
        self._away: set[str] = set()
        self._left: tuple[float, int, int] = (0.0, 0, 0)

    def looks_away(self, why: str, at: float, read: int, moment: int) -> None:
        """They look away at `at` (seconds) and have read up to the seq `read`."""
        if not self._away:
            self._left = (at, read, moment)
        self._away.add(why)

    def looks_again(self, why: str, at: float, latest: int) -> bool:
        """This reason is gone; whether `line` is another now: they look again, after long, and something is new."""
        if why not in self._away:
            return False
        self._away.discard(why)
        left, read, moment = self._left
        if self._away or at - left < AWAY or latest <= read:
            return False
        self.line = (read, moment)
        return True

    def forget(self) -> bool:
        """All is read; whether there was a line."""
        had, self.line = self.line is not None, None
        return had
