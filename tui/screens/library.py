"""The library: all saved chats in one list, and what can be done with each."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from sessions.storage.errors import StorageError
from sessions.storage.session_file import slug
from tui.keys import Deed, bindings_of
from tui.library_keys import LIBRARY_BY_NAME, LIBRARY_DEEDS, LIBRARY_GROUPS
from tui.model.saved_chats import BY_COLUMN, COLUMNS, Chat, Order, arranged, details
from tui.outside import cut, outside, outside_line
from tui.recap_file import MadeRecap
from tui.screens.choose import Choice, ChooseDialog
from tui.screens.confirm import ConfirmDialog
from tui.screens.help import HelpDialog
from tui.screens.recap_chat import RecapDialog, TextPage
from tui.screens.rename_chat import RenameDialog
from tui.screens.show_text import ShowTextDialog
from tui.screens.too_small import TooSmall
from tui.shelf import RecapWish, Shelf
from tui.widgets.chat_list import ChatHeadings, ChatList
from tui.widgets.filter_bar import FilterBar
from tui.widgets.status_line import StatusLine
from tui.wording import count

LOOK_AGAIN = 3.0
"""Seconds after which the folder is looked at again for what other programs changed."""

EMPTY = "No chat is saved here yet. `lunchroom demo` is a rehearsal, `lunchroom host PLAN` a chat."
NO_MATCH = "No saved chat goes by these words. Esc shows all."

Result = TypeVar("Result")


class LibraryScreen(Screen[None]):
    """Lists the saved chats. Each action of the table of keys has a `do_...` method here.

    Opening one is told by `OpenRequested`, leaving by `LeaveRequested`; whoever shows the screen answers them.
    `every` is how many seconds lie between two looks at the folder.
    """

    CSS_PATH: ClassVar = "library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(LIBRARY_DEEDS)]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-normal"), (150, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-tall")]  # noqa: RUF012

    class OpenRequested(Message):
        """Somebody wants to replay the whole session file at `path`."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class LeaveRequested(Message):
        """Somebody wants to leave the library."""

    def __init__(self, shelf: Shelf, *, greeting: str = "", every: float = LOOK_AGAIN) -> None:
        super().__init__()
        self._shelf = shelf
        self._greeting = greeting
        self._every = every
        self._chats: list[Chat] | None = None
        self._by_id: dict[str, Chat] = {}
        self._order = Order()
        self._look = asyncio.Event()
        self._busy = asyncio.Lock()
        self._title_line = Static(id="library-title", markup=False)
        self._headings = ChatHeadings()
        self._list = ChatList()
        self._empty = Static(id="library-empty", markup=False)
        self._details = Static(id="library-details", markup=False)
        self._filter = FilterBar()
        self._status = StatusLine()

    def compose(self) -> ComposeResult:
        yield TooSmall()
        with Vertical(id="library"):
            yield self._title_line
            yield self._headings
            yield self._list
            yield self._empty
            yield self._details
            yield self._filter
            yield self._status
        yield Footer(compact=True, show_command_palette=True)

    def on_mount(self) -> None:
        """Begin to read the folder."""
        self.say(self._greeting or "Reading the saved chats …")
        self._headings.show(self._order)
        self._list.focus()
        self.run_worker(self._follow(), name="library", description="reading the saved chats")

    # What is in the folder

    async def _follow(self) -> None:
        seen: tuple[int, bool] | None = None
        while True:
            try:
                stamp = await asyncio.to_thread(self._shelf.stamp)
                if stamp != seen or stamp[1] or self._look.is_set():
                    self._look.clear()
                    async with self._busy:
                        await self._read()
                    seen = stamp
            except (StorageError, OSError) as error:
                self.say(f"The saved chats cannot be read: {_words(error)}", warn=True)
            try:
                async with asyncio.timeout(self._every):
                    await self._look.wait()
            except TimeoutError:
                continue

    async def _read(self) -> None:
        chats = await asyncio.to_thread(self._shelf.chats)
        repaired = [chat for chat in chats if chat.summary.repair is not None]
        if self._chats is None:
            self.say(self._greeting)
        for chat in repaired[:1]:
            self.say(f"{chat.title}: {chat.summary.repair}")
        self._chats = chats
        self._by_id = {chat.id: chat for chat in chats}
        self._show()

    def _show(self) -> None:
        chats = self._chats or []
        shown = arranged(chats, self._filter.words, self._order)
        self._headings.show(self._order)
        self._list.show(shown)
        self.set_class(self._chats is not None and not shown, "-empty")
        self._empty.update(NO_MATCH if chats else EMPTY)
        self._show_title(len(shown), len(chats))
        self._show_details()

    def _show_title(self, shown: int, everything: int) -> None:
        if self._chats is None:
            return
        number = count(everything, "saved chat") if shown == everything else f"{shown:,} of {everything:,} saved chats"
        words = f"{number} in {self._shelf.library.folder}"
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
        return self._by_id.get(self._list.cursor or "")

    @property
    def chats(self) -> list[Chat] | None:
        """All saved chats as they were last seen; None before that."""
        return self._chats

    # Keys, palette, mouse

    @property
    def deeds(self) -> Sequence[Deed]:
        """Everything that can be done here."""
        return LIBRARY_DEEDS

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer no keys while one types: there they are letters."""
        return not (action == "deed" and isinstance(self.focused, Input))

    def action_deed(self, name: str) -> None:
        """Textual's way to `act`."""
        self.act(name)

    def act(self, name: str) -> None:
        """Do what the table of keys calls by this name."""
        if name.startswith("sort_") and name[5:].isdigit():
            self.sort(COLUMNS[int(name[5:]) - 1].name)
        else:
            getattr(self, f"do_{name}")()

    def key_of(self, name: str) -> str:
        """What is printed on the key of this action, the user's own keys considered."""
        for active in self.active_bindings.values():
            if active.binding.id == name:
                return self.app.get_key_display(active.binding)
        return LIBRARY_BY_NAME[name].shown

    def say(self, words: str, *, warn: bool = False) -> None:
        """Show a sentence in the status line. It may hold text from outside."""
        self._status.say(words, "trouble" if warn else "plain")

    @on(ChatList.Pointed)
    def _pointed(self) -> None:
        self._show_details()

    @on(ChatList.Opened)
    def _opened(self) -> None:
        self.do_open_chat()

    @on(FilterBar.Changed)
    def _filtered(self) -> None:
        self._show()

    @on(FilterBar.Left)
    def _to_list(self) -> None:
        self._list.focus()

    @on(ChatHeadings.Chosen)
    def _heading_chosen(self, message: ChatHeadings.Chosen) -> None:
        self.sort(message.column)

    # The list

    def sort(self, column: str) -> None:
        """Sort by this column; where it is so already, the other way round."""
        self._order = self._order.pressed(column)
        way = "down" if self._order.descending else "up"
        self.say(f"Sorted by {BY_COLUMN[column].heading.lower()}, {way}.")
        self._show()

    def do_sort_chats(self) -> None:
        self._dialog(self._choose_order)

    async def _choose_order(self) -> None:
        choices = [
            Choice(column.name, Content(f"{number}  {column.heading}"), str(number))
            for number, column in enumerate(COLUMNS, start=1)
        ]
        chosen = await self.app.push_screen_wait(ChooseDialog("Sort by", choices, chosen=self._order.column))
        if chosen is not None:
            self.sort(chosen)

    def do_filter_chats(self) -> None:
        self._filter.open()

    def do_reload_chats(self) -> None:
        self._look.set()

    def do_dismiss(self) -> None:
        if self._filter.end():
            self._show()

    def do_help(self) -> None:
        keys = {deed.name: self.key_of(deed.name) for deed in LIBRARY_DEEDS if deed.key and " " not in deed.shown}
        self.app.push_screen(HelpDialog(keys, LIBRARY_DEEDS, LIBRARY_GROUPS))

    def do_leave(self) -> None:
        self.post_message(self.LeaveRequested())

    # One chat

    def do_open_chat(self) -> None:
        chat = self.current
        if chat is None:
            return
        if chat.state == "damaged":
            self._dialog(partial(self._rescue, chat))
        elif chat.state == "running":
            self.say("This chat is running: `lunchroom join` goes there. It can be replayed when it is over.")
        else:
            self.post_message(self.OpenRequested(chat.summary.path))

    async def _rescue(self, chat: Chat) -> None:
        events = count(chat.summary.events, "event")
        if not chat.summary.events:
            self.say("Nothing in this file can be read. It is left as it is; a copy of it may be whole.", warn=True)
            return
        words = outside(
            f"{events} before the damage can be saved as a chat of their own. "
            f"The damaged file {chat.summary.path.name} is kept unchanged beside it."
        )
        if await self.app.push_screen_wait(ConfirmDialog("Rescue this chat?", words, "Rescue it")):
            rescued = await self._do(partial(self._shelf.rescue, chat.summary))
            if rescued is not None:
                self.say(f"Rescued {count(rescued.events, 'event')}. The damaged file is {rescued.kept.name}.")

    def do_recap_chat(self) -> None:
        """Ask for a format and a place, and write or show the recap."""
        chat = self.current
        if chat is None:
            return
        if chat.state == "damaged":
            self.say("This chat is damaged: rescue it first (Enter).", warn=True)
        else:
            self._dialog(partial(self._recap, chat))

    async def _recap(self, chat: Chat) -> None:
        summary = chat.summary
        wish: RecapWish | None = RecapWish("markdown", Path.cwd() / f"recap-{summary.date}-{slug(summary.series)}.md")
        while wish is not None:
            wish = await self.app.push_screen_wait(RecapDialog(chat.title, wish))
            if wish is None:
                return
            made: MadeRecap | None
            try:
                made = await asyncio.to_thread(self._shelf.recap, summary, wish)
            except FileExistsError:
                words = outside(f"{wish.path} is there already.")
                if not await self.app.push_screen_wait(ConfirmDialog("Overwrite this file?", words, "Overwrite it")):
                    continue
                made = await self._do(partial(self._shelf.recap, summary, replace(wish, force=True)))
            except (StorageError, OSError) as error:
                self.say(_words(error), warn=True)
                continue
            if made is None:
                return
            if wish.write:
                self.say(f"The recap is in {wish.path}.")
                await self.app.push_screen_wait(ShowTextDialog("The recap is written", str(wish.path), _note(made)))
                return
            await self.app.push_screen_wait(TextPage(f"Recap, {wish.form}", made.text))

    def do_rename_chat(self) -> None:
        chat = self.current
        if chat is None:
            return
        if chat.state in ("damaged", "running"):
            self.say(f"This chat is {chat.state}: its title cannot be changed now.", warn=True)
        else:
            self._dialog(partial(self._rename, chat))

    async def _rename(self, chat: Chat) -> None:
        title = await self.app.push_screen_wait(RenameDialog(chat.title))
        kept = None if title is None else await self._do(partial(self._shelf.rename, chat.summary, title))
        if kept is not None:
            self.say(f"The title is now {kept}. {self.key_of('undo_chat')} takes it back.")

    def do_delete_chat(self) -> None:
        chat = self.current
        if chat is None:
            return
        if chat.state == "running":
            self.say("This chat is running. `lunchroom end` closes it; then it can be deleted.", warn=True)
        else:
            self._dialog(partial(self._delete, chat))

    async def _delete(self, chat: Chat) -> None:
        words = Content.assemble(
            outside(f"{cut(chat.title, 120)}, {chat.summary.date}. "),
            f"Until you leave the library, {self.key_of('undo_chat')} brings it back; then it is gone for good.",
        )
        if await self.app.push_screen_wait(ConfirmDialog("Delete this chat?", words, "Delete it")):
            if not await self._done(partial(self._shelf.delete, chat.summary, chat.title)):
                return
            more = " Another copy of it is here and is listed now." if chat.id in self._by_id else ""
            self.say(f"Deleted {cut(chat.title, 40)}. {self.key_of('undo_chat')} brings it back.{more}")

    def do_undo_chat(self) -> None:
        self._dialog(self._undo)

    async def _undo(self) -> None:
        if not self._shelf.can_undo:
            self.say("There is nothing to undo.")
            return
        undone = await self._do(self._shelf.undo)
        if undone is not None:
            self._list.go_to(undone.chat)
            self.say(undone.words)

    # Work in threads

    def _dialog(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        self.run_worker(work(), group="dialog", description="a dialog")

    async def _done(self, work: Callable[[], None]) -> bool:
        """Do it as `_do`; whether it succeeded."""

        def done() -> bool:
            work()
            return True

        return await self._do(done) or False

    async def _do(self, work: Callable[[], Result]) -> Result | None:
        """Change files in a thread and show the list as it is then; None where that failed, which is said."""
        async with self._busy:
            try:
                result = await asyncio.to_thread(work)
                await self._read()
            except (StorageError, OSError) as error:
                self.say(_words(error), warn=True)
                return None
        return result


def _note(made: MadeRecap) -> str:
    """What somebody should know who passes the recap on."""
    notes = ["" if made.closed else "The chat was not closed: the recap is of what is saved so far."]
    notes.append("" if made.planned else "No plan of the next chat is here: the recap says a week on.")
    return " ".join(filter(None, ["It lies here:", *notes]))


def _words(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
