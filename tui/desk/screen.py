"""The desk: the screen that a moderator works at."""

from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.types import CSSPathType
from textual.widget import Widget

from tui.desk.actions.exchanging import Exchanging
from tui.desk.actions.lending import Lending
from tui.desk.actions.looking import Looking
from tui.desk.actions.posts_and_people import PostsAndPeople
from tui.desk.actions.publishing import PostingFromDesk
from tui.desk.actions.questions import Asking
from tui.desk.actions.recap import DeskRecap
from tui.desk.actions.sources import Sourcing
from tui.desk.keys import DESK
from tui.dialogs.choose import Choice, ChooseDialog
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.question_queue import QuestionQueue
from tui.widgets.roster import Roster
from tui.widgets.steady_footer import SteadyFooter
from tui.widgets.too_small import TooSmall

NARROW = 100
"""Below so many cells the queue is one line and people take the place of answers."""


DESK_CSS = Path(__file__).with_name("desk.tcss")


class DeskScreen(Asking, PostingFromDesk, PostsAndPeople, Looking, Exchanging, Lending, Sourcing, DeskRecap):
    """Questions, answers and people side by side; in a narrow window one after the other."""

    CSS_PATH: ClassVar[CSSPathType | None] = DESK_CSS
    _wants_people = False

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield self.panes
        yield SteadyFooter()

    def on_mount(self) -> None:
        """Begin at the answers."""
        self.panes.answers.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fold the queue where there is no room for it."""
        self.panes.queue.compact = event.size.width < NARROW
        self._give_room(event.size.width)

    def show_pane(self, pane: Widget) -> None:
        """Give a pane the focus, and in a narrow window the room."""
        self._wants_people = pane is self.panes.roster
        self._give_room(self.size.width)
        pane.focus()

    def _give_room(self, width: int) -> None:
        """Show people or answers where there is room for one of them; elsewhere a class would only cost styling."""
        self.set_class(self._wants_people and width < NARROW, "-people")

    def cycle(self, way: int) -> None:
        """Go to the next pane (1) or the one before (-1)."""
        panes = self.panes.cycle
        place = next((i for i, pane in enumerate(panes) if pane.has_focus), -1 if way > 0 else 0)
        self.show_pane(panes[(place + way) % len(panes)])

    @on(events.Click, "DeskHeader")
    def _header_clicked(self, event: events.Click) -> None:
        if self.panes.header.sources_at(event.x):
            self.do_sources()
        else:
            self.run_dialog(self._roles)

    async def _roles(self) -> None:
        choices = [Choice(name, Content(DESK.by_name[name].title)) for name in ("take_driver", "take_greeter")]
        chosen = await self.app.push_screen_wait(ChooseDialog("Who does what?", choices))
        if chosen is not None:
            self.run(chosen)

    @on(AnswerPane.Opened)
    def _answer_opened(self, message: AnswerPane.Opened) -> None:
        self.open_person(self.model.state.posts[message.post].post.author.id)

    @on(Roster.Opened)
    def _person_opened(self, message: Roster.Opened) -> None:
        self.open_person(message.person)

    @on(QuestionQueue.Opened)
    def _question_opened(self, message: QuestionQueue.Opened) -> None:
        self.question_opened(message.question)
