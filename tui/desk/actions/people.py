"""What is done for and about a person."""

from collections.abc import Callable, Mapping
from functools import partial

from sessions.core.commands import Greet, Highlight, MarkCredit, Mute, Tag, Unhighlight, Unmute
from sessions.words import _
from tui.desk.actions.chosen.several import posts_meant, send_as_one
from tui.desk.actions.pointed import person_pointed
from tui.desk.dialogs.person_card import PersonCard
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.shell.actions import Handler

CARD_COMMANDS = {"greet": Greet, "star": Highlight, "unstar": Unhighlight, "mute": Mute, "unmute": Unmute}
"""What the buttons of a person's card ask for, as they said when they were pressed; the others only save."""

CREDIT = {"credit": True, "uncredit": False}
"""What its buttons note of credit hours."""


class PeopleActions:
    """The actions under the heading "People". `write_hello` begins a hello to the person with that id, `show_tasks`
    shows how they stand with the tasks."""

    def __init__(self, port: DeskPort, write_hello: Callable[[str], None], show_tasks: Callable[[str], None]) -> None:
        self._port = port
        self._write_hello = write_hello
        self._show_tasks = show_tasks

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"star_person": self.star, "greet": self.greet, "person": self.show, "mute": self.mute}

    def star(self) -> None:
        """Star the person, or take their star away."""
        person = person_pointed(self._port)
        if person is not None:
            starred = self._port.model.state.people[person].starred is not None
            kind = Unhighlight if starred else Highlight
            self._port.send(kind(id=command_id(), person=person))

    def greet(self) -> None:
        """Say that the person has been greeted."""
        if self._port.aim.marked and not self._port.aim.people:
            self._greet_writers()
            return
        person = person_pointed(self._port)
        if person is None:
            return
        known = self._port.model.state.people[person]
        if known.greeted is not None:
            self._port.say(_("{shown} has been greeted by {by}.").format(shown=known.author.shown, by=known.greeted.by))
            return
        self._port.send(Greet(id=command_id(), person=person))

    def _greet_writers(self) -> None:
        """Say that all who wrote the marked posts have been greeted; hosts greet, and are not."""
        people = self._port.model.state.people
        posts = posts_meant(self._port)
        writers = dict.fromkeys(self._port.model.state.posts[post].post.author.id for post in posts)
        waiting = [one for one in writers if people[one].greeted is None and not people[one].host]
        if posts and not waiting:
            self._port.say(_("All who wrote the marked posts have been greeted."))
        send_as_one(self._port, [Greet(id=command_id(), person=one) for one in waiting])

    def mute(self) -> None:
        """Fold all posts of the person, or show them again."""
        person = person_pointed(self._port)
        if person is not None:
            kind = Unmute if self._port.model.state.people[person].muted else Mute
            self._port.send(kind(id=command_id(), person=person))

    def show(self) -> None:
        """Show the card of the person under the cursor."""
        person = person_pointed(self._port)
        if person is not None:
            self.open_card(person)

    def open_card(self, person: str) -> None:
        """Show a person's card; what is done there is sent from here."""
        self._port.start(partial(self._show_card, person))

    async def _show_card(self, person: str) -> None:
        model = self._port.model
        done = await self._port.ask(PersonCard(model.state, person, tells_credit=not model.observes))
        if done is None:
            return
        if done.tags is not None:
            school, level, groups = done.tags
            self._port.send(Tag(id=command_id(), person=person, school=school, level=level, groups=groups))
        if done.button == "hello":
            self._write_hello(person)
        if done.button == "tasks":
            self._show_tasks(person)
        if done.button in CREDIT:
            self._port.send(MarkCredit(id=command_id(), person=person, asked=CREDIT[done.button]))
        kind = CARD_COMMANDS.get(done.button)
        if kind is not None:
            self._port.send(kind(id=command_id(), person=person))
