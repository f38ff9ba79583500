"""The recap of a saved chat, made from the library."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

from sessions.storage.errors import StorageError
from sessions.storage.session_file import file_slug
from tui.model.saved_chats import Chat
from tui.outside import outside
from tui.recap_file import MadeRecap
from tui.screens.confirm import ConfirmDialog
from tui.screens.library_core import LibraryCore, failure
from tui.screens.recap_chat import RecapDialog, TextPage
from tui.screens.show_text import ShowTextDialog
from tui.shelf import RecapWish


class ChatRecap(LibraryCore):
    """Asks for a format and a place, and writes or shows the recap."""

    def do_recap_chat(self) -> None:
        """Ask for a format and a place, and write or show the recap."""
        chat = self.current
        if chat is None:
            return
        if chat.state == "damaged":
            self.say("This chat is damaged: rescue it first (Enter).", warn=True)
        else:
            self.run_dialog(partial(self._recap, chat))

    async def _recap(self, chat: Chat) -> None:
        summary = chat.summary
        name = f"recap-{summary.date}-{file_slug(summary.series)}.md"
        wish: RecapWish | None = RecapWish("markdown", Path.cwd() / name)
        while wish is not None:
            wish = await self.app.push_screen_wait(RecapDialog(chat.title, wish))
            if wish is None:
                return
            made: MadeRecap | None
            try:
                made = await asyncio.to_thread(self.shelf.recap, summary, wish)
            except FileExistsError:
                words = outside(f"{wish.path} is there already.")
                if not await self.app.push_screen_wait(ConfirmDialog("Overwrite this file?", words, "Overwrite it")):
                    continue
                made = await self.change(partial(self.shelf.recap, summary, replace(wish, force=True)))
            except (StorageError, OSError) as error:
                self.say(failure(error), warn=True)
                continue
            if made is None:
                return
            if wish.write:
                self.say(f"The recap is in {wish.path}.")
                await self.app.push_screen_wait(ShowTextDialog("The recap is written", str(wish.path), _note(made)))
                return
            await self.app.push_screen_wait(TextPage(f"Recap, {wish.form}", made.text))


def _note(made: MadeRecap) -> str:
    """What somebody should know who passes the recap on."""
    notes = ["" if made.closed else "The chat was not closed: the recap is of what is saved so far."]
    notes.append("" if made.planned else "No plan of the next chat is here: the recap says a week on.")
    return " ".join(filter(None, ["It lies here:", *notes]))
