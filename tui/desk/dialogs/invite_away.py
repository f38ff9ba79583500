"""Inviting somebody in another home: what that contacts, who was invited; and the invite as text and as a QR code."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.widgets import Button, Static

from sessions.words import _
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.dialog import Dialog

_BORDER = 2
"""Light squares around a QR code; readers want some."""

_OTHER_LINES = 14
"""Lines of the dialog beside the QR code, and what the screen keeps."""

_OTHER_COLUMNS = 10


class InviteAwayDialog(ChooseDialog):
    """Whom to invite, or whose invite to take back, below what inviting means; the result is the chosen value."""

    def __init__(self, words: Content, choices: Sequence[Choice]) -> None:
        super().__init__(_("Invite somebody elsewhere"), choices)
        self.words = words

    def compose_inside(self) -> ComposeResult:
        yield Static(self.words, classes="words")
        yield from super().compose_inside()


class InviteShownDialog(Dialog[bool]):
    """The invite, which `c` copies (the result is True then); as a QR code, too, where the window has room for one."""

    DEFAULT_CSS = """
    InviteShownDialog #invite { height: auto; padding: 0 0 1 0; }
    InviteShownDialog #code { width: auto; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", _("Copy"))]

    def __init__(self, invite: str, words: str) -> None:
        super().__init__(_("An invite for somebody elsewhere"), _("c copies it · Esc closes"))
        self.invite = invite
        self.words = words
        self._code = qr_lines(invite)

    def compose_inside(self) -> ComposeResult:
        yield Static(Content(self.words), classes="words")
        yield Static(Content(self.invite), id="invite")
        yield Static(Content.styled("\n".join(self._code), "#000000 on #ffffff"), id="code")
        yield Static(Content(_("In a larger window it is here as a QR code, too.")), classes="hint", id="no-room")
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Close")), id="close")
            yield Button(Content(_("Copy")), id="copy", variant="primary")

    def on_mount(self) -> None:
        self._fit(self.app.size)
        self.query_one("#copy", Button).focus()

    def on_resize(self, event: Resize) -> None:
        """Show the code as soon as there is room for it."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        room = len(self._code) + _OTHER_LINES <= size.height and len(self._code[0]) + _OTHER_COLUMNS <= size.width
        self.query_one("#code").display = room
        self.query_one("#no-room").display = not room

    def action_copy(self) -> None:
        """Close, to copy it."""
        self.dismiss(True)

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "copy")

    def key_left(self) -> None:
        self.focus_previous(Button)

    def key_right(self) -> None:
        self.focus_next(Button)


def qr_lines(text: str) -> list[str]:
    """A QR code in half blocks, two rows of it a line; dark is the colour of letters, light that behind them."""
    import segno  # few desks ever show one

    rows = [
        [bool(square) for square in row] for row in segno.make(text, error="l", micro=False).matrix_iter(border=_BORDER)
    ]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    blocks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    return ["".join(blocks[pair] for pair in zip(*two, strict=True)) for two in zip(rows[::2], rows[1::2], strict=True)]
