"""LibraryApp: the saved chats, and above them the desk on the one that is replayed."""

import asyncio
from pathlib import Path

from textual import on

from sessions.files.errors import StorageError
from sessions.replay.jumping import JumpError
from tui.growth.screen import GrowthScreen
from tui.library.library_core import LOOK_AGAIN
from tui.library.screen import LibraryScreen
from tui.library.shelf import Shelf
from tui.replay.model import SavedFile, open_replay, position_at
from tui.replay.screen import ReplayScreen
from tui.shell.base_app import BaseApp


class LibraryApp(BaseApp):
    """Shows the saved chats of `shelf`; leaving a replay comes back to them.

    `run()` returns the id of the running chat whose desk somebody wants to go to, None where one just leaves.
    Replays begin at the time `at` (as in `lunchroom replay --at`) and play at `speed`. The cursor begins at the session
    with the id `chat`, and `greeting` is said first. `config` and `every` are for tests.
    """

    STAYS = "the saved chat stays as it is"
    FAILING = ("The library", "The saved chats are as you left them: `lunchroom library` shows them again.")

    def __init__(
        self,
        shelf: Shelf,
        *,
        at: str | None = None,
        speed: float = 1.0,
        greeting: str = "",
        chat: str | None = None,
        config: Path | None = None,
        every: float = LOOK_AGAIN,
    ) -> None:
        super().__init__(config=config, library=shelf.library.folder)
        self._shelf = shelf
        self._at = at
        self._speed = speed
        self._list = LibraryScreen(shelf, greeting=greeting or self.config.problem, chat=chat, every=every)

    def on_mount(self) -> None:
        """Show the list."""
        self.push_screen(self._list)

    @on(LibraryScreen.OpenRequested)
    def _open(self, message: LibraryScreen.OpenRequested) -> None:
        work = self._replay(message.path)
        self.run_worker(work, group="replay", exclusive=True, description="opening a saved chat")

    async def _replay(self, path: Path) -> None:
        self._list.say("Opening …")
        try:
            replay = await asyncio.to_thread(open_replay, path)
            position = 0 if self._at is None else position_at(replay, self._at)
        except (StorageError, JumpError) as error:
            self._list.say(str(error), warn=True)
            return
        self._list.say("")
        file = SavedFile(path, (self._shelf.library.folder,))
        if self.screen is self._list:  # else a dialog was opened meanwhile, which goes before
            await self.push_screen(ReplayScreen(replay, at=position, speed=self._speed, file=file))

    @on(LibraryScreen.GrowthRequested)
    def _show_growth(self, message: LibraryScreen.GrowthRequested) -> None:
        self.push_screen(GrowthScreen(self._shelf.library, message.series))

    @on(LibraryScreen.JoinRequested)
    def _join(self, message: LibraryScreen.JoinRequested) -> None:
        self.exit(message.session)

    @on(LibraryScreen.LeaveRequested)
    def _leave(self) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies a selection in Textual and leaves nothing; say what does leave."""
        if isinstance(self.screen, LibraryScreen):
            self.screen.say(f"{self.screen.key_of('leave')} leaves the saved chats.")
        else:
            super().action_help_quit()
