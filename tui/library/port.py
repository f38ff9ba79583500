"""What the library's groups of actions may ask of its screen."""

from typing import Protocol

from tui.library.model import LibraryModel
from tui.library.saved_chats import Chat
from tui.shell.port import ScreenPort


class LibraryPort(ScreenPort, Protocol):
    """The list of saved chats."""

    @property
    def model(self) -> LibraryModel:
        """What is known of the chats, and which of them are shown."""

    @property
    def current(self) -> Chat | None:
        """The chat under the cursor."""

    def show(self) -> None:
        """Show the model as it is now."""

    def go_to(self, chat: str) -> None:
        """Put the cursor on the chat with this session id, if it is shown."""

    def open_filter(self) -> None:
        """Open the line in which one types which chats are shown."""

    def end_filter(self) -> None:
        """Empty that line and close it."""
