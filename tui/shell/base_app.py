"""What every app of Lunchroom has: themes, keys of one's own, the palette, the clipboard, one line for a crash."""

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding

from sessions.library.library import default_library
from tui.desk.core import DeskCore
from tui.dialogs.show_text import ShowTextDialog
from tui.shell.clipboard import find_tool, osc52_known, run_tool
from tui.shell.config import config_path, load_config
from tui.shell.crash import record_crash
from tui.shell.keys import PALETTE_KEY
from tui.shell.palette import DeedProvider
from tui.shell.themes import DARK, THEMES


class BaseApp(App[str]):
    """An app that shows a desk. `library` is the folder of saved chats; `config` that of the config file, for tests."""

    TITLE = "Lunchroom"
    BINDINGS: ClassVar = [
        Binding("ctrl+p", "command_palette", "All actions", show=False, priority=True, id=PALETTE_KEY),
        Binding("ctrl+q", "quit", "Leave", show=False, priority=True, id="quit"),
    ]
    COMMANDS: ClassVar = {DeedProvider}

    STAYS: ClassVar[str] = ""
    """What is said of the chat to somebody who wants to leave."""
    FAILING: ClassVar[tuple[str, str]] = ("Lunchroom", "")
    """What it is that fails where this app does, and what has become of the chat then."""

    def __init__(self, *, config: Path | None = None, library: Path | None = None) -> None:
        super().__init__()
        self.library = library or default_library()
        self.config = load_config(config or config_path())
        for theme in THEMES:
            self.register_theme(theme)

    def on_load(self) -> None:
        """Set up what the config says."""
        self.theme = self.config.theme if self.config.theme in self.available_themes else DARK.name
        self.set_keymap(self.config.keys)

    def leave(self) -> None:
        """End the app where no desk is open."""
        self.exit()

    async def action_quit(self) -> None:
        """Leave as `q` does, so that nothing unsent is lost."""
        if isinstance(self.screen, DeskCore):
            self.screen.act("leave")
        else:
            self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C copies a selection in Textual and leaves nothing; say what does leave."""
        if isinstance(self.screen, DeskCore):
            self.screen.say(f"{self.screen.key_of('leave')} leaves the desk; {self.STAYS}.")

    def _fatal_error(self) -> None:
        """Say in one line that the app failed, where Textual shows a traceback with all values, tokens among them."""
        self.panic(Text(record_crash(self._exception, *self.FAILING)))

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
