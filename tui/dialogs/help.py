"""All keys under headings, from the one table."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from tui.dialogs.dialog import DIALOG_CSS, MUTED, Dialog
from tui.shell.keys import DEEDS, GROUPS, Deed, Group


class HelpDialog(Dialog[None]):
    """The list of keys. `keys` are those in force, by action, where they differ from the table `deeds`."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "help.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,q", "cancel", "Close", show=False)]

    def __init__(
        self, keys: Mapping[str, str], deeds: Sequence[Deed] = DEEDS, groups: Sequence[Group] = GROUPS
    ) -> None:
        super().__init__("All keys", "↑ ↓ scroll · Esc leaves · ^p finds any action by its name")
        self._keys = keys
        self._deeds = deeds
        self._groups = groups

    def compose_inside(self) -> ComposeResult:
        with VerticalScroll():
            for group in self._groups:
                yield Static(Content(group), classes="group")
                for deed in self._deeds:
                    if deed.group == group:
                        key = self._keys.get(deed.name, deed.shown)
                        words = Content.assemble((f"{key:>9}", "$primary bold"), "  ", (deed.title, "bold"))
                        yield Static(words, classes="row")
                        yield Static(Content.styled(deed.help, MUTED), classes="explanation")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
