"""The open question, what is left of its time, and how the hour stands."""

from textual.content import Content
from textual.widget import Widget

from sessions.core import clock
from sessions.core.plan.labels import question_name
from sessions.core.state import SessionState
from tui.text.outside import outside_line
from tui.text.wording import clock_time, countdown_time, length, zone_of

BAR = 10
"""Cells of the bar."""

LEAST_TEXT = 8
"""Cells below which the question's text is left out."""

ON_TIME = 30_000
"""Milliseconds off the plan that still count as on time."""


class CountdownBar(Widget):
    """One line: `Q3 of 6  What does your…   04:12 ▕██████░░░░▏  1:40 behind · ends 8:01`.

    Everything is computed from the state and the time given, each time anew. The class `-warning`, `-danger` or
    `-overtime` tells the phase, `-held` that the clock is stopped.
    """

    DEFAULT_CSS = """
    CountdownBar {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        &.-warning { background: $warning-muted; color: $text-warning; }
        &.-danger { background: $error-muted; color: $text-error; }
        &.-overtime { background: $error-muted; color: $text-error; text-style: bold; }
        &.-held { background: $secondary-muted; color: $text-secondary; }
    }
    """

    ALLOW_SELECT = False

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._session = SessionState()
        self._now = 0
        self._drawn: Content | None = None

    def show(self, state: SessionState, now_ms: int) -> None:
        """Show the state at this moment (UTC milliseconds)."""
        self._session = state
        self._now = now_ms
        counted = clock.countdown(state, now_ms)
        for phase in ("warning", "danger", "overtime"):
            self.set_class(counted is not None and counted.phase == phase and state.timer is not None, f"-{phase}")
        self.set_class(counted is not None and counted.held, "-held")
        if self._line() != self._drawn:
            self.refresh(layout=False)

    def render(self) -> Content:
        """The line in the width there is."""
        self._drawn = self._line()
        return self._drawn

    def _line(self) -> Content:
        width = self.content_size.width
        state, now = self._session, self._now
        counted = clock.countdown(state, now)
        if counted is None:
            return outside_line("closed" if state.closed_at is not None else "", width, "bold")
        zone = zone_of(state.plan)
        if state.timer is None:
            first = clock.anchor(state) + counted.total
            parts = f"introductions {countdown_time(counted.left)} · first question at {clock_time(first, zone)}"
            return outside_line(parts, width, "bold")
        standing = self._standing(width)
        time = "held " if counted.held else ""
        time += countdown_time(counted.left)
        bar = _bar(counted.share) if width >= 60 else ""
        right = Content.assemble((time, "bold"), bar and f" {bar}", standing and f"  {standing}")
        label, text = self._question()
        left = outside_line(label, max(0, width - right.cell_length - 1), "bold")
        room = width - left.cell_length - right.cell_length - 4
        if text and room >= LEAST_TEXT:
            left = Content.assemble(left, "  ", outside_line(text, room))
        gap = width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * max(1, gap), right)

    def _question(self) -> tuple[str, str]:
        """The open question's label with the number of questions, and its text."""
        question = self._session.questions.get(self._session.open or "")
        if question is None:
            return "", ""
        return f"{question_name(question.label)} of {len(self._session.order)}", question.text

    def _standing(self, width: int) -> str:
        """How the hour stands against the plan, in full or short."""
        state, now = self._session, self._now
        off = clock.over_under(state, now)
        words = "on time" if abs(off) < ON_TIME else f"{length(off)} {'behind' if off > 0 else 'ahead'}"
        ends = f"ends {clock_time(clock.expected_end(state, now), zone_of(state.plan))}"
        return f"{words} · {ends}" if width >= 50 else words if width >= 34 else ""


def _bar(share: float) -> str:
    full = round(share * BAR)
    return f"▕{'█' * full}{'░' * (BAR - full)}▏"
