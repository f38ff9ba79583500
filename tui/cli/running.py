"""What is said about running chats that cannot be found any more."""

from sessions.words import _
from tui.cli.output import say


def say_damaged_runtimes() -> None:
    """Name the notes about running chats that cannot be read: such a chat is listed as interrupted and not joined."""
    from sessions.hub.process.runtime import damaged_runtimes

    for path, why in damaged_runtimes():
        say(
            _("Where a running chat is cannot be read in {path} ({why}). `lunchroom doctor` says what to do.").format(
                path=path, why=why
            )
        )
