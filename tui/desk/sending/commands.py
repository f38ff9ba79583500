"""Sending commands: at once, or after a moment in which they can be taken back."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sessions.core.commands import Command, Refusal, ReleaseRole, TakeRole
from sessions.hub.client.updates import Unsaved
from sessions.hub.protocol.responses import Accepted
from sessions.words import _
from tui.desk.model.desk import DeskModel
from tui.desk.model.refusals import refusal_words
from tui.desk.sending.command_queue import CommandQueue, Link, Lost, Outcome
from tui.desk.sending.waiting import Waiting
from tui.widgets.pace import GRACE, Later, Pace

AWAY = _("The chat's computer is away: nothing was sent. Try again when it is back.")


@dataclass(frozen=True)
class Pending:
    """Something that all would notice, such as a command, shown for `GRACE` seconds before `act` does it."""

    words: str
    act: "Callable[[], asyncio.Future[Outcome] | None]"
    due: float
    command: Command | None = None
    instead_of: str = ""


def command_id() -> str:
    """An id that no other command has."""
    return secrets.token_hex(8)


class PendingLine(Protocol):
    """Where it shows what is about to be sent."""

    def pend(self, words: str, left: int) -> None:
        """Show what is about to happen and in how many milliseconds; called again and again."""

    def settle(self) -> None:
        """Nothing is pending any more."""


class Speaker(Protocol):
    """Whoever says what became of a command."""

    @property
    def pace(self) -> Pace:
        """Time as keys use it."""

    @property
    def status(self) -> PendingLine:
        """Where it shows what is about to be sent."""

    @property
    def doing(self) -> str:
        """The title of the action that is done, as far as it is known."""

    def show_waiting(self, words: str) -> None:
        """Show what is waited for, empty words when nothing is."""

    def say(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Answer in the status line."""

    def key_of(self, name: str) -> str:
        """What is printed on the key of this action."""

    async def knows_event(self, seq: int) -> None:
        """Return once the desk knows the event of that seq, or when the hub is away or late."""


