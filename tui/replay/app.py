"""ReplayApp: the desk on one saved chat."""

from pathlib import Path

from sessions.replay import Replay
from tui.replay.model import SavedFile
from tui.replay.screen import ReplayScreen
from tui.shell.base_app import BaseApp
from tui.shell.pace import Pace


class ReplayApp(BaseApp):
    """Plays `replay` from the position `at` (milliseconds since the opening); `file` is where it is saved.

    `pace` and `config` are for tests.
    """

    STAYS = "the saved chat stays as it is"
    FAILING = ("The replay", "The saved chat is as it was: `lunchroom replay` opens it again.")

    def __init__(
        self,
        replay: Replay,
        *,
        at: int = 0,
        speed: float = 1.0,
        file: SavedFile | None = None,
        pace: Pace | None = None,
        config: Path | None = None,
    ) -> None:
        super().__init__(config=config, library=None if file is None else file.folders[0])
        self._desk = ReplayScreen(replay, at=at, speed=speed, file=file, pace=pace, greeting=self.config.problem)

    def on_mount(self) -> None:
        """Open the desk; the app ends with it."""
        self.push_screen(self._desk, self.exit)
