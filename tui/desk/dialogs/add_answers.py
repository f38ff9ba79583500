"""Adding what no network brought: one answer, or many pasted from a meeting's chat."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.types import CSSPathType
from textual.widgets import Button, Input, Static, TextArea

from sessions.words import _
from tui.desk.model.answers import Answer, Preview, preview
from tui.desk.model.desk import Drafts
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED
from tui.text.wording import counted


class NameInput(Input):
    """The field for a name, which one pastes into because it has the focus: several lines belong into the text."""

    class ManyPasted(Message):
        """Several lines were pasted here, of which this field would keep the first."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.strip().splitlines()) > 1:  # terminals send a pasted line end as a carriage return
            event.prevent_default()
            event.stop()
            self.post_message(self.ManyPasted(event.text))


class AddAnswersDialog(Dialog[tuple[Answer, ...]]):
    """A name and a text, and below what would come of them. The draft is kept until it was sent."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "add_answers.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "add", _("Add"), priority=True)]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012

    def __init__(self, drafts: Drafts) -> None:
        super().__init__(_("Add answers by hand"), _("Ctrl+S adds · Tab next field · Esc keeps it for later"))
        self.drafts = drafts
        self._preview = preview(drafts)

    def compose_inside(self) -> ComposeResult:
        yield Static(Content(_("Name (empty to paste many: Name: text, or a meeting's saved chat)")), classes="field")
        yield NameInput(self.drafts.answers_author, id="author", max_length=200, select_on_focus=False)
        yield Static(Content(_("Text")), classes="field")
        yield TextArea(self.drafts.answers, id="text", soft_wrap=True, tab_behavior="focus")
        with VerticalScroll(id="preview", can_focus=False):
            yield Static(id="preview-words")
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Add")), id="add", variant="primary")

    def on_mount(self) -> None:
        self.query_one(TextArea if self.drafts.answers_author else Input).focus()
        self._show()

    @on(Input.Changed)
    def _author_changed(self, event: Input.Changed) -> None:
        self.drafts.answers_author = event.value
        self._show()

    @on(NameInput.ManyPasted)
    def _many_pasted(self, message: NameInput.ManyPasted) -> None:
        text = self.query_one(TextArea)
        text.insert(message.text)
        text.focus()

    @on(Input.Submitted)
    def _to_text(self) -> None:
        self.query_one(TextArea).focus()

    @on(TextArea.Changed)
    def _text_changed(self, event: TextArea.Changed) -> None:
        self.drafts.answers = event.text_area.text
        self._show()

    def _show(self) -> None:
        self._preview = preview(self.drafts)
        self.query_one("#preview-words", Static).update(preview_words(self._preview))
        button = self.query_one("#add", Button)
        adds = len(self._preview.answers)
        button.label = Content(
            _("Add {answers}").format(answers=counted(adds, "{n} answer", "{n} answers")) if adds else _("Add")
        )
        button.refresh(layout=True)  # a new label alone keeps the old width
        button.disabled = adds == 0

    @on(Button.Pressed)
    def action_add(self) -> None:
        """Close with the answers, if there are any."""
        if self._preview.answers:
            self.dismiss(self._preview.answers)


def preview_words(shown: Preview) -> Content:
    """What would be added and what is left out, line by line."""
    if not shown.answers and not shown.ignored:
        return Content.styled(_("Nothing to add yet."), MUTED)
    lines = [
        Content.assemble(("+ ", "$success"), outside(clean_line(answer.author), "bold"), "  ", clean_line(answer.text))
        for answer in shown.answers
    ]
    lines += [Content.assemble((_("– left out, "), MUTED), outside(clean_line(line), MUTED)) for line in shown.ignored]
    return Content("\n").join(lines)
