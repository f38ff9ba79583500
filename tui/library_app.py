"""LibraryApp: the library by itself, and whatever screen a chat is opened on above it."""

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import App
from textual.binding import Binding

from tui.config import config_path, load_config
from tui.crash import record_crash
from tui.keys import PALETTE_KEY
from tui.palette import DeedProvider
from tui.screens.library import LOOK_AGAIN, LibraryScreen
from tui.shelf import Shelf
from tui.themes import DARK, THEMES


class LibraryApp(App[Path]):
    """Shows the saved chats of `shelf`. `run()` returns the file of the chat to open, None where one just left.

    `config` and `every` are for tests.
    """

    TITLE = "Lunchroom"
    BINDINGS: ClassVar = [
        Binding("ctrl+p", "command_palette", "All actions", show=False, priority=True, id=PALETTE_KEY),
        Binding("ctrl+q", "quit", "Leave", show=False, priority=True, id="quit"),
    ]
    COMMANDS: ClassVar = {DeedProvider}

    def __init__(self, shelf: Shelf, *, config: Path | None = None, every: float = LOOK_AGAIN) -> None:
        super().__init__()
        self._shelf = shelf
        self._every = every
        self._config = load_config(config or config_path())
        for theme in THEMES:
            self.register_theme(theme)

    def on_mount(self) -> None:
        """Set up what the config says, and show the list."""
        self.theme = self._config.theme if self._config.theme in self.available_themes else DARK.name
        self.set_keymap(self._config.keys)
        self.push_screen(LibraryScreen(self._shelf, greeting=self._config.problem, every=self._every))

    @on(LibraryScreen.OpenRequested)
    def _open(self, message: LibraryScreen.OpenRequested) -> None:
        self.exit(message.path)

    @on(LibraryScreen.LeaveRequested)
    def _leave(self) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies a selection in Textual and leaves nothing; say what does leave."""
        if isinstance(self.screen, LibraryScreen):
            self.screen.say(f"{self.screen.key_of('leave')} leaves the saved chats.")

    def _fatal_error(self) -> None:
        """Say in one line that the screen failed, where Textual shows a traceback with all values."""
        self.panic(Text(record_crash(self._exception)))