class Commands:
    """What a moderator asks for goes to the hub in order; what came of it is said where it does not show."""

    def __init__(self, client: Link, model: DeskModel, speaker: Speaker) -> None:
        self._queue = CommandQueue(client, self._on_outcome)
        self._model = model
        self._speaker = speaker
        self._waiting = Waiting(lambda: speaker.pace, speaker.show_waiting)
        self._pending: Pending | None = None
        self._timer: Later | None = None

    async def run(self) -> None:
        """Send until cancelled."""
        await self._queue.run()

    def stop(self) -> None:
        """Say nothing more of what is on its way: the screen goes."""
        self._waiting.stop()

    def send(self, command: Command, words: str = "") -> "asyncio.Future[Outcome] | None":
        """Send a command; nothing is shown as done before its event comes. None if it cannot be sent now.

        `words` say what it does where that is not the action that is done now.
        """
        if self._hindered():
            return None
        self._waiting.sent(command.id, words or self._speaker.doing)
        return self._queue.put(command)

    async def sent(self, command: Command) -> bool:
        """Send a command and wait until the hub has saved it and the desk knows of it; False if it did not."""
        sending = self.send(command)
        outcome = None if sending is None else await sending
        if not isinstance(outcome, Accepted):
            return False
        await self._speaker.knows_event(outcome.seq)
        return True

    def _hindered(self) -> bool:
        """Say why nothing can be sent, if so."""
        if self._model.observes:
            self._speaker.say(_("You are looking on: only moderators can do that."))
        elif self._model.state.closed_at is not None:
            self._speaker.say(_("This chat is closed."))
        elif self._model.offline is not None or self._model.ended is not None:
            self._speaker.say(AWAY, stays=True)
        else:
            return False
        return True

    def _on_outcome(self, command: Command, outcome: Outcome) -> None:
        self._waiting.answered(command.id)
        say = self._speaker.say
        if isinstance(outcome, Accepted):
            if self._model.unchanged(command.id, outcome.seq):
                say(_("That is so already."))
        elif isinstance(outcome, Refusal):
            say(self.refusal_words(outcome), warn=True)
        elif isinstance(outcome, Unsaved):
            say(outcome.words, warn=True)
        elif isinstance(outcome, Lost):
            say(_("The chat's computer did not answer. Look whether it was done before you try again."), warn=True)

    def refusal_words(self, refusal: Refusal) -> str:
        """A refusal in words, with the key of this desk that helps."""
        return refusal_words(refusal, self._speaker.key_of)

    def not_driver(self) -> bool:
        """Say who asks where it is not this moderator; the hub would refuse it after the wait."""
        holder = self._model.state.roles["driver"]
        if self._model.observes or holder == self._model.me:
            return False
        take = self._speaker.key_of("take_driver")
        self._speaker.say(
            _("{who} asks the questions. Press {take} to take over.").format(who=holder or _("Nobody"), take=take),
            warn=True,
        )
        return True

    # What waits for a moment

    @property
    def waiting(self) -> bool:
        """Whether something waits to be sent."""
        return self._pending is not None

    def send_later(self, words: str, command: Command) -> None:
        """Send the command in `GRACE` seconds unless it is taken back; it takes the place of one that waits."""
        if not self._hindered():
            self._wait(words, lambda: self.send(command, words), command)

    def do_later(self, words: str, act: Callable[[], None]) -> None:
        """Do something in `GRACE` seconds unless it is taken back, also while the hub is away."""
        self._wait(words, act, None)

    def _wait(self, words: str, act: "Callable[[], asyncio.Future[Outcome] | None]", command: Command | None) -> None:
        pace, before = self._speaker.pace, self._pending
        dropped = "" if before is None or before.words == words else before.words
        self.drop()
        self._pending = Pending(words, act, pace.now() + GRACE, command, dropped)
        self._timer = pace.later(GRACE, self.send_now)
        self.tick()

    def tick(self) -> None:
        """Show what waits and for how long."""
        pending = self._pending
        if pending is None:
            return
        undo, send_now = self._speaker.key_of("undo"), self._speaker.key_of("send_now")
        left = round((pending.due - self._speaker.pace.now()) * 1000)
        dropped = pending.instead_of
        words = (
            _("{words}, not {dropped}{dropped_2}").format(
                words=pending.words, dropped=dropped[0].lower(), dropped_2=dropped[1:]
            )
            if dropped
            else pending.words
        )
        self._speaker.status.pend(
            _("{words} … {undo} takes it back, {send_now} sends now").format(words=words, undo=undo, send_now=send_now),
            left,
        )

    def send_now(self) -> "asyncio.Future[Outcome] | None":
        """Send what waits at once, if anything does."""
        pending = self._pending
        self.drop()
        return None if pending is None else pending.act()

    async def finish(self) -> None:
        """Send what waits, if anything does, and wait for the hub's answer."""
        if self._pending is not None and self._pending.command is None:
            self.drop()
        outcome = self.send_now()
        if outcome is not None:
            await outcome

    def drop(self) -> bool:
        """Forget what waits to be sent; whether there was anything."""
        if self._timer is not None:
            self._timer.cancel()
        had = self._pending is not None
        self._pending = self._timer = None
        if had:
            self._speaker.status.settle()
        return had

    def drop_overtaken(self) -> None:
        """Drop a question that waits to be asked when somebody else asks the questions by now."""
        pending, holder = self._pending, self._model.state.roles["driver"]
        if pending is None or holder == self._model.me:
            return
        if pending.command is None or isinstance(pending.command, TakeRole | ReleaseRole):
            return
        self.drop()
        self._speaker.say(
            _("{who} asks the questions now; nothing was sent.").format(who=holder or _("Nobody")), warn=True
        )
