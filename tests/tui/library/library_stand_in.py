"""The library's screen without an app, on a folder of real files."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sessions.library.library import Library
from sessions.library.trash import Trash
from tests.tui.screen_stand_in import ScreenStandIn
from tui.library.chat_store import ChatStore
from tui.library.folder_follower import FolderFollower
from tui.library.model import LibraryModel
from tui.library.saved_chats import Chat


@dataclass
class LibraryStandIn(ScreenStandIn):
    """The model, the cursor, and what was shown: the titles from top to bottom, each time."""

    model: LibraryModel = field(default_factory=LibraryModel)
    current: Chat | None = None
    shown: list[list[str]] = field(default_factory=list)
    gone_to: list[str] = field(default_factory=list)
    filter_open: bool = False

    def show(self) -> None:
        self.shown.append([chat.title for chat in self.model.shown()])

    def go_to(self, chat: str) -> None:
        self.gone_to.append(chat)

    def open_filter(self) -> None:
        self.filter_open = True

    def end_filter(self) -> None:
        self.filter_open = False

    def take(self, chats: list[Chat]) -> None:
        """Take in what the follower read."""
        self.model.take(chats)
        self.show()

    def point(self, title: str) -> Chat:
        """Put the cursor on the chat of this title."""
        self.current = next(chat for chat in self.model.chats or [] if chat.title == title)
        return self.current


@contextmanager
def stand_in_on(folder: Path) -> Generator[tuple[LibraryStandIn, ChatStore, FolderFollower]]:
    """The screen's stand-in, having read the chats in the folder once."""
    library = Library(folder)
    with Trash(library) as trash:
        store, port = ChatStore(library, trash), LibraryStandIn()
        follower = FolderFollower(store, port.take, partial(port.say, warn=True), every=0.01)
        port.take(store.chats())
        yield port, store, follower
