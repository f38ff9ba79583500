"""Keys of the one who asks: the queue and the countdown."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from sessions.core.commands import (
    AddQuestion,
    AddTime,
    Ask,
    EditQuestion,
    GiveTurn,
    Hold,
    MoveQuestion,
    RestoreQuestion,
    Resume,
    SkipQuestion,
)
from sessions.core.languages import Language
from sessions.core.plan import Plan, Question
from sessions.core.plan.turns import same_name
from sessions.words import _
from tui.desk.actions.hour.turns import others_to_ask
from tui.desk.model.posting import question_postings
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.shell.actions import PALETTE_KEY, Handler
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED
from tui.widgets.answers.pane_filter import PaneFilter

_TURN = "turn of "  # words: a key
"""What the choice begins with that gives a question to who is named behind it."""


class QuestionActions:
    """The actions under the heading "Asking", but for those that post."""

    def __init__(self, port: DeskPort) -> None:
        self._port = port

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {
            "next": self.ask_next,
            "previous": self.ask_previous,
            "accept": self.accept,
            "hold": self.hold,
            "more_time": lambda: self.add_time(60),
            "less_time": lambda: self.add_time(-60),
            "skip": self.skip,
            "add_question": self.add_question,
            "edit_question": self.edit_question,
        }

    def ask_next(self) -> None:
        """Ask the next waiting question, after a moment to take it back."""
        state = self._port.model.state
        question = state.next_question()
        if question is None:
            add, palette = self._port.key_of("add_question"), self._port.key_of(PALETTE_KEY)
            self._port.say(
                _("No question is waiting. {add} adds one; to end: {palette}, End the chat.").format(
                    add=add, palette=palette
                )
            )
            return
        self._ask(question, _("Asking"))

    def ask_previous(self) -> None:
        """Ask the question before this one again."""
        question = self._port.model.state.previous_question()
        if question is None:
            self._port.say(_("No question was asked before this one."))
            return
        self._ask(question, _("Asking again"))

    def _ask(self, question: str, how: str) -> None:
        state = self._port.model.state
        if self._port.not_driver() or question not in state.questions:
            return
        name = state.questions[question].name
        self._port.send_later(f"{how} {name}", Ask(id=command_id(), question=question, seen=state.open))

    def accept(self) -> None:
        """Take the question that a host was seen to post as asked."""
        offer = self._port.model.offer
        if offer is None or not self._port.panes.notice.offers:
            self._port.say(_("No question is offered."))
            return
        self._port.send(Ask(id=command_id(), question=offer.question, seen=self._port.model.state.open))

    def hold(self) -> None:
        """Stop the countdown or let it go on."""
        timer = self._port.model.state.timer
        held = timer is not None and timer.held is not None
        self._port.send(Resume(id=command_id()) if held else Hold(id=command_id()))

    def add_time(self, seconds: int) -> None:
        """Give the open question more time, or (negative) less."""
        self._port.send(AddTime(id=command_id(), seconds=seconds))

    def skip(self) -> None:
        """Leave out a question or bring it back."""
        state = self._port.model.state
        question = self._question_pointed() or state.next_question()
        if question is None:
            self._port.say(_("No question is waiting."))
            return
        self._skip(question)

    def _skip(self, question: str) -> None:
        state = self._port.model.state
        if self._port.not_driver() or question not in state.questions:
            return
        name = state.questions[question].name
        if state.question_state(question) == "skipped":
            self._port.send_later(
                _("Bringing back {name}").format(name=name), RestoreQuestion(id=command_id(), question=question)
            )
        else:
            self._port.send_later(
                _("Skipping {name}").format(name=name), SkipQuestion(id=command_id(), question=question)
            )

    @property
    def _spoken(self) -> Language:
        return (self._port.model.state.plan or Plan()).spoken

    def _question_pointed(self) -> str | None:
        """The question under the cursor, while the queue has the focus."""
        return self._port.aim.question if self._port.aim.question in self._port.model.state.questions else None

    def add_question(self) -> None:
        """Fill in a new question."""
        self._port.start(self._add_question)

    async def _add_question(self) -> None:
        from tui.desk.dialogs.question_form import QuestionForm  # with it comes Textual's editor

        draft = await self._port.ask(QuestionForm(None, self._port.model.drafts, self._spoken))
        if draft is None:
            return
        command = AddQuestion(
            id=command_id(), text=draft.text, label=draft.label or None, minutes=draft.minutes, notes=draft.notes
        )
        if await self._port.sent(command):
            self._port.model.drafts.question_sent()

    def edit_question(self) -> None:
        """Change the question under the cursor of the queue, else the open one."""
        question = self._question_pointed() or self._port.model.state.open or self._port.model.state.next_question()
        if question is None:
            self._port.say(
                _("There is no question to edit. Add one with {add_question_key}.").format(
                    add_question_key=self._port.key_of("add_question")
                )
            )
            return
        self._port.start(partial(self._edit_question, self._port.model.state.questions[question]))

    async def _edit_question(self, question: Question) -> None:
        from tui.desk.dialogs.question_form import QuestionForm  # with it comes Textual's editor

        draft = await self._port.ask(QuestionForm(question, self._port.model.drafts, self._spoken))
        if draft is not None:
            await self._port.sent(
                EditQuestion(
                    id=command_id(),
                    question=question.id,
                    text=draft.text,
                    label=draft.label or question.label,
                    minutes=draft.minutes or question.minutes,
                    notes=draft.notes,
                )
            )

    def open_card(self, question: str) -> None:
        """Offer what can be done with a question of the queue."""
        self._port.start(partial(self._question_card, question))

    async def _question_card(self, question: str) -> None:
        state = self._port.model.state
        known = state.questions.get(question)
        if known is None:
            return
        now = state.question_state(question)
        place = state.order.index(question)
        choices = [Choice("show", Content(_("Show only its answers")))]
        if now != "skipped" and now != "asked":
            choices.append(Choice("ask", Content(_("Ask it now") if now == "waiting" else _("Ask it again"))))
        if now in ("waiting", "skipped"):
            choices.append(Choice("skip", Content(_("Bring it back") if now == "skipped" else _("Skip it"))))
        if now in ("waiting", "skipped"):
            choices += [Choice(f"{_TURN}{name}", outside(words)) for name, words in self._turns(known)]
        choices.append(Choice("edit", Content(_("Edit it"))))
        if place > 0:
            choices.append(Choice("earlier", Content(_("Move it up"))))
        if place + 1 < len(state.order):
            choices.append(Choice("after", Content(_("Move it down"))))
        title = Content.assemble(f"{known.name}  ", outside(clean_line(known.text)))
        if known.notes:
            title = Content.assemble(title, "\n", outside(known.notes, f"{MUTED} not bold"))
        for line in question_postings(state, question):
            title = Content.assemble(title, "\n", outside(line, f"{MUTED} not bold"))
        chosen = await self._port.ask(ChooseDialog(title, choices))
        if chosen == "show":
            self._port.panes.show_answers(PaneFilter("question", question))
        elif chosen == "ask":
            self._ask(question, _("Asking"))
        elif chosen == "skip":
            self._skip(question)
        elif chosen is not None and chosen.startswith(_TURN):
            self._port.send(GiveTurn(id=command_id(), question=question, moderator=chosen.removeprefix(_TURN) or None))
        elif chosen == "edit":
            await self._edit_question(known)
        elif chosen == "earlier":
            self._move(question, -1)
        elif chosen == "after":
            self._move(question, 1)

    def _turns(self, question: Question) -> list[tuple[str, str]]:
        """Who may be given the question, by name, and in words; an empty name is nobody's."""
        model = self._port.model
        names = [*others_to_ask(model.state, model.me), model.me]
        found = [
            (name, _("Give it to {name}").format(name=clean_line(name)))
            for name in names
            if not same_name(name, question.turn)
        ]
        return [
            *found,
            *([("", _("Not {turn}'s turn").format(turn=clean_line(question.turn)))] if question.turn else []),
        ]

    def _move(self, question: str, way: int) -> None:
        """Move the question by one place, up (-1) or down (1), in the order as it is by now."""
        order = self._port.model.state.order
        if question not in order:
            return
        others = [other for other in order if other != question]
        place = min(max(0, order.index(question) + way), len(others))
        self._port.send(MoveQuestion(id=command_id(), question=question, after=others[place - 1] if place else None))
