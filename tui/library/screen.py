"""The library: all saved chats in one list, and what can be done with each."""

from typing import Any, ClassVar

from textual.types import CSSPathType

from tui.library.chat_store import ChatStore
from tui.library.keys import LIBRARY
from tui.library.library_chats import OneChat
from tui.library.library_recap import ChatRecap
from tui.shell.actions import Actions


class LibraryScreen(OneChat, ChatRecap):
    """Lists the saved chats. It ends with the id of the running chat that somebody wants to sit down at, or with None.

    `options` are those of `LibraryCore`.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "library.tcss"

    def __init__(self, store: ChatStore, **options: Any) -> None:
        super().__init__(store, **options)
        one_chat = {
            "open_chat": self.open_chat,
            "recap_chat": self.recap_chat,
            "show_growth": self.show_growth,
            "rename_chat": self.rename_chat,
            "delete_chat": self.delete_chat,
            "undo_chat": self.undo_chat,
        }
        self.actions = Actions(LIBRARY, self.handlers(), one_chat)
