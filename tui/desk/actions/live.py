"""All groups of actions of a live desk, put together once for whatever shows it: a screen, or lines of plain text."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sessions.core.commands import TASK
from sessions.hub.client.client import HubClient
from sessions.hub.client.exchange import LibraryExchange
from sessions.hub.client.going_on import Successor
from sessions.words import _
from tui.desk.accounts import DeskAccounts
from tui.desk.actions.credit import CreditActions
from tui.desk.actions.elsewhere.exchange import ExchangeActions
from tui.desk.actions.elsewhere.inviting import InvitingActions
from tui.desk.actions.elsewhere.lending import LendingActions
from tui.desk.actions.elsewhere.seats import SeatActions
from tui.desk.actions.elsewhere.taking_over import TakingOverActions
from tui.desk.actions.finding.looking_up import LookUpActions
from tui.desk.actions.finding.sharing import FindSharing
from tui.desk.actions.finding.tasks import TaskActions
from tui.desk.actions.hour.closing import ClosingActions
from tui.desk.actions.hour.ending_on_time import EndingOnTime
from tui.desk.actions.hour.turns import TurnActions
from tui.desk.actions.leaving import LeavingActions
from tui.desk.actions.looking.muted_words import MutedWordActions
from tui.desk.actions.people import PeopleActions
from tui.desk.actions.post_texts import PostTextActions
from tui.desk.actions.posts import PostActions
from tui.desk.actions.publishing.announcing import Addresses, AnnouncingActions
from tui.desk.actions.publishing.posting import PublishingActions
from tui.desk.actions.questions import QuestionActions
from tui.desk.actions.recap import RecapActions
from tui.desk.actions.replaying import ReplayingActions
from tui.desk.actions.sources import SourceActions
from tui.desk.actions.together import TogetherActions
from tui.desk.actions.welcoming.joining import JoiningActions
from tui.desk.model.catching_up import SinceLooked
from tui.desk.port import DeskPort
from tui.desk.sending.command_queue import Link
from tui.desk.sending.commands import Commands
from tui.desk.sign_in_lender import SignInLender
from tui.shell.actions import ActionGroup, Handler


class LiveActions:
    """What can be done at a live desk, but for finding one's way in its panes.

    `commands` go over `link`, all else to the `hub`; `session` gives the chat's id, `show_people` goes to who is to be
    greeted, where there is such a place. The other arguments are those of `DeskScreen`.
    """

    def __init__(
        self,
        port: DeskPort,
        hub: HubClient,
        link: Link,
        commands: Commands,
        *,
        session: Callable[[], str],
        accounts: DeskAccounts,
        invitation: str = "",
        successor: Successor | None = None,
        exchange: LibraryExchange | None = None,
        lender: SignInLender | None = None,
        library: Path | None = None,
        addresses: Addresses = dict,
        show_people: Callable[[], None] | None = None,
    ) -> None:
        self._port = port
        self._commands = commands
        self._taking_over = TakingOverActions(port, successor, commands.do_later)
        self.exchange = ExchangeActions(port, exchange)
        self.announcing = AnnouncingActions(port, link, commands.refusal_words, addresses, library)
        self.publishing = PublishingActions(port, accounts, link, commands.refusal_words, also=self.announcing.offered)
        self._sources = SourceActions(port, self.publishing.words, port.send, hub)
        self.questions = QuestionActions(port)
        self._finding = LookUpActions(port, accounts, FindSharing(port, self.publishing))
        self._tasks = TaskActions(
            port,
            lambda person: self.people.open_card(person),
            lambda tag: self.publishing.post_line(f"{TASK}:{tag}"),
            self._finding.open_for,
        )
        self.people = PeopleActions(port, self.publishing.hello.begin, self._tasks.open)
        self.ending_on_time = EndingOnTime(port)
        self.turns = TurnActions(port)
        self.together = TogetherActions(port, invitation)
        recap = RecapActions(port, library, lambda: port.model.state.copy(), session)
        self._closing = ClosingActions(
            port, self.publishing.post_line, self.announcing.announce, recap.recap, show_people
        )
        self._joining = JoiningActions(port, hub)
        self._since = SinceLooked()
        self._groups: tuple[ActionGroup, ...] = (
            self.questions,
            self.people,
            self.ending_on_time,
            self.turns,
            self.together,
            recap,
            self._closing,
            PostActions(port, self.people.star),
            PostTextActions(port),
            MutedWordActions(port),
            ReplayingActions(port, link),
            LeavingActions(port, self._may_leave, commands.finish),
            LendingActions(port, lender),
            InvitingActions(port, hub),
            SeatActions(port, hub),
            self._taking_over,
            self.exchange,
            self.publishing,
            self.announcing,
            self._finding,
            self._tasks,
            CreditActions(port, self.people.open_card),
            self._sources,
            self._joining,
        )

    def handlers(self) -> tuple[Mapping[str, Handler], ...]:
        """What does each of these actions, group by group."""
        own: dict[str, Handler] = {"undo": self.undo, "send_now": self._nothing_waits}
        return (own, *(group.handlers() for group in self._groups))

    async def _may_leave(self) -> bool:
        return await self.publishing.may_leave() and await self.announcing.may_leave()

    def undo(self) -> None:
        """Take back what waits to be sent, else one's own latest action."""
        if self._commands.drop():
            self._port.say(_("Taken back; nothing was sent."))
        else:
            self.together.undo_latest()

    def _nothing_waits(self) -> None:
        self._port.say(_("Nothing waits to be sent."))

    def show_offer(self) -> None:
        """Show what a host was seen to post, to the one who asks the questions."""
        model, notice = self._port.model, self._port.panes.notice
        offer = model.offer if model.holds("driver") else None
        if offer is None:
            notice.drop_offer()
            return
        name = model.state.questions[offer.question].name
        accept, dismiss = self._port.key_of("accept"), self._port.key_of("dismiss")
        notice.show_offer(
            _("{host} posted {name}. Press {accept} to take it as asked, {dismiss} if not.").format(
                host=offer.host, name=name, accept=accept, dismiss=dismiss
            )
        )

    def tick(self) -> None:
        """Look again at what changes with time alone: what waits, what reading costs, what may be posted."""
        self._commands.tick()
        self._sources.tick()
        self._finding.tick()
        self._taking_over.tick()
        self.announcing.tick()
        self.publishing.tick()
        self._joining.tick()
        self._closing.tick()
        self._tell_since()

    def _tell_since(self) -> None:
        """Say once in a slow chat what is new to who comes back, and where that begins."""
        model = self._port.model
        if model.observes or model.live_after is None or model.state.seq < model.live_after:
            return
        self._since.back(model.state, model.latest_first(), model.me, model.now())
        words, look = self._since.words(model.state, model.now()), self._since.look
        if words and look is not None:
            self._port.panes.draw_line_at(look.seq, look.at)
            self._port.say(words)
