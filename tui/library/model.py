"""Which of the saved chats the library screen shows, and in which order. Pure."""

from pathlib import Path

from sessions.words import _
from tui.library.saved_chats import BY_COLUMN, Chat, Order, arranged
from tui.text.wording import counted


class LibraryModel:
    """The chats as they were last seen, the words by which they are filtered, and their order.

    `chats` is None until the folder has been read.
    """

    def __init__(self) -> None:
        self.chats: list[Chat] | None = None
        self.words = ""
        self.order = Order()
        self._by_id: dict[str, Chat] = {}

    def take(self, chats: list[Chat]) -> None:
        """Take in what is in the folder."""
        self.chats = chats
        self._by_id = {chat.id: chat for chat in chats}

    def find(self, chat: str | None) -> Chat | None:
        """The chat with this session id, shown or not; None where there is none."""
        return None if chat is None else self._by_id.get(chat)

    def shown(self) -> list[Chat]:
        """The chats that are shown, in their order."""
        return arranged(self.chats or [], self.words, self.order)

    def sort(self, column: str) -> str:
        """Sort by this column; where it is so already, the other way round. The sentence that says so."""
        self.order = self.order.pressed(column)
        known = BY_COLUMN[column]
        return _("Sorted by {column}: {ways}.").format(
            column=known.spoken, ways=known.ways[0 if self.order.descending else 1]
        )

    def title(self, shown: int, folder: Path) -> str:
        """How many chats of those in the folder are shown; empty until it has been read."""
        if self.chats is None:
            return ""
        everything = len(self.chats)
        number = (
            counted(everything, "{n} saved chat", "{n} saved chats")
            if shown == everything
            else _("{shown:,} of {everything:,} saved chats").format(shown=shown, everything=everything)
        )
        return _("{number} in {folder}").format(number=number, folder=folder)
