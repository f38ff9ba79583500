"""The recap of a saved chat, made from the library."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from sessions.library.storage.session_file import file_slug
from sessions.words import _
from tui.dialogs.making_recap import ask_for_recap
from tui.dialogs.recap_file import RecapWish
from tui.library.chat_store import ChatStore
from tui.library.port import LibraryPort
from tui.library.saved_chats import Chat
from tui.shell.actions import Handler


class RecapActions:
    """Makes the recap of the chat under the cursor."""

    def __init__(self, port: LibraryPort, store: ChatStore) -> None:
        self._port = port
        self._store = store

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"recap_chat": self.make_recap}

    def make_recap(self) -> None:
        """Ask for a format and a place, and write or show the recap."""
        chat = self._port.current
        if chat is None:
            return
        if chat.state == "damaged":
            self._port.say(
                _("This chat is damaged: rescue it first ({open_chat_key}).").format(
                    open_chat_key=self._port.key_of("open_chat")
                ),
                warn=True,
            )
        else:
            self._port.start(partial(self._make_recap, chat))

    async def _make_recap(self, chat: Chat) -> None:
        summary = chat.summary
        wish = RecapWish("markdown", Path.cwd() / f"recap-{summary.date}-{file_slug(summary.series)}.md")
        make = partial(self._store.recap, summary)
        await ask_for_recap(self._port.ask, chat.title, wish, make, self._port.say)
