"""A saved chat that is replayed from a live desk, to which q, v and Esc go back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from sessions.replay import Replay
from tui.replay.keys import REPLAY
from tui.replay.screen import ReplayScreen
from tui.shell.actions import Handler
from tui.widgets.pace import Pace

BACK = "Back to the live chat"


class ReplayFromDesk(ReplayScreen, inherit_bindings=False):
    """The replay of the session with this id, which lies where the hub runs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(replace(one, description=BACK, show=True) for one in REPLAY.bindings() if one.id == "leave"),
        *(one for one in REPLAY.bindings() if one.id != "leave"),
    ]

    LEAVES = "leaves the desk; the chat goes on"

    def __init__(self, replay: Replay, session_id: str, *, pace: Pace) -> None:
        super().__init__(replay, pace=pace, greeting="q, v or Esc goes back to the live chat.")
        self.session_id = session_id

    def off(self) -> Mapping[str, Handler]:
        """As in any replay; the key that came here goes back, too."""
        return {**super().off(), "replay": self.do_leave}

    def do_dismiss(self) -> None:
        """Close what is open, else go back."""
        if not (self.panes.notice.dismiss_one() or self.panes.answers.clear_find()):
            self.do_leave()
