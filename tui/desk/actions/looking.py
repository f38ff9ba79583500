"""Keys for finding one's way, for undoing, and for what both moderators share."""

import asyncio
from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget

from sessions.core.commands import AddPost, Note, Undo, latest_own
from sessions.core.events import QuestionAsked
from sessions.core.titles import titled
from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.replay import Replay
from tui.desk.core import DeskCore
from tui.desk.dialogs.add_answers import AddAnswersDialog
from tui.desk.dialogs.log import LogDialog
from tui.desk.dialogs.write_note import NoteDialog
from tui.desk.farewells import CLOSED, LEFT
from tui.desk.model.answers import Answer
from tui.desk.model.log_words import STAYS, action_words
from tui.desk.requests import ReplayRequested
from tui.desk.sending import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.show_text import ShowTextDialog
from tui.text.outside import clean_line, outside_line
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.find_bar import FindBar


class Looking(DeskCore):
    """The actions under the headings "Looking around", "Together" and "The desk"."""

    # Finding one's way

    def do_filter(self) -> None:
        """Choose which posts are shown."""
        self.run_dialog(self._filter)

    async def _filter(self) -> None:
        state = self.model.state
        filters = {"all": PaneFilter("all"), "unfiled": PaneFilter("unfiled"), "guesses": PaneFilter("guesses"),
                   "starred": PaneFilter("starred"), "newcomers": PaneFilter("newcomers")}  # fmt: skip
        choices = [Choice(name, Content(FILTER_WORDS[name]), name) for name in filters]
        for question in state.order:
            known = state.questions[question]
            words = Content.assemble((f"Q{known.label:<4}", "bold"), outside_line(known.text, 58))
            choices.append(Choice(question, words, known.label))
        chosen = await self.app.push_screen_wait(ChooseDialog("Which posts?", choices))
        if chosen is not None:
            self.panes.answers.show_filter(filters.get(chosen) or PaneFilter("question", chosen))
            self.show_pane(self.panes.answers)

    def show_answers_to(self, question: str) -> None:
        """Show only the posts of this question."""
        self.panes.answers.show_filter(PaneFilter("question", question))
        self.show_pane(self.panes.answers)

    def do_find(self) -> None:
        """Open the line to find words in."""
        self.show_pane(self.panes.answers)
        self.panes.find.open()

    @on(FindBar.Sought)
    def _seek(self, message: FindBar.Sought) -> None:
        answers = self.panes.answers
        matches = answers.find(message.text) if message.text else 0
        if not message.text:
            answers.clear_find()
        self.panes.find.show_matches(matches, whole=not answers.finding)

    @on(AnswerPane.Found)
    def _found_more(self, message: AnswerPane.Found) -> None:
        self.panes.find.show_matches(message.count, whole=message.whole)

    @on(FindBar.Stepped)
    def _step(self, message: FindBar.Stepped) -> None:
        if message.way > 0:
            self.panes.answers.next_match()
        else:
            self.panes.answers.previous_match()

    @on(FindBar.Closed)
    def _found(self, message: FindBar.Closed) -> None:
        if not message.keep:
            self.panes.answers.clear_find()
        self.panes.answers.focus()

    def do_newest(self) -> None:
        """Go to the newest post and follow."""
        self.show_pane(self.panes.answers)
        self.panes.answers.go_to_newest()

    def do_next_pane(self) -> None:
        """Go to the next pane."""
        self.cycle(1)

    def do_previous_pane(self) -> None:
        """Go to the pane before."""
        self.cycle(-1)

    def show_pane(self, pane: Widget) -> None:
        """Give a pane the focus and, in a narrow window, the room; the desk knows where it is."""
        raise NotImplementedError

    def cycle(self, way: int) -> None:
        """Go to the next pane (1) or the one before (-1); the desk knows their order."""
        raise NotImplementedError

    # Together

    def do_undo(self) -> None:
        """Take back what waits to be sent, else one's own latest action."""
        if self.drop_pending():
            self.say("Taken back; nothing was sent.")
            return
        seq = latest_own(self.model.state, self.model.me)
        if seq is None:
            self.say("There is nothing of yours to take back. l shows what the moderators did.")
            return
        self._undo(seq)

    def _undo(self, seq: int) -> None:
        if self.send(Undo(id=command_id(), seq=seq)) is None:
            return
        act = self.model.state.actions[seq].event
        words = f"Taking back: {act.by} {action_words(self.model.state, act)}."
        self.say(f"{words} {STAYS}" if isinstance(act, QuestionAsked) else words)

    def do_log(self) -> None:
        """Show what the moderators did."""
        self.run_dialog(self._log)

    async def _log(self) -> None:
        seq = await self.app.push_screen_wait(LogDialog(self.model.state, self.model.me))
        if seq is not None and seq in self.model.state.actions:
            self._undo(seq)

    def do_note(self) -> None:
        """Write to the other moderator."""
        self.run_dialog(self._note)

    async def _note(self) -> None:
        others = [
            m.name for m in self.model.state.moderators.values() if m.name != self.model.me and m.scope == "moderator"
        ]
        to = clean_line(" and ".join(others)) or "the other moderator"
        text = await self.app.push_screen_wait(NoteDialog(Content(f"A note to {to}"), self.model.drafts))
        if text and await self.sent(Note(id=command_id(), text=text)):
            self.model.drafts.note = ""

    def do_replay(self) -> None:
        """Replay a chat that is saved where this one runs; leaving it comes back here."""
        self.run_dialog(self._replay)

    async def _replay(self) -> None:
        try:
            saved = await self.client.saved()
            choices = [
                Choice(chat.id, Content.assemble(f"{chat.date}  ", outside_line(chat.title, 50)), chat.date)
                for chat in saved
                if chat.ended is not None
            ]
            if not choices:
                self.say("No chat that has ended is saved there yet.")
                return
            chosen = await self.app.push_screen_wait(ChooseDialog("Replay a saved chat", choices))
            if chosen:
                title = next(chat.title for chat in saved if chat.id == chosen)
                events = titled(await self.client.events(chosen), title)
                replay = await asyncio.to_thread(Replay, events)
                self.post_message(ReplayRequested(replay, chosen))
        except (HubUnreachable, HubRefused) as error:
            self.say(str(error), warn=True)

    def do_add_answers(self) -> None:
        """Add what no network brought."""
        self.run_dialog(self._add_answers)

    async def _add_answers(self) -> None:
        answers = await self.app.push_screen_wait(AddAnswersDialog(self.model.drafts))
        if answers:
            await self._send_answers(answers)

    async def _send_answers(self, answers: Sequence[Answer]) -> None:
        for place, answer in enumerate(answers, start=1):
            if not await self.sent(AddPost(id=answer.command, author=answer.author, text=answer.text)):
                self.say(f"{place - 1} of {len(answers)} added; what is left is kept under i.", warn=True)
                return
            if len(answers) > 1:
                self.say(f"{place} of {len(answers)} answers added.")
        self.model.drafts.answers_sent()

    def do_invite(self) -> None:
        """Show the invite to this chat, to be copied."""
        if self.invitation:
            self.run_dialog(self._invite)
        else:
            self.say("Only a moderator has the invite.")

    async def _invite(self) -> None:
        words = (
            "Under this account of this computer `lunchroom join` is enough. Under another account: `lunchroom join`, "
            "then paste this line. Whoever has it can moderate."
        )
        await self.app.push_screen_wait(ShowTextDialog("Invite the other moderator", self.invitation, words))

    # The desk

    def do_help(self) -> None:
        """Show all keys."""
        self.show_help()

    def do_send_now(self) -> None:
        """Enter where nothing waits to be sent: nothing to do."""
        self.say("Nothing waits to be sent.")

    def do_dismiss(self) -> None:
        """Take back what waits, else close what is open."""
        if self.guard.drop() or self.drop_pending():
            self.say("Taken back; nothing was sent.")
        elif not (self.panes.notice.dismiss_one() or self.panes.answers.fold_warned()):
            self.panes.answers.clear_find()

    def do_leave(self) -> None:
        """Leave the desk; asks only where something unsent would be lost."""
        self.run_dialog(self._leave)

    async def _leave(self) -> None:
        unsent = self.model.drafts.unsent()
        if unsent:
            words = Content(f"You have begun {' and '.join(unsent)} and not sent it.")
            if not await self.app.push_screen_wait(ConfirmDialog("Leave?", words, "Leave", "Stay")):
                return
        if not await self.may_leave():
            return
        await self.pending_sent()
        self.leave(LEFT if self.model.state.closed_at is None else CLOSED)


FILTER_WORDS = {
    "all": "All posts",
    "unfiled": "No question yet",
    "guesses": "Guesses (maybe Q3)",
    "starred": "Starred",
    "newcomers": "By newcomers",
}
