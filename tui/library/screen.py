"""The library: all saved chats in one list, and what can be done with each."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.types import CSSPathType

from sessions.words import _
from tui.library.actions.chats import ChatActions
from tui.library.actions.listing import ListActions
from tui.library.actions.recap import RecapActions
from tui.library.chat_list import ChatHeadings, ChatList
from tui.library.chat_store import ChatStore
from tui.library.folder_follower import LOOK_AGAIN, FolderFollower
from tui.library.keys import LIBRARY
from tui.library.model import LibraryModel
from tui.library.panes import LibraryPanes
from tui.library.saved_chats import Chat
from tui.shell.action_screen import ActionScreen
from tui.shell.actions import Actions
from tui.shell.workers import begin_work
from tui.widgets.filter_bar import FilterBar
from tui.widgets.footers.steady_footer import SteadyFooter
from tui.widgets.pace import Pace
from tui.widgets.too_small import TooSmall


class LibraryScreen(ActionScreen):
    """Lists the saved chats. It ends with the id of the running chat that somebody wants to sit down at, or with None.

    `every` is how many seconds lie between two looks at the folder; `greeting` is said first; the cursor begins at the
    session with the id `chat`. `pace` is for tests.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*LIBRARY.bindings()]
    LEAVES = _("leaves the saved chats")

    def __init__(
        self,
        store: ChatStore,
        *,
        greeting: str = "",
        chat: str | None = None,
        pace: Pace | None = None,
        every: float = LOOK_AGAIN,
    ) -> None:
        super().__init__(pace=pace)
        self.model = LibraryModel()
        self._panes = LibraryPanes(store.library.folder, self.status, self.key_of)
        self._greeting = greeting
        self._begin_at = chat
        self._folder = FolderFollower(store, self._take, partial(self.say, warn=True), every=every)
        self._chat_actions = ChatActions(self, store, self._folder)
        self._list_actions = ListActions(self, self._folder)
        groups = (self._chat_actions, self._list_actions, RecapActions(self, store))
        own = {"help": self.show_help, "leave": self.leave}
        self.actions = Actions(LIBRARY, own, *(group.handlers() for group in groups))

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield self._panes
        yield SteadyFooter()

    def on_mount(self) -> None:
        """Begin to read the folder."""
        self.say(self._greeting or _("Reading the saved chats …"), stays=True)
        self.show()
        self._panes.list.focus()
        begin_work(self, self._folder.follow, name="library", description=_("following the folder of saved chats"))

    def _take(self, chats: list[Chat]) -> None:
        """Show what is in the folder."""
        first = self.model.chats is None
        if first:
            self.say(self._greeting)
        repaired = next((chat for chat in chats if chat.summary.repair is not None), None)
        if repaired is not None:
            self.say(f"{repaired.title}: {repaired.summary.repair}")
        self.model.take(chats)
        self.show()
        if first and self._begin_at is not None:
            self.go_to(self._begin_at)

    def run(self, name: str) -> None:
        """As every screen does; what was said before is over."""
        self.remarks.acted()
        super().run(name)

    # What groups of actions ask for

    @property
    def current(self) -> Chat | None:
        """The chat under the cursor."""
        return self.model.find(self._panes.list.cursor)

    def show(self) -> None:
        """Show the model as it is now."""
        self._panes.show(self.model)

    def go_to(self, chat: str) -> None:
        """Put the cursor on the chat with this session id, if it is shown."""
        self._panes.list.go_to(chat)

    def open_filter(self) -> None:
        """Open the line in which one types which chats are shown."""
        self._panes.filter.open()

    def end_filter(self) -> None:
        """Empty that line and close it."""
        self._panes.filter.end()

    # The mouse, and what is typed

    @on(ChatList.Pointed)
    def _pointed(self, message: ChatList.Pointed) -> None:
        self._panes.show_details(self.model.find(message.chat))

    @on(ChatList.Opened)
    def _opened(self) -> None:
        self._chat_actions.open()

    @on(FilterBar.Changed)
    def _filtered(self, message: FilterBar.Changed) -> None:
        self._list_actions.filter(message.words)

    @on(FilterBar.Left)
    def _to_list(self) -> None:
        self._panes.list.focus()

    @on(ChatHeadings.Chosen)
    def _heading_chosen(self, message: ChatHeadings.Chosen) -> None:
        self._list_actions.sort(message.column)
