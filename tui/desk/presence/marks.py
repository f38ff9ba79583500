"""Rows of what another moderator just did something with are marked for a moment."""

from collections.abc import Callable

from tui.desk.model.handled import NOTHING, Handled
from tui.widgets.pace import Later, Pace

SHOWN = 2.0
"""Seconds for which a row is marked."""


class Marks:
    """What is marked now; `show` is told whenever that changes."""

    def __init__(self, pace: Pace, show: Callable[[Handled], None]) -> None:
        self._pace = pace
        self._show = show
        self._marked: list[tuple[float, Handled]] = []
        self._goes: Later | None = None

    def add(self, handled: Handled) -> None:
        """Mark these, too."""
        if handled:
            self._marked.append((self._pace.now() + SHOWN, handled))
            self._go_on()

    def stop(self) -> None:
        """Change nothing later: the screen goes."""
        if self._goes is not None:
            self._goes.cancel()

    def _go_on(self) -> None:
        """Show what is marked, and look again when the first of it is over."""
        self.stop()
        now = self._pace.now()
        self._marked = [one for one in self._marked if one[0] > now]
        self._goes = self._pace.later(self._marked[0][0] - now, self._go_on) if self._marked else None
        marked = NOTHING
        for _, handled in self._marked:
            marked |= handled
        self._show(marked)
