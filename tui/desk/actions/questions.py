"""Keys of the one who asks: the queue, the countdown, the script, the end."""

from textual.content import Content

from sessions.core.commands import (
    AddQuestion,
    AddTime,
    Ask,
    Close,
    EditQuestion,
    Hold,
    MoveQuestion,
    ReleaseRole,
    RestoreQuestion,
    Resume,
    SkipQuestion,
    TakeRole,
)
from sessions.core.events import Role
from sessions.core.plan import Question
from tui.desk.core import DeskCore
from tui.desk.dialogs.question_form import QuestionForm
from tui.desk.model.log_words import ROLES
from tui.desk.model.posting import question_postings
from tui.desk.sending import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED


class Asking(DeskCore):
    """The actions under the heading "Asking", and taking over either role."""

    def do_next(self) -> None:
        """Ask the next waiting question, after a moment to take it back."""
        state = self.model.state
        question = state.next_question()
        if question is None:
            self.say("No question is waiting. Add one with a, or end the chat: ctrl+p, End the chat.")
            return
        self._ask(question, "Asking")

    def do_previous(self) -> None:
        """Ask the question before this one again."""
        question = self.model.state.previous_question()
        if question is None:
            self.say("No question was asked before this one.")
            return
        self._ask(question, "Asking again")

    def _ask(self, question: str, how: str) -> None:
        state = self.model.state
        if self.not_driver() or question not in state.questions:
            return
        label = state.questions[question].label
        self.later(f"{how} Q{label}", Ask(id=command_id(), question=question, seen=state.open))

    def do_accept(self) -> None:
        """Take the question that a host was seen to post as asked."""
        offer = self.model.offer
        if offer is None or not self.panes.notice.offers:
            self.say("No question is offered.")
            return
        self.send(Ask(id=command_id(), question=offer.question, seen=self.model.state.open))

    def do_hold(self) -> None:
        """Stop the countdown or let it go on."""
        timer = self.model.state.timer
        held = timer is not None and timer.held is not None
        self.send(Resume(id=command_id()) if held else Hold(id=command_id()))

    def do_more_time(self) -> None:
        """One minute more."""
        self.send(AddTime(id=command_id(), seconds=60))

    def do_less_time(self) -> None:
        """One minute less."""
        self.send(AddTime(id=command_id(), seconds=-60))

    def do_skip(self) -> None:
        """Leave out a question or bring it back."""
        state = self.model.state
        question = self._question_pointed() or state.next_question()
        if question is None:
            self.say("No question is waiting.")
            return
        self._skip(question)

    def _skip(self, question: str) -> None:
        state = self.model.state
        if self.not_driver() or question not in state.questions:
            return
        label = state.questions[question].label
        if state.question_state(question) == "skipped":
            self.later(f"Bringing back Q{label}", RestoreQuestion(id=command_id(), question=question))
        else:
            self.later(f"Skipping Q{label}", SkipQuestion(id=command_id(), question=question))

    def _question_pointed(self) -> str | None:
        """The question under the cursor, while the queue has the focus."""
        return self.aim.question if self.aim.question in self.model.state.questions else None

    def do_add_question(self) -> None:
        """Fill in a new question."""
        self.run_dialog(self._add_question)

    async def _add_question(self) -> None:
        draft = await self.app.push_screen_wait(QuestionForm(None, self.model.drafts))
        if draft is None:
            return
        command = AddQuestion(
            id=command_id(), text=draft.text, label=draft.label or None, minutes=draft.minutes, notes=draft.notes
        )
        if await self.sent(command):
            self.model.drafts.question = ""

    def do_edit_question(self) -> None:
        """Change the question under the cursor of the queue, else the open one."""
        question = self._question_pointed() or self.model.state.open or self.model.state.next_question()
        if question is None:
            self.say("There is no question to edit. Add one with a.")
            return
        self.run_dialog(lambda: self._edit_question(self.model.state.questions[question]))

    async def _edit_question(self, question: Question) -> None:
        draft = await self.app.push_screen_wait(QuestionForm(question, self.model.drafts))
        if draft is not None:
            await self.sent(
                EditQuestion(
                    id=command_id(),
                    question=question.id,
                    text=draft.text,
                    label=draft.label or question.label,
                    minutes=draft.minutes or question.minutes,
                    notes=draft.notes,
                )
            )

    def question_opened(self, question: str) -> None:
        """Offer what can be done with a question of the queue."""
        self.run_dialog(lambda: self._question_card(question))

    async def _question_card(self, question: str) -> None:
        state = self.model.state
        known = state.questions.get(question)
        if known is None:
            return
        now = state.question_state(question)
        place = state.order.index(question)
        choices = [Choice("show", Content("Show only its answers"))]
        if now != "skipped" and now != "asked":
            choices.append(Choice("ask", Content("Ask it now" if now == "waiting" else "Ask it again")))
        if now in ("waiting", "skipped"):
            choices.append(Choice("skip", Content("Bring it back" if now == "skipped" else "Skip it")))
        choices.append(Choice("edit", Content("Edit it")))
        if place > 0:
            choices.append(Choice("earlier", Content("Move it up")))
        if place + 1 < len(state.order):
            choices.append(Choice("after", Content("Move it down")))
        title = Content.assemble(f"Q{known.label}  ", outside(clean_line(known.text)))
        if known.notes:
            title = Content.assemble(title, "\n", outside(known.notes, f"{MUTED} not bold"))
        for line in question_postings(state, question):
            title = Content.assemble(title, "\n", outside(line, f"{MUTED} not bold"))
        chosen = await self.app.push_screen_wait(ChooseDialog(title, choices))
        if chosen == "show":
            self.show_answers_to(question)
        elif chosen == "ask":
            self._ask(question, "Asking")
        elif chosen == "skip":
            self._skip(question)
        elif chosen == "edit":
            await self._edit_question(known)
        elif chosen == "earlier":
            self._move(question, -1)
        elif chosen == "after":
            self._move(question, 1)

    def _move(self, question: str, way: int) -> None:
        """Move the question by one place, up (-1) or down (1), in the order as it is by now."""
        order = self.model.state.order
        if question not in order:
            return
        others = [other for other in order if other != question]
        place = min(max(0, order.index(question) + way), len(others))
        self.send(MoveQuestion(id=command_id(), question=question, after=others[place - 1] if place else None))

    def show_answers_to(self, question: str) -> None:
        """Show only the posts of this question; given by the looking actions."""
        raise NotImplementedError

    def do_close(self) -> None:
        """End the chat for everybody, once confirmed."""
        if not self.not_driver():
            self.run_dialog(self._close)

    async def _close(self) -> None:
        words = Content("The chat ends for both moderators and its file is finished. This cannot be undone.")
        if await self.app.push_screen_wait(ConfirmDialog("End the chat?", words, "End the chat", "Go on")):
            await self.sent(Close(id=command_id()))

    def do_take_driver(self) -> None:
        """Take over asking, or hand it over."""
        self._take("driver")

    def do_take_greeter(self) -> None:
        """Take over greeting, or hand it over."""
        self._take("greeter")

    def _take(self, role: Role) -> None:
        if self.model.holds(role):
            self.later(f"Handing over {ROLES[role]}", ReleaseRole(id=command_id(), role=role))
        else:
            self.later(f"Taking over {ROLES[role]}", TakeRole(id=command_id(), role=role))
