"""The desk of a live chat in plain lines."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

from textual.screen import ModalScreen

from sessions.core.commands import Command, TakeRole
from sessions.core.events import Role
from sessions.core.memory import ChatMemory
from sessions.hub.client.client import (
    DeskClock,
    Ended,
    Events,
    HubClient,
    HubRefused,
    HubUnreachable,
    Seat,
)
from sessions.hub.client.exchange import LibraryExchange
from sessions.hub.client.going_on import Successor
from sessions.library.copies.copy_keeper import CopyKeeper
from sessions.words import _
from tui.desk.accounts import DeskAccounts
from tui.desk.actions.live import LiveActions
from tui.desk.actions.publishing.announcing import Addresses
from tui.desk.farewells import CLOSED, LEFT
from tui.desk.keys import DESK
from tui.desk.model.desk import DeskModel
from tui.desk.presence.desk_presence import DeskPresence
from tui.desk.sending.command_queue import Link, Outcome
from tui.desk.sending.commands import Commands, command_id
from tui.desk.sending.hearing import Hearing
from tui.desk.sending.kept_link import KeptLink
from tui.desk.sign_in_lender import SignInLender
from tui.plain.chat import AWAITED, BY_WORDS, Answered, PlainPort
from tui.plain.terminal import Lines
from tui.plain.told.news import News
from tui.plain.typed.acting import Acting
from tui.plain.typed.interpreting import Interpreter
from tui.plain.typed.listening import Listening
from tui.plain.vocabulary.live_table import LIVE
from tui.shell.actions import Actions
from tui.widgets.pace import Pace

TICK = 0.25
"""Seconds between two looks at what changes with time alone."""


class PendingWords:
    """Tells once what is about to be sent."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put
        self._words = ""

    def pend(self, words: str, left: int) -> None:  # noqa: ARG002 - nothing counts down here
        """Tell it, the first time."""
        if words != self._words:
            self._words = words
            self._put(words)

    def settle(self) -> None:
        """Nothing is pending any more."""
        self._words = ""


