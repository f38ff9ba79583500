"""Writing a hello to one person: posted, copied, or in a rehearsal shown; after it the person counts as greeted."""

from collections.abc import Awaitable, Mapping
from functools import partial
from typing import Protocol

from textual.content import Content

from sessions.core.commands import Greet
from sessions.words import _
from tui.desk.actions.pointed import person_pointed
from tui.desk.model.posting import Postable, hello_to
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, cut, outside
from tui.text.wording import clock_time, zone_of

NAME_CELLS = 24
"""What a name takes at most of a status line of 80 columns."""


class Publish(Protocol):
    """What brings a post to the networks, once its words were seen."""

    def __call__(self, postable: Postable, /) -> Awaitable[str]:
        """The sentence that says what was done instead of posting; empty where it was posted, or left."""


class HelloActions:
    """The action "Write hello". `publish` posts it, copies it, or shows it in a rehearsal."""

    def __init__(self, port: DeskPort, publish: Publish) -> None:
        self._port = port
        self._publish = publish

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"hello": self.hello}

    def hello(self) -> None:
        """Write to the person under the cursor."""
        person = person_pointed(self._port)
        if person is not None:
            self.begin(person)

    def begin(self, person: str) -> None:
        """Write to this person (an id)."""
        self._port.start(partial(self.write, person))

    async def write(self, person: str) -> None:
        """Write to this person; who was greeted already only where that is wanted."""
        state = self._port.model.state
        found = hello_to(state, person)
        name = cut(clean_line(state.people[person].author.shown), NAME_CELLS)
        if found is None:
            self._port.say(_("{name} is a host.").format(name=name))
            return
        if not await self._wants_again(person, name):
            return
        done = await self._publish(found)
        if done:
            self._port.say(" ".join(filter(None, (done, await self._greeted(person, name)))))

    async def _wants_again(self, person: str, name: str) -> bool:
        state = self._port.model.state
        known = state.people[person]
        if known.greeting is None:
            return True
        greeted = _("{by} greeted {name} at {at}. Write a hello all the same?")
        answered = _("{by} answered {name} at {at}. Write a hello all the same?")
        at = clock_time(known.greeting.at, zone_of(state.plan))
        words = outside(
            (greeted if known.greeted is not None else answered).format(
                by=clean_line(known.greeting.by), name=name, at=at
            )
        )
        title = Content.assemble(_("Greet "), outside(name), _(" again?"))
        return await self._port.ask(ConfirmDialog(title, words, _("Write hello"), _("No"))) is True

    async def _greeted(self, person: str, name: str) -> str:
        """Note that the person has been greeted; the sentence that says so, empty where it could not be noted."""
        model = self._port.model
        if model.observes or model.state.people[person].greeted is not None:
            return ""
        if not await self._port.sent(Greet(id=command_id(), person=person)):
            return ""
        return _("{name} counts as greeted; {undo_key} takes that back.").format(
            name=name, undo_key=self._port.key_of("undo")
        )
