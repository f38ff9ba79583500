"""Tasks to look a hashtag up: who did them and how that is known, and saying that somebody did or did not."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial

from textual.content import Content

from sessions.core.commands import MarkTask
from sessions.core.plan import Lookup
from sessions.core.tasks.standing import standing
from sessions.core.tasks.words import standing_words
from sessions.words import _
from tui.desk.actions.finding.task_choices import CELLS, LONGEST, NO_TASKS, task_choice, task_people, tasks_title
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, cut, outside, outside_line
from tui.text.styles import MUTED
from tui.text.wrapping import wrap


class TaskActions:
    """The action "Tasks": of the person under the cursor, and of all. `open_card` shows a person, `post` posts a task
    by its name in the list of what can be posted, `look_up` looks a hashtag up."""

    def __init__(
        self,
        port: DeskPort,
        open_card: Callable[[str], None],
        post: Callable[[str], Awaitable[None]],
        look_up: Callable[[str], None],
    ) -> None:
        self._port = port
        self._open_card = open_card
        self._post = post
        self._look_up = look_up

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"tasks": self.show}

    def show(self) -> None:
        """Show the tasks; where the cursor is at a person, theirs first."""
        aim, state = self._port.aim, self._port.model.state
        person = aim.person if (aim.people or aim.opened) and not self._port.model.observes else None
        known = state.people.get(person or "")
        self.open(person if known is not None and not known.host else None)

    def open(self, person: str | None = None) -> None:
        """Show the tasks, those of a person first."""
        if not self._tasks:
            self._port.say(NO_TASKS)
            return
        self._port.start(partial(self._choose, person))

    @property
    def _tasks(self) -> tuple[Lookup, ...]:
        plan = self._port.model.state.plan
        return plan.lookups if plan is not None else ()

    async def _choose(self, person: str | None) -> None:
        tasks = {lookup.tag: lookup for lookup in self._tasks}
        choices = [*(self._marks(person) if person is not None else ()), *map(self._row, tasks.values())]
        who = self._port.model.state.people[person].author.shown if person is not None else ""
        title = Content.assemble(_("Tasks"), " · " if who else "", outside_line(who, LONGEST))
        chosen = await self._port.ask(ChooseDialog(title, choices))
        if chosen is None:
            return
        what, __, tag = chosen.partition(" ")
        if what == "task":
            await self._show(tasks[tag])
        elif person is not None:
            done = {"done": True, "undone": False, "posts": None}[what]
            self._port.send(MarkTask(id=command_id(), person=person, tag=tag, done=done))

    def _marks(self, person: str) -> Iterator[Choice]:
        """What can be said of the person: what is not so already."""
        state = self._port.model.state
        name = cut(clean_line(state.people[person].author.shown), LONGEST)
        for lookup in self._tasks:
            stands = standing(state, lookup, person)
            how = clean_line(standing_words(lookup, stands))
            wishes = [("undone", _("Mark #{tag} as not done by {name}").format(tag=lookup.tag, name=name))]
            if not stands.done:
                wishes = [("done", _("Mark #{tag} as done by {name}").format(tag=lookup.tag, name=name))]
            if stands.mark is not None:
                wishes.append(
                    ("posts", _("Let the posts say whether {name} did #{tag}").format(name=name, tag=lookup.tag))
                )
            for value, words in wishes:
                lines = (how[begin:end] for begin, end in wrap(how, CELLS - 2))
                told = Content.assemble(outside(words), *(outside(f"\n  {line}", MUTED) for line in lines))
                yield Choice(f"{value} {lookup.tag}", told, words.casefold())

    def _row(self, lookup: Lookup) -> Choice:
        return task_choice(self._port.model.state, lookup, self._port.model.now())

    async def _show(self, lookup: Lookup) -> None:
        """Who did the task and who did not; it can be posted, and its hashtag looked up."""
        state = self._port.model.state
        choices = [
            Choice("post", Content(_("Post it, or copy it: task #{tag}").format(tag=lookup.tag)), "post"),
            Choice("look", Content(_("Look up #{tag} elsewhere").format(tag=lookup.tag)), "look"),
            *task_people(state, lookup),
        ]
        chosen = await self._port.ask(
            ChooseDialog(tasks_title(state, lookup), choices, chosen=choices[min(2, len(choices) - 1)].value)
        )
        if chosen == "post":
            await self._post(lookup.tag)
        elif chosen == "look":
            self._look_up(lookup.tag)
        elif chosen is not None:
            self._open_card(chosen.partition(" ")[2])
