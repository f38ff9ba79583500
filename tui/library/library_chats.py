"""What is done with one saved chat: opening, rescuing, renaming, deleting, and undoing that."""

from functools import partial

from textual import on
from textual.content import Content

from tui.dialogs.confirm import ConfirmDialog
from tui.library.chat_list import ChatList
from tui.library.library_core import LibraryCore
from tui.library.rename_chat import RenameDialog
from tui.library.requests import GrowthRequested, SavedChatRequested
from tui.library.saved_chats import Chat
from tui.text.outside import cut, outside
from tui.text.wording import count


class OneChat(LibraryCore):
    """The actions on the chat under the cursor."""

    @on(ChatList.Opened)
    def _opened(self) -> None:
        self.open_chat()

    def open_chat(self) -> None:
        chat = self.current
        if chat is None:
            return
        if chat.state == "damaged":
            self.run_dialog(partial(self._rescue, chat))
        elif chat.state == "running":
            self.leave(chat.id)
        else:
            self.post_message(SavedChatRequested(chat.summary.path))

    async def _rescue(self, chat: Chat) -> None:
        events = count(chat.summary.events, "event")
        if not chat.summary.events:
            self.say("Nothing in it can be read. It stays; a copy of it may be whole.", warn=True)
            return
        words = outside(
            f"{events} before the damage can be saved as a chat of their own. "
            f"The damaged file {chat.summary.path.name} is kept unchanged beside it."
        )
        if await self.app.push_screen_wait(ConfirmDialog("Rescue this chat?", words, "Rescue it")):
            rescued = await self.change(partial(self.store.rescue, chat.summary))
            if rescued is not None:
                self.say(f"Rescued {count(rescued.events, 'event')}. The damaged file is {rescued.kept.name}.")

    def show_growth(self) -> None:
        chat = self.current
        if chat is not None:
            self.post_message(GrowthRequested(chat.summary.series or None))

    def rename_chat(self) -> None:
        chat = self.current
        if chat is None:
            return
        if chat.state == "damaged":
            self.say("This chat is damaged: rescue it first (Enter), then its title can be changed.", warn=True)
        elif chat.state == "running":
            self.say("This chat is running: its title can be changed when it is over.", warn=True)
        else:
            self.run_dialog(partial(self._rename, chat))

    async def _rename(self, chat: Chat) -> None:
        title = await self.app.push_screen_wait(RenameDialog(chat.title))
        kept = None if title is None else await self.change(partial(self.store.rename, chat.summary, title))
        if kept is not None:
            self.say(f"The title is now {kept}. {self.key_of('undo_chat')} takes it back.")

    def delete_chat(self) -> None:
        chat = self.current
        if chat is None:
            return
        if chat.state == "running":
            self.say("This chat is running. `lunchroom end` closes it; then it can be deleted.", warn=True)
        else:
            self.run_dialog(partial(self._delete, chat))

    async def _delete(self, chat: Chat) -> None:
        words = Content.assemble(
            outside(f"{cut(chat.title, 120)}, {chat.summary.date}. "),
            f"Until you leave the library, {self.key_of('undo_chat')} brings it back; then it is gone for good.",
        )
        if await self.app.push_screen_wait(ConfirmDialog("Delete this chat?", words, "Delete it")):
            if not await self.changed(partial(self.store.delete, chat.summary, chat.title)):
                return
            more = " Another copy is listed now." if self.has(chat.id) else ""
            self.say(f"Deleted {cut(chat.title, 40)}. {self.key_of('undo_chat')} brings it back.{more}")

    def undo_chat(self) -> None:
        self.run_dialog(self._undo)

    async def _undo(self) -> None:
        if not self.store.can_undo:
            self.say("There is nothing to undo.")
            return
        undone = await self.change(self.store.undo)
        if undone is not None:
            self.list.go_to(undone.chat)
            self.say(undone.words)
