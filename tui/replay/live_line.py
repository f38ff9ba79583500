"""The live chat in one line above a replay, so that nobody who looks back misses what goes on."""

from dataclasses import dataclass
from typing import Protocol

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sessions.core.state import SessionState
from sessions.words import _
from tui.desk.model.desk import DeskModel
from tui.text.outside import cell_len, clean_line, outside, outside_line
from tui.widgets.hour.saying import Asker, saying
from tui.widgets.notice import Notice
from tui.widgets.remarks import Remarks
from tui.widgets.roster import Roster

MARK = _(" LIVE ")

LEAST_WORDS = 12
"""Cells for what waits, below which who asks is left out."""


class LivePanes(Protocol):
    """The panes of the desk as far as they are told of."""

    roster: Roster
    notice: Notice


class LiveDesk(Protocol):
    """The desk that the replay was opened from."""

    @property
    def model(self) -> DeskModel:
        """What is known of the live chat."""

    @property
    def panes(self) -> LivePanes:
        """What is seen there."""

    @property
    def remarks(self) -> Remarks:
        """What is said there."""


@dataclass(frozen=True)
class Glimpse:
    """The live chat at a moment: its clock, how many wait to be greeted, who asks, and what waits or was just said."""

    clock: str = ""
    urgent: bool = False
    to_greet: str = ""
    asks: str = ""
    waits: str = ""


def glimpse(desk: LiveDesk) -> Glimpse:
    """The live chat as it is now; it costs the same however large that is."""
    model = desk.model
    state = model.state
    said = saying(state, model.now(), Asker())
    over = said.phase in ("closing", "closing_over", "closed")
    question = None if over else state.questions.get(state.open or "")
    place = said.place if question is None else clean_line(question.name)
    away = "" if model.offline is None else _("offline")
    return Glimpse(
        " ".join(filter(None, (away, place, said.told))),
        said.over or said.phase == "last_minute" or bool(away),
        "" if state.closed_at is not None else _("{to_greet:,} to greet").format(to_greet=desk.panes.roster.to_greet),
        _asks(state, model.me),
        desk.panes.notice.waiting or clean_line(desk.remarks.words),
    )


def _asks(state: SessionState, me: str) -> str:
    driver = state.roles["driver"]
    if state.closed_at is not None:
        return ""
    if driver == me:
        return _("you ask")
    return _("{known_as} asks").format(known_as=clean_line(driver)) if driver else _("nobody asks")


class LiveLine(Widget):
    """` LIVE  Q2 01:12 left · 14 to greet · Ben asks   ✉ Ana: can you take Q2?   q back`; a click goes back."""

    DEFAULT_CSS = """
    LiveLine {
        height: 1;
        padding: 0 1;
        background: $secondary-muted;
        color: $text-secondary;
    }
    """

    ALLOW_SELECT = False

    class Pressed(Message):
        """Somebody wants to go back to the live chat."""

    def __init__(self) -> None:
        super().__init__()
        self._glimpse = Glimpse()
        self._back = ""

    def show(self, seen: Glimpse, back: str) -> None:
        """Show this; `back` is the key that goes back, with its word."""
        if (seen, back) != (self._glimpse, self._back):
            self._glimpse, self._back = seen, back
            self.refresh(layout=False)

    def on_click(self, event: events.Click) -> None:
        """Go back, wherever it was clicked."""
        event.stop()
        self.post_message(self.Pressed())

    def render(self) -> Content:
        """The line in the width there is."""
        return live_words(self._glimpse, self._back, self.content_size.width)


def live_words(seen: Glimpse, back: str, width: int) -> Content:
    """The line in `width` cells; what waits is cut, and where little of it would be left, first who asks goes."""
    right = outside_line(back, width, "bold")
    parts = [part for part in (seen.to_greet, seen.asks) if part]
    room = width - len(MARK) - 2 - cell_len(seen.clock) - right.cell_length - 2
    words = min(LEAST_WORDS, cell_len(seen.waits))
    while parts and sum(cell_len(part) + 3 for part in parts) + words + 2 > room:
        parts.pop()
    beside = "".join(f" · {part}" for part in parts)
    left = Content.assemble(
        (MARK, "bold reverse"), "  ", outside(seen.clock, "bold underline" if seen.urgent else "bold"), outside(beside),
        "  ", outside_line(seen.waits, max(0, room - cell_len(beside) - 2), "bold"),
    )  # fmt: skip
    return Content.assemble(left, " " * max(1, width - left.cell_length - right.cell_length), right)
