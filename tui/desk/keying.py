"""Keys on a live desk: a hand that gives commands is told from one that types."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.desk.command_queue import Link
from tui.desk.model.desk import DeskModel
from tui.desk.model.key_guard import HeldKey, KeyGuard
from tui.desk.sending import Sending
from tui.widgets.pace import BURST, Pace

TYPING = "Typing? Press / to find or i to add answers. Nothing was sent."


@dataclass(frozen=True)
class Aim:
    """What is under the cursors: the post, the person (whom `people` says to be of the roster), the queue's question.

    A key is about what was there when it was pressed, whatever arrives or moves before it acts.
    """

    post: str | None
    person: str | None
    people: bool
    question: str | None


class KeySettled(Message):
    """A held key was followed by none; it comes through the queues, behind any key that was already read."""

    def __init__(self, key: HeldKey) -> None:
        super().__init__()
        self.key = key


class Keying(Sending):
    """Holds each printable key until it is clear that it is a command, and what it was about when it was pressed."""

    guarded: ClassVar[bool] = True
    """Whether keys wait until it is clear that they are not typing; not needed where they change nothing."""

    def __init__(self, client: Link, model: DeskModel, pace: Pace, *, greeting: str = "") -> None:
        super().__init__(client, model, pace, greeting=greeting)
        self.guard = KeyGuard()
        self._aim: Aim | None = None
        self._held_aim: Aim | None = None

    async def on_key(self, event: events.Key) -> None:
        """Hold printable keys back until it is clear that they are not typing."""
        if not self.guarded or isinstance(self.focused, Input):
            return
        at = self.pace.pressed(event.time)
        held = self.guard.held
        if held is not None and at - held.at >= BURST:
            await self.on_key_settled(KeySettled(held))  # a slow moment made it late: it goes before this key
        name = self._action_of(event.key)
        if event.key == "enter":
            if self.guard.typing(at) or self._send_now():
                event.stop()
            return
        if not event.is_printable and name not in ("unfile",):
            return
        event.stop()
        if self.guard.press(event.key, at) == "typing":
            self._typed()
            return
        held = self.guard.held
        self._held_aim = self._take_aim()
        if held is not None and name:
            self.panes.status.say(f"{self.TABLE.by_name[name].title} …")
            self.pace.later(BURST, lambda: self.app.call_later(self._settle_in_order, held))

    def on_paste(self, event: events.Paste) -> None:
        """A paste outside a text field is typing, whatever the letters are."""
        event.stop()
        self.guard.pasted(self.pace.pressed(event.time))
        self._typed()

    def _typed(self) -> None:
        self.drop_pending()
        self.say(TYPING)

    def _settle_in_order(self, held: HeldKey) -> None:
        (self.focused or self).post_message(KeySettled(held))

    async def on_key_settled(self, message: KeySettled) -> None:
        """Do what the key stands for, unless more keys followed it."""
        message.stop()
        if self.guard.settle(message.key):
            await self._act_on(message.key.key)

    async def _act_on(self, key: str) -> None:
        self.remarks.acted()
        active = self.active_bindings.get(key)
        if active is not None and active.enabled:
            self._aim = self._held_aim
            try:
                await self.app.run_action(active.binding.action, active.node)
            finally:
                self._aim = None

    def _send_now(self) -> bool:
        held = self.guard.held
        if held is not None and self.guard.settle(held):
            name = self._action_of(held.key)
            if name:
                self._aim = self._held_aim
                self.run(name)
                self._aim = None
        if self.pending is None:
            return held is not None
        self._pending_over()
        return True

    @property
    def aim(self) -> Aim:
        """What the present action is about: what was under the cursors when its key was pressed, else what is now."""
        return self._aim or self._take_aim()

    def _take_aim(self) -> Aim:
        panes, posts = self.panes, self.model.state.posts
        post = panes.answers.cursor if panes.answers.display else None
        seen = posts.get(post or "")
        people = panes.roster.has_focus
        author = None if seen is None else seen.post.author.id
        question = panes.queue.cursor if panes.queue.has_focus else None
        return Aim(None if seen is None else post, panes.roster.cursor if people else author, people, question)

    def _action_of(self, key: str) -> str:
        active = self.active_bindings.get(key)
        found = active.binding.id if active is not None else None
        return found if found is not None and found in self.TABLE.by_name else ""
