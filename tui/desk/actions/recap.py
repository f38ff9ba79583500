"""The recap of the chat at a desk, live or replayed."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from sessions.core.state import SessionState
from sessions.words import _
from tui.desk.port import ChatPort
from tui.shell.actions import Handler
from tui.text.outside import clean_line

NOTE = _("Who is left out is what people.json on this computer says.")


class RecapActions:
    """Makes the recap of what this desk has heard: no file of the chat is needed for it.

    `library` is the folder of saved chats, from which it learns who is left out, None for the usual one; `state` gives
    the whole chat as far as it is known, unchanged from then on; `session` its id for programs, empty as long as that
    is not known.
    """

    def __init__(
        self, port: ChatPort, library: Path | None, state: Callable[[], SessionState], session: Callable[[], str]
    ) -> None:
        self._port = port
        self._library = library
        self._state = state
        self._session = session

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"recap": self.recap}

    def recap(self) -> None:
        """Ask for a format and a place, and write or show the recap."""
        if self._port.model.state.plan is None:
            self._port.say(_("There is nothing to make a recap of yet."))
        else:
            self._port.start(self._recap)

    async def _recap(self) -> None:
        from sessions.files.errors import StorageError
        from sessions.library.location import default_library
        from tui.dialogs.making_recap import ask_for_recap
        from tui.dialogs.recap_file import RecapWish, fulfil, recap_path

        state = self._state()
        plan = state.plan
        if plan is None:
            return
        try:
            library = self._library or default_library()
        except StorageError as error:
            self._port.say(str(error), warn=True)
            return
        make = partial(fulfil, state=state, library=library, session=self._session())
        wish = RecapWish("markdown", recap_path(plan))
        await ask_for_recap(self._port.ask, clean_line(plan.title), wish, make, self._port.say, note=NOTE)
