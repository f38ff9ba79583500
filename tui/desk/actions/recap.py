"""The recap of the chat at a desk, live or replayed."""

from functools import partial
from pathlib import Path

from sessions.core.state import SessionState
from sessions.library.library import default_library
from tui.desk.base import DeskBase
from tui.dialogs.making_recap import ask_for_recap
from tui.dialogs.recap_file import RecapWish, fulfil, recap_path
from tui.text.outside import clean_line

NOTE = "Who is left out is what people.json on this computer says."


class DeskRecap(DeskBase):
    """Makes the recap of what this desk has heard: no file of the chat is needed for it."""

    library: Path = default_library()
    session_id = ""
    """The id of the session, for programs that read the recap; empty as long as it is not known."""

    def recapped(self) -> SessionState:
        """The whole chat, as far as it is known here; it is not changed any more."""
        return self.model.state.copy()

    def do_recap(self) -> None:
        """Ask for a format and a place, and write or show the recap."""
        if self.model.state.plan is None:
            self.say("There is nothing to make a recap of yet.")
        else:
            self.run_dialog(self._recap)

    async def _recap(self) -> None:
        state, library = self.recapped(), self.library
        plan = state.plan
        if plan is None:
            return
        make = partial(fulfil, state=state, library=library, session=self.session_id)
        wish = RecapWish("markdown", recap_path(plan))
        await ask_for_recap(self.ask, clean_line(plan.title), wish, make, self.say, note=NOTE)
