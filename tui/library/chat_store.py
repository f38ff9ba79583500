"""What the library screen does to files. Everything here blocks: it is called in threads."""

from collections.abc import Callable
from dataclasses import dataclass

from sessions.core.evolve import fold
from sessions.hub.process.runtime import running_sessions
from sessions.library.index import Summary, summaries
from sessions.library.library import Library
from sessions.library.storage.reading import read_titled_events
from sessions.library.storage.rescue import Rescued, rescue
from sessions.library.trash import Trash
from sessions.reports.saved_recap import MadeRecap
from sessions.words import _
from tui.dialogs.recap_file import RecapWish, fulfil
from tui.library.saved_chats import Chat, chats_of


@dataclass(frozen=True)
class Reversal:
    """Something that was done and can be undone: `words` tell what `undo` brought about; `chat` is the session's id."""

    words: str
    chat: str
    undo: Callable[[], object]


class ChatStore:
    """The saved chats of a library, and the trash of this program. Methods raise `StorageError` or `OSError`."""

    def __init__(self, library: Library, trash: Trash) -> None:
        self.library = library
        self._trash = trash
        self._done: list[Reversal] = []

    def stamp(self) -> tuple[int, bool]:
        """What differs when the list may: the folder's time in nanoseconds, 0 without one, and whether a chat runs."""
        folder = self.library.folder
        return folder.stat().st_mtime_ns if folder.is_dir() else 0, bool(self._running())

    def chats(self) -> list[Chat]:
        """All saved chats, newest first."""
        return chats_of(summaries(self.library), self._running())

    def delete(self, chat: Summary, title: str) -> Reversal:
        """Move the chat to the trash; what brings it back, which `undo` does."""
        deleted = self._trash.delete(chat.path)
        self._done.append(
            Reversal(_("{title} is back.").format(title=title), chat.id, lambda: self._trash.restore(deleted))
        )
        return self._done[-1]

    def rename(self, chat: Summary, title: str) -> str:
        """Give the chat another title; the one that was kept."""
        kept = self.library.rename(chat.path, title)
        back = _("The title is {title} again.").format(title=chat.title)
        self._done.append(Reversal(back, chat.id, lambda: self.library.rename(chat.path, chat.title)))
        return kept

    def rescue(self, chat: Summary) -> Rescued:
        """Save what can be saved of a damaged chat."""
        return rescue(chat.path)

    def recap(self, chat: Summary, wish: RecapWish) -> MadeRecap:
        """The chat's recap, which is written if that is wished. `FileExistsError`: another file is there."""
        return fulfil(wish, fold(read_titled_events(chat.path)), self.library.folder, chat.id)

    @property
    def can_undo(self) -> bool:
        """Whether anything can be taken back."""
        return bool(self._done)

    def undo(self) -> Reversal:
        """Take back the latest deletion or change of a title, of which there must be one; what that was."""
        self._done[-1].undo()
        return self._done.pop()

    def _running(self) -> frozenset[str]:
        return frozenset(found.runtime.session for found in running_sessions() if found.alive)
