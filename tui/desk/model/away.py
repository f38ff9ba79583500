"""A hub that does not answer: since when, and what brings it back, in words. Pure."""

import datetime
from dataclasses import dataclass

from sessions.words import _
from tui.text.wording import clock_time


@dataclass(frozen=True)
class Away:
    """The hub was last heard at `since` and is tried again at `again`, both by its own clock (UTC milliseconds)."""

    since: int
    again: int

    def words(self, now: int, zone: datetime.tzinfo, *, goes_on: bool) -> tuple[str, ...]:
        """What the header says of it, longest first; `goes_on` as long as nobody need take the chat over."""
        gone = _("offline since {clock_time}").format(clock_time=clock_time(self.since, zone))
        seconds = -(-(self.again - now) // 1000)
        again = _("trying again in {seconds} s").format(seconds=seconds) if seconds > 0 else _("trying again now")
        full = f"{gone}, {again}"
        return (_("{full}; the chat goes on there").format(full=full), full, gone) if goes_on else (full, gone)
