"""Where the posts come from: each source's state, its last post, what it cost, and who may post from here."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from sessions.words import _
from tui.desk.model.desk import DeskModel
from tui.dialogs.dialog import Dialog
from tui.shell.workers import begin_work
from tui.text.outside import outside
from tui.text.sources import details
from tui.text.styles import MUTED

LEARN_EVERY = 2.0
"""Seconds between two looks at when the sources are tried again."""

Learn = Callable[[], Awaitable[Mapping[str, int]]]
"""Gives when the sources that failed are tried again, by name (UTC milliseconds by the hub's clock)."""


class SourcesDialog(Dialog[Literal["raise", "try"]]):
    """Kept up to date while it is open. The result is `raise` where more money is to be allowed, which `raise_to`
    names, and `try` where the sources that failed are to be tried now; `may_try` says whether they can be.

    `posting` is what is said of posting from this desk. `learn` is asked all the time; None where nobody knows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("t", "try_now", _("Try again now"))]

    DEFAULT_CSS = """
    SourcesDialog #list { height: auto; max-height: 45vh; }
    """

    def __init__(
        self,
        model: DeskModel,
        posting: str,
        raise_to: str = "",
        *,
        learn: Learn | None = None,
        may_try: bool = False,
    ) -> None:
        super().__init__(_("Where posts come from"), _("Esc closes"))
        self.model = model
        self.posting = posting
        self.raise_to = raise_to
        self.learn = learn
        self.may_try = may_try
        self._next_tries: Mapping[str, int] = {}
        self._told = Static(id="sources", classes="words")
        self._try = Button(Content(_("Try again now (t)")), id="try")

    def compose_inside(self) -> ComposeResult:
        with VerticalScroll(id="list"):
            yield self._told
        if self.posting:
            yield Static(outside(self.posting), classes="words")
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Close")), id="close")
            yield self._try
            if self.raise_to:
                yield Button(Content(self.raise_to), id="raise", variant="primary")

    def on_mount(self) -> None:
        """Show them, now and every second."""
        self._show()
        if self.learn is not None:
            learning = partial(self._keep_learning, self.learn)
            begin_work(self, learning, description=_("asking when sources are tried again"))
        self.set_interval(1, self._show)
        self.query_one("#close", Button).focus()

    def _show(self) -> None:
        """Show what is known, also when that is learned while the dialog closes and has nothing in it any more."""
        self._try.display = bool(self._next_tries) and self.may_try
        found = list(details(self.model.state, self.model.now(), self._next_tries))
        parts = [Content.assemble(outside(name, "bold"), "\n", outside(lines, MUTED)) for name, lines in found]
        words = Content("\n\n").join(parts) if parts else Content(_("No source has said anything yet."))
        self._told.update(words)

    async def _keep_learning(self, learn: Learn) -> None:
        while True:
            self._next_tries = await learn()
            self._show()
            await asyncio.sleep(LEARN_EVERY)

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "raise":
                self.dismiss("raise")
            case "try":
                self.dismiss("try")
            case _:
                self.dismiss(None)

    def action_try_now(self) -> None:
        """Leave with that, where it can be done."""
        if self.may_try and self.is_current:
            self.dismiss("try")

    def key_left(self) -> None:
        self.focus_previous()

    def key_right(self) -> None:
        self.focus_next()
