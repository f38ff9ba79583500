"""ChatScreen: the panes of a chat, live or saved, and how they are brought up to date."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widget import Widget

from sessions.words import _
from tui.desk.actions.chosen.opening import OpeningActions
from tui.desk.aim import Aim
from tui.desk.drawing import Drawing
from tui.desk.layout.actions import LayoutActions
from tui.desk.model.desk import Change, DeskModel
from tui.desk.panes import DeskPanes
from tui.shell.action_screen import ActionScreen
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.footers.steady_footer import SteadyFooter
from tui.widgets.pace import Pace
from tui.widgets.questions.question_queue import QuestionQueue
from tui.widgets.roster import Roster
from tui.widgets.too_small import TooSmall

DESK_CSS = Path(__file__).with_name("desk.tcss")


@dataclass(frozen=True)
class Cards:
    """What opens by Enter or a click: a person and a question by their ids, and who does what."""

    person: Callable[[str], None]
    question: Callable[[str], None]
    roles: Callable[[], None]


class ChatScreen(ActionScreen):
    """Questions, answers and people side by side; in a narrow window one after the other.

    `library` is the folder of saved chats, if there is one here; `session_id` is the chat's, as far as it is known. A
    subclass gives `actions` and `cards` in its `__init__`.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = DESK_CSS
    BLANK = True  # all of it is covered by what it contains

    cards: Cards

    def __init__(
        self,
        model: DeskModel,
        *,
        pace: Pace | None = None,
        greeting: str = "",
        library: Path | None = None,
        session_id: str = "",
    ) -> None:
        super().__init__(pace=pace)
        self.session_id = session_id
        self.model = model
        self.panes = DeskPanes(self.status, self.key_of)
        self.layouts = LayoutActions(self, self.panes)
        self.opening = OpeningActions(self, self.panes.answers, library)
        self._greeting = greeting
        self._drawing = Drawing(
            self._draw_answers,
            self._draw_beside,
            lambda: self.panes.answers.following,
            self.pace,
            lambda: self.model.behind,
        )

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield self.panes
        yield self.footer()

    def footer(self) -> Widget:
        """The line of keys."""
        return SteadyFooter()

    def on_mount(self) -> None:
        """Say the greeting and begin at the answers, in the layout of the last time."""
        self.layouts.remember_in(self.app.remembered)
        self.panes.give_widths()
        self.say(self.greeting())
        self.panes.answers.focus()
        self.watch(self.app, "app_focus", lambda focused: self._looks("window", away=not focused), init=False)

    async def on_unmount(self) -> None:
        """Draw nothing more."""
        self._drawing.stop()

    def greeting(self) -> str:
        """What is said first."""
        return self._greeting

    def on_resize(self, event: events.Resize) -> None:
        """Fold the queue where there is no room for it."""
        self.panes.fit(event.size.width)

    @property
    def aim(self) -> Aim:
        """What the present action is about."""
        return self.aim_now()

    def aim_now(self) -> Aim:
        """The post that is open, else what is under the cursors."""
        return self.opening.aim or self.panes.aim(self.model.state)

    @on(DeskPanes.Arranged)
    def _panes_dragged(self) -> None:
        self.layouts.keep()

    # A post that is open

    def offered(self) -> list[str]:
        """The names of the actions that this moderator has."""
        return list(self.actions.table.by_name)

    def action_of(self, key: str) -> str:
        """The name of the action on this key, empty where it has none now."""
        active = self.active_bindings.get(key)
        found = (active.binding.id if active is not None else None) or ""
        return found if found in self.actions.table.by_name and self.opening.allows(found) else ""

    def help_group(self) -> str:
        """What can be done with a post that is open."""
        return "" if self.opening.aim is None else "Answers"  # words: a group of actions

    async def key_on_post(self, event: events.Key) -> None:
        """Do what is on this key, about the post that is open."""
        name = self.action_of(event.key)
        if name:
            event.stop()
            self.run(name)

    def _show_remark(self, words: str, warn: bool) -> None:
        super()._show_remark(words, warn)
        self.opening.say(words, warn)

    # Showing what happened

    def show(self, change: Change) -> None:
        """Show what changed, and say it."""
        if change.events:
            self._drawing.changed(change.posts, at_once=change.acted)
            self.opening.show()
        for words in change.said[-1:]:
            self.remarks.done(words)
        for words in change.told[-1:]:
            self.remarks.tell(words)
        if change.note is not None:
            hint = _("{dismiss_key}: read, {note_key} answers").format(
                dismiss_key=self.key_of("dismiss"), note_key=self.key_of("note")
            )
            self.panes.notice.show_note(change.note, hint)

    def tick(self) -> None:
        """Bring up to date what changes with time alone."""
        self.panes.tick(self.model)

    @property
    def drawn(self) -> bool:
        """Whether the panes show all that was heard."""
        return self._drawing.done

    def _draw_answers(self, posts: frozenset[str] | None) -> None:
        self.panes.show_posts(self.model, posts)
        self.draw_now()

    def _draw_beside(self) -> None:
        self.panes.show_beside(self.model)

    # Looking away, and again

    def _looks(self, why: str, *, away: bool) -> None:
        if away:
            self.panes.answers.look_away(why, self.pace.now(), self.model.now())
        else:
            self.panes.answers.look_again(why, self.pace.now())

    @on(events.ScreenSuspend)
    def _covered(self) -> None:
        self._looks("screen", away=True)

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        self._looks("screen", away=False)

    @on(DeskPanes.AnswersCovered)
    def _answers_covered(self, message: DeskPanes.AnswersCovered) -> None:
        self._looks("people", away=message.covered)

    @on(events.Key)
    def _key_pressed(self) -> None:
        self._drawing.pressed()

    # What is opened in the panes

    @on(events.Click, "DeskHeader")
    def _header_clicked(self, event: events.Click) -> None:
        if self.panes.header.sources_at(event.x):
            self.run("sources")
        else:
            self.cards.roles()

    @on(AnswerPane.Opened)
    def _answer_opened(self, message: AnswerPane.Opened) -> None:
        self.opening.open(message.post)

    @on(AnswerPane.TitleClicked)
    def _title_clicked(self) -> None:
        self.run("not_answered")

    @on(Roster.Opened)
    def _person_opened(self, message: Roster.Opened) -> None:
        self.cards.person(message.person)

    @on(Roster.OfferTaken)
    def _offer_taken(self) -> None:
        self.run("join_accounts")

    @on(QuestionQueue.Opened)
    def _question_opened(self, message: QuestionQueue.Opened) -> None:
        if not self.model.state.channel:
            self.cards.question(message.question)
        elif not self.panes.go_to_day(self.model.state, message.question):
            self.say(_("Nothing was posted on that day."))
