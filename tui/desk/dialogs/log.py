"""The log of moderator actions: who did what and when, and taking any of it back."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sessions.core.commands import undoable
from sessions.core.state import SessionState
from tui.desk.model.log_words import sentence
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED
from tui.text.wording import clock_time, zone_of


@dataclass(frozen=True)
class Line:
    """An action in the log by its seq."""

    seq: int
    words: Content
    undoable: bool


def log_lines(state: SessionState, me: str) -> list[Line]:
    """All actions that are still known, the latest first; what was taken back says so."""
    zone = zone_of(state.plan)
    lines = []
    for event in reversed(state.acts):
        words = clean_line(sentence(state, event, me))
        if not words:
            continue
        taken_back = event.seq in state.undone
        lines.append(
            Line(
                event.seq,
                Content.assemble(
                    (f"{clock_time(event.at, zone):>5}  ", MUTED),
                    outside(words, "dim strike" if taken_back else ""),
                    ("  taken back", MUTED) if taken_back else "",
                ),
                undoable(state, event.seq),
            )
        )
    return lines


class LogDialog(Dialog[int]):
    """The list; the result is the seq of the action to take back, by `undo_key` (empty: nothing can be)."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "log.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "undo", "Take it back", id="undo")]

    def __init__(self, state: SessionState, me: str, *, undo_key: str = "") -> None:
        undo = "" if not undo_key else f"{undo_key} takes back the line under the cursor, anybody's · "
        super().__init__("What the moderators did", f"{undo}Esc leaves")
        self._read_only = not undo_key
        self._lines = log_lines(state, me)

    def compose_inside(self) -> ComposeResult:
        if self._lines:
            yield OptionList(*(Option(line.words) for line in self._lines), markup=False)
        else:
            yield Static(Content("Nothing yet."), classes="words")
        yield Static(classes="problem")

    @on(OptionList.OptionHighlighted)
    def _forget_problem(self) -> None:
        self.query_one(".problem", Static).update("")

    def action_undo(self) -> None:
        """Leave with the action under the cursor, if it can be taken back."""
        if not self._lines or self._read_only:
            return
        place = self.query_one(OptionList).highlighted
        line = self._lines[place or 0]
        if line.undoable:
            self.dismiss(line.seq)
        else:
            self.query_one(".problem", Static).update(Content("This line cannot be taken back."))
