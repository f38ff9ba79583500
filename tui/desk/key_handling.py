"""Keys on a live desk: a hand that gives commands is told from one that types."""

from typing import Protocol

from textual import events
from textual.message import Message

from sessions.words import _
from tui.desk.aim import Aim
from tui.desk.model.key_guard import HeldKey, KeyGuard
from tui.desk.sending.commands import Commands
from tui.widgets.pace import BURST, Pace

BESIDE_LETTERS = "unfile"
"""The action whose key is held like those of letters, though it is none: `backspace` is pressed by those who type."""


class KeySettled(Message):
    """A held key was followed by none; it comes through the queues, behind any key that was already read."""

    def __init__(self, key: HeldKey) -> None:
        super().__init__()
        self.key = key


class KeyPort(Protocol):
    """What key handling asks of the desk."""

    @property
    def pace(self) -> Pace:
        """Time as keys use it."""

    def say(self, words: str) -> None:
        """Answer in the status line."""

    def key_of(self, name: str) -> str:
        """What is printed on the key of this action."""

    def action_of(self, key: str) -> str:
        """The name of the action on this key, empty where it has none now."""

    def is_on(self, key: str, name: str) -> bool:
        """Whether this is a key of the action, whatever else it does where the focus is."""

    def announce(self, name: str) -> None:
        """Show that the key of this action was read."""

    def aim_now(self) -> Aim:
        """What is under the cursors."""

    def run(self, name: str) -> None:
        """Do the action of this name."""

    async def run_key(self, key: str) -> None:
        """Do what is bound to the key where the focus is."""

    def goes_with(self, key: str, then: str) -> bool:
        """Whether the second key means something right behind the first."""

    def take_second(self, key: str) -> bool:
        """Take a key that was read behind one whose list is on its way to the screen; False where none is."""

    def run_two(self, then: str) -> None:
        """Do what the second key means behind the first."""

    def settle_later(self, key: HeldKey) -> None:
        """Post `KeySettled` when `BURST` is over, behind the keys that were read by then."""


class KeyHandling:
    """Holds each printable key until it is clear that it is a command, and what it was about when it was pressed."""

    def __init__(self, port: KeyPort, commands: Commands) -> None:
        self._port = port
        self._commands = commands
        self._guard = KeyGuard()
        self._aim: Aim | None = None
        self._held_aim: Aim | None = None

    @property
    def aim(self) -> Aim:
        """What the present action is about: what was under the cursors when its key was pressed, else what is now."""
        return self._aim or self._port.aim_now()

    async def pressed(self, event: events.Key) -> None:
        """Hold printable keys back until it is clear that they are not typing."""
        port, guard = self._port, self._guard
        at = port.pace.pressed(event.time)
        held = guard.held
        if held is not None and at - held.at >= BURST:
            await self.settled(held)  # a slow moment made it late: it goes before this key
        if event.key == "enter" and guard.typing(at):
            event.stop()
            return
        if port.is_on(event.key, "send_now"):
            if self._send_now():
                event.stop()
            return
        if not event.is_printable and not port.is_on(event.key, BESIDE_LETTERS):
            return  # before it costs a look at all that is bound here
        name = port.action_of(event.key)
        if not event.is_printable and name != BESIDE_LETTERS:
            return
        event.stop()
        if port.take_second(event.key):
            return
        if guard.held is not None and port.goes_with(guard.held.key, event.key):
            both = guard.join(event.key, at)
            if both is not None:
                port.settle_later(both)
                return
        if guard.press(event.key, at) == "typing":
            self._typed()
            return
        self._held_aim = port.aim_now()
        if guard.held is not None and name:
            port.announce(name)
            port.settle_later(guard.held)

    def pasted(self, event: events.Paste) -> None:
        """A paste outside a text field is typing, whatever the letters are."""
        event.stop()
        self._guard.typed(self._port.pace.pressed(event.time))
        self._typed()

    def stray(self, event: events.Key) -> None:
        """A key that was meant for another screen is typing, and so is what follows it closely."""
        self._guard.typed(self._port.pace.pressed(event.time))
        self._typed()

    async def settled(self, key: HeldKey) -> None:
        """Do what the key stands for, unless more keys followed it."""
        if not self._guard.settle(key):
            return
        self._aim = self._held_aim
        try:
            if key.then:
                self._port.run_two(key.then)
            else:
                await self._port.run_key(key.key)
        finally:
            self._aim = None

    def drop(self) -> bool:
        """Let go of a held key without acting; whether there was one."""
        return self._guard.drop()

    def _typed(self) -> None:
        self._commands.drop()
        find, add = self._port.key_of("find"), self._port.key_of("add_answers")
        self._port.say(
            _("Typing? Press {find} to find or {add} to add answers. Nothing was sent.").format(find=find, add=add)
        )

    def _send_now(self) -> bool:
        held = self._guard.held
        if held is not None and self._guard.settle(held):
            name = self._port.action_of(held.key)
            if name:
                self._aim = self._held_aim
                if held.then:
                    self._port.run_two(held.then)
                else:
                    self._port.run(name)
                self._aim = None
        if not self._commands.waiting:
            return held is not None
        self._commands.send_now()
        return True
