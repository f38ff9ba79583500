"""What is done with the list as a whole: filtering, sorting, reading it again."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from sessions.words import _
from tui.dialogs.choose import Choice, ChooseDialog
from tui.library.folder_follower import FolderFollower
from tui.library.keys import SORTING
from tui.library.port import LibraryPort
from tui.library.saved_chats import COLUMNS
from tui.shell.actions import Handler


class ListActions:
    """The actions under the heading "The list"."""

    def __init__(self, port: LibraryPort, folder: FolderFollower) -> None:
        self._port = port
        self._folder = folder

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        by_column: dict[str, Handler] = {name: partial(self.sort, column.name) for name, column in SORTING.items()}
        return by_column | {
            "filter_chats": self._port.open_filter,
            "sort_chats": self.choose_order,
            "reload_chats": self._folder.look_again,
            "dismiss": self.show_all,
        }

    def filter(self, words: str) -> None:
        """Show only the chats with these words."""
        self._port.model.words = words
        self._port.show()

    def show_all(self) -> None:
        """Show all chats again."""
        self._port.end_filter()
        self.filter("")

    def sort(self, column: str) -> None:
        """Sort by this column; where it is so already, the other way round."""
        self._port.say(self._port.model.sort(column))
        self._port.show()

    def choose_order(self) -> None:
        """Choose the column to sort by."""
        self._port.start(self._choose_order)

    async def _choose_order(self) -> None:
        choices = [
            Choice(column.name, Content(f"{number}  {column.spoken.capitalize()}"), str(number))
            for number, column in enumerate(COLUMNS, start=1)
        ]
        chosen = await self._port.ask(ChooseDialog(_("Sort by"), choices, chosen=self._port.model.order.column))
        if chosen is not None:
            self.sort(chosen)
