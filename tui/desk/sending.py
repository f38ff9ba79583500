"""Sending commands: at once, or after a moment in which they can be taken back."""

import asyncio
import secrets
from dataclasses import dataclass

from sessions.core.commands import Command, ReleaseRole, TakeRole
from sessions.hub.client.client import Accepted, Refusal, Unsaved
from tui.desk.base import DeskBase
from tui.desk.command_queue import CommandQueue, Link, Lost, Outcome
from tui.desk.model.desk import DeskModel
from tui.desk.model.refusals import refusal_words
from tui.widgets.pace import GRACE, Later, Pace

AWAY = "The chat's hub is away, so nothing was sent. Try again when the desk is back online."


@dataclass(frozen=True)
class Pending:
    """An act that all would notice, shown for `GRACE` seconds before it is sent."""

    words: str
    command: Command
    due: float
    instead_of: str = ""


def command_id() -> str:
    """An id that no other command has."""
    return secrets.token_hex(8)


class Sending(DeskBase):
    """What a moderator asks for goes to the hub in order; what came of it is said where it does not show."""

    def __init__(self, client: Link, model: DeskModel, pace: Pace, *, greeting: str = "") -> None:
        super().__init__(client, model, pace, greeting=greeting)
        self.outbox = CommandQueue(client, self._heard)
        self.pending: Pending | None = None
        self._pending_timer: Later | None = None

    def on_mount(self) -> None:
        """Begin to send."""
        self.run_worker(self.outbox.run(), name="outbox", description="sending commands")

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
            self.say(AWAY, stays=True)
        else:
            return False
        return True

    def _heard(self, command: Command, outcome: Outcome) -> None:
        if isinstance(outcome, Accepted):
            if self.model.unchanged(command.id, outcome.seq):
                self.say("That is so already.")
        elif isinstance(outcome, Refusal):
            self.say(self.refusal_words(outcome), warn=True)
        elif isinstance(outcome, Unsaved):
            self.say(outcome.words, warn=True)
        elif isinstance(outcome, Lost):
            self.say("The chat's hub did not answer. Look whether it was done before you try again.", warn=True)

    def refusal_words(self, refusal: Refusal) -> str:
        """A refusal in words, with the key of this desk that helps."""
        return refusal_words(refusal, self.key_of)

    def later(self, words: str, command: Command) -> None:
        """Send the command in `GRACE` seconds unless it is taken back; it takes the place of one that waits."""
        if self._hindered():
            return
        dropped = "" if self.pending is None or self.pending.words == words else self.pending.words
        self.drop_pending()
        self.pending = Pending(words, command, self.pace.now() + GRACE, dropped)
        self._pending_timer = self.pace.later(GRACE, self._pending_over)
        self._show_pending(self.pending)

    def drop_overtaken(self) -> None:
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
