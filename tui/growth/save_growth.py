"""Which numbers of a series are saved or copied, and where to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, RadioSet

from sessions.core.plan import slug
from sessions.reports.growth import Growth, TableName, to_csv, to_json
from sessions.words import _
from tui.dialogs.dialog import Dialog
from tui.dialogs.file_field import FileField
from tui.widgets.marked import MarkedRadioButton

GrowthForm = Literal["json"] | TableName

WORDS: dict[GrowthForm, str] = {
    "sessions": _("Each chat, a table (CSV)"),
    "cohorts": _("Who came back to which chat, a table (CSV)"),
    "questions": _("Each question, a table (CSV)"),
    "schools": _("By school, a table (CSV)"),
    "levels": _("By level, a table (CSV)"),
    "tasks": _("Tasks and how many did them, a table (CSV)"),
    "json": _("Everything, for programs (JSON)"),
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

    def __init__(self, growth: Growth, form: GrowthForm, path: Path) -> None:
        super().__init__(_("Save or copy the numbers"), _("Tab goes on · Enter presses · Esc leaves"))
        self._growth = growth
        self._form: GrowthForm = form
        self._file = FileField(_("Saved in"), path)

    def compose_inside(self) -> ComposeResult:
        with RadioSet(id="form", compact=True):
            for form in FORMS:
                yield MarkedRadioButton(Content(WORDS[form]), value=form == self._form)
        yield self._file
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Cancel")), id="cancel")
            yield Button(Content(_("Copy it")), id="copy")
            yield Button(Content(_("Save it")), id="save", variant="primary")

    def on_mount(self) -> None:
        self.query_one(RadioSet).focus()

    @on(RadioSet.Changed)
    def _rename(self, event: RadioSet.Changed) -> None:
        before, self._form = self._form, FORMS[event.index]
        if self._file.typed == str(default_path(self._growth, before)):
            self._file.show(default_path(self._growth, self._form))

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
        if copy or self._file.can_be_written():
            self.dismiss(GrowthWish(self._form, self._file.path, copy))
