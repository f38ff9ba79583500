"""The parts of the desk and where they are: the same ones wide, narrow, live."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.css.scalar import Scalar
from textual.message import Message
from textual.widget import Widget

from sessions.core.state import SessionState
from tui.desk.aim import Aim
from tui.desk.empty_panes import no_people, no_posts, no_questions
from tui.desk.layout.arrangement import Arrangement
from tui.desk.layout.columns import Columns
from tui.desk.model.desk import DeskModel
from tui.desk.model.handled import Handled
from tui.desk.model.whereabouts import beside_people, beside_questions, claim_words, where_words
from tui.text.wording import zone_of
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.find_bar import FindBar
from tui.widgets.header import DeskHeader, LinkState
from tui.widgets.hour.countdown import CountdownBar
from tui.widgets.hour.saying import Asker
from tui.widgets.lines.given_size import GivenSize
from tui.widgets.notice import Notice
from tui.widgets.questions.question_queue import QuestionQueue
from tui.widgets.roster import Roster
from tui.widgets.status_line import StatusLine

NARROW = 100
"""Below so many cells the queue is one line and people take the place of answers."""

MINUTES_EVERY = 5_000
"""Milliseconds between two looks at what the queue and the roster tell in minutes: when it is whose turn, who waits."""


class DeskPanes(Vertical, GivenSize):
    """Everything on the desk but the footer, `status` at its foot.

    It is given the model and hands each part what it shows; `key_of` names an action's key.
    """

    BLANK = True  # as the columns

    class Arranged(Message):
        """Somebody gave the panes other widths with the mouse."""

    @dataclass
    class AnswersCovered(Message):
        """People have taken the place of answers, or (not `covered`) answers have theirs again."""

        covered: bool

    def __init__(self, status: StatusLine, key_of: Callable[[str], str]) -> None:
        super().__init__(id="desk")
        self.header = DeskHeader()
        self.countdown = CountdownBar()
        self.queue = QuestionQueue()
        self.answers = AnswerPane()
        self.roster = Roster()
        self.find = FindBar()
        self.notice = Notice()
        self.status = status
        self._key_of = key_of
        self._minutes_shown = 0
        self._wants_people = False
        self._window = 0
        self.arrangement = Arrangement()

    def compose(self) -> ComposeResult:
        self.find.display = False
        yield self.header
        yield self.countdown
        with Columns(id="panes"):
            yield self.queue
            yield self.answers
            yield self.roster
        yield self.find
        yield self.notice
        yield self.status

    def show_posts(self, model: DeskModel, posts: frozenset[str] | None) -> None:
        """Show the posts as they are now; `posts` are those that look different, None for all."""
        self.answers.show(model.state, posts)

    def show_beside(self, model: DeskModel) -> None:
        """Show what stands beside the posts as it is now."""
        self._minutes_shown = 0
        self.tick(model)

    def show_handled(self, handled: Handled) -> None:
        """Mark the rows of what another moderator just did something with, and no others."""
        self.answers.show_handled(handled.posts)
        self.queue.show_handled(handled.questions)
        self.roster.show_handled(handled.people)

    def tick(self, model: DeskModel) -> None:
        """Show what changes with time alone."""
        now = model.now()
        channel = model.state.channel
        self.arrangement.follow(asks=model.holds("driver") and not channel, greets=model.holds("greeter") or channel)
        self.give_widths()
        self.header.show(model.state, self._link(model))
        self.queue.show_beside(beside_questions(model.others))
        self.roster.show_beside(beside_people(model.others))
        if abs(now - self._minutes_shown) >= MINUTES_EVERY:
            self._minutes_shown = now
            self.queue.show(model.state, now)
            changed = model.people_changed()
            self.roster.show(model.state, now, changed)
            self.answers.count_missing(changed)
        self.countdown.show(model.state, now, self._asker(model))
        self._show_hints(model, now)

    def _show_hints(self, model: DeskModel, now: int) -> None:
        self.queue.show_hint(no_questions(model, self._key_of))
        filtered = self.answers.shown_filter != PaneFilter()
        self.answers.show_hint(no_posts(model, now, self._key_of, filtered=filtered) if self.answers.empty else "")
        self.roster.show_hint(no_people(model, self.roster.to_greet))

    # Going from one to another

    def go_to_pane(self, pane: Widget) -> None:
        """Give a pane the focus, and in a narrow window the room."""
        self._wants_people = pane is self.roster
        self._give_room(self.screen.size.width)
        pane.focus()

    def fit(self, width: int) -> None:
        """Fold the queue and show people or answers where there is no room for all."""
        self._window = width
        self.queue.compact = width < NARROW
        self._give_room(width)
        self.give_widths()

    # How wide they are

    @property
    def side_by_side(self) -> bool:
        """Whether there is room for the panes beside each other."""
        return self._window >= NARROW

    def give_widths(self) -> None:
        """Give the panes the widths that the arrangement has for them; where each takes the room, none."""
        widths = self.arrangement.widths(self._window) if self.side_by_side else (None, None)
        for pane, width in zip((self.queue, self.roster), widths, strict=True):
            if pane.styles.inline.width != (None if width is None else Scalar.from_number(width)):
                pane.styles.width = width

    def widen(self, cells: int) -> bool:
        """Give the pane with the focus so many cells more, at the cost of the answers; whether that could be.

        The answers get them from both others.
        """
        arrangement, window = self.arrangement, self._window
        before = arrangement.widths(window)
        if not self.roster.has_focus:
            change = cells if self.queue.has_focus else -cells // 2
            arrangement.set_questions(before.questions + change, window)
        if not self.queue.has_focus:
            change = cells if self.roster.has_focus else -cells // 2
            arrangement.set_people(before.people + change, window)
        self.give_widths()
        return arrangement.widths(window) != before

    @on(Columns.Dragged)
    def _dragged(self, message: Columns.Dragged) -> None:
        if self.side_by_side:
            if message.divider == 0:
                self.arrangement.set_questions(message.cell, self._window)
            else:
                self.arrangement.set_people(self._window - message.cell, self._window)
            self.give_widths()
            if message.done:
                self.post_message(self.Arranged())

    def _give_room(self, width: int) -> None:
        """Show people or answers where there is room for one of them; elsewhere a class would only cost styling."""
        instead = self._wants_people and width < NARROW
        if instead != self.screen.has_class("-people"):
            self.screen.set_class(instead, "-people")
            self.post_message(self.AnswersCovered(instead))

    def called(self, focused: Widget | None) -> str:
        """What a pane is called among desks, given what has the focus."""
        if focused is self.queue:
            return "questions"
        return "people" if focused is self.roster else "answers"

    def cycle(self, way: int) -> None:
        """Go to the next pane (1) or the one before (-1)."""
        panes = (self.queue, self.answers, self.roster)
        place = next((i for i, pane in enumerate(panes) if pane.has_focus), -1 if way > 0 else 0)
        self.go_to_pane(panes[(place + way) % len(panes)])

    def offer_joining(self, words: str) -> None:
        """Say above the people that some of them may be known; nothing where it is empty."""
        self.roster.offer(words)

    def draw_line_at(self, seq: int, moment: int) -> None:
        """Show what came behind this event, which was at this moment (UTC milliseconds), as new."""
        self.answers.draw_line_at(seq, moment)

    def show_answers(self, which: PaneFilter) -> None:
        """Show only these posts, and go to them."""
        self.answers.show_filter(which)
        self.go_to_pane(self.answers)

    def show_everything(self) -> bool:
        """Mark no words any more, else show all posts again; whether anything was different."""
        if self.answers.clear_find():
            return True
        filtered = self.answers.shown_filter != PaneFilter()
        if filtered:
            self.show_answers(PaneFilter())
        return filtered

    def go_to_day(self, state: SessionState, day: str) -> bool:
        """Go to the first post of a day of a channel, by its key in the queue; whether one is shown."""
        self.show_everything()
        first = next(
            (post for post in state.posts if self.queue.day_of(post) == day and self.answers.go_to(post)), None
        )
        if first is not None:
            self.go_to_pane(self.answers)
        return first is not None

    def go_to_newest(self) -> None:
        """Go to the newest post and follow what comes."""
        self.go_to_pane(self.answers)
        self.answers.go_to_newest()

    def aim(self, state: SessionState) -> Aim:
        """What is under the cursors now."""
        post = self.answers.cursor if self.answers.display else None
        seen = state.posts.get(post or "")
        people = self.roster.has_focus
        author = None if seen is None else seen.post.author.id
        question = self.queue.cursor if self.queue.has_focus and not state.channel else None
        return Aim(
            None if seen is None else post,
            self.roster.cursor if people else author,
            people,
            question,
            marked=self.answers.chosen,
        )

    @property
    def shown_filter(self) -> PaneFilter:
        """Which posts are shown."""
        return self.answers.shown_filter

    @property
    def question(self) -> str | None:
        """The question of which the answers tell who has not answered it, by its id."""
        return self.answers.question

    # Finding

    def open_filter(self) -> None:
        """Open the line by which posts are chosen."""
        self.go_to_pane(self.answers)
        self.find.open(filtering=True)

    @on(FindBar.Narrowed)
    def _narrow(self, message: FindBar.Narrowed) -> None:
        self.find.show_problem(self.answers.filter_problem(message.text))

    @on(FindBar.Chosen)
    def _choose(self, message: FindBar.Chosen) -> None:
        problem = self.answers.show_found(message.text)
        self.find.show_problem(problem)
        if not problem:
            self.find.display = False
            self.answers.focus()

    def open_find(self) -> None:
        """Open the line to find words in."""
        self.go_to_pane(self.answers)
        self.find.open()

    @on(FindBar.Sought)
    def _seek(self, message: FindBar.Sought) -> None:
        matches = self.answers.find(message.text) if message.text else 0
        if not message.text:
            self.answers.clear_find()
        self.find.show_matches(matches, whole=not self.answers.finding, problem=self.answers.find_problem)

    @on(AnswerPane.Found)
    def _found_more(self, message: AnswerPane.Found) -> None:
        self.find.show_matches(message.count, whole=message.whole, problem=self.answers.find_problem)

    @on(FindBar.Stepped)
    def _step(self, message: FindBar.Stepped) -> None:
        if message.way > 0:
            self.answers.next_match()
        else:
            self.answers.previous_match()

    @on(FindBar.Closed)
    def _found(self, message: FindBar.Closed) -> None:
        if not message.keep:
            self.answers.clear_find()
        self.answers.focus()

    def _asker(self, model: DeskModel) -> Asker:
        narrow = self.queue.compact
        return Asker(
            me=model.me,
            key_of=self._key_of,
            posting=self.notice.prompts,
            to_greet=self.roster.to_greet if narrow else None,
            unfiled=model.unfiled if narrow else 0,
            at_people=narrow and self._wants_people,
        )

    def _link(self, model: DeskModel) -> LinkState:
        away, zone = model.offline, zone_of(model.state.plan)
        return LinkState(
            away=() if away is None else away.words(model.now(), zone, goes_on=not model.can_go_on),
            me=model.me,
            trouble="" if model.trouble is None else model.trouble,
            replayed=model.replayed,
            now=model.now(),
            sources_key=self._key_of("sources"),
            onlookers=model.onlookers,
            absent=model.absent,
            catching_up=model.catch_up.words(model.state.seq),
            where={one.name: where_words(model.state, one) for one in model.others},
            writing={one.name: claim_words(model.state, one.claim) for one in model.others if one.claim is not None},
        )
