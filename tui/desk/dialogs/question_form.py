"""Adding a question to the queue, or changing one."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Input, Static

from sessions.core.plan import Question
from sessions.core.plan.labels import label_problem, tidy_label
from sessions.hub.protocol.presence import Claim
from tui.desk.model.desk import Drafts
from tui.dialogs.dialog import DIALOG_CSS, Dialog


@dataclass(frozen=True)
class QuestionDraft:
    """What was written; an empty label asks for the next free number, no minutes for the usual length."""

    label: str
    text: str
    minutes: float | None
    notes: str


class QuestionForm(Dialog[QuestionDraft]):
    """The form; the result is what was written, checked as far as the desk can. A new question keeps its draft."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "question_form.tcss"]

    def __init__(self, question: Question | None, drafts: Drafts) -> None:
        super().__init__("Add a question" if question is None else "Edit the question", "Enter saves · Esc leaves")
        self._question = question
        self._drafts = drafts
        self.claim = Claim("question", "" if question is None else question.id)

    def compose_inside(self) -> ComposeResult:
        known = self._question
        yield Static(Content("Question"), classes="field")
        yield Input(known.text if known else self._drafts.question, id="text", max_length=1000, select_on_focus=False)
        with Horizontal(classes="pair"):
            yield Static(Content("Label (what follows Q)"), classes="field")
            yield Static(Content("Minutes"), classes="field")
        with Horizontal(classes="pair"):
            yield Input(known.label if known else "", id="label", max_length=20, placeholder="the next number")
            yield Input(
                f"{known.minutes:g}" if known else "", id="minutes", max_length=20, placeholder="as the last one"
            )
        yield Static(Content("Notes for the moderators"), classes="field")
        yield Input(known.notes if known else "", id="notes", max_length=5000, select_on_focus=False)
        yield Static(classes="problem")
        with Horizontal(classes="buttons"):
            yield Button(Content("Save"), id="save", variant="primary")

    @on(Input.Changed, "#text")
    def _keep(self, event: Input.Changed) -> None:
        if self._question is None:
            self._drafts.question = event.value

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _save(self) -> None:
        text, label, minutes, notes = (
            self.query_one(f"#{field}", Input).value.strip() for field in ("text", "label", "minutes", "notes")
        )
        label = tidy_label(label)
        problem = ""
        length: float | None = None
        if not text:
            problem = "Write the question first."
        elif label and label_problem(label):
            problem = "A label is a number (1, 3a, 2.1) or a word (QWrap, Warm-up)."
        elif minutes:
            length = _minutes(minutes)
            if length is None:
                problem = "Minutes are a number above 0 and at most 600."
        if problem:
            self.query_one(".problem", Static).update(Content(problem))
            return
        self.dismiss(QuestionDraft(label, text, length, notes))


def _minutes(written: str) -> float | None:
    try:
        minutes = float(written.replace(",", "."))
    except ValueError:
        return None
    return minutes if 0 < minutes <= 600 else None
