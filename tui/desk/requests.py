"""Where one can go from the desk, and to it."""

from typing import TYPE_CHECKING

from tui.shell.requests import ScreenRequested

if TYPE_CHECKING:
    from sessions.replay import Replay


class ReplayRequested(ScreenRequested):
    """Somebody wants to see a saved chat, the session with this id, beside the live one."""

    def __init__(self, replay: "Replay", session: str) -> None:
        super().__init__()
        self.replay = replay
        self.session = session


class DeskRequested(ScreenRequested):
    """Somebody has joined and wants their desk, in the place of the screen that waited for it."""

    instead = True
