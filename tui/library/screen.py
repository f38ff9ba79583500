"""The library: all saved chats in one list, and what can be done with each."""

from typing import ClassVar

from textual.types import CSSPathType

from tui.library.library_chats import OneChat
from tui.library.library_recap import ChatRecap


class LibraryScreen(OneChat, ChatRecap):
    """Lists the saved chats. Each action of the table of keys has a `do_...` method.

    Opening one is told by `OpenRequested`, the growth of its series by `GrowthRequested`, leaving by `LeaveRequested`;
    whoever shows the screen answers them.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "library.tcss"
