"""Credit hours: who asked for them, and noting that somebody does or does not."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sessions.core.commands import MarkCredit
from sessions.core.credit import asked_in_chat
from sessions.core.plan import Credit
from sessions.words import _, ngettext
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, cut, outside, outside_line
from tui.text.styles import MUTED
from tui.widgets.hanging import Hanging

NAME_CELLS = 24
"""Of a line of a name, beside how the person asked."""

LONGEST = 120
"""Cells of a name, on as many lines as it takes."""

MARKS = {"asked": True, "refused": False, "posts": None}


class CreditActions:
    """The action "Who asked for credit": of the person under the cursor, and of all. `open_card` shows a person."""

    def __init__(self, port: DeskPort, open_card: Callable[[str], None]) -> None:
        self._port = port
        self._open_card = open_card

    def handlers(self) -> Mapping[str, Handler]:
        """What does the action of this group."""
        return {"credit": self.show}

    def show(self) -> None:
        """Show who asked; where the cursor is at a person, first what can be noted of them."""
        if self._port.model.observes:  # what moderators noted does not come here
            self._port.say(_("Only moderators see who asks for credit."))
            return
        aim = self._port.aim
        at_person = aim.people or aim.opened
        person = aim.person if at_person and aim.person in self._port.model.state.people else None
        if person is None and not self._asked():
            self._port.say(self._nobody())
            return
        self._port.start(partial(self._choose, person))

    async def _choose(self, person: str | None) -> None:
        asked = self._asked()
        choices = [*(self._marks(person, asked) if person is not None else ()), *map(self._row, asked.items())]
        title = ngettext("Credit · {n} asked", "Credit · {n} asked", len(asked)).format(n=len(asked))
        chosen = await self._port.ask(ChooseDialog(title, choices))
        if chosen is None:
            return
        what, __, who = chosen.partition(" ")
        if what == "person":
            self._open_card(who)
        elif person is not None:
            self._port.send(MarkCredit(id=command_id(), person=person, asked=MARKS[what]))

    def _asked(self) -> dict[str, str]:
        """How each account asked that did; of people who are muted nothing is told."""
        state = self._port.model.state
        found = asked_in_chat(state, self._credit)
        return {one: how for one, how in found.items() if state.people[one].muted is None}

    @property
    def _credit(self) -> Credit | None:
        plan = self._port.model.state.plan
        return (plan.credit or None) if plan is not None else None

    def _nobody(self) -> str:
        if self._credit is None:
            return _("The plan gives no credit. [credit] in it does: docs/use/credit.md tells how.")
        word = _(" The word is {word}.").format(word=self._credit.word) if self._credit.word else ""
        return _("Nobody asked for credit yet.{word} At a person it can be noted.").format(word=word)

    def _marks(self, person: str, asked: Mapping[str, str]) -> Iterator[Choice]:
        """What can be noted of the person: what is not so already."""
        state = self._port.model.state
        name = cut(clean_line(state.people[person].author.shown), LONGEST)
        mark = state.credit_marks.get(person)
        noted = mark.asked if mark is not None else None
        if person not in asked and noted is not True:
            yield Choice("asked", outside(_("Note that {name} asks for credit").format(name=name)), _("asks"))
        if person in asked or noted is not False:
            yield Choice("refused", outside(_("Note that {name} wants no credit").format(name=name)), _("wants"))
        if noted is not None:
            yield Choice("posts", outside(_("Go by what {name} posted").format(name=name)), _("posts"))

    def _row(self, asked: tuple[str, str]) -> Choice:
        person, how = asked
        state = self._port.model.state
        name = clean_line(state.people[person].author.shown)
        told = (
            _("wrote {word}").format(word=self._credit.word)
            if how == "word" and self._credit is not None
            else self._noted_by(person)
        )
        words = Hanging(outside_line(name, LONGEST), outside_line(told, LONGEST, MUTED), NAME_CELLS + 1)
        return Choice(f"person {person}", words, name.casefold())

    def _noted_by(self, person: str) -> str:
        mark = self._port.model.state.credit_marks.get(person)
        return _("noted by {by}").format(by=mark.by) if mark is not None else ""
