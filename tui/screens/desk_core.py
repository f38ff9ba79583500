"""The desk's middle: following the hub, showing what came, sending commands, telling keys from typing.

What the keys do is in the modules beside it, by topic.
"""

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from sessions.commands import Command, ReleaseRole, TakeRole
from sessions.events import Role
from sessions.hub.client import Accepted, Ended, Online, Refused, Unsaved
from tui.keys import BY_NAME, DEEDS, Deed, desk_bindings
from tui.model.desk import Change, DeskModel
from tui.model.key_guard import HeldKey, KeyGuard
from tui.model.pace import BURST, GRACE, Later, Pace
from tui.outbox import Link, Lost, Outbox, Outcome
from tui.screens.panes import DeskPanes
from tui.widgets.status_line import Tone

if TYPE_CHECKING:
    from tui.app import LunchroomApp
    from tui.base_app import BaseApp

TYPING = "Typing? Press / to find or i to add answers. Nothing was sent."
AWAY = "The chat's hub is away, so nothing was sent. Try again when the desk is back online."
BACK = "The chat's hub is back. What you tried while it was away was not sent."


QUICK = 0.02
"""Seconds of the processor: where showing a batch took no longer, the next one is shown at once."""

DRAWING_REST = 4
"""After a slower one, this many times as long goes to keys and to catching up."""


@dataclass(frozen=True)
class Pending:
    """An act that all would notice, shown for `GRACE` seconds before it is sent."""

    words: str
    command: Command
    due: float
    instead_of: str = ""


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


def command_id() -> str:
    """An id that no other command has."""
    return secrets.token_hex(8)


