"""The desk before its hub has answered: the panes, empty, so that whoever joins sees at once where they will be."""

from typing import ClassVar

from textual.binding import BindingType

from sessions.hub.protocol.seats import Seat
from sessions.words import _
from tui.desk.chat_screen import Cards, ChatScreen
from tui.desk.empty_panes import COMING, COMING_IN_A_CHANNEL
from tui.desk.farewells import LEFT
from tui.desk.keys import DESK
from tui.desk.model.desk import DeskModel
from tui.desk.requests import DeskRequested
from tui.shell.actions import Actions, ActionTable
from tui.widgets.pace import Pace

JOINING, OPENING = _("Joining …"), _("Opening …")
"""What is waited for: a hub that runs, or one that starts."""

WAITING = ActionTable(("The desk",), tuple(DESK.find(name) for name in ("help", "leave", "command_palette")))
"""What can be done before the hub has answered; the keys are those of the desk."""


WRITTEN = 0.01
"""Seconds in which the terminal is sent the first frame: imports keep the thread that sends it waiting."""


class JoiningScreen(ChatScreen):
    """The empty desk of whoever joins as `name`. It asks the app for the desk itself, which takes its place."""

    BINDINGS: ClassVar[list[BindingType]] = [*WAITING.bindings()]
    LEAVES = _("leaves; the chat goes on")

    def __init__(self, name: str, *, coming: str = JOINING, channel: bool = False, pace: Pace | None = None) -> None:
        super().__init__(DeskModel(Seat(name, "moderator", "")), pace=pace, greeting=coming)
        self.actions = Actions(WAITING, {"help": self.show_help, "leave": self._leave})
        self.cards = Cards(_nothing_yet, _nothing_yet, lambda: None)
        self._asked = False
        self._channel = channel

    def on_mount(self) -> None:
        """Name the panes."""
        panes = (self.panes.queue, self.panes.answers, self.panes.roster)
        queue = _("Days") if self._channel else _("Questions")
        coming = COMING_IN_A_CHANNEL if self._channel else COMING
        for pane, title, words in zip(panes, (queue, _("Answers"), _("People")), coming, strict=True):
            pane.show_title(title)
            pane.show_hint(words)

    def frame_sent(self) -> None:
        """Ask for the desk once the first frame is on its way: what the desk needs is imported only then."""
        if not self._asked:
            self._asked = True
            self.set_timer(WRITTEN, lambda: self.request(DeskRequested()))

    def _leave(self) -> None:
        self.leave(LEFT)


def _nothing_yet(_which: str) -> None:
    """There is no person and no question to open."""
