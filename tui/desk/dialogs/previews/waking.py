"""A preview that takes no Enter before it could be read."""

from sessions.words import _
from tui.widgets.pace import Pace

WAKING = 0.7
"""Seconds in which no Enter is taken. Held a moment too long, the one that opened this would post unseen: keyboards
repeat a key after 0.25 to 0.66 s."""

REPEATED = 0.5
"""Seconds without an Enter before one is taken, where one came too early: a button passes on only every fifth of a
second what a key repeats that is held down."""

TOO_SOON = _("That was too soon: nothing went out. Read the words, then press it once more.")


class Waking:
    """Tells by `pace` whether an Enter counts; `at` is from when on, None until the dialog is on the screen."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self.at: float | None = None

    def seen(self) -> None:
        """It is on the screen now, however long that took."""
        self.at = self._pace.now() + WAKING

    def takes(self) -> str | None:
        """None where an Enter counts now, else what is to be said of it, empty for nothing."""
        now = self._pace.now()
        if self.at is None:
            return ""
        if now >= self.at:
            return None
        self.at = max(self.at, now + REPEATED)
        return TOO_SOON
