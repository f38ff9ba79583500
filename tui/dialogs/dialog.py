"""What all dialogs share: a frame in the middle, a title, Escape."""

from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Static

from sessions.words import _
from tui.widgets.lines.layered import Layered
from tui.widgets.lines.lean_compositor import LeanCompositor

Result = TypeVar("Result")
Answered = TypeVar("Answered")

DIALOG_CSS = Path(__file__).with_name("dialog.tcss")
"""The look of every dialog; one with more of its own names both."""


class Ask(Protocol):
    """Shows a dialog and waits for its result."""

    async def __call__(self, dialog: ModalScreen[Answered], /) -> Answered | None:
        """The result; None where one left it without any."""


class Dialog(Layered, ModalScreen[Result | None]):
    """A dialog that Escape closes without a result. Subclasses give its inside in `compose_inside`."""

    CSS_PATH: ClassVar[CSSPathType | None] = DIALOG_CSS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", _("Close"), key_display="Esc")]

    def __init__(self, title: Content | str, hint: str = "") -> None:
        super().__init__()
        self._compositor = LeanCompositor()
        self.heading = title if isinstance(title, Content) else Content(title)
        self._hint = hint

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame"):
            yield Static(self.heading, classes="title")
            yield from self.compose_inside()
            if self._hint:
                yield Static(Content(self._hint), classes="hint")

    def compose_inside(self) -> ComposeResult:
        """What stands between the title and the hint."""
        yield from ()

    @property
    def is_going(self) -> bool:
        """Whether it is taken away, which its parts are before it."""
        return self._pruning

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with this result; nothing where it is closed already or something is open above it.

        Textual would close what is on top: at the second of two clicks that is what lies below.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_cancel(self) -> None:
        """Close without a result, once it stands: one that is closed before has nothing to set the focus on."""
        if not self.is_mounted:
            self.call_later(self.action_cancel)
        else:
            self.dismiss(None)
