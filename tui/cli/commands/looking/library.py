"""`lunchroom library`: the screen with the saved chats."""

from typing import TYPE_CHECKING

import typer

from sessions.core.errors import LunchroomError
from sessions.core.memory import put_off
from sessions.words import _
from tui.cli.commands.live import NameOption, invite_here, own_name
from tui.cli.commands.saved import LibraryOption, saved_library
from tui.cli.desk_session import sit_down
from tui.cli.prompts import need_terminal

if TYPE_CHECKING:
    from sessions.library.library import Library


def library(library: LibraryOption = None, name: NameOption = None) -> None:
    """Show the saved chats: replay, recap, rename, delete or rescue them; go to the desk of one that runs.

    Example: lunchroom library
    """
    need_terminal(_("The list of saved chats"), _("`lunchroom sessions` to print it"))
    show_library(saved_library(library), name=name)


def show_library(opened: "Library", *, at: str | None = None, speed: float = 1.0, name: str | None = None) -> None:
    """The screen on this library until it is left; replays begin at the time `at` and play at `speed`.

    Whoever opens a running chat sits down at its desk under `name`, and comes back to the list when leaving it.
    """
    put_off()
    from sessions.library.trash import Trash
    from tui.apps import library_app
    from tui.library.chat_store import ChatStore

    with Trash(opened) as trash:
        store = ChatStore(opened, trash)
        live, trouble = None, ""
        while True:
            app = library_app(store, at=at, speed=speed, greeting=trouble, chat=live)
            live = app.run()
            if app.return_code:
                raise typer.Exit(app.return_code)
            if live is None:
                return
            try:
                invite, file = invite_here(live)
                sit_down(invite, own_name(name), None, library=opened.folder, file=file)
                trouble = ""
            except LunchroomError as error:
                trouble = str(error)