class PlainDesk(PlainPort):
    """One desk on the hub of `client`, which has joined as `seat`: a `DeskPort`.

    The arguments are those of `DeskScreen`.
    """

    def __init__(
        self,
        client: HubClient,
        seat: Seat,
        lines: Lines,
        *,
        invitation: str = "",
        role: Role | None = None,
        keeper: CopyKeeper | None = None,
        successor: Successor | None = None,
        exchange: LibraryExchange | None = None,
        posting_accounts: DeskAccounts | None = None,
        lender: SignInLender | None = None,
        library: Path | None = None,
        addresses: Addresses = dict,
        clock: DeskClock | None = None,
        pace: Pace | None = None,
    ) -> None:
        super().__init__(DeskModel(seat, clock or DeskClock()), lines, LIVE, pace)
        self.session_id = ""
        self.status = PendingWords(self.say)
        self._client = client
        followed: Link = client if successor is None else successor
        self._successor = successor
        self._link: Link = followed if keeper is None else KeptLink(followed, keeper)
        self._role = role
        self._hearing = Hearing()
        self._commands = Commands(self._link, self.model, self)
        self._presence = DeskPresence(self, client)
        self._accounts = posting_accounts or DeskAccounts()
        self._accounts.keep_time_by(self.model.now)
        self._live = LiveActions(
            self, client, self._link, self._commands, session=lambda: self.session_id, accounts=self._accounts,
            invitation=invitation, successor=successor, exchange=exchange, lender=lender, library=library,
            addresses=addresses,
        )  # fmt: skip
        own = dict.fromkeys(BY_WORDS, self._by_words)
        actions = Actions(DESK, own, *self._live.handlers())
        self.news = News(self.model, self.numbers, self.put, self.pace)
        self.words = Interpreter(self, actions)
        acting = Acting(self, self.words, self._live, self._commands, self._send_now)
        self.words.own = {**Listening(self, self.news).handlers(), **acting.handlers()}
        if keeper is not None:
            keeper.notify_with(lambda words, _trouble: self.say(words))

    def _by_words(self) -> None:
        """What `typed` does by itself."""

    async def run(self) -> str:
        """Read out and take words until it is left; what is to be said then."""
        self.start(self._commands.run, group="commands", description=_("sending commands"))
        self.start(self._follow, group="follow", description=_("reading the hub's events"))
        self.start(self._tick, group="tick", description=_("looking at the clock"))
        if self._successor is not None:
            self.start(self._successor.run, group="successor", description=_("asking who goes on"))
        self.start(self._learn_session, group="session", description=_("asking which session it is"))
        self.start(self._live.exchange.offer, group="exchange", description=_("looking what chats lack"))
        if not self.model.observes:
            self.start(self._live.publishing.learn_accounts, group="accounts", description=_("looking which accounts"))
        try:
            await self._hearing.until(lambda: self.news.begun or self.model.ended is not None)
            await self._converse()
        finally:
            await self.stop()
            await self._accounts.aclose()
        return self.left.result() or ""

    async def _converse(self) -> None:
        """Take lines until it is left, or there are no more."""
        while not self.left.done():
            reading = asyncio.ensure_future(self.lines.line())
            await asyncio.wait({reading, self.left}, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                reading.cancel()
                return
            line = reading.result()
            if line is None:
                await self._finish()
                return
            if not self.lines.is_typed and self._commands.waiting and not self.words.settles(line):
                self._send_now()  # a script takes nothing back by waiting
                await self.settled()
            self.words.take(line)
            await self.settled()
            self.words.over()

    async def _finish(self) -> None:
        """Send what waits and let what goes out be out: the input is at its end."""
        self.talk.leave()
        self._send_now()
        await self.settled(AWAITED | {"posting"})
        self.leave(LEFT if self.model.state.closed_at is None else CLOSED)

    # Following the hub

    async def _follow(self) -> None:
        memory = ChatMemory()
        async for update in self._link.follow():
            if isinstance(update, Events):
                memory.grew(len(update.events))
                for event in update.events if self.news.begun else ():
                    self.news.tell(event, self._live.turns.with_turn(self.model.take(Events((event,)))))
            if not (isinstance(update, Events) and self.news.begun):
                self.news.take(update, self._live.turns.with_turn(self.model.take(update)))
            self._hearing.heard()
            self._presence.heard(update)
            self._live.show_offer()
            self._commands.drop_overtaken()
            self._take_wanted_role()
            if isinstance(update, Ended):
                closed = self.model.state.closed_at is not None
                words = _("The chat is closed and saved. recap makes the recap.") if closed else update.why
                self.say(_("{words} leave leaves.").format(words=words))
            await asyncio.sleep(0)

    async def _learn_session(self) -> None:
        with contextlib.suppress(HubUnreachable, HubRefused):  # only a recap for programs has it
            self.session_id = (await self._client.session()).id

    def _take_wanted_role(self) -> None:
        if self._role is not None and self.model.live_after is not None and not self.model.observes:
            role, self._role = self._role, None
            if not self.model.holds(role):
                self.send(TakeRole(id=command_id(), role=role))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            self.news.tick()
            self._live.tick()
            self._presence.tick()

    # What groups of actions ask for

    async def ask(self, dialog: ModalScreen[Answered], /) -> Answered | None:
        """Ask in words, once this moderator agreed to write what another one writes already."""
        if not await self._presence.agreed(dialog):
            return None
        return await super().ask(dialog)

    @property
    def doing(self) -> str:
        """Nothing is told of it while it is done."""
        return ""

    def show_waiting(self, words: str) -> None:
        """Nothing: what is printed cannot be taken away when the answer comes."""

    def send(self, command: Command) -> "asyncio.Future[Outcome] | None":
        """Send a command; None if it cannot be sent now, which has been said."""
        sending = self._commands.send(command)
        if sending is not None:
            self.start(lambda: self._known(sending), description="sending")
        return sending

    def _send_now(self) -> None:
        """Send what waits, if anything does, and let nothing be done before this desk knows of it."""
        sending = self._commands.send_now()
        if sending is not None:
            self.start(lambda: self._known(sending), description="sending")

    async def _known(self, sending: "asyncio.Future[Outcome]") -> None:
        """Return once this desk knows what came of a command."""
        seq = getattr(await sending, "seq", None)
        if seq is not None:
            await self.knows_event(seq)

    def send_later(self, words: str, command: Command) -> None:
        """Send a command after a moment in which it can be taken back."""
        self._commands.send_later(words, command)

    async def sent(self, command: Command) -> bool:
        """Send a command and wait until the hub has saved it; False if it did not."""
        return await self._commands.sent(command)

    async def knows_event(self, seq: int) -> None:
        """Return once this desk knows the event of that seq, or when the hub is away or late."""
        await self._hearing.event(self.model, seq)

    def not_driver(self) -> bool:
        """Say who asks where it is not this moderator."""
        return self._commands.not_driver()
