"""Adding a question to the queue, or changing one."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Input, Static, TextArea

from sessions.core.languages import ENGLISH, Language
from sessions.core.plan import Question, clean_line, clean_text
from sessions.core.plan.labels import label_problem, tidy_label
from sessions.hub.protocol.presence import Claim
from sessions.words import _
from tui.desk.dialogs.claiming import Claiming
from tui.desk.model.desk import Drafts
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.text import taming
from tui.text.wording import counted

LONGEST = {"text": 1000, "notes": 5000}
"""Characters that a question and its notes may have."""


@dataclass(frozen=True)
class QuestionDraft:
    """What was written; without a label it is the next number or the one it has, without minutes likewise."""

    label: str
    text: str
    minutes: float | None
    notes: str


class QuestionForm(Claiming, Dialog[QuestionDraft]):
    """The form; the result is what was written, checked as far as the desk can.

    The question is one line however it is written here; the notes keep their lines. A new question keeps its draft; of
    one that is changed Escape asks where something would be lost. A label may have the letter of the chat's language.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "question_form.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("Save"), priority=True),
        Binding("escape", "cancel", _("Close"), priority=True, key_display="Esc"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012

    def __init__(self, question: Question | None, drafts: Drafts, language: Language = ENGLISH) -> None:
        new = question is None
        super().__init__(
            _("Add a question") if new else _("Edit the question"),
            _("Ctrl+S saves · Tab next field · Esc keeps it for later")
            if new
            else _("Ctrl+S saves · Tab next field · Esc leaves"),
        )
        self.question = question
        self.language = language
        self._drafts = drafts
        self.claim = Claim("question", "" if question is None else question.id)
        self._begun = self._known()
        self._shown: dict[str, str] = {}
        """What stood in the fields at first, as `_written` reads them."""

    def _known(self) -> dict[str, str]:
        """What stands in the fields at first."""
        known = self.question
        if known is None:
            return (
                {"label": "", "minutes": "", "notes": ""} | self._drafts.question_more | {"text": self._drafts.question}
            )
        return {
            "text": known.text,
            "label": known.label,
            "minutes": f"{round(known.minutes, 2):g}",
            "notes": known.notes,
        }

    def compose_inside(self) -> ComposeResult:
        yield Static(Content(_("Question")), classes="field")
        yield TextArea(taming.clean(self._begun["text"]), soft_wrap=True, tab_behavior="focus", id="text")
        with Horizontal(classes="pair"):
            with Vertical(classes="half"):
                yield Static(
                    Content(_("Label (what follows {labels})").format(labels=self.language.labels[0])), classes="field"
                )
                yield Input(self._begun["label"], id="label", max_length=20, placeholder=_("the next number"))
            with Vertical(classes="half"):
                yield Static(Content(_("Minutes")), classes="field")
                yield Input(self._begun["minutes"], id="minutes", max_length=20, placeholder=_("as the last one"))
        yield Static(Content(_("Notes for the moderators")), classes="field")
        yield TextArea(taming.clean(self._begun["notes"]), soft_wrap=True, tab_behavior="focus", id="notes")
        yield Static(classes="problem")
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Save")), id="save", variant="primary")

    def on_mount(self) -> None:
        """Begin behind the words that are there."""
        self._shown = self._written()
        for area in self.query(TextArea):
            area.move_cursor(area.document.end)
        self.query_one("#text", TextArea).focus()

    def _written(self) -> dict[str, str]:
        """What stands in the fields, cleaned as the hub cleans it."""
        areas = {field: self.query_one(f"#{field}", TextArea).text for field in ("text", "notes")}
        lines = {field: self.query_one(f"#{field}", Input).value.strip() for field in ("label", "minutes")}
        return lines | {"text": clean_line(areas["text"]), "notes": clean_text(areas["notes"])}

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _keep(self) -> None:
        if self.question is None and self._shown and self.is_current:
            written = self._written()
            self._drafts.question = written.pop("text")
            self._drafts.question_more = written

    def action_save(self) -> None:
        """Save once the letters are in that were read before this key: it comes here first."""
        (self.focused or self).call_later(self._save)

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _save(self) -> None:
        """Close with what was written, or say what is wrong with it."""
        written = self._written()
        label = tidy_label(written["label"], self.language)
        length = _minutes(written["minutes"])
        problem = _problem(written, label, length)
        if problem:
            self.query_one(".problem", Static).update(Content(problem))
            return
        kept = {field: self._begun[field] for field in LONGEST if written[field] == self._shown[field]}
        text, notes = (kept.get(field, written[field]) for field in ("text", "notes"))
        minutes = None if written["minutes"] == self._shown["minutes"] else length
        self.dismiss(QuestionDraft(label, text, minutes, notes))

    def action_cancel(self) -> None:
        """Close without a result, as `action_save` in its turn; first ask where something would be lost."""
        (self.focused or self).call_later(self._cancel)

    def _cancel(self) -> None:
        if self.question is None or not self.is_mounted or not self.is_current or not self._changed():
            super().action_cancel()
            return
        words = Content(_("What you changed here was not saved."))
        self.app.push_screen(
            ConfirmDialog(_("Leave the question as it was?"), words, _("Leave"), _("Go on")), self._leave
        )

    def _changed(self) -> bool:
        return self._written() != self._shown

    def _leave(self, wanted: bool | None) -> None:
        if wanted:
            self.call_later(super().action_cancel)


def _problem(written: dict[str, str], label: str, length: float | None) -> str:
    """What is wrong with what was written, as a sentence; empty where nothing is."""
    if not written["text"]:
        return _("Write the question first.")
    for field, name in (("text", _("The question")), ("notes", _("The notes"))):
        over = len(written[field]) - LONGEST[field]
        if over > 0:
            return _("{name} may have {longest:,} characters: {characters} too many.").format(
                name=name, longest=LONGEST[field], characters=counted(over, "{n} character", "{n} characters")
            )
    if label and label_problem(label):
        return _("A label is a number (1, 3a, 2.1) or a word (QWrap, Warm-up).")
    if written["minutes"] and length is None:
        return _("Minutes are a number above 0 and at most 600.")
    return ""


def _minutes(written: str) -> float | None:
    try:
        minutes = float(written.replace(",", "."))
    except ValueError:
        return None
    return minutes if 0 < minutes <= 600 else None
