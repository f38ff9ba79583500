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

from sessions.core.clock import lasts_days
from sessions.core.commands import undoable, why_not_undoable
from sessions.core.state import SessionState
from sessions.words import _
from tui.desk.model.desk import DeskModel
from tui.desk.model.several_words import runs, told_as_one
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.text.days import moment_told
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED
from tui.widgets.hanging import Hanging

TIME_CELLS, SLOW_CELLS = 7, 14
"""The cells of the time and of the gap behind it."""

GROWS_EVERY = 0.25
"""Seconds between two looks at what was done since."""


@dataclass(frozen=True)
class Line:
    """An action in the log by its seq, of several that were done as one the latest."""

    seq: int
    words: Hanging
    undoable: bool


def log_lines(state: SessionState, me: str) -> list[Line]:
    """All actions that are still known, the latest first; what was taken back says so."""
    lines = []
    for run in runs(reversed(state.acts)):
        event, words = run[0], clean_line(told_as_one(state, run, me))
        if not words:
            continue
        taken_back = event.seq in state.undone
        lines.append(
            Line(
                event.seq,
                Hanging(
                    Content.styled(f"{moment_told(state, event.at):>5}", MUTED),
                    Content.assemble(
                        (_("taken back: "), MUTED) if taken_back else "",
                        outside(words, f"{MUTED} strike" if taken_back else ""),
                    ),
                    SLOW_CELLS if lasts_days(state) else TIME_CELLS,
                ),
                undoable(state, event.seq),
            )
        )
    return lines


class LogDialog(Dialog[int]):
    """The list, which grows while it is open; the result is the seq of the action to take back, by `undo_key`.

    Without that key nothing can be. The latest stands last, where the cursor begins; the cursor stays on its line, and
    what comes is in sight where the end was.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "log.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "undo", _("Take it back"), id="undo")]

    def __init__(self, model: DeskModel, *, undo_key: str = "") -> None:
        self._undo_words = (
            ""
            if not undo_key
            else _("{undo_key} takes back the line under the cursor, anybody's · ").format(undo_key=undo_key)
        )
        super().__init__(_("What the moderators did"), _("{undo}Esc leaves").format(undo=self._undo_words))
        self._read_only = not undo_key
        self._model = model
        self._known = self._version()
        self.lines = log_lines(model.state, model.me)
        """What was done, the latest first."""

    def compose_inside(self) -> ComposeResult:
        yield Static(Content(_("Nothing yet.")), classes="words")
        yield OptionList(*(Option(line.words) for line in reversed(self.lines)), markup=False)
        yield Static(classes="problem")

    def on_mount(self) -> None:
        """Begin at the latest, and go on looking."""
        options = self.query_one(OptionList)
        options.highlighted = len(self.lines) - 1 if self.lines else None
        options.focus()
        self._say_if_empty()
        self.set_interval(GROWS_EVERY, self._grow)

    def _version(self) -> tuple[int, int]:
        """Another one whenever something was done."""
        return len(self._model.state.acts), len(self._model.state.undone)

    def _grow(self) -> None:
        """Show what was done since the last look."""
        if self._version() == self._known or self.is_going:
            return
        self._known = self._version()
        before, self.lines = self.lines[::-1], log_lines(self._model.state, self._model.me)
        now, options = self.lines[::-1], self.query_one(OptionList)
        at_end = options.is_vertical_scroll_end
        if [line.seq for line in before] != [line.seq for line in now[: len(before)]]:
            self._begin_anew(options, before, now)
        else:
            for place, (old, new) in enumerate(zip(before, now, strict=False)):
                if old.words != new.words:
                    options.replace_option_prompt_at_index(place, new.words)
            options.add_options([Option(line.words) for line in now[len(before) :]])
        if not before and now:
            options.highlighted = len(now) - 1
        self._say_if_empty()
        if at_end:
            options.scroll_end(animate=False)

    def _begin_anew(self, options: OptionList, before: list[Line], now: list[Line]) -> None:
        """Show other lines than those before, with the cursor at the same action where it is still there."""
        at = before[options.highlighted].seq if options.highlighted is not None else None
        options.set_options([Option(line.words) for line in now])
        last = len(now) - 1 if now else None
        options.highlighted = next((place for place, line in enumerate(now) if line.seq == at), last)

    def _say_if_empty(self) -> None:
        self.query_one(".words").display = not self.lines
        self.query_one(".hint", Static).update(
            Content(_("{undo}Esc leaves").format(undo=self._undo_words if self.lines else ""))
        )
        self.query_one(OptionList).display = bool(self.lines)

    @on(OptionList.OptionHighlighted)
    def _forget_problem(self) -> None:
        self.query_one(".problem", Static).update("")

    def action_undo(self) -> None:
        """Leave with the action under the cursor, if it can be taken back."""
        place = self.query_one(OptionList).highlighted
        if place is None or self._read_only:
            return
        line = self.lines[-1 - place]
        if line.undoable:
            self.dismiss(line.seq)
        else:
            why = why_not_undoable(self._model.state, line.seq) or _("This line cannot be taken back.")
            self.query_one(".problem", Static).update(outside(why))
