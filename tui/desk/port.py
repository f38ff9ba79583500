"""What a group of actions may ask of the screen it belongs to: the whole of it, so that a test can stand in for one."""

import asyncio
from collections.abc import Set
from typing import TYPE_CHECKING, Protocol

from tui.desk.aim import Aim
from tui.desk.model.desk import DeskModel
from tui.shell.port import ScreenPort
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.pace import Pace

if TYPE_CHECKING:  # with them come all commands and the hub's client, for which the empty desk does not wait
    from sessions.core.commands import Command
    from tui.desk.sending.command_queue import Outcome


class Offers(Protocol):
    """Where it shows what waits for an answer: a question that a host posted, and what may be posted now."""

    @property
    def offers(self) -> bool:
        """Whether an offered question is shown."""

    @property
    def refused_prompts(self) -> Set[str]:
        """The keys of what is not to be shown again."""

    def show_offer(self, words: str) -> None:
        """Show an offered question, unless just this was dismissed."""

    def drop_offer(self) -> None:
        """Show none."""

    def show_prompt(self, key: str, words: str) -> None:
        """Show what may be posted now, under the key by which it is refused."""

    def drop_prompt(self) -> None:
        """Show nothing to post."""

    def refuse_prompt(self, key: str) -> None:
        """Never show this one again."""


class Panes(Protocol):
    """The panes as far as actions use them; a desk of plain lines has none, and answers in words."""

    @property
    def notice(self) -> Offers:
        """The line of offers."""

    def offer_joining(self, words: str) -> None:
        """Say above the people that some of them may be known; nothing where it is empty."""

    def draw_line_at(self, seq: int, moment: int) -> None:
        """Show what came behind this event, which was at this moment (UTC milliseconds), as new."""

    def show_answers(self, which: PaneFilter) -> None:
        """Show only these posts, and go to them."""

    @property
    def shown_filter(self) -> PaneFilter:
        """Which posts are shown."""

    @property
    def question(self) -> str | None:
        """The question of which the answers tell who has not answered it, by its id."""

    def open_filter(self) -> None:
        """Open the line by which posts are chosen."""

    def open_find(self) -> None:
        """Open the line to find words in."""

    def go_to_newest(self) -> None:
        """Go to the newest post and follow what comes."""

    def cycle(self, way: int) -> None:
        """Go to the next pane (1) or the one before (-1)."""


class ChatPort(ScreenPort, Protocol):
    """The screen of a chat, live or saved."""

    @property
    def model(self) -> DeskModel:
        """What is known of the chat."""

    @property
    def panes(self) -> Panes:
        """What is seen of it."""

    @property
    def pace(self) -> Pace:
        """Time as keys use it."""

    @property
    def aim(self) -> Aim:
        """What the present action is about."""

    @property
    def is_active(self) -> bool:
        """Whether no dialog is open above it: nothing comes by itself between one and whoever writes in it."""

    @property
    def is_running(self) -> bool:
        """Whether it has not been left."""

    def tell(self, words: str) -> None:
        """Say in the status line what happened without this moderator, once what answers them was read."""


class DeskPort(ChatPort, Protocol):
    """The desk of a live chat, from which commands go to its hub."""

    def send(self, command: "Command") -> "asyncio.Future[Outcome] | None":
        """Send a command; None if it cannot be sent now, which has been said."""

    def send_later(self, words: str, command: "Command") -> None:
        """Send a command after a moment in which it can be taken back; the words say what it does."""

    async def sent(self, command: "Command") -> bool:
        """Send a command and wait until the hub has saved it and this desk knows; False if it did not."""

    async def knows_event(self, seq: int) -> None:
        """Return once this desk knows the event of that seq, or when the hub is away or late."""

    def not_driver(self) -> bool:
        """Whether somebody else asks the questions, which has been said then."""
