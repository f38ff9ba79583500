"""What is seen of the library: the list with its headings, its filter, and the lines around it."""

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from sessions.words import _
from tui.library.chat_list import ChatHeadings, ChatList
from tui.library.model import LibraryModel
from tui.library.saved_chats import Chat, details
from tui.text.outside import outside_line
from tui.widgets.filter_bar import FilterBar
from tui.widgets.status_line import StatusLine

EMPTY = _("No chat is saved here yet. `lunchroom demo` is a rehearsal, `lunchroom host PLAN` a chat.")
NO_MATCH = _("No saved chat goes by these words. {dismiss_key} shows all.")


class LibraryPanes(Vertical):
    """The saved chats of the library in `folder`, above the status line of the screen; `key_of` gives its keys."""

    def __init__(self, folder: Path, status: StatusLine, key_of: Callable[[str], str]) -> None:
        super().__init__(id="library")
        self.list = ChatList()
        self.filter = FilterBar()
        self._folder = folder
        self._status = status
        self._key_of = key_of
        self._headings = ChatHeadings()
        self._title = Static(id="library-title", markup=False)
        self._empty = Static(id="library-empty", markup=False)
        self._details = Static(id="library-details", markup=False)
        self._title_words = ""
        self._details_words = ""

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._headings
        yield self.list
        yield self._empty
        yield self._details
        yield self.filter
        yield self._status

    def show(self, model: LibraryModel) -> None:
        """Show the chats of the model."""
        shown = model.shown()
        self._headings.show(model.order)
        self.list.show(shown)
        self.set_class(model.chats is not None and not shown, "-empty")
        if shown and self.screen.focused is None:  # an empty list is hidden and loses it
            self.call_after_refresh(self.list.focus)
        self._empty.update(NO_MATCH.format(dismiss_key=self._key_of("dismiss")) if model.chats else EMPTY)
        self._title_words = model.title(len(shown), self._folder)
        self.show_details(model.find(self.list.cursor))

    def show_details(self, chat: Chat | None) -> None:
        """Say below the list what else is known of this chat."""
        self._details_words = "" if chat is None else details(chat, self._key_of("open_chat"))
        self._cut_lines()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self._cut_lines()

    def _cut_lines(self) -> None:
        room = max(0, self.size.width - 2)
        self._title.update(outside_line(self._title_words, room))
        self._details.update(outside_line(self._details_words, room))
