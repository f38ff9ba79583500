"""Leaving the desk, so that nothing unsent is lost."""

from collections.abc import Awaitable, Callable, Mapping

from textual.content import Content

from sessions.words import _
from tui.desk.farewells import CLOSED, LEFT
from tui.desk.port import ChatPort
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler


class LeavingActions:
    """The action "Leave". `may_leave` asks where leaving would cut something off; `finish` sends what waits."""

    def __init__(
        self, port: ChatPort, may_leave: Callable[[], Awaitable[bool]], finish: Callable[[], Awaitable[None]]
    ) -> None:
        self._port = port
        self._may_leave = may_leave
        self._finish = finish

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"leave": self.leave}

    def leave(self) -> None:
        """Leave the desk; asks only where something unsent would be lost."""
        self._port.start(self._leave)

    async def _leave(self) -> None:
        unsent = self._port.model.drafts.unsent()
        if unsent:
            words = Content(_("You have begun {what} and not sent it.").format(what=_(" and ").join(unsent)))
            if not await self._port.ask(ConfirmDialog(_("Leave?"), words, _("Leave"), _("Stay"))):
                return
        if not await self._may_leave():
            return
        await self._finish()
        self._port.leave(LEFT if self._port.model.state.closed_at is None else CLOSED)
