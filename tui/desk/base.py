"""What every part of the desk builds on: the session it shows, its panes, its table of keys, saying things."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from tui.desk.command_queue import Link
from tui.desk.keys import DESK, FILING
from tui.desk.model.desk import DeskModel
from tui.desk.panes import DeskPanes
from tui.shell.action_screen import ActionScreen
from tui.shell.actions import Actions, ActionTable, Handler
from tui.widgets.pace import Pace


class DeskBase(ActionScreen):
    """One session on the screen. Subclasses add `do_...` methods, one for each action of the table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [*DESK.bindings()]
    LEAVES = "leaves the desk; the chat goes on"
    TABLE: ClassVar[ActionTable] = DESK

    def __init__(self, client: Link, model: DeskModel, pace: Pace, *, greeting: str = "") -> None:
        super().__init__(pace=pace)
        self.client = client
        self.model = model
        self.panes = DeskPanes(self.status)
        self._greeting = greeting
        self.actions = Actions(self.TABLE, self.handlers())

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action."""
        done: dict[str, Handler] = {
            name: getattr(self, f"do_{name}") for name in self.TABLE.by_name if hasattr(self, f"do_{name}")
        }
        filing: dict[str, Handler] = {name: partial(self.file_under_digit, digit) for name, digit in FILING.items()}
        return {name: call for name, call in (done | filing).items() if name in self.TABLE.by_name} | dict(self.off())

    def off(self) -> Mapping[str, Handler]:
        """What does the actions that are off."""
        return {}

    def file_under_digit(self, digit: str) -> None:
        """File the post under the cursor."""

    def on_mount(self) -> None:
        """Say the greeting."""
        self.say(self._greeting)
