"""A saved chat that is replayed from a live desk, to which the keys that leave, replay and close go back."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from sessions.replay import Replay
from sessions.words import _
from tui.replay.live_line import LiveDesk, LiveLine, glimpse
from tui.replay.screen import ReplayScreen
from tui.shell.actions import Handler
from tui.widgets.pace import Pace

LOOKS_EVERY = 0.25
"""Seconds between two looks at the live chat."""


class ReplayFromDesk(ReplayScreen):
    """The replay of the session with this id, which lies where the hub runs, under a line on the chat at `desk`."""

    FIRST_AT_FOOT: ClassVar[Mapping[str, str]] = {"leave": _("Back")}
    LEAVES = _("leaves the desk; the chat goes on")

    def __init__(self, replay: Replay, session: str, desk: LiveDesk, *, pace: Pace) -> None:
        super().__init__(replay, session=session, pace=pace)
        self._desk = desk
        self._live = LiveLine()

    def compose(self) -> ComposeResult:
        yield self._live
        yield from super().compose()

    def on_mount(self) -> None:
        """Show the live chat, and go on looking at it."""
        self._look()
        self.set_interval(LOOKS_EVERY, self._look)

    def _look(self) -> None:
        self._live.show(glimpse(self._desk), _("{leave_key} back").format(leave_key=self.key_of("leave")))

    @on(LiveLine.Pressed)
    def _go_back(self) -> None:
        self.leave()

    def off(self) -> dict[str, Handler]:
        """As in any replay; the key that came here goes back, too."""
        return super().off() | {"replay": self.leave}

    def greeting(self) -> str:
        """How one comes back."""
        leave, again, dismiss = (self.key_of(name) for name in ("leave", "replay", "dismiss"))
        return _("{leave}, {again} or {dismiss} goes back to the live chat.").format(
            leave=leave, again=again, dismiss=dismiss
        )

    def close_one(self) -> bool:
        """Close what is open, else go back."""
        if not super().close_one():
            self.leave()
        return True
