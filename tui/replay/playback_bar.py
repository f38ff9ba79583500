"""The playback bar of a replay: where it stands, how fast it goes, and how lively the chat was along the way."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sessions.core.zones import local_time
from sessions.replay import Replay
from sessions.replay.moments import Cell, Moment
from sessions.replay.playback import DAYS_LONG, Playback
from sessions.words import _
from tui.text.day_names import short_weekday
from tui.text.days import half_told
from tui.text.outside import cell_len, cut
from tui.text.wording import clock_time, length, zone_of

TOLD = 27
"""Cells of the left part, which tells in words; the sparkline has the rest."""

LEVELS = " ▁▂▃▄▅▆▇█"
"""How high a cell stands, from no post at all to the most posts of any cell."""

HERE = "┃"


class PlaybackBar(Widget):
    """Two lines: `▶ playing  < 4x >` and the questions' labels, `12:30 of 60:00 · 7:12` and posts per minute.

    What is played already is bright, and `┃` stands where the replay does. A click there goes to that time, a click on
    a label to the moment that the question was asked, a click at the left plays or pauses.
    """

    DEFAULT_CSS = """
    PlaybackBar {
        height: 2;
        padding: 0 1;
        background: $panel;
        color: $foreground;
    }
    """

    ALLOW_SELECT = False

    class Sought(Message):
        """Somebody wants to go to a position, in milliseconds since the opening."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    class Toggled(Message):
        """Somebody wants it to play or to pause."""

    def __init__(self, replay: Replay, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._replay = replay
        self._playback = Playback(replay.length)
        self._now = 0.0
        self._cells: tuple[Cell, ...] = ()
        self._labels: dict[int, Moment] = {}
        self._drawn: Content | None = None

    def show(self, playback: Playback, now: float) -> None:
        """Show where the replay stands at this moment (seconds of the playback's clock)."""
        self._playback = playback
        self._now = now
        if self._lines() != self._drawn:
            self.refresh(layout=False)

    def render(self) -> Content:
        """The two lines in the width there is."""
        self._drawn = self._lines()
        return self._drawn

    def on_click(self, event: events.Click) -> None:
        """Go to the time under the pointer, or play and pause at the left."""
        event.stop()
        place = event.get_content_offset(self)
        if place is None:
            return
        cell = place.x - TOLD
        if not 0 <= cell < len(self._cells):
            self.post_message(self.Toggled())
        elif place.y == 0 and cell in self._labels:
            self.post_message(self.Sought(self._labels[cell].position))
        else:
            self.post_message(self.Sought(self._cells[cell].start))

    def _lines(self) -> Content:
        room = max(0, self.content_size.width - TOLD)
        if room != len(self._cells):
            self._cells = self._replay.activity.cells(room)
        position = self._playback.position(self._now)
        above, below = self._told(position)
        return Content.assemble(
            (f"{cut(above, TOLD - 1):<{TOLD}}", "bold"), (self._questions(room), "$primary bold"), "\n",
            f"{cut(below, TOLD - 1):<{TOLD}}", self._sparkline(position),
        )  # fmt: skip

    def _told(self, position: int) -> tuple[str, str]:
        replay = self._replay
        if self._playback.running(self._now):
            state = _("▶ playing")
        else:
            state = _("■ the end") if position >= replay.length else _("‖ paused")
        zone = zone_of(replay.final.plan)
        if replay.length > DAYS_LONG:
            begun, here, last = (local_time(replay.now(at), zone).date() for at in (0, position, replay.length))
            day = _("day {number} of {days}").format(number=(here - begun).days + 1, days=(last - begun).days + 1)
            told = f"{day} · {short_weekday(here)} {half_told(replay.now(position), zone)}"
            return f"{state}  < {self._playback.speed:g}x >", told
        then = clock_time(replay.now(position), zone)
        return f"{state}  < {self._playback.speed:g}x >", _("{here} of {length} · {then}").format(
            here=length(position), length=length(replay.length), then=then
        )

    def _questions(self, room: int) -> str:
        """The labels over the cells in which the questions were asked, as far as there is room between them."""
        line = ""
        self._labels = {}
        for place, cell in enumerate(self._cells):
            for asked in cell.questions:
                label = self._replay.final.questions[asked.subject].name
                at = min(place, room - cell_len(label))
                if at > len(line) or (at == 0 and not line):
                    line = f"{line:<{at}}{label}"
                    self._labels |= dict.fromkeys(range(at, len(line)), asked)
        return line

    def _sparkline(self, position: int) -> Content:
        most = max((cell.posts for cell in self._cells), default=0)
        bars = "".join(LEVELS[-(-cell.posts * (len(LEVELS) - 1) // max(1, most))] for cell in self._cells)
        here = next((place for place, cell in enumerate(self._cells) if position < cell.end), len(self._cells) - 1)
        played, coming = bars[: max(0, here)], bars[here + 1 :]
        marker = HERE if self._cells else ""
        return Content.assemble((played, "$primary"), (marker, "$accent bold"), (coming, "$foreground 60%"))
