"""The parts of the desk and where they are: the same ones wide, narrow, live."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.desk.model.desk import DeskModel
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.countdown import CountdownBar
from tui.widgets.find_bar import FindBar
from tui.widgets.header import DeskHeader, LinkState
from tui.widgets.notice import Notice
from tui.widgets.question_queue import QuestionQueue
from tui.widgets.roster import Roster
from tui.widgets.status_line import StatusLine

ROSTER_EVERY = 5_000
"""Milliseconds between two looks at how long people wait, which the roster tells in minutes."""


class DeskPanes(Vertical):
    """Everything on the desk but the footer, `status` at its foot.

    It is given the model and hands each part what it shows.
    """

    def __init__(self, status: StatusLine) -> None:
        super().__init__(id="desk")
        self.header = DeskHeader()
        self.countdown = CountdownBar()
        self.queue = QuestionQueue()
        self.answers = AnswerPane()
        self.roster = Roster()
        self.find = FindBar()
        self.notice = Notice()
        self.status = status
        self._roster_shown = 0

    def compose(self) -> ComposeResult:
        self.find.display = False
        yield self.header
        yield self.countdown
        with Horizontal(id="panes"):
            yield self.queue
            yield self.answers
            yield self.roster
        yield self.find
        yield self.notice
        yield self.status

    @property
    def cycle(self) -> tuple[Widget, ...]:
        """The panes in the order in which tab goes through them."""
        return (self.queue, self.answers, self.roster)

    def show(self, model: DeskModel, posts: frozenset[str] | None) -> None:
        """Show the state after one batch of events; `posts` are those that look different, None for all."""
        self.queue.show(model.state)
        self.answers.show(model.state, posts)
        self._roster_shown = 0
        self.tick(model)

    def tick(self, model: DeskModel) -> None:
        """Show what changes with time alone."""
        now = model.now()
        self.header.show(model.state, self._link(model))
        self.countdown.show(model.state, now)
        if abs(now - self._roster_shown) >= ROSTER_EVERY:
            self._roster_shown = now
            self.roster.show(model.state, now, model.people_changed())

    @staticmethod
    def _link(model: DeskModel) -> LinkState:
        return LinkState(
            online=model.offline is None,
            words="offline, trying again",
            me=model.me,
            trouble="" if model.trouble is None else model.trouble,
            replayed=model.replayed,
            now=model.now(),
        )
