"""The library's middle: following the folder, showing the list, its order and filter; changing files in threads.

What can be done with one chat is in the modules beside it, by topic.
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from sessions.files.errors import StorageError
from tui.dialogs.choose import Choice, ChooseDialog
from tui.library.chat_list import ChatHeadings, ChatList
from tui.library.chat_store import ChatStore
from tui.library.keys import LIBRARY
from tui.library.saved_chats import BY_COLUMN, COLUMNS, Chat, Order, arranged, details
from tui.shell.action_screen import ActionScreen
from tui.shell.actions import Handler
from tui.text.outside import outside_line
from tui.text.wording import count
from tui.widgets.filter_bar import FilterBar
from tui.widgets.pace import Pace
from tui.widgets.too_small import TooSmall

LOOK_AGAIN = 3.0
"""Seconds after which the folder is looked at again for what other programs changed."""

EMPTY = "No chat is saved here yet. `lunchroom demo` is a rehearsal, `lunchroom host PLAN` a chat."
NO_MATCH = "No saved chat goes by these words. Esc shows all."

Result = TypeVar("Result")


class LibraryCore(ActionScreen):
    """Lists the saved chats. Subclasses add what is done with one of them.

    `every` is how many seconds lie between two looks at the folder; `greeting` is said first; the cursor begins at the
    session with the id `chat`. `pace` is for tests.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*LIBRARY.bindings()]
    LEAVES = "leaves the saved chats"

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
        self.store = store
        self._greeting = greeting
        self._every = every
        self._begin_at = chat
        self._chats: list[Chat] | None = None
        self._by_id: dict[str, Chat] = {}
        self._order = Order()
        self._look = asyncio.Event()
        self._busy = asyncio.Lock()
        self._title_line = Static(id="library-title", markup=False)
        self._headings = ChatHeadings()
        self.list = ChatList()
        self._empty = Static(id="library-empty", markup=False)
        self._details = Static(id="library-details", markup=False)
        self._filter = FilterBar()

    def compose(self) -> ComposeResult:
        yield TooSmall()
        with Vertical(id="library"):
            yield self._title_line
            yield self._headings
            yield self.list
            yield self._empty
            yield self._details
            yield self._filter
            yield self.status
        yield Footer(compact=True, show_command_palette=True)

    def on_mount(self) -> None:
        """Begin to read the folder."""
        self.say(self._greeting or "Reading the saved chats …", stays=True)
        self._headings.show(self._order)
        self.list.focus()
        self.run_worker(self._follow(), name="library", description="reading the saved chats")

    # What is in the folder

    async def _follow(self) -> None:
        seen: tuple[int, bool] | None = None
        while True:
            try:
                stamp = await asyncio.to_thread(self.store.stamp)
                if stamp != seen or stamp[1] or self._look.is_set():
                    self._look.clear()
                    async with self._busy:
                        await self._read()
                    seen = stamp
            except (StorageError, OSError) as error:
                self.say(f"The saved chats cannot be read: {failure(error)}", warn=True)
            try:
                async with asyncio.timeout(self._every):
                    await self._look.wait()
            except TimeoutError:
                continue

    async def _read(self) -> None:
        chats = await asyncio.to_thread(self.store.chats)
        repaired = [chat for chat in chats if chat.summary.repair is not None]
        first = self._chats is None
        if first:
            self.say(self._greeting)
        for chat in repaired[:1]:
            self.say(f"{chat.title}: {chat.summary.repair}")
        self._chats = chats
        self._by_id = {chat.id: chat for chat in chats}
        self._show()
        if first and self._begin_at is not None:
            self.list.go_to(self._begin_at)

    def _show(self) -> None:
        chats = self._chats or []
        shown = arranged(chats, self._filter.words, self._order)
        self._headings.show(self._order)
        self.list.show(shown)
        self.set_class(self._chats is not None and not shown, "-empty")
        self._empty.update(NO_MATCH if chats else EMPTY)
        self._show_title(len(shown), len(chats))
        self._show_details()

    def _show_title(self, shown: int, everything: int) -> None:
        if self._chats is None:
            return
        number = count(everything, "saved chat") if shown == everything else f"{shown:,} of {everything:,} saved chats"
        words = f"{number} in {self.store.library.folder}"
        self._title_line.update(outside_line(words, max(0, self.size.width - 2)))

    def _show_details(self) -> None:
        chat = self.current
        words = "" if chat is None else details(chat)
        self._details.update(outside_line(words, max(0, self.size.width - 2)))

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self._show()

    @property
    def current(self) -> Chat | None:
        """The chat under the cursor."""
        return self._by_id.get(self.list.cursor or "")

    def has(self, chat: str) -> bool:
        """Whether a session of this id was in the folder at the last look."""
        return chat in self._by_id

    @property
    def chats(self) -> list[Chat] | None:
        """All saved chats as they were last seen; None before that."""
        return self._chats

    # Keys, palette, mouse

    def handlers(self) -> Mapping[str, Handler]:
        """What does the actions on the list as a whole."""
        by_column = {f"sort_{n}": partial(self.sort, column.name) for n, column in enumerate(COLUMNS, start=1)}
        return by_column | {
            "filter_chats": self._filter_chats,
            "sort_chats": self._sort_chats,
            "reload_chats": self._reload_chats,
            "help": self.show_help,
            "dismiss": self._dismiss,
            "leave": self.leave,
        }

    def run(self, name: str) -> None:
        """As every screen does; what was said before is over."""
        self.remarks.acted()
        super().run(name)

    @on(ChatList.Pointed)
    def _pointed(self) -> None:
        self._show_details()

    @on(FilterBar.Changed)
    def _filtered(self) -> None:
        self._show()

    @on(FilterBar.Left)
    def _to_list(self) -> None:
        self.list.focus()

    @on(ChatHeadings.Chosen)
    def _heading_chosen(self, message: ChatHeadings.Chosen) -> None:
        self.sort(message.column)

    # The list

    def sort(self, column: str) -> None:
        """Sort by this column; where it is so already, the other way round."""
        self._order = self._order.pressed(column)
        known = BY_COLUMN[column]
        self.say(f"Sorted by {known.heading.lower()}: {known.ways[0 if self._order.descending else 1]}.")
        self._show()

    def _sort_chats(self) -> None:
        self.run_dialog(self._choose_order)

    async def _choose_order(self) -> None:
        choices = [
            Choice(column.name, Content(f"{number}  {column.heading}"), str(number))
            for number, column in enumerate(COLUMNS, start=1)
        ]
        chosen = await self.app.push_screen_wait(ChooseDialog("Sort by", choices, chosen=self._order.column))
        if chosen is not None:
            self.sort(chosen)

    def _filter_chats(self) -> None:
        self._filter.open()

    def _reload_chats(self) -> None:
        self._look.set()

    def _dismiss(self) -> None:
        if self._filter.end():
            self._show()

    # Work in threads

    async def changed(self, work: Callable[[], None]) -> bool:
        """Do it as `_do`; whether it succeeded."""

        def done() -> bool:
            work()
            return True

        return await self.change(done) or False

    async def change(self, work: Callable[[], Result]) -> Result | None:
        """Change files in a thread and show the list as it is then; None where that failed, which is said."""
        async with self._busy:
            try:
                result = await asyncio.to_thread(work)
                await self._read()
            except (StorageError, OSError) as error:
                self.say(failure(error), warn=True)
                return None
        return result


def failure(error: Exception) -> str:
    """What went wrong, in words."""
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
