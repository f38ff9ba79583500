"""Looking at people, questions and the log of a saved chat; nothing of it can be changed, but words can be blanked."""

import asyncio
from collections.abc import Mapping
from functools import partial

from textual.content import Content

from sessions.files.errors import StorageError
from sessions.words import _
from tui.desk.actions.blanking import sure_to_blank
from tui.desk.actions.finding.task_choices import NO_TASKS, task_choice, task_people, tasks_title
from tui.desk.actions.pointed import person_pointed, post_pointed
from tui.desk.dialogs.log import LogDialog
from tui.desk.dialogs.person_card import PersonCard
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.show_text import ShowTextDialog
from tui.replay.actions.playback import PlaybackActions
from tui.replay.model import ReplayModel, SavedFile
from tui.replay.port import ReplayPort
from tui.shell.actions import Handler
from tui.text.outside import clean_line, outside
from tui.text.wording import counted
from tui.widgets.answers.pane_filter import PaneFilter


class LookActions:
    """Cards and the log to read only; `file` is where the chat is saved, None where that is not on this computer."""

    def __init__(self, port: ReplayPort, model: ReplayModel, playback: PlaybackActions, file: SavedFile | None) -> None:
        self._port = port
        self._model = model
        self._playback = playback
        self._file = file

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"person": self.show_person, "tasks": self.show_tasks, "log": self.show_log, "redact": self.blank}

    def show_person(self) -> None:
        """Show the card of the person under the cursor."""
        person = person_pointed(self._port)
        if person is not None:
            self.open_person(person)

    def open_person(self, person: str) -> None:
        """Show a person's card as of then."""
        self._port.start(partial(self._show_person, person))

    async def _show_person(self, person: str) -> None:
        if person in self._model.state.people:
            await self._port.ask(PersonCard(self._model.state, person, read_only=True))

    def show_tasks(self) -> None:
        """Show the tasks of the plan as of then, and who did them."""
        if self._model.state.plan is None or not self._model.state.plan.lookups:
            self._port.say(NO_TASKS)
        else:
            self._port.start(self._show_tasks)

    async def _show_tasks(self) -> None:
        state = self._model.state
        tasks = {lookup.tag: lookup for lookup in (state.plan.lookups if state.plan is not None else ())}
        rows = [task_choice(state, lookup, self._model.now()) for lookup in tasks.values()]
        chosen = await self._port.ask(ChooseDialog(Content(_("Tasks")), rows))
        if chosen is None:
            return
        lookup = tasks[chosen.partition(" ")[2]]
        person = await self._port.ask(ChooseDialog(tasks_title(state, lookup), task_people(state, lookup)))
        if person is not None:
            await self._show_person(person.partition(" ")[2])

    def show_log(self) -> None:
        """Show what the moderators did up to then."""
        self._port.start(self._show_log)

    async def _show_log(self) -> None:
        await self._port.ask(LogDialog(self._model))

    def open_question(self, question: str) -> None:
        """Offer what can be looked at of a question."""
        self._port.start(partial(self._show_question, question))

    async def _show_question(self, question: str) -> None:
        known = self._model.state.questions.get(question)
        if known is None:
            return
        choices = [Choice("show", Content(_("Show only its answers")))]
        moments = self._model.replay.moments
        asked = next((one for one in moments if one.kind == "question" and one.subject == question), None)
        if asked is not None:
            choices.append(Choice("go", Content(_("Go to when it was asked"))))
        title = Content.assemble(f"{known.name}  ", outside(clean_line(known.text)))
        chosen = await self._port.ask(ChooseDialog(title, choices))
        if chosen == "show":
            self._port.panes.show_answers(PaneFilter("question", question))
        elif chosen == "go":
            self._playback.go_to_moment(asked)

    def blank(self) -> None:
        """Blank the post under the cursor out of the saved files for good, once confirmed."""
        post = post_pointed(self._port)
        if post is not None:
            self._port.start(partial(self._blank, post))

    async def _blank(self, post: str) -> None:
        if self._file is None:
            self._port.say(_("This chat is saved on the chat's computer: there it can be blanked out."))
            return
        if not await sure_to_blank(self._port, post):
            return
        self._port.say(_("Blanking it out …"), stays=True)
        try:
            replay, done = await asyncio.to_thread(self._file.blank, post)
        except (StorageError, OSError) as error:
            self._port.say(str(error), warn=True)
            return
        self._port.show(self._model.take_anew(replay))
        self._port.say(
            _("Its words are gone from {files}.").format(files=counted(len(done.touched), "{n} file", "{n} files"))
        )
        if done.unreached:
            left = "\n".join(f"{one.path}: {one.why}" for one in done.unreached)
            words = _("These may still have the words; they are files that you can look at and delete.")
            await self._port.ask(ShowTextDialog(_("Not reached"), left, words))
