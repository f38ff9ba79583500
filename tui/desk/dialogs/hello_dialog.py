"""A hello to one person: its words, to be chosen among those of the plan and changed, and what becomes of them."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from sessions.publishing.greetings import HelloText
from sessions.words import _
from tui.desk.dialogs.post_dialog import PostDialog, ToPost
from tui.desk.model.posting import REHEARSAL, Target, problem
from tui.text import taming
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED

Fate = Literal["post", "copy", "rehearse"]
"""What Enter does with the words."""

_ENTER: dict[Fate, str] = {
    "post": _("Enter posts"), "copy": _("Enter copies"), "rehearse": _("Enter greets"),
}  # fmt: skip


class HelloDialog(PostDialog):
    """The preview of a hello. `texts` are the plan's words that fit, the first of which is offered.

    The other arguments are those of `PostDialog`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o", "other_words", _("Other words"), priority=True)]

    DEFAULT_CSS = """
    HelloDialog #which { height: auto; padding: 0 1; }
    """

    def __init__(
        self,
        name: str,
        text: str,
        targets: Sequence[Target],
        *args: Any,
        fate: Fate,
        texts: Sequence[HelloText],
        **rest: Any,
    ) -> None:
        mark = f"  ({REHEARSAL})" if fate == "rehearse" else ""
        title = Content.assemble(outside(clean_line(name)), (mark, f"{MUTED} not bold"))
        others = _(" · Ctrl+O other words") if len(texts) > 1 else ""
        hint = _("{enter}{others} · Tab to the words · Esc leaves").format(enter=_ENTER[fate], others=others)
        super().__init__(name, text, targets, *args, title=title, hint=hint, **rest)
        self.fate: Fate = fate
        self.texts = texts

    def compose_above(self) -> ComposeResult:
        if len(self.texts) > 1:
            yield Static(id="which")

    def compose_buttons(self) -> ComposeResult:
        if len(self.texts) > 1:
            yield Button(Content(_("Other words")), id="other")
        if self.fate != "copy":
            yield Button(Content(_("Copy")), id="copy")
        yield Button(Content(self.does(())), id="post", variant="primary")

    def on_mount(self) -> None:
        """Say which words these are."""
        self._tell_which()

    @on(TextArea.Changed)
    def _tell_which(self) -> None:
        for line in self.query("#which").results(Static):
            place = self._place
            shown = (
                _("changed")
                if place is None
                else _("{name}, {place} of {texts}").format(
                    name=clean_line(self.texts[place].name), place=place + 1, texts=len(self.texts)
                )
            )
            line.update(outside(_("words: {shown}").format(shown=shown), MUTED))

    @property
    def _place(self) -> int | None:
        """Which of the plan's words are there; None for words that were changed."""
        written = self.query_one(TextArea).text
        return next((i for i, one in enumerate(self.texts) if taming.clean(one.text) == written), None)

    @on(Button.Pressed, "#other")
    def action_other_words(self) -> None:
        """Take the next words of the plan; what was there comes back by the key that undoes typing."""
        if len(self.texts) < 2:
            return
        place = self._place
        words = self.texts[0 if place is None else (place + 1) % len(self.texts)]
        area = self.query_one(TextArea)
        area.replace(taming.clean(words.text), (0, 0), area.document.end)
        self.query_one("#post", Button).focus()

    def does(self, chosen: Sequence[Target]) -> str:
        """As in any preview; where nothing is posted, what is done instead."""
        return {"post": super().does(chosen), "copy": _("Copy"), "rehearse": _("Say hello")}[self.fate]

    def hindrance(self, text: str, chosen: Sequence[Target]) -> str:
        """As in any preview; without networks only that there are no words."""
        if self.fate == "post":
            return problem(text, chosen)
        return "" if text.strip() else _("There is nothing to say yet.")

    def wish(self, chosen: tuple[Target, ...]) -> ToPost:
        """As in any preview."""
        return ToPost(self.text, chosen, rehearsed=self.fate == "rehearse")
