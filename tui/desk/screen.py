"""The desk: the screen that a moderator works at."""

import asyncio
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from sessions.core.commands import Command, TakeRole
from sessions.core.events import Role
from sessions.core.memory import ChatMemory
from sessions.hub.client.client import (
    Beat,
    DeskClock,
    Ended,
    Events,
    HubClient,
    HubRefused,
    HubUnreachable,
    Online,
    Seat,
)
from sessions.hub.client.exchange import LibraryExchange
from sessions.hub.client.going_on import Successor
from sessions.library.copies.copy_keeper import CopyKeeper
from sessions.words import _
from tui.desk.accounts import DeskAccounts
from tui.desk.actions.chosen.marking import MarkingActions
from tui.desk.actions.first_run import FirstRun
from tui.desk.actions.live import LiveActions
from tui.desk.actions.navigation import NavigationActions
from tui.desk.actions.publishing.announcing import Addresses
from tui.desk.aim import Aim
from tui.desk.alerts.desk_alerts import DeskAlerts
from tui.desk.chat_screen import Cards, ChatScreen
from tui.desk.foot import Foot
from tui.desk.key_handling import KeyHandling, KeySettled
from tui.desk.keys import DESK, HELP_AT, OF_AN_HOUR, OPEN
from tui.desk.model.desk import Change, DeskModel
from tui.desk.model.key_guard import HeldKey
from tui.desk.presence.desk_presence import DeskPresence
from tui.desk.presence.marks import Marks
from tui.desk.sending.command_queue import Link, Outcome
from tui.desk.sending.commands import AWAY, Commands, command_id
from tui.desk.sending.hearing import Hearing
from tui.desk.sending.kept_link import KeptLink
from tui.desk.sign_in_lender import SignInLender
from tui.shell.action_screen import Answered
from tui.shell.actions import PALETTE_KEY, Action, Actions, Handler, with_keys
from tui.shell.kept.remembered import Remembered
from tui.widgets.footers.pane_footer import PaneFooter
from tui.widgets.pace import BURST, Pace

BACK = _("The chat's computer is back. What you tried while it was away was not sent.")

TICK = 0.25
"""Seconds between two looks at what changes with time alone."""

LOOKING_ON = ("copy", "address", "person")
"""What those who look on can do with a post that is open."""

POINTED_FOR = 6.0
"""Seconds for which a desk shows that somebody means it."""


