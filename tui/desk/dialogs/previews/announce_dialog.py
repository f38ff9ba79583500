"""Telling people elsewhere: the words as they go out, and at which addresses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Static, TextArea

from sessions.words import _
from tui.desk.dialogs.claiming import Claiming
from tui.desk.dialogs.previews.waking import Waking
from tui.desk.model.elsewhere.announcing import Address, Announceable, hindrance
from tui.desk.model.posting import REHEARSAL
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.text import taming
from tui.text.outside import clean_line, outside, outside_line
from tui.text.styles import MUTED
from tui.widgets.marked import MarkedCheckbox
from tui.widgets.pace import Pace

NAME_CELLS = 32


@dataclass(frozen=True)
class ToAnnounce:
    """What the moderator wants: the words as they go out, and the names of addresses; none is to copy them."""

    text: str
    to: tuple[str, ...]


class AnnounceDialog(Claiming, Dialog[ToAnnounce]):
    """The preview; `keep` is told the words whenever they change, `rehearses` says that nothing is sent.

    The result is None for leaving.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "announce_dialog.tcss"]

    def __init__(
        self,
        what: Announceable,
        text: str,
        addresses: Sequence[Address],
        pace: Pace,
        *,
        keep: Callable[[str], None],
        rehearses: bool = False,
    ) -> None:
        mark = f"  ({REHEARSAL})" if rehearses else ""
        title = Content.assemble(_("Tell people: "), outside(clean_line(what.name)), (mark, f"{MUTED} not bold"))
        does = _("Enter counts it as told") if rehearses else _("Enter tells them")
        super().__init__(title, _("{does} · Tab to the words or addresses · Esc leaves").format(does=does))
        self.what = what
        self.draft = text
        self.addresses = tuple(addresses)
        self.keep = keep
        self.rehearses = rehearses
        self.waking = Waking(pace)

    def compose_inside(self) -> ComposeResult:
        area = TextArea(taming.clean(self.draft), soft_wrap=True, show_line_numbers=False, id="text")
        area.styles.height = min(11, 2 + sum(len(line) // 68 + 1 for line in self.draft.splitlines() or [""]))
        yield area
        for place, address in enumerate(self.addresses):
            with Horizontal(classes="target"):
                words = outside_line(address.name, NAME_CELLS)
                yield MarkedCheckbox(words, value=address.wanted, id=f"to-{place}", disabled=not address.may)
                yield Static(outside(address.standing), classes="about")
        yield Static(classes="problem")
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Copy")), id="copy")
            yield Button(Content(_("Tell")), id="tell", variant="primary")

    def on_mount(self) -> None:
        """Wait for an answer: at an address where none is chosen, behind the words where some are missing."""
        self._show()
        free = [box for box in self.query(MarkedCheckbox) if not box.disabled]
        if free and not self.chosen():
            free[0].focus()
        elif self._hindrance():
            area = self.query_one(TextArea)
            area.focus()
            area.move_cursor(area.document.end)
        else:
            self.query_one("#tell", Button).focus()
        self.call_after_refresh(self.waking.seen)

    @property
    def text(self) -> str:
        """The words as they go out."""
        return self.query_one(TextArea).text.strip()

    def chosen(self) -> tuple[str, ...]:
        """The names of the addresses whose boxes are checked."""
        boxes = [self.query_one(f"#to-{place}", MarkedCheckbox) for place in range(len(self.addresses))]
        return tuple(one.name for one, box in zip(self.addresses, boxes, strict=True) if one.may and box.value)

    def _hindrance(self) -> str:
        return hindrance(self.what.subject, self.text, self.chosen())

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        self.keep(event.text_area.text)
        self._show()

    @on(MarkedCheckbox.Changed)
    def _show(self) -> None:
        self.query_one(".problem", Static).update(Content(self._hindrance()))
        names = _(" and ").join(self.chosen())
        label = Content(_("Rehearse it") if self.rehearses else _("Tell {names}").format(names=names).strip())
        button = self.query_one("#tell", Button)
        if button.label != label:
            button.label = label
            button.refresh(layout=True)  # a new label alone keeps the old width

    @on(Button.Pressed, "#copy")
    def _copy(self) -> None:
        self.dismiss(ToAnnounce(self.text, ()))

    @on(Button.Pressed, "#tell")
    def _tell(self) -> None:
        said = self.waking.takes()
        if said is None:
            said = self._hindrance()
            if not said:
                self.dismiss(ToAnnounce(self.text, self.chosen()))
                return
        if said:
            self.query_one(".problem", Static).update(Content(said))
