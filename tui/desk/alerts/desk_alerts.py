"""The alerts of one desk: a bell, a flash, and always words."""

from collections.abc import Callable, Iterator
from itertools import islice

from tui.desk.alerts.causes import causes
from tui.desk.alerts.memory import AlertMemory, together
from tui.desk.port import ChatPort
from tui.shell.alert_config import Alerts

EVERY = 1_000
"""Milliseconds between two looks."""


class DeskAlerts:
    """Looks what there is to alert of, as its moderator `wanted`, and says it; `ring` and `flash` go with it."""

    def __init__(
        self, port: ChatPort, wanted: Alerts, *, ring: Callable[[], object], flash: Callable[[], object]
    ) -> None:
        self._port = port
        self._wanted = wanted
        self._ring = ring
        self._flash = flash
        self._memory = AlertMemory()
        self._looked = 0
        self._posts: int | None = None

    def tick(self) -> None:
        """Look again, once this desk has caught up; what was there before it came is no news."""
        model = self._port.model
        now = model.now()
        if not self._wanted or model.live_after is None or abs(now - self._looked) < EVERY:
            return
        self._looked = now
        found = causes(model.state, now, self._wanted, self._arrived(), self._memory.people_done)
        due = self._memory.due(found, now)
        if not due:
            return
        self._port.tell(together(due))
        ways = [self._wanted[cause.name] for cause in due]
        if any(way.bell for way in ways):
            self._ring()
        if any(way.flash for way in ways):
            self._flash()

    def _arrived(self) -> Iterator[str]:
        """The posts that came since the last look."""
        posts = self._port.model.state.posts
        before, self._posts = self._posts, len(posts)
        return islice(reversed(posts), 0 if before is None else max(0, len(posts) - before))