class DeskScreen(ChatScreen):
    """One desk on the hub of `client`, which has joined as `seat`.

    `problem`, or else `greeting` with the keys of the actions that it names, is said first; `invitation` is shown to a
    moderator who asks for it; `role` is taken over at once where it is not held; `keeper` keeps a copy of what is
    heard; `successor` follows the chat where its hub dies; `exchange` exchanges saved chats with the hub once that is
    agreed to; `posting_accounts` has the accounts to post with, `lender` lends the hub one of them for reading.
    `library` is the folder of saved chats, from which a recap learns who is left out; `addresses` gives those at which
    people are told of chats, by name. In `first_run` is remembered
    whether its moderator was told what a desk is; without it they are not. `clock` and `pace` are for tests.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*DESK.bindings()]
    LEAVES = _("leaves the desk; the chat goes on")

    def __init__(
        self,
        client: HubClient,
        seat: Seat,
        *,
        greeting: str = "",
        problem: str = "",
        invitation: str = "",
        role: Role | None = None,
        keeper: CopyKeeper | None = None,
        successor: Successor | None = None,
        exchange: LibraryExchange | None = None,
        posting_accounts: DeskAccounts | None = None,
        lender: SignInLender | None = None,
        library: Path | None = None,
        addresses: Addresses = dict,
        first_run: Remembered | None = None,
        clock: DeskClock | None = None,
        pace: Pace | None = None,
    ) -> None:
        model = DeskModel(seat, clock or DeskClock(), notes_apart=True)
        super().__init__(model, pace=pace, greeting=greeting, library=library)
        if model.observes:
            self.panes.roster.hide_credit()
        self._foot = Foot(self.model, self.printed_key)
        self._first_run = None if first_run is None else FirstRun(self, first_run)
        self._problem = problem
        self._doing = ""
        self._pointed = ""
        self._client = client
        followed: Link = client if successor is None else successor
        self._successor = successor
        self._link: Link = followed if keeper is None else KeptLink(followed, keeper)
        self._role = role
        self._hearing = Hearing()
        self._commands = Commands(self._link, self.model, self)
        self._keys = KeyHandling(self, self._commands)
        self._posting_accounts = posting_accounts or DeskAccounts()
        self._posting_accounts.keep_time_by(self.model.now)
        self._presence = DeskPresence(self, client)
        self._marks = Marks(self.pace, self.panes.show_handled)
        self._live = live = LiveActions(
            self,
            client,
            self._link,
            self._commands,
            session=lambda: self.session_id,
            accounts=self._posting_accounts,
            invitation=invitation,
            successor=successor,
            exchange=exchange,
            lender=lender,
            library=library,
            addresses=addresses,
            show_people=lambda: self.panes.go_to_pane(self.panes.roster),
        )
        self.publishing = live.publishing
        self.cards = Cards(live.people.open_card, live.questions.open_card, live.together.choose_role)
        own: dict[str, Handler] = {"help": self.show_help, "dismiss": self._dismiss}
        self._navigation = NavigationActions(
            self, lambda person: self.cards.person(person), lambda: self.app.own_filters
        )
        marking = MarkingActions(self, self.panes.answers)
        looking = (self._navigation, self.opening, marking, self.layouts)
        self.actions = Actions(DESK, own, *(group.handlers() for group in looking), *live.handlers())
        if keeper is not None:
            keeper.notify_with(self._tell_of_copy)

    def on_mount(self) -> None:
        """Begin to send, to follow the hub, and to look what there is beside the chat."""
        self._alerts = DeskAlerts(self, self.app.own_alerts, ring=self.ring, flash=self.panes.countdown.flash)
        self.start(self._commands.run, group="commands", name="commands", description=_("sending commands"))
        self.start(self._follow, group="follow", name="follow", description=_("reading the hub's events"))
        if self._successor is not None:
            self.start(self._successor.run, group="successor", name="successor", description=_("asking who goes on"))
        self.start(self._learn_session, group="session", description=_("asking which session it is"))
        self.start(
            self._live.exchange.offer, group="exchange", name="exchange", description=_("looking what chats lack")
        )
        if not self.model.observes:
            self.start(
                self.publishing.learn_accounts, group="accounts", description=_("looking which accounts there are")
            )
        if self._first_run is not None:
            self.start(self._first_run.show, group="first_run", description=_("saying what a desk is"))
        self.set_interval(TICK, self._time_passed)

    def greeting(self) -> str:
        """What is said first."""
        return self._problem or with_keys(super().greeting(), self.key_of)

    async def on_unmount(self) -> None:
        """Let the connections to the networks go."""
        self._marks.stop()
        self._commands.stop()
        await self._posting_accounts.aclose()

    def _tell_of_copy(self, words: str, trouble: bool) -> None:
        if self.is_running:
            self.say(words, warn=trouble)

    # Following the hub

    async def _follow(self) -> None:
        memory = ChatMemory()
        async for update in self._link.follow():
            change = self.model.take(update)
            if isinstance(update, Online) and self.remarks.words == AWAY:
                self.say(BACK)
            self._presence.heard(update)
            self.show(change)
            self._hearing.heard()
            if isinstance(update, Beat):
                self._show_pointed(update)
            if isinstance(update, Events):
                memory.grew(len(update.events))
            self._take_wanted_role()
            if isinstance(update, Ended):
                self._show_end(update)
            await asyncio.sleep(0)  # a frame and the keys come between two batches, however fast they arrive

    def _show_pointed(self, beat: Beat) -> None:
        """Show once, for some seconds, that a moderator means this desk."""
        pointed = beat.pointed
        if pointed is not None and pointed.id != self._pointed:
            self._pointed = pointed.id
            mine = pointed.by == self.model.me and not self.model.observes
            words = _("You mean this desk.") if mine else _("{by} means you: this is your desk.").format(by=pointed.by)
            self.panes.notice.show_pointed(words, POINTED_FOR)
            self.ring()

    def ring(self) -> None:
        """Ring the terminal's bell."""
        self.app.bell()

    async def _learn_session(self) -> None:
        try:
            self.session_id = (await self._client.session()).id
        except (HubUnreachable, HubRefused):
            return  # only a recap for programs has it

    def _take_wanted_role(self) -> None:
        if self._role is not None and self.model.live_after is not None and not self.model.observes:
            role, self._role = self._role, None
            if not self.model.holds(role):
                self.send(TakeRole(id=command_id(), role=role))

    def show(self, change: Change) -> None:
        """As every screen of a chat; what another moderator did is marked, and what was overtaken by it goes."""
        self._marks.add(change.handled)
        super().show(self._live.turns.with_turn(change))
        if change.events:
            self._show_foot()
            self._live.show_offer()
            self._commands.drop_overtaken()
        else:
            self.tick()

    def _show_end(self, ended: Ended) -> None:
        leaves = _("{leave_key} leaves.").format(leave_key=self.key_of("leave"))
        closed = self.model.state.closed_at is not None
        saved = _("This month is over and saved") if self.model.state.channel else _("The chat is closed and saved")
        told = not self.model.observes and not self.model.state.rehearsal  # by what comes next, in the notice above
        recap = "" if told else _(" {recap_key} makes the recap;").format(recap_key=self.key_of("recap"))
        words = f"{saved}.{recap}" if closed else ended.why
        self.say(f"{words} {leaves}", stays=True)

    def tick(self) -> None:
        """As every screen of a chat; also what waits, what reading costs, what may be posted and what alerts."""
        super().tick()
        self._tick_what_waits()

    def _tick_what_waits(self) -> None:
        self._live.tick()
        self._alerts.tick()
        self._presence.tick()

    def _time_passed(self) -> None:
        """Bring the panes up to date, unless that was done just now with what arrived, and what waits."""
        if not self._drawing.drew_beside(TICK):
            super().tick()
        self._tick_what_waits()

    # What groups of actions ask for

    def send(self, command: Command) -> "asyncio.Future[Outcome] | None":
        """Send a command; None if it cannot be sent now, which has been said."""
        return self._commands.send(command)

    def send_later(self, words: str, command: Command) -> None:
        """Send a command after a moment in which it can be taken back."""
        self._commands.send_later(words, command)

    async def sent(self, command: Command) -> bool:
        """Send a command and wait until the hub has saved it; False if it did not."""
        return await self._commands.sent(command)

    async def knows_event(self, seq: int) -> None:
        """Return once this desk knows the event of that seq, or when the hub is away or late."""
        await self._hearing.event(self.model, seq)

    def run(self, name: str) -> None:
        """As every screen, and remember what is done."""
        self._doing = DESK.by_name[name].title
        if self.has_action(name):
            super().run(name)
        else:
            self.say(_("A channel has no questions and no clock; its month ends by itself."))

    def has_action(self, name: str) -> bool:
        """All but what only an hour has, in a channel."""
        return not (self.model.state.channel and name in OF_AN_HOUR)

    @property
    def doing(self) -> str:
        """The title of the action done last."""
        return self._doing

    def show_waiting(self, words: str) -> None:
        """Show in the status line, and in a post that is open, for what the hub is waited for."""
        self.status.show_waiting(words)
        self.opening.show_waiting(words)

    def not_driver(self) -> bool:
        """Say who asks where it is not this moderator; the hub would refuse it after the wait."""
        return self._commands.not_driver()

    @property
    def aim(self) -> Aim:
        """What the present action is about: what was under the cursors when its key was pressed, else what is now."""
        return self._keys.aim

    def palette_words(self, action: Action) -> tuple[str, str]:
        """As every screen, but that the time is told at which the chat ends, and first of all where it is late."""
        if action.name == "end_on_time":
            return self._live.ending_on_time.title, self._live.ending_on_time.late
        return super().palette_words(action)

    def _dismiss(self) -> None:
        """Take back what waits, else close what is open."""
        if self._keys.drop() or self._commands.drop():
            self.say(_("Taken back; nothing was sent."))
        elif not (
            self.panes.notice.dismiss_one() or self.panes.answers.clear_chosen() or self.panes.answers.fold_warned()
        ):
            self.panes.show_everything()

    # The other moderators

    async def ask(self, dialog: ModalScreen[Answered]) -> Answered | None:
        """As every screen, once this moderator agreed to write what another one writes already."""
        if not await self._presence.agreed(dialog):
            return None
        return await super().ask(dialog)

    def screens(self) -> list[Screen[Any]]:
        """The screens from the desk up; none while the app takes them away."""
        stack = self.app.screen_stack
        return stack[stack.index(self) :] if self in stack else []

    def pane(self) -> str:
        """At which pane this moderator is."""
        return self.panes.called(self.focused)

    # Keys in words

    def help_group(self) -> str:
        """Those of the post that is open, else of the pane in focus."""
        return super().help_group() or HELP_AT[self.pane()]

    def footer(self) -> Widget:
        """The keys of the pane and the role."""
        return self._foot.line

    @on(events.DescendantFocus)
    def _show_foot(self) -> None:
        if isinstance(self.focused, Input):
            self._foot.show_typing(self.panes.find.key_words)
        else:
            panes = self.panes
            focused = next((pane for pane in (panes.queue, panes.roster) if pane.has_focus), panes.answers)
            self._foot.show(self.pane(), empty=focused.cursor is None)

    @on(PaneFooter.Picked)
    async def _foot_clicked(self, message: PaneFooter.Picked) -> None:
        self.remarks.acted()
        if message.name == OPEN and self.focused is not None:
            await self.app.run_action(OPEN, self.focused)
        elif message.name == PALETTE_KEY:
            await self.app.run_action(PALETTE_KEY)
        elif isinstance(self.focused, Input):
            await self.app.run_action(message.name, self.panes.find)
        else:
            self.run(message.name)

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Hold printable keys back until it is clear that they are not typing."""
        if self._first_run is not None:
            await self._first_run.over()
        if not isinstance(self.focused, Input):
            await self._keys.pressed(event)

    async def show_above_status(self, widget: Widget) -> None:
        """Show this above the status line, until it is removed."""
        await self.panes.mount(widget, before=self.status)

    def stray_key(self, event: events.Key) -> None:
        """A letter that was typed at what is closed by now is typing."""
        self._keys.stray(event)

    def on_paste(self, event: events.Paste) -> None:
        """A paste outside a text field is typing, whatever the letters are."""
        self._keys.pasted(event)

    async def on_key_settled(self, message: KeySettled) -> None:
        """Do what the key stands for, unless more keys followed it."""
        message.stop()
        await self._keys.settled(message.key)

    async def key_on_post(self, event: events.Key) -> None:
        """Hold printable keys back here too."""
        await self._keys.pressed(event)

    def offered(self) -> list[str]:
        """The names of the actions that this moderator has: those who look on change nothing."""
        offered = [*LOOKING_ON] if self.model.observes else super().offered()
        return [name for name in offered if self.has_action(name)]

    def is_on(self, key: str, name: str) -> bool:
        """Whether this is a key of the action, whatever else it does where the focus is."""
        return key in self.app.own_keys.get(name, DESK.by_name[name].key).split(",")

    def announce(self, name: str) -> None:
        """Show that the key of this action was read."""
        self.status.say(f"{DESK.by_name[name].title} …")

    async def run_key(self, key: str) -> None:
        """Do what is bound to the key where the focus is."""
        self.remarks.acted()
        active = self.active_bindings.get(key)
        if active is not None and active.enabled and self.opening.allows(active.binding.id or ""):
            await self.app.run_action(active.binding.action, active.node)

    def goes_with(self, key: str, then: str) -> bool:
        """Whether the second key means something right behind the first."""
        return self.is_on(key, "filter") and self._navigation.filtering.follows(then)

    def take_second(self, key: str) -> bool:
        """Take a key that was read behind one whose list is on its way to the screen; False where none is."""
        return self._navigation.filtering.take(key)

    def run_two(self, then: str) -> None:
        """Do what the second key means behind the first."""
        self.remarks.acted()
        self._navigation.filtering.at_once(then)

    def settle_later(self, key: HeldKey) -> None:
        """Post `KeySettled` when `BURST` is over, behind the keys that were read by then."""
        self.pace.later(BURST, lambda: self.app.call_later(self._settle_in_order, key))

    def _settle_in_order(self, key: HeldKey) -> None:
        (self.focused or self).post_message(KeySettled(key))
