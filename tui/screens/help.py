"""All keys under headings, from the one table."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from tui.keys import DEEDS, GROUPS
from tui.screens.dialog import MUTED, Dialog


class HelpDialog(Dialog[None]):
    """The list of keys. `keys` are those in force, by action, where they differ from the table."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "help.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,q", "cancel", "Close", show=False)]

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__("All keys", "↑ ↓ scroll · Esc leaves · ^p finds any action by its name")
        self._keys = keys

    def compose_inside(self) -> ComposeResult:
        with VerticalScroll():
            for group in GROUPS:
                yield Static(Content(group), classes="group")
                for deed in DEEDS:
                    if deed.group == group:
                        yield self._row(deed.name, deed.shown, deed.title, deed.help)

    def _row(self, name: str, shown: str, title: str, explanation: str) -> Static:
        key = self._keys.get(name, shown)
        words = Content.assemble(
            (f"{key:>9}", "$primary bold"), "  ", (title, "bold"), "\n", (f"{'':11}{explanation}", MUTED)
        )
        return Static(words, classes="row")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
