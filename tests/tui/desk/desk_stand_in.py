"""The desk without an app: a chat in memory, real panes that are on no screen, and what was sent."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sessions.core.commands import Command
from sessions.hub.client.client import Accepted, DeskClock, Seat
from tests.sessions.core.building import Chat, a_plan
from tests.tui.desks import ManualPace
from tests.tui.screen_stand_in import ScreenStandIn
from tui.desk.aim import Aim
from tui.desk.model.desk import DeskModel
from tui.desk.sending.command_queue import Outcome
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.notice import Notice
from tui.widgets.roster import Roster


class PanesStandIn:
    """Panes that write down where one went."""

    def __init__(self) -> None:
        self.answers = AnswerPane()
        self.roster = Roster()
        self.notice = Notice()
        self.filters: list[PaneFilter] = []
        self.gone: list[str] = []

    def offer_joining(self, words: str) -> None:
        self.gone.append(words)

    def draw_line_at(self, seq: int, moment: int) -> None:
        raise NotImplementedError

    def show_answers(self, which: PaneFilter) -> None:
        self.filters.append(which)

    @property
    def shown_filter(self) -> PaneFilter:
        return self.filters[-1] if self.filters else PaneFilter()

    @property
    def question(self) -> str | None:
        return self.answers.question

    def open_filter(self) -> None:
        self.gone.append("filter")

    def open_find(self) -> None:
        self.gone.append("find")

    def go_to_newest(self) -> None:
        self.gone.append("newest")

    def cycle(self, way: int) -> None:
        self.gone.append("next" if way > 0 else "previous")


@dataclass
class DeskStandIn(ScreenStandIn):
    """Ana's desk on `chat`; `driver` asks the questions. Commands are noted and, unless `refuses`, accepted."""

    chat: Chat = field(default_factory=lambda: Chat(a_plan()))
    me: str = "Ana"
    scope: Any = "moderator"
    refuses: bool = False
    aim: Aim = field(default_factory=Aim)
    is_active: bool = True
    is_running: bool = True
    panes: PanesStandIn = field(default_factory=PanesStandIn)
    pace: ManualPace = field(default_factory=ManualPace)
    told: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    sent_commands: list[Command] = field(default_factory=list)
    waiting: list[tuple[str, Command]] = field(default_factory=list)

    def __post_init__(self) -> None:
        seat = Seat(name=self.me, scope=self.scope, token="")
        self.model = DeskModel(seat, DeskClock(monotonic=lambda: 0), state=self.chat.state, live_after=0)

    def tell(self, words: str) -> None:
        self.told.append(words)

    def send(self, command: Command) -> "asyncio.Future[Outcome] | None":
        self.sent_commands.append(command)
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        outcome.set_result(Accepted(1))
        return outcome

    def send_later(self, words: str, command: Command) -> None:
        self.waiting.append((words, command))

    async def sent(self, command: Command) -> bool:
        self.sent_commands.append(command)
        return not self.refuses

    async def knows_event(self, seq: int) -> None:
        return

    def not_driver(self) -> bool:
        return not self.model.holds("driver")

    @property
    def command(self) -> Command:
        """The one command that was sent."""
        (command,) = self.sent_commands
        return command
