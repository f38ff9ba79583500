"""What every part of the desk builds on: the session it shows, its panes, its table of keys, saying things."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from tui.desk.command_queue import Link
from tui.desk.model.desk import DeskModel
from tui.desk.panes import DeskPanes
from tui.shell.keys import BY_NAME, DEEDS, Deed, desk_bindings
from tui.shell.pace import Pace
from tui.shell.remarks import Remarks

if TYPE_CHECKING:
    from tui.desk.app import LunchroomApp
    from tui.shell.base_app import BaseApp


class DeskBase(Screen[str]):
    """One session on the screen. Subclasses add `do_...` methods, one for each action of the table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [*desk_bindings()]
    TABLE: ClassVar[Mapping[str, Deed]] = BY_NAME
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-normal"), (150, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-tall")]  # noqa: RUF012

    def __init__(self, client: Link, model: DeskModel, pace: Pace, *, greeting: str = "") -> None:
        super().__init__()
        self.client = client
        self.model = model
        self.pace = pace
        self.panes = DeskPanes()
        self._greeting = greeting
        self.remarks = Remarks(pace, self._show_remark)

    def on_mount(self) -> None:
        """Say the greeting."""
        self.say(self._greeting)

    def on_unmount(self) -> None:
        """Say nothing more."""
        self.remarks.stop()

    @property
    def deeds(self) -> Sequence[Deed]:
        """Everything that can be done here."""
        return DEEDS

    @property
    def lunchroom(self) -> "LunchroomApp":
        """The app, by its own type."""
        return cast("LunchroomApp", self.app)

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

    def say(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Answer this moderator in the status line, for a while or (`stays`) until the next act.

        The words may hold names from outside.
        """
        self.remarks.say(words, warn=warn, stays=stays)

    def _show_remark(self, words: str, warn: bool) -> None:
        self.panes.status.say(words, "trouble" if warn else "plain")

    def run_dialog(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Run a coroutine that shows dialogs and waits for them."""
        self.run_worker(work(), group="dialog", description="a dialog")

    async def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard and say so."""
        said = await cast("BaseApp", self.app).copy_text(text, what)
        if said:
            self.say(said)
