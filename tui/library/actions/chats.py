"""What is done with one saved chat: opening, rescuing, renaming, deleting, and undoing that."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from sessions.words import _
from tui.dialogs.confirm import ConfirmDialog
from tui.library.chat_store import ChatStore
from tui.library.folder_follower import FolderFollower
from tui.library.port import LibraryPort
from tui.library.rename_chat import RenameDialog
from tui.library.requests import GrowthRequested, SavedChatRequested
from tui.library.saved_chats import Chat
from tui.shell.actions import Handler
from tui.text.outside import clean_line, cut, outside
from tui.text.records import NOTED, kept_words, rules_words
from tui.text.wording import counted


class ChatActions:
    """The actions on the chat under the cursor. What they do to files of `store` is done by `folder`."""

    def __init__(self, port: LibraryPort, store: ChatStore, folder: FolderFollower) -> None:
        self._port = port
        self._store = store
        self._folder = folder

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {
            "open_chat": self.open,
            "show_growth": self.show_growth,
            "rename_chat": self.rename,
            "delete_chat": self.delete,
            "undo_chat": self.undo,
        }

    def open(self) -> None:
        """Replay the chat; go to the desk of one that is running; rescue a damaged one."""
        chat = self._port.current
        if chat is None:
            return
        if chat.state == "damaged":
            self._port.start(partial(self._rescue, chat))
        elif chat.state == "running":
            self._port.leave(chat.id)
        else:
            self._port.request(SavedChatRequested(chat.summary.path))

    async def _rescue(self, chat: Chat) -> None:
        events = counted(chat.summary.events, "{n} event", "{n} events")
        if not chat.summary.events:
            self._port.say(_("Nothing in it can be read. It stays; a copy of it may be whole."), warn=True)
            return
        words = outside(
            _(
                "{events} before the damage can be saved as a chat of their own. The damaged file {name} is "
                "kept unchanged beside it."
            ).format(events=events, name=chat.summary.path.name)
        )
        if await self._port.ask(ConfirmDialog(_("Rescue this chat?"), words, _("Rescue it"))):
            rescued = await self._folder.change(partial(self._store.rescue, chat.summary))
            if rescued is not None:
                read = (
                    _(" Its letters were read as {encoding}.").format(encoding=rescued.encoding)
                    if rescued.encoding
                    else ""
                )
                self._port.say(
                    _("Rescued {events}.{read} The damaged file is {name}.").format(
                        events=counted(rescued.events, "{n} event", "{n} events"), read=read, name=rescued.kept.name
                    )
                )

    def show_growth(self) -> None:
        """Go to the numbers of the chat's series."""
        chat = self._port.current
        if chat is not None:
            self._port.request(GrowthRequested(chat.summary.series or None))

    def rename(self) -> None:
        """Ask for another title."""
        chat = self._port.current
        if chat is None:
            return
        if chat.state == "damaged":
            key = self._port.key_of("open_chat")
            self._port.say(
                _("Damaged: rescue it first ({key}), then its title can be changed.").format(key=key), warn=True
            )
        elif chat.state == "running":
            self._port.say(_("This chat is running: its title can be changed when it is over."), warn=True)
        else:
            self._port.start(partial(self._rename, chat))

    async def _rename(self, chat: Chat) -> None:
        title = await self._port.ask(RenameDialog(chat.title))
        kept = None if title is None else await self._folder.change(partial(self._store.rename, chat.summary, title))
        if kept is not None:
            self._port.say(
                _("The title is now {kept}. {undo_chat_key} takes it back.").format(
                    kept=kept, undo_chat_key=self._port.key_of("undo_chat")
                )
            )

    def delete(self) -> None:
        """Move the chat to the trash, once confirmed."""
        chat = self._port.current
        if chat is None:
            return
        if chat.state == "running":
            self._port.say(_("This chat is running. `lunchroom end` closes it; then it can be deleted."), warn=True)
        else:
            self._port.start(partial(self._delete, chat))

    async def _delete(self, chat: Chat) -> None:
        undo = self._port.key_of("undo_chat")
        words = Content.assemble(
            outside(f"{cut(chat.title, 120)}, {chat.summary.date}. "),
            _("Until you leave the library, {undo} brings it back; then it is gone for good.").format(undo=undo),
            outside(_records_words(chat)),
        )
        if not await self._port.ask(ConfirmDialog(_("Delete this chat?"), words, _("Delete it"))):
            return
        if await self._folder.change(partial(self._store.delete, chat.summary, chat.title)) is not None:
            more = _(" Another copy is listed now.") if self._port.model.find(chat.id) is not None else ""
            self._port.say(
                _("Deleted {title}. {undo} brings it back.{more}").format(
                    title=cut(chat.title, 40), undo=undo, more=more
                )
            )

    def undo(self) -> None:
        """Take back the latest deletion or change of a title."""
        self._port.start(self._undo)

    async def _undo(self) -> None:
        if not self._store.can_undo:
            self._port.say(_("There is nothing to undo."))
            return
        undone = await self._folder.change(self._store.undo)
        if undone is not None:
            self._port.go_to(undone.chat)
            self._port.say(undone.words)


def _records_words(chat: Chat) -> str:
    """What the chat's plan says of keeping it, behind an empty line; empty where it says nothing."""
    rule = rules_words([clean_line(chat.summary.records)])
    kept = kept_words(chat.summary.date, chat.summary.keep_years)
    return "\n\n" + " ".join(filter(None, (rule, kept, NOTED))) if rule or kept else ""
