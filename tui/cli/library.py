"""`lunchroom library`: the screen with the saved chats."""

from typing import TYPE_CHECKING

import typer

from tui.cli.saved import LibraryOption, open_library
from tui.cli.sitting import need_terminal

if TYPE_CHECKING:
    from sessions.storage.library import Library


def library(library: LibraryOption = None) -> None:
    """Show the saved chats: replay, recap, rename, delete or rescue them.

    Example: lunchroom library
    """
    need_terminal("The list of saved chats", "`lunchroom sessions` to print it")
    show_library(open_library(library))


def show_library(opened: "Library", *, at: str | None = None, speed: float = 1.0) -> None:
    """The screen on this library until it is left; replays begin at the time `at` and play at `speed`."""
    from sessions.storage.trash import Trash
    from tui.library_app import LibraryApp
    from tui.shelf import Shelf

    with Trash(opened) as trash:
        app = LibraryApp(Shelf(opened, trash), at=at, speed=speed)
        app.run()
    if app.return_code:
        raise typer.Exit(app.return_code)
