"""All keys under headings, from the table of the screen."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from sessions.words import _
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.shell.actions import PALETTE_KEY, Action, ActionTable, key_in_words
from tui.text.styles import MUTED


class HelpDialog(Dialog[None]):
    """The list of keys, the group `first` before the others; of actions that there are, as `has` tells.

    `printed_key` gives the key in force of an action that has one.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "help.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "cancel", _("Close"), show=False, id="help"),
        Binding("q", "cancel", _("Close"), show=False, id="leave"),
    ]

    def __init__(
        self, table: ActionTable, printed_key: Callable[[str], str], has: Callable[[str], bool], *, first: str = ""
    ) -> None:
        super().__init__(
            _("All keys"),
            _("↑ ↓ scroll · Esc leaves · {palette_key} finds any action by its name").format(
                palette_key=printed_key(PALETTE_KEY)
            ),
        )
        self._shown = [action for action in table.actions if has(action.name)]
        groups = {action.group for action in self._shown}
        self._groups = sorted((one for one in table.groups if one in groups), key=lambda group: group != first)
        self._printed_key = printed_key

    def compose_inside(self) -> ComposeResult:
        with VerticalScroll():
            for group in self._groups:
                yield Static(Content(_(group)), classes="group")
                for action in self._shown:
                    if action.group == group:
                        words = Content.assemble((f"{self._key(action):>9}", "$primary bold"), "  ",
                                                 (action.title, "bold"))  # fmt: skip
                        yield Static(words, classes="row")
                        yield Static(Content.styled(self._explained(action), MUTED), classes="explanation")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def _key(self, action: Action) -> str:
        """What is printed on the key of the action; all its keys where none was changed."""
        key = self._printed_key(action.name) if action.key else ""
        return action.shown if key in ("", action.shown.partition(" ")[0]) else key

    def _explained(self, action: Action) -> str:
        return action.explained(lambda name: key_in_words(self._printed_key(name)))
