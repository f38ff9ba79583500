"""Which numbers of a series are saved or copied, and where to."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Input, RadioSet, Static

from sessions.core.plan import slug
from sessions.reports.growth import Growth, TableName, to_csv, to_json
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.dialogs.recap_chat import RECAP_CSS
from tui.widgets.marked import MarkedRadioButton

GrowthForm = Literal["json"] | TableName

WORDS: dict[GrowthForm, str] = {
    "sessions": "Each chat, a table (CSV)",
    "cohorts": "Who came back to which chat, a table (CSV)",
    "questions": "Each question, a table (CSV)",
    "schools": "By school, a table (CSV)",
    "levels": "By level, a table (CSV)",
    "json": "Everything, for programs (JSON)",
}
FORMS: tuple[GrowthForm, ...] = tuple(WORDS)


def growth_document(growth: Growth, form: GrowthForm) -> str:
    """The numbers as a text to save or copy."""
    return to_json(growth) if form == "json" else to_csv(growth, form)


def default_path(growth: Growth, form: GrowthForm) -> Path:
    """Where they are saved unless one says otherwise: in the current folder, under the series' name."""
    name = f"growth-{slug(growth.series)}"
    if form == "json":
        return Path.cwd() / f"{name}.json"
    return Path.cwd() / (f"{name}.csv" if form == "sessions" else f"{name}-{form}.csv")


@dataclass(frozen=True)
class GrowthWish:
    """What somebody wants of the numbers: in the file at `path`, or on the clipboard (`copy`)."""

    form: GrowthForm
    path: Path
    copy: bool


class SaveGrowthDialog(Dialog[GrowthWish]):
    """Begins with `form` and `path`; the name of the file follows the form as long as nobody wrote another one."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, RECAP_CSS]

    def __init__(self, growth: Growth, form: GrowthForm, path: Path) -> None:
        super().__init__("Save or copy the numbers", "Tab goes on · Enter presses · Esc leaves")
        self._growth = growth
        self._form: GrowthForm = form
        self._path = path

    def compose_inside(self) -> ComposeResult:
        with RadioSet(id="form", compact=True):
            for form in FORMS:
                yield MarkedRadioButton(Content(WORDS[form]), value=form == self._form)
        yield Static(Content("Saved in"), classes="field")
        yield Input(str(self._path), max_length=1000, select_on_focus=False)
        yield Static(classes="problem")
        with Horizontal(classes="buttons"):
            yield Button(Content("Cancel"), id="cancel")
            yield Button(Content("Copy it"), id="copy")
            yield Button(Content("Save it"), id="save", variant="primary")

    def on_mount(self) -> None:
        self.query_one(RadioSet).focus()

    @on(RadioSet.Changed)
    def _rename(self, event: RadioSet.Changed) -> None:
        before, self._form = self._form, FORMS[event.index]
        name = self.query_one(Input)
        if name.value == str(default_path(self._growth, before)):
            name.value = str(default_path(self._growth, self._form))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._finish(copy=False)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "cancel":
            self.dismiss(None)
        else:
            self._finish(copy=event.button.id == "copy")

    def _finish(self, *, copy: bool) -> None:
        path = Path(self.query_one(Input).value.strip()).expanduser().absolute()
        if not copy and (not path.name or path.is_dir()):
            self.query_one(".problem", Static).update(Content("Give the file a name."))
            return
        self.dismiss(GrowthWish(self._form, path, copy))
