"""The recap of a saved chat, made from the library."""

from functools import partial
from pathlib import Path

from sessions.library.storage.session_file import file_slug
from tui.dialogs.making_recap import ask_for_recap
from tui.dialogs.recap_file import RecapWish
from tui.library.library_core import LibraryCore
from tui.library.saved_chats import Chat


class ChatRecap(LibraryCore):
    """Asks for a format and a place, and writes or shows the recap."""

    def recap_chat(self) -> None:
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
        wish = RecapWish("markdown", Path.cwd() / f"recap-{summary.date}-{file_slug(summary.series)}.md")
        await ask_for_recap(self.app, chat.title, wish, partial(self.store.recap, summary), self.say)
