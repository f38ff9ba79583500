"""The open question, what is left of its time, and how the hour stands."""

from textual.content import Content
from textual.timer import Timer

from sessions.core.state import SessionState
from tui.text.letters import has_blocks
from tui.widgets.hour.digits import ROWS
from tui.widgets.hour.fitting import one_line, three_lines
from tui.widgets.hour.saying import Asker, HourPhase, Saying, saying
from tui.widgets.lines.given_size import GivenSize

FLASH = 0.6
"""Seconds for which a flash stands; another comes no sooner than so long after it, so that nothing ever flickers."""

_CLASSES: dict[HourPhase, str] = {
    "soon": "-warning",
    "last_minute": "-danger",
    "over": "-overtime",
    "closing_over": "-overtime",
    "held": "-held",
}


class CountdownBar(GivenSize):
    """The hour in words and colour, on one line or, where the stylesheet gives it three, beside large digits.

    Everything is computed from the state and the time given, and drawn again only where it looks otherwise. The class
    `-warning`, `-danger` or `-overtime` tells the phase, `-held` that the clock is stopped, `-channel` that
    there is none.
    """

    DEFAULT_CSS = """
    CountdownBar {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        &.-warning { background: $warning-muted; color: $text-warning; }
        &.-danger { background: $error-muted; color: $text-error; }
        &.-overtime { background: $error; color: $background; text-style: bold; }
        &.-held { background: $secondary-muted; color: $text-secondary; }
        &.-flash { background: $foreground; color: $background; text-style: bold; }
    }
    """

    ALLOW_SELECT = False

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._said = Saying()
        self._drawn: Content | None = None
        self._blocks = has_blocks()
        self._flashing: Timer | None = None

    @property
    def said(self) -> Saying:
        """What is said now."""
        return self._said

    def show(self, state: SessionState, now_ms: int, asker: Asker | None = None) -> None:
        """Show the state at this moment (UTC milliseconds) to this moderator, to somebody who only looks if None."""
        self.set_class(state.channel, "-channel")
        said = saying(state, now_ms, asker or Asker())
        if said == self._said:
            return
        before, self._said = self._said, said
        if said.phase != before.phase:
            for name in set(_CLASSES.values()):
                self.set_class(_CLASSES.get(said.phase) == name, name)
        if self._drawn is None or not self._set().is_same(self._drawn):
            self.refresh(layout=False)

    def flash(self) -> None:
        """Look otherwise for a moment, once; nothing where that was a moment ago."""
        if self._flashing is None:
            self.add_class("-flash")
            self._flashing = self.set_timer(FLASH, self._end_flash)

    def _end_flash(self) -> None:
        self.remove_class("-flash")
        self._flashing = self.set_timer(FLASH, self._may_flash)

    def _may_flash(self) -> None:
        self._flashing = None

    def render(self) -> Content:
        """What is said in the room there is."""
        self._drawn = self._set()
        return self._drawn

    def _set(self) -> Content:
        width, height = self.content_size
        if height >= ROWS:
            return three_lines(self._said, width, blocks=self._blocks)
        return one_line(self._said, width)
