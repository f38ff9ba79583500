"""LunchroomApp: one desk on one session, with its themes, keys and clipboard."""

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding

from sessions.events import Role
from sessions.hub.client import DeskClock, HubClient, Joined
from tui.clipboard import find_tool, osc52_known, run_tool
from tui.config import config_path, load_config
from tui.crash import record_crash
from tui.keys import PALETTE_KEY
from tui.model.desk import DeskModel
from tui.model.pace import LoopPace, Pace
from tui.palette import DeedProvider
from tui.screens.desk import DeskScreen
from tui.screens.desk_core import DeskCore
from tui.screens.show_text import ShowTextDialog
from tui.themes import DARK, THEMES

LEFT = "You left; the chat goes on. `lunchroom join` comes back."
CLOSED = "The chat is closed and saved. `lunchroom sessions` lists it."


class LunchroomApp(App[str]):
    """Runs one desk. `run()` returns the sentence to say when it is over.

    `client` has joined as `joined`; `greeting` is said first; `invitation` is shown to a moderator who asks for it;
    `role` is taken over at once where it is not held.
    `pace`, `clock` and `config` are for tests.
    """

    TITLE = "Lunchroom"
    BINDINGS: ClassVar = [
        Binding("ctrl+p", "command_palette", "All actions", show=False, priority=True, id=PALETTE_KEY),
        Binding("ctrl+q", "quit", "Leave", show=False, priority=True, id="quit"),
    ]
    COMMANDS: ClassVar = {DeedProvider}

    def __init__(
        self,
        client: HubClient,
        joined: Joined,
        *,
        greeting: str | None = None,
        invitation: str | None = None,
        role: Role | None = None,
        pace: Pace | None = None,
        clock: DeskClock | None = None,
        config: Path | None = None,
    ) -> None:
        super().__init__()
        self.client = client
        self._joined = joined
        self._invitation = invitation or ""
        self._greeting = greeting or ""
        self._role = role
        self._pace = pace or LoopPace()
        self._clock = clock or DeskClock()
        self._config = load_config(config or config_path())
        for theme in THEMES:
            self.register_theme(theme)

    def on_mount(self) -> None:
        """Set up what the config says, and open the desk."""
        self.theme = self._config.theme if self._config.theme in self.available_themes else DARK.name
        self.set_keymap(self._config.keys)
        self.push_screen(
            DeskScreen(
                self.client,
                DeskModel(self._joined, self._clock),
                self._pace,
                greeting=self._config.problem or self._greeting,
                invitation=self._invitation if self._joined.scope == "moderator" else "",
                role=self._role,
            )
        )

    async def action_quit(self) -> None:
        """Leave as `q` does, so that nothing unsent is lost."""
        if isinstance(self.screen, DeskCore):
            self.screen.act("leave")
        else:
            self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C copies a selection in Textual and leaves nothing; say what does leave."""
        if isinstance(self.screen, DeskCore):
            self.screen.say(f"{self.screen.key_of('leave')} leaves the desk; the chat goes on.")

    def leave(self, *, closed: bool = False) -> None:
        """End the desk, not the chat."""
        self.exit(CLOSED if closed else LEFT)

    def _fatal_error(self) -> None:
        """Say in one line that the desk failed, where Textual shows a traceback with all values, tokens among them."""
        self.panic(Text(record_crash(self._exception)))

    async def copy_text(self, text: str, what: str) -> str:
        """Put a text on the clipboard and give the sentence that says so; shows it where no way is known to work."""
        self.copy_to_clipboard(text)
        tool = find_tool()
        if tool is not None and await run_tool(tool, text):
            return f"Copied {what}."
        if osc52_known():
            return f"Copied {what}."
        await self.push_screen_wait(
            ShowTextDialog(
                f"Copy {what}",
                text,
                "Your terminal may have copied it. If pasting gives nothing: select it here with the mouse "
                "(in many terminals with Shift held) and copy it.",
            )
        )
        return ""