class DeskCore(Screen[str]):
    """Follows one session. Subclasses add `do_...` methods, one for each action of the table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [*desk_bindings()]
    TABLE: ClassVar[Mapping[str, Deed]] = BY_NAME
    guarded: ClassVar[bool] = True
    """Whether keys wait until it is clear that they are not typing; not needed where they change nothing."""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-normal"), (150, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        client: Link,
        model: DeskModel,
        pace: Pace,
        *,
        greeting: str = "",
        invitation: str = "",
        role: Role | None = None,
    ) -> None:
        super().__init__()
        self.client = client
        self.model = model
        self.pace = pace
        self.guard = KeyGuard()
        self.outbox = Outbox(client, self._heard)
        self._undrawn: frozenset[str] | None = frozenset()
        self._draws_later = False
        self._draw_from = 0.0
        self._aim: Aim | None = None
        self._held_aim: Aim | None = None
        self.pending: Pending | None = None
        self._pending_timer: Later | None = None
        self.invitation = invitation
        self._role = role
        self._said: tuple[str, Tone] = (greeting, "plain")
        self.panes = DeskPanes()

    @property
    def deeds(self) -> Sequence[Deed]:
        """Everything that can be done here."""
        return DEEDS

    @property
    def lunchroom(self) -> "LunchroomApp":
        """The app, by its own type."""
        return cast("LunchroomApp", self.app)

    def on_mount(self) -> None:
        """Begin to follow the hub."""
        self.panes.status.say(*self._said)
        self.run_worker(self._follow(), name="follow", description="reading the hub's events")
        self.run_worker(self.outbox.run(), name="outbox", description="sending commands")
        self.set_interval(0.25, self.tick)

    # What comes from the hub

    async def _follow(self) -> None:
        async for news in self.client.follow():
            change = self.model.take(news)
            if isinstance(news, Online) and self._said[0] == AWAY:
                self.say(BACK)
            self._show(change)
            self._take_wanted_role()
            if isinstance(news, Ended):
                self._show_end(news)
            await asyncio.sleep(0)  # a frame and the keys come between two batches, however fast they arrive

    def _take_wanted_role(self) -> None:
        if self._role is not None and self.model.live_after is not None and not self.model.observes:
            role, self._role = self._role, None
            if not self.model.holds(role):
                self.send(TakeRole(id=command_id(), role=role))

    def _show(self, change: Change) -> None:
        if change.events:
            self._draw(change.posts)
        for words in change.said[-1:]:
            self.say(words)
        if change.note is not None:
            self.panes.notice.show_note(change.note)
        if change.events:
            self.show_offer()
            self._drop_overtaken()
        else:
            self.tick()

    @property
    def drawn(self) -> bool:
        """Whether the panes show all that was heard."""
        return not self._draws_later

    def _draw(self, posts: frozenset[str] | None) -> None:
        """Show the state anew; where that took long the last time, a little later and together with what comes."""
        self._undrawn = None if posts is None or self._undrawn is None else self._undrawn | posts
        wait = self._draw_from - time.monotonic()
        if self._draws_later:
            return
        if wait > 0:
            self._draws_later = True
            self.set_timer(wait, self._draw_now)
        else:
            self._draw_now()

    def _draw_now(self) -> None:
        posts, self._undrawn, self._draws_later = self._undrawn, frozenset(), False
        begun = time.thread_time()
        self.panes.show(self.model, posts)
        took = time.thread_time() - begun
        self._draw_from = time.monotonic() + (DRAWING_REST * took if took > QUICK else 0)

    def _show_end(self, ended: Ended) -> None:
        closed = self.model.state.closed_at is not None
        words = "The chat is closed and saved. You can read on; q leaves." if closed else f"{ended.why} q leaves."
        self.say(words)

    def show_offer(self) -> None:
        """Show what a host was seen to post, to the one who asks the questions."""
        offer = self.model.offer if self.model.holds("driver") else None
        if offer is None:
            self.panes.notice.drop_offer()
        else:
            label = self.model.state.questions[offer.question].label
            key = self.key_of("accept")
            self.panes.notice.show_offer(f"{offer.host} posted Q{label}. Press {key} to take it as asked, Esc if not.")

    def tick(self) -> None:
        """Bring up to date what changes with time alone."""
        self.panes.tick(self.model)
        if self.pending is not None:
            self._show_pending(self.pending)

    # Keys

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
            self.panes.status.say(f"{self.TABLE[name].title} …")
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
        self.panes.status.say(*self._said)
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
                self.act(name)
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
        return found if found is not None and found in self.TABLE else ""

    def key_of(self, name: str) -> str:
        """What is printed on the key of this action, the user's own keys considered."""
        for active in self.active_bindings.values():
            if active.binding.id == name:
                return self.app.get_key_display(active.binding)
        return self.TABLE[name].shown

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no keys while one types what to find: there they are letters."""
        typing = action == "deed" and parameters != ("dismiss",) and isinstance(self.focused, Input)
        return not typing

    def action_deed(self, name: str) -> None:
        """Textual's way to `act`."""
        self.act(name)

    def act(self, name: str) -> None:
        """Do what the table of keys calls by this name."""
        getattr(self, f"do_{name}")()

    # Commands

    def send(self, command: Command) -> "asyncio.Future[Outcome] | None":
        """Send a command; nothing is shown as done before its event comes. None if it cannot be sent now."""
        return None if self._hindered() else self.outbox.put(command)

    def _hindered(self) -> bool:
        """Say why nothing can be sent, if so."""
        if self.model.observes:
            self.say("You are looking on: only moderators can do that.")
        elif self.model.state.closed_at is not None:
            self.say("This chat is closed.")
        elif self.model.offline is not None or self.model.ended is not None:
            self.say(AWAY)
        else:
            return False
        return True

    def _heard(self, command: Command, outcome: Outcome) -> None:
        if isinstance(outcome, Accepted):
            if self.model.unchanged(command.id, outcome.seq):
                self.say("That is so already.")
        elif isinstance(outcome, Refused | Unsaved):
            self.say(outcome.words, warn=True)
        elif isinstance(outcome, Lost):
            self.say("The chat's hub did not answer. Look whether it was done before you try again.", warn=True)

    def say(self, words: str, *, warn: bool = False) -> None:
        """Show a sentence in the status line. It may hold names from outside."""
        self._said = (words, "trouble" if warn else "plain")
        self.panes.status.say(*self._said)

    def later(self, words: str, command: Command) -> None:
        """Send the command in `GRACE` seconds unless it is taken back; it takes the place of one that waits."""
        if self._hindered():
            return
        dropped = "" if self.pending is None or self.pending.words == words else self.pending.words
        self.drop_pending()
        self.pending = Pending(words, command, self.pace.now() + GRACE, dropped)
        self._pending_timer = self.pace.later(GRACE, self._pending_over)
        self._show_pending(self.pending)

    def _drop_overtaken(self) -> None:
        """Drop a question that waits to be asked when somebody else asks the questions by now."""
        pending, holder = self.pending, self.model.state.roles["driver"]
        if pending is None or isinstance(pending.command, TakeRole | ReleaseRole) or holder == self.model.me:
            return
        self.drop_pending()
        self.say(f"{holder or 'Nobody'} asks the questions now; nothing was sent.", warn=True)

    def _show_pending(self, pending: Pending) -> None:
        undo = self.key_of("undo")
        left = round((pending.due - self.pace.now()) * 1000)
        dropped = pending.instead_of
        words = f"{pending.words}, not {dropped[0].lower()}{dropped[1:]}" if dropped else pending.words
        self.panes.status.pend(f"{words} … {undo} takes it back, Enter sends now", left)

    def _pending_over(self) -> "asyncio.Future[Outcome] | None":
        pending = self.pending
        self.drop_pending()
        return None if pending is None else self.send(pending.command)

    async def pending_sent(self) -> None:
        """Send what waits, if anything does, and wait for the hub's answer."""
        outcome = self._pending_over()
        if outcome is not None:
            await outcome

    def drop_pending(self) -> bool:
        """Forget what waits to be sent; whether there was anything."""
        if self._pending_timer is not None:
            self._pending_timer.cancel()
        had = self.pending is not None
        self.pending = self._pending_timer = None
        if had:
            self.panes.status.settle()
        return had

    async def sent(self, command: Command) -> bool:
        """Send a command and wait until the hub has saved it; False if it did not."""
        outcome = self.send(command)
        return outcome is not None and isinstance(await outcome, Accepted)

    def run_dialog(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Run a coroutine that shows dialogs and waits for them."""
        self.run_worker(work(), group="dialog", description="a dialog")

    async def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard and say so."""
        said = await cast("BaseApp", self.app).copy_text(text, what)
        if said:
            self.say(said)
